/** Figures of whole attention patterns: the grid of heads, one head's pattern, who reads a token, and how that changes in the variant. */
import type { Part } from '../../protocol/analyses';
import { HEAD_COLOURS, type HeadColour, type HeadPattern } from '../../protocol/analyses/attention';
import type { PromptToken } from '../../protocol/reading/reading';
import type { Result } from '../../protocol/documents/result';
import { placeText } from '../../protocol/reading/place';
import type { Choose, GridFigure, MarksFigure, Row } from '../kinds/figure';
import type { Grid, GridColumn, GridScale } from '../kinds/grid';
import { decimal, percent, visible } from '../kinds/text';
import { tokenColumns } from '../kinds/tokens';
import { blockSiteName } from '../../vocabulary/sites';

type Attention = Part<'attention'>;

const mean = (values: readonly number[]) => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);

/** Layers against heads. */
export function gridOfHeads(values: (number | null)[][], scale: GridScale): Grid {
  return {
    rows: values.map((_, layer) => ({ label: String(layer), site: blockSiteName(layer, 'attn.hook_pattern') })),
    axes: ['head'],
    columns: (values[0] ?? []).map((_, head): GridColumn => ({ position: null, head, labels: [String(head)], mark: 'same', template: false })),
    values,
    texts: null,
    scale,
    means: null,
  };
}

const share = (value: number | null) => (value === null ? '–' : percent(value));
const shares: Pick<GridScale, 'kind' | 'limit' | 'beyond' | 'format'> = { kind: 'sequential', limit: 1, beyond: false, format: share };

export function signedScale(
  values: readonly (readonly (number | null)[])[],
  label: string,
  format = (value: number | null) => decimal(value, 3),
): GridScale {
  const limit = Math.max(1e-6, ...values.flat().map((value) => Math.abs(value ?? 0)));
  return { kind: 'diverging', limit, beyond: false, label, format, tick: (value) => format(value) };
}

/** A difference of shares, in percent with its sign. */
export function points(value: number | null): string {
  return value === null ? '–' : `${value > 0 ? '+' : ''}${decimal(100 * value, 1)}\u00a0%`;
}

/** The scale of differences of shares, from -100 to 100 %. */
export function changeOfShares(label: string): GridScale {
  return { kind: 'diverging', limit: 1, beyond: false, label, format: points, tick: (value) => `${decimal(100 * value, 0)}\u00a0%` };
}

interface Coloured {
  values: (number | null)[][];
  scale: GridScale;
  words: string;
}

/** What the grid of heads shows; what other analyses say of heads is there once they were run. */
function coloured(result: Result, part: Attention, by: HeadColour): Coloured {
  const { weights, patterns, position } = part;
  const { reading: { tokens }, parts: { components, headPatching } } = result;
  const nothing = weights.map((rows) => rows.map(() => null));
  const none = (words: string): Coloured => ({ values: nothing, scale: { ...shares, label: HEAD_COLOURS[by] }, words });
  const sparse = (of: (pattern: HeadPattern) => number) => (patterns ? patterns.map((heads) => heads.map(of)) : null);
  switch (by) {
    case 'read': {
      const code = tokens.flatMap(({ start }, at) => (start === null || at === 0 || at > position ? [] : [at]));
      const values = weights.map((rows) => rows.map((row) => Math.max(0, ...code.map((at) => row[at]))));
      const words = 'The largest share that a token of the code gets of a head’s attention from the token, the first token of all left out.';
      return { values, scale: { ...shares, label: 'largest share of a token of the code' }, words };
    }
    case 'sink': {
      const values = sparse(({ sink }) => mean(sink.slice(1)));
      const words = 'The share that the first token of all gets, on average from all tokens behind it.';
      return values ? { values, scale: { ...shares, label: 'share of the first token' }, words } : none(OLDER);
    }
    case 'entropy': {
      const values = sparse(({ entropy }) => mean(entropy));
      if (!values) return none(OLDER);
      const even = mean(tokens.map((_, at) => Math.log(at + 1)));
      const format = (value: number | null) => decimal(value);
      const scale: GridScale = { kind: 'sequential', limit: Math.max(1e-6, ...values.flat()), beyond: false, label: 'entropy (nats)', format, tick: format };
      const words = 'Over how many tokens attention is spread: the mean entropy of a row, in nats; spread evenly over all tokens up to there it would be';
      return { values, scale, words: `${words} ${decimal(even)}.` };
    }
    case 'direct': {
      const values = components?.value.heads;
      if (!values) return none('Run Components first: what heads add to the answer is not in this result yet.');
      return { values, scale: signedScale(values, 'adds directly (logits)'), words: 'What each head adds directly to the answer, in logits, as Components found it.' };
    }
    case 'patching': {
      const value = headPatching?.value;
      if (value?.per !== 'head') return none('Run Head Patching by head first: what patching heads changes is not in this result yet.');
      const values = (value.effect ?? value.logitDifference).map((rows) => rows.map(([only]) => only));
      const words = value.effect
        ? 'How far patching the head leads to the original: 1 is as in the original, 0 as in the variant.'
        : 'The logit difference after patching the head.';
      return { values, scale: signedScale(values, value.effect ? 'patching effect' : 'logit difference'), words };
    }
  }
}

