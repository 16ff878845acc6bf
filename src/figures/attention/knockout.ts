/** Figures of a knock-out: the answers before and after, what each window or head does, and what is not read. */
import type { Part } from '../../protocol/analyses';
import { windowWords } from '../../protocol/analyses/knockout';
import type { Result } from '../../protocol/documents/result';
import { blockSiteName } from '../../vocabulary/sites';
import type { Figure, GridFigure, LinesFigure, MarksFigure, Row, TableFigure } from '../kinds/figure';
import type { Grid } from '../kinds/grid';
import { decimal, percent, plain, visible } from '../kinds/text';

type Knockout = Part<'knockout'>;
type Piece = Knockout['pieces'][number];

export function knockoutFigures(result: Result, part: Knockout): Figure[] {
  const { pieces, sweep } = part;
  const swept = pieces.length === 0 ? [] : [sweep === 'head' ? byHead(result, part) : byWindow(part)];
  return [answers(part), ...swept, ignored(result, part)];
}

function metricOf({ metric: { positive, negative } }: Knockout): string {
  return `logit(${plain(positive)}) − logit(${plain(negative)})`;
}

function whereOf({ layers, heads }: Knockout): string {
  return heads ? (heads.length === 1 ? `head ${heads[0].layer}.${heads[0].head}` : `${heads.length} heads of ${windowWords(layers)}`) : windowWords(layers);
}

function answers(part: Knockout): TableFigure {
  const { before, after, random, sources } = part;
  const later = (label: string) => after.answers.find((answer) => answer.label === label)!.probability;
  return {
    kind: 'table',
    name: 'knockout',
    title: 'Answers before and after',
    about:
      `What the model answers when it does not read ${sources.length === 1 ? 'one token' : `${sources.length} tokens`} in ${whereOf(part)}` +
      `${random ? `, and when it does not read as many others (the mean of ${random.draws} random draws)` : ''}.`,
    columns: [{ title: 'answer' }, { title: 'before', right: true }, { title: 'after', right: true }, { title: 'random tokens', right: true }],
    cells: [
      ...before.answers.map(({ label, probability }) => [plain(label), percent(probability), percent(later(label)), '']),
      [metricOf(part), decimal(before.difference), decimal(after.difference), random ? decimal(random.difference) : '–'],
    ],
    rows: () => [
      ...before.answers.map(({ label, probability }): Row => ({ answer: label, before: probability, after: later(label), random: null })),
      { answer: metricOf(part), before: before.difference, after: after.difference, random: random?.difference ?? null },
    ],
  };
}

function pieceRow({ before }: Knockout, { from, to, head, difference, probability, random }: Piece): Row {
  return {
    from, to, head, before: before.difference, difference, probability,
    randomDifference: random?.difference ?? null, randomProbability: random?.probability ?? null,
  };
}

function byWindow(part: Knockout): LinesFigure {
  const { before, pieces } = part;
  const known = pieces.filter(({ difference }) => difference !== null);
  const random = known.every((piece) => piece.random !== null);
  return {
    kind: 'lines',
    name: 'knockout-windows',
    title: 'Not read in one window of layers',
    about: `${metricOf(part)} when the tokens are not read in these layers only${random ? ', beside random tokens and nothing masked' : ''}.`,
    unit: 'logits',
    points: known.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)),
    series: [
      { label: 'these tokens', values: known.map(({ difference }) => difference!) },
      ...(random ? [{ label: 'random tokens', values: known.map((piece) => piece.random!.difference) }] : []),
      { label: 'nothing masked', values: known.map(() => before.difference) },
    ],
    rows: () => pieces.map((piece) => pieceRow(part, piece)),
  };
}

function byHead({ reading: { model: { layers } } }: Result, part: Knockout): GridFigure {
  const { before, pieces } = part;
  const heads = Math.max(...pieces.map(({ head }) => head!)) + 1;
  const at = (layer: number, head: number) => pieces.find((piece) => piece.from === layer && piece.head === head);
  const values = Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: heads }, (__, head) => {
      const difference = at(layer, head)?.difference ?? null;
      return difference === null ? null : difference - before.difference;
    }),
  );
  const limit = Math.max(...values.flat().map((value) => Math.abs(value ?? 0))) || 1;
  const grid: Grid = {
    rows: values.map((_, layer) => ({ label: String(layer), site: blockSiteName(layer, 'attn.hook_pattern') })),
    axes: ['head'],
    columns: Array.from({ length: heads }, (_, head) => ({ position: null, head, labels: [String(head)], mark: 'same', template: false })),
    values,
    texts: null,
    scale: {
      kind: 'diverging', limit, beyond: false, label: `change of ${metricOf(part)}`, format: (value) => (value === null ? '–' : decimal(value)), tick: (value) => decimal(value),
    },
    means: null,
  };
  return {
    kind: 'grid',
    name: 'knockout-heads',
    title: 'Not read by one head',
    about: `How ${metricOf(part)} changes when the tokens are not read by this head alone.`,
    grid,
    describe: (layer, head) => {
      const piece = at(layer, head);
      const change = (value: number | null | undefined) => (value === null || value === undefined ? '–' : `${decimal(value - before.difference, 3)} logits`);
      return { title: `head ${layer}.${head}`, lines: [['change', change(piece?.difference)], ['with random tokens', change(piece?.random?.difference)]] };
    },
    rows: () => pieces.map((piece) => pieceRow(part, piece)),
  };
}

function ignored({ reading: { tokens } }: Result, part: Knockout): MarksFigure {
  return {
    kind: 'marks',
    name: 'knockout-ignored',
    title: 'What is not read',
    about: `The tokens that ${part.queries.length === 1 ? 'one token' : `${part.queries.length} tokens`} cannot read in ${whereOf(part)}.`,
    unit: 'not read',
    marks: part.sources.map((position) => ({ position, text: tokens[position].text, strength: 1, note: 'not read' })),
    rows: () => part.sources.map((position): Row => ({ position, token: visible(tokens[position].text) })),
  };
}
