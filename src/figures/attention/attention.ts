/** Figures of attention from one token; those of heads and of a head's whole pattern are in patterns.ts beside this. */
import type { Part } from '../../protocol/analyses';
import type { PromptToken } from '../../protocol/reading/reading';
import type { Result } from '../../protocol/documents/result';
import type { Figure, GraphFigure, GridFigure, MarksFigure, Row } from '../kinds/figure';
import type { Grid, GridScale } from '../kinds/grid';
import { changedReads, headsGrid, patternGrid, readers, READING_TOKEN } from './patterns';
import { decimal, percent, visible } from '../kinds/text';
import { tokenColumns } from '../kinds/tokens';
import { blockSiteName } from '../../vocabulary/sites';

type Attention = Part<'attention'>;

export function attentionFigures(result: Result, part: Attention): Figure[] {
  const { reading: { tokens } } = result;
  const { position, weights } = part;
  return [
    fromToken(result, part),
    headsGrid(result, part),
    ...patternGrid(tokens, part),
    reads(tokens, position, weights),
    readMarks(tokens, position, weights),
    ...readers(tokens, part),
    ...changedReads(result, part),
  ];
}

interface Weighed {
  values: number[][][];
  scale: GridScale;
  words: string;
}

/** What the reader wants reading to count as, where that is in the part. */
function weighed({ weights, valueNorms, signed }: Attention, asked: string | undefined): Weighed {
  if (asked === 'signed' && signed) {
    const limit = Math.max(1e-6, ...signed.values.flat(2).map(Math.abs));
    const label = `adds to ${signed.metric} (logits)`;
    const words = 'What each head adds directly to the answer through each token, in logits.';
    return { values: signed.values, words, scale: { kind: 'diverging', ...decimals, limit, label } };
  }
  if (asked === 'norm' && valueNorms) {
    const values = weights.map((rows, layer) => rows.map((row, head) => row.map((share, at) => share * valueNorms[layer][head][at])));
    const limit = Math.max(1e-6, ...values.flat(2));
    const words = 'How much of each head’s attention every token gets, times the length of what the head writes of its value.';
    return { values, words, scale: { kind: 'sequential', ...decimals, limit, label: 'share × ‖v W_O‖' } };
  }
  const format = (value: number | null) => (value === null ? '–' : percent(value));
  const scale: GridScale = { kind: 'sequential', limit: 1, beyond: false, label: 'share of the attention', format };
  return { values: weights, scale, words: 'How much of each head’s attention every token gets.' };
}

const decimals: Pick<GridScale, 'beyond' | 'format' | 'tick'> = { beyond: false, format: (value) => decimal(value, 3), tick: (value) => decimal(value) };

/** The head whose pattern was asked for by its name; null for the one that reads most, which stands among all. */
function namedHead(asked: { head?: unknown } | undefined, { shown }: Attention): Attention['shown'] | null {
  return asked?.head !== undefined && asked.head !== 'most' && shown ? shown : null;
}

/** Heads against tokens; one that was asked for stands above the others, as the last of the rows. */
function fromToken({ reading: { tokens }, parts }: Result, part: Attention): GridFigure {
  const { position, weights, valueNorms, signed } = part;
  const { values, scale, words } = weighed(part, parts.attention?.params.weigh);
  const named = namedHead(parts.attention?.params, part);
  const all = weights.flatMap((rows, layer) => rows.map((row, head) => ({ layer, head, row, value: values[layer][head] })));
  const isNamed = ({ layer, head }: { layer: number; head: number }) => layer === named?.layer && head === named.head;
  const heads = [...all.filter((one) => !isNamed(one)), ...all.filter(isNamed)];
  const from = `token ${position}: ${visible(tokens[position].text)}`;
  const grid: Grid = {
    rows: heads.map(({ layer, head }) => ({ label: `${layer}.${head}`, site: blockSiteName(layer, 'attn.hook_pattern'), head })),
    rowAxis: { name: 'head', width: 40 },
    axes: ['tokens'],
    columns: tokenColumns(tokens),
    values: heads.map(({ value }) => value),
    texts: null,
    scale,
    means: null,
  };
  return {
    kind: 'grid',
    name: 'attention',
    title: `Attention from ${from}${named ? `, head ${named.layer}.${named.head} on top` : ''}`,
    about: `${words} Heads are named by their layer and their number in it, both from 0.`,
    grid,
    describe: (row, column) => ({
      title: `head ${grid.rows[row].label}, from ${from}`,
      lines: [
        [`to token ${column}: ${visible(tokens[column].text)}`, percent(heads[row].row[column])],
        ...(values === weights ? [] : [[scale.label, scale.format(heads[row].value[column])] as [string, string]]),
      ],
    }),
    rows: () =>
      all.flatMap(({ layer, head, row }) =>
        row.map((weight, at): Row => ({
          layer, head, position, token: tokens[position].text, readPosition: at, readToken: tokens[at].text, weight,
          ...(valueNorms && { valueNorm: valueNorms[layer][head][at] }),
          ...(signed && { adds: signed.values[layer][head][at] }),
        })),
      ),
  };
}

