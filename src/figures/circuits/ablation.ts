/** Figures of an ablation: which answers programs get with all nodes, without some, and without others, and what these are. */
import type { Part } from '../../protocol/analyses';
import type { Tried } from '../../protocol/analyses/ablation';
import type { Result } from '../../protocol/documents/result';
import type { Figure, TableFigure } from '../kinds/figure';
import { decimal, percent, plain, visible } from '../kinds/text';

export function ablationFigures(_: Result, part: Part<'ablation'>): Figure[] {
  const { nodes, metric: { positive, negative } } = part;
  return [
    triedFigure(part, `logit(${plain(positive)}) − logit(${plain(negative)})`, { name: 'ablation', title: 'Answers with and without them' }),
    {
      kind: 'table',
      name: 'ablation-nodes',
      title: 'What is left out',
      about: 'The nodes that are left out, together, and the tokens of this program at which they are.',
      columns: [{ title: 'node' }, { title: 'at' }, { title: 'tokens', right: true }],
      cells: nodes.map(({ words, place, tokens }) => [
        plain(words), place === null ? 'all places' : visible(place), tokens === null ? 'all' : tokens.map((at) => `#${at}`).join(' '),
      ]),
      rows: () => nodes.map(({ name, words, place, tokens }) => ({ name, node: words, place, tokens: tokens?.join(' ') ?? null })),
    },
  ];
}

/** Of a claim, too. @param metric in words */
export function triedFigure(part: Tried, metric: string, words: Pick<TableFigure, 'name' | 'title'>): TableFigure {
  const { programs, answers, draws, whole, without, random } = part;
  const of = Math.max(1, programs.trying);
  const share = (count: number, runs: number) => `${count} of ${runs} (${percent(count / runs)})`;
  const where = programs.trying > 0 ? `In ${of} programs that no claim was made from` : 'In this program';
  const logits = (value: number | null) => (value === null ? '–' : decimal(value));
  return {
    kind: 'table',
    ...words,
    about: `${where}: how many get which answer from the whole model, without ${part.nodes.length === 1 ? 'the node' : `the ${part.nodes.length} nodes`}, and without as many others of each kind, drawn at random${draws > 0 ? ` ${draws} times` : ''}; below, the mean logit difference.`,
    columns: ['answer', 'whole model', 'without', 'random'].map((title, i) => ({ title, right: i > 0 })),
    cells: [
      ...answers.map((one) => [plain(one.label), share(one.whole, of), share(one.without, of), draws === 0 ? '–' : share(one.random, of * draws)]),
      [metric, logits(whole), logits(without), logits(random)],
    ],
    rows: () => [
      ...answers.map(({ label, ...counts }) => ({ answer: label, ...counts, runs: of, randomRuns: of * draws })),
      { answer: metric, whole, without, random, runs: of, randomRuns: of * draws },
    ],
  };
}
