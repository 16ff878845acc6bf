/** Figures of what the model writes: layers against written tokens. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/documents/result';
import type { Figure, Row } from './kinds/figure';
import type { GridColumn } from './kinds/grid';
import { percent, visible } from './kinds/text';
import { siteLabel } from './kinds/tokens';

export function generationFigures(_: Result, { tokens, sites, top, probability, rank, settled }: Part<'generation'>): Figure[] {
  const columns = tokens.map(({ text }): GridColumn => ({ position: null, labels: [visible(text)], mark: 'same', template: false }));
  const written: Figure = {
    kind: 'table',
    name: 'written-tokens',
    title: 'What is written',
    about: 'Each token with its probability, and the layer from which on it is the most probable one.',
    columns: [{ title: 'token' }, { title: 'probability', right: true }, { title: 'from layer', right: true }],
    cells: tokens.map(({ text, probability: own }, at) => [visible(text), percent(own), settled[at] === null ? '–' : siteLabel(sites[settled[at]])]),
    rows: () => tokens.map(({ id, text, probability: own }, at): Row => ({
      at, id, token: text, probability: own, from: settled[at] === null ? null : sites[settled[at]],
    })),
  };
  if (tokens.length === 0) return [written];
  return [
    written,
    {
      kind: 'grid',
      name: 'generation-lens',
      title: 'Logit lens while it writes',
      about: 'In the place of each token that is written (columns), the token that is most probable at each layer, and its probability.',
      grid: {
        rows: sites.map((site) => ({ label: siteLabel(site), site })),
        axes: ['written'],
        columns,
        values: top.map((row) => row.map(([first]) => first.probability)),
        texts: top.map((row) => row.map(([first]) => visible(first.text))),
        scale: {
          kind: 'sequential', limit: 1, beyond: false, label: 'probability of the top token',
          format: (value) => (value === null ? '–' : percent(value)),
        },
        means: null,
      },
      describe: (row, column) => ({
        title: `${sites[row]}, in the place of ${visible(tokens[column].text)}`,
        lines: top[row][column].map(({ text, probability: own }): [string, string] => [visible(text), percent(own)]),
        beside: {
          heading: 'the token that is written',
          lines: [[`${rank[row][column] + 1}. ${visible(tokens[column].text)}`, percent(probability[row][column])]],
        },
      }),
      rows: () => sites.flatMap((site, row) => tokens.map(({ text }, at): Row => ({
        site, at, written: text, probability: probability[row][at], rank: rank[row][at],
        topToken: top[row][at][0].text, topProbability: top[row][at][0].probability,
      }))),
    },
  ];
}