const OLDER = 'This result was saved by an earlier version, which kept one token’s attention only. Run it again.';

/** Of a figure of tokens: what one reads, and who reads it. */
export const READING_TOKEN: Choose<[position: number]> = {
  words: 'Choose a token to see what it reads, and who reads it.',
  params: (position) => ({ token: placeText({ kind: 'position', position }) }),
};

export function headsGrid(result: Result, part: Attention): GridFigure {
  const asked = result.parts.attention?.params.colour as string | undefined; // params of saved results are not checked
  const by = asked !== undefined && Object.hasOwn(HEAD_COLOURS, asked) ? (asked as HeadColour) : 'read';
  const { values, scale, words } = coloured(result, part, by);
  const { patterns } = part;
  return {
    kind: 'grid',
    name: 'attention-heads',
    title: 'All heads',
    about: words,
    grid: gridOfHeads(values, scale),
    ...(patterns && {
      choose: { words: 'Choose a head to see its pattern.', params: (layer: number, head: number) => (layer < 0 ? null : { head: `${layer}.${head}` }) },
    }),
    describe: (layer, head) => ({
      title: `head ${layer}.${head}`,
      lines: [
        [scale.label, scale.format(values[layer][head])],
        ...(patterns ? ofPattern(patterns[layer][head]) : []),
      ],
    }),
    rows: () => values.flatMap((row, layer) => row.map((value, head): Row => ({
      layer, head, by, value,
      sink: patterns ? mean(patterns[layer][head].sink.slice(1)) : null,
      entropy: patterns ? mean(patterns[layer][head].entropy) : null,
    }))),
  };
}

function ofPattern({ sink, entropy }: HeadPattern): [string, string][] {
  return [['first token’s share', percent(mean(sink.slice(1)))], ['entropy', `${decimal(mean(entropy))} nats`]];
}

/** Tokens that read (rows) against those that are read. */
function gridOfReads(tokens: readonly PromptToken[], layer: number, values: number[][], scale: GridScale): Grid {
  const site = blockSiteName(layer, 'attn.hook_pattern');
  return {
    rows: tokens.map(({ text }, at) => ({ label: `${at} ${visible(text)}`, site })),
    rowAxis: { name: 'reads', width: 110 },
    axes: ['is read'],
    columns: tokenColumns(tokens),
    values,
    texts: null,
    scale,
    means: null,
  };
}