/** Reads that are drawn in each layer, and what the strongest head has to give a token for that. */
const MOST_READS = 3;
const LEAST_READ = 0.1;

interface Read {
  layer: number;
  at: number;
  /** Of the head that reads most there. */
  strongest: number;
  head: number;
  mean: number;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What each layer reads of each token that it sees. */
function readsOf(position: number, weights: Part<'attention'>['weights']): Read[][] {
  return weights.map((heads, layer) =>
    Array.from({ length: position + 1 }, (_, at) => {
      const shares = heads.map((row) => row[at]);
      const strongest = Math.max(...shares);
      return { layer, at, strongest, head: shares.indexOf(strongest), mean: mean(shares) };
    }),
  );
}

/** Heads that look for nothing rest on the first token, whatever it is: it would hide all others. */
const isSink = (at: number, position: number) => at === 0 && position > 0;

function sinkWords(reads: readonly (readonly Read[])[], position: number): string {
  if (position === 0) return '';
  const mass = percent(mean(reads.map(([first]) => first.mean)));
  return ` The first token of all, on which heads rest that look for nothing, gets ${mass} of the attention on average, and is left out.`;
}

function reads(tokens: readonly PromptToken[], position: number, weights: Part<'attention'>['weights']): GraphFigure {
  const all = readsOf(position, weights);
  const drawn = all.flatMap((layer) =>
    layer
      .filter(({ at, strongest }) => !isSink(at, position) && strongest >= LEAST_READ)
      .sort((a, b) => b.strongest - a.strongest)
      .slice(0, MOST_READS),
  );
  const label = (at: number) => visible(tokens[at].text);
  const id = (row: number, at: number) => `${row}:${at}`;
  const places = new Map<string, { row: number; at: number }>();
  for (let row = 0; row <= weights.length; row++) places.set(id(row, position), { row, at: position });
  for (const { layer, at } of drawn) places.set(id(layer, at), { row: layer, at });
  return {
    kind: 'graph',
    name: 'attention-reads',
    title: `What token ${position} reads, layer by layer: ${label(position)}`,
    about: `The ${MOST_READS} tokens at most that a head of each layer gives ${percent(LEAST_READ)} of its attention or more, by the head that reads them most.${sinkWords(all, position)}`,
    unit: 'share of the attention of one head',
    columns: tokens.map((_, at) => ({ position: at, label: label(at) })),
    bands: [...weights.map((_, layer) => ({ label: `layer ${layer}`, layer })), { label: 'the end', layer: null }],
    nodes: [...places].map(([key, { row, at }]) => ({ id: key, label: label(at), column: at, row, value: null, kind: 'plain' })),
    edges: drawn.map(({ layer, at, strongest, head }) => ({
      from: id(layer, at), to: id(layer + 1, position), value: strongest, kind: 'plain', note: `head ${layer}.${head}`,
    })),
    format: percent,
    rows: () =>
      all.flat().map((read): Row => ({
        layer: read.layer, position, token: tokens[position].text, readPosition: read.at, readToken: tokens[read.at].text,
        strongest: read.strongest, head: read.head, mean: read.mean, drawn: drawn.includes(read),
      })),
  };
}

function readMarks(tokens: readonly PromptToken[], position: number, weights: Part<'attention'>['weights']): MarksFigure {
  const all = readsOf(position, weights);
  const marks = tokens.slice(0, position + 1).flatMap(({ text }, at) => {
    if (isSink(at, position)) return [];
    const of = all.map((layer) => layer[at]);
    const most = of.reduce((a, b) => (b.strongest > a.strongest ? b : a));
    return [{ position: at, text, strength: mean(of.map((read) => read.mean)), note: `most through head ${most.layer}.${most.head}: ${percent(most.strongest)}` }];
  });
  return {
    kind: 'marks',
    name: 'attention-marks',
    title: `The code, as token ${position} reads it`,
    about: `The mean share of attention that each token gets over all heads of all layers.${sinkWords(all, position)}`,
    unit: 'mean share',
    choose: READING_TOKEN,
    marks,
    rows: () =>
      marks.map(({ position: at, text, strength, note }): Row => ({ position, readPosition: at, readToken: text, mean: strength, note })),
  };
}
