/** What a model writes with and without a change of it. */
import type { Written } from '../../protocol/analyses/from-to';
import type { Row, TableFigure } from './figure';
import { percent, shorten, visible } from './text';

/** @param change what is done, as in "the patch" */
export function writtenTable(prefix: string, change: string, before: Written, after: Written): TableFigure {
  const texts = [['before', before], ['after', after]] as const;
  return {
    kind: 'table',
    name: `${prefix}-written`,
    title: `Written without ${change} and with it`,
    about: 'What the model writes next, always taking the most probable token, with the probability of each.',
    columns: [{ title: '' }, { title: 'text' }, { title: 'tokens' }],
    cells: texts.map(([name, { text, tokens: each }]) => {
      const probabilities = each.map((one) => `${visible(one.text)} ${percent(one.probability)}`).join('  ');
      return [name, shorten(visible(text), 200), shorten(probabilities, 400)];
    }),
    rows: () => {
      const rows = texts.flatMap(([name, { tokens: each }]) =>
        each.map(({ id, text, probability }, at): Row => ({ run: name, at, id, token: text, probability })));
      return rows.length > 0 ? rows : texts.map(([name]): Row => ({ run: name, at: null, id: null, token: null, probability: null }));
    },
  };
}