/** What each token reads, of one head. */
export function patternGrid(tokens: readonly PromptToken[], { patterns, shown }: Attention): GridFigure[] {
  if (!patterns || !shown) return [];
  const { layer, head } = shown;
  const { sources, weights, rest, sink } = patterns[layer][head];
  const values = dense(tokens.length, sources, weights);
  values.forEach((row, query) => query > 0 && (row[0] = 0)); // the sink would hide all others
  const name = (at: number) => `token ${at}: ${visible(tokens[at].text)}`;
  const grid = gridOfReads(tokens, layer, values, { ...shares, label: 'share of the attention' });
  return [{
    kind: 'grid',
    name: 'attention-pattern',
    title: `Pattern of head ${layer}.${head}`,
    about:
      `What each token (a row) reads: the eight tokens at most that get 0.5 % of its attention or more; all others get ${percent(mean(rest))} on average. ` +
      `The first token of all, on which heads rest that look for nothing, gets ${percent(mean(sink.slice(1)))}, and is left out.`,
    grid,
    choose: { ...READING_TOKEN, params: (row, column) => READING_TOKEN.params(row < 0 ? column : row) },
    describe: (row, column) => {
      const of = column === 0 ? sink[row] : values[row][column];
      const kept = of > 0 ? percent(of) : column > row ? 'nothing: it stands behind' : 'less than what is kept';
      const lines: [string, string][] = [[`to ${name(column)}`, kept], ['first token', percent(sink[row])], ['all that are not kept', percent(rest[row])]];
      return { title: `head ${layer}.${head}, from ${name(row)}`, lines };
    },
    rows: () => sources.flatMap((row, query) => [
      ...row.map((at, i): Row => ({
        layer, head, position: query, token: tokens[query].text, readPosition: at, readToken: tokens[at].text, weight: weights[query][i],
      })),
      { layer, head, position: query, token: tokens[query].text, readPosition: null, readToken: 'all others', weight: rest[query] },
    ]),
  }];
}

function dense(size: number, sources: readonly (readonly number[])[], values: readonly (readonly number[])[]): number[][] {
  return sources.map((row, query) => {
    const cells = new Array<number>(size).fill(0);
    row.forEach((at, i) => (cells[at] = values[query][i]));
    return cells;
  });
}

/** The tokens behind one, by how much they read it. */
export function readers(tokens: readonly PromptToken[], { patterns, position }: Attention): MarksFigure[] {
  if (!patterns) return [];
  const heads = patterns.flatMap((row, layer) => row.map((pattern, head) => ({ name: `${layer}.${head}`, pattern })));
  const shareOf = ({ sources, weights }: HeadPattern, query: number) => {
    const at = sources[query].indexOf(position);
    return at < 0 ? 0 : weights[query][at];
  };
  const marks = tokens.slice(position + 1).map(({ text }, i) => {
    const query = position + 1 + i;
    const all = heads.map(({ name, pattern }) => ({ name, share: shareOf(pattern, query) }));
    const most = all.reduce((a, b) => (b.share > a.share ? b : a));
    return { position: query, text, strength: mean(all.map((one) => one.share)), note: `most through head ${most.name}: ${percent(most.share)}` };
  });
  if (marks.length === 0) return [];
  return [{
    kind: 'marks',
    name: 'attention-readers',
    title: `Who reads token ${position}: ${visible(tokens[position].text)}`,
    about: 'The mean share of attention over all heads that each token behind it gives it; shares below 0.5 % count as none.',
    unit: 'mean share',
    choose: READING_TOKEN,
    marks,
    rows: () => marks.map((one): Row => ({
      readPosition: position, position: one.position, token: one.text, mean: one.strength, note: one.note,
    })),
  }];
}

/** How the variant's pattern differs, of the head that is shown. */
export function changedReads({ reading: { tokens } }: Result, { variant, shown }: Attention): GridFigure[] {
  if (!variant || !shown) return [];
  const { layer, head } = shown;
  const { sources, changes } = variant.changes[layer][head];
  const values = dense(tokens.length, sources, changes);
  const grid = gridOfReads(tokens, layer, values, changeOfShares('share in the variant minus share in the original'));
  const here = variant.position === null ? ' The token has no counterpart in the variant.' : '';
  return [{
    kind: 'grid',
    name: 'attention-changes',
    title: `Variant minus original, head ${layer}.${head}`,
    about:
      'How the share of attention changes between tokens that stand side by side in both programs: ' +
      `of each token the eight largest changes of 0.5 % or more.${here}`,
    grid,
    describe: (row, column) => ({
      title: `head ${layer}.${head}, from token ${row}: ${visible(tokens[row].text)}`,
      lines: [[`to token ${column}: ${visible(tokens[column].text)}`, values[row][column] === 0 ? 'less than what is kept' : points(values[row][column])]],
    }),
    rows: () => sources.flatMap((row, query) => row.map((at, i): Row => ({
      layer, head, position: query, token: tokens[query].text, readPosition: at, readToken: tokens[at].text, change: changes[query][i],
    }))),
  }];
}
