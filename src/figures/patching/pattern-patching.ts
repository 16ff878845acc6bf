/** Figures of pattern patching. */
import type { Part } from '../../protocol/analyses';
import type { Result } from '../../protocol/documents/result';
import { ESTIMATED } from '../../protocol/words/estimate';
import type { Figure, Row } from '../kinds/figure';
import type { CellText, Grid, GridColumn } from '../kinds/grid';
import { changeOf, changeScale } from './patching';
import { decimal, percent, visible } from '../kinds/text';
import { tokenColumns } from '../kinds/tokens';
import { blockSiteName } from '../../vocabulary/sites';

type PatternPatching = Part<'patternPatching'>;

export function patternPatchingFigures(result: Result, part: PatternPatching): Figure[] {
  const { head: { layer, head }, direction, metric: { positive, negative }, clean, corrupted } = part;
  const grid = gridOf(result, part);
  return [
    {
      kind: 'grid',
      name: 'pattern-patching',
      title: `Patching of what head ${layer}.${head} reads`,
      about:
        `How much of logit(${positive}) − logit(${negative}), ${decimal(clean)} in the original and ${decimal(corrupted)} in the variant, ` +
        `one weight ${direction === 'denoising' ? 'restores' : 'removes'}: how much the token of a row reads of that of a column. ` +
        'The other weights of the row stay, so they need not sum to 1 then.',
      grid,
      describe: (at, read) => cellOf(result, part, grid, at, read),
      rows: () => rowsOf(result, part),
    },
  ];
}

/** A share: one weight moves little, and what moves less has hardly a colour. */
const SMALL = 0.05;

const texts = ({ reading: { tokens } }: Result, { behind }: PatternPatching): string[] => [...tokens, ...behind].map(({ text }) => text);

/** What a patch makes of the metric: 1 is as in the original and 0 as in the variant; seven digits are all that there are. */
function effectOf({ clean, corrupted }: PatternPatching, value: number | null): number | null {
  return value === null ? null : Number(((value - corrupted) / (clean - corrupted)).toPrecision(7));
}

function gridOf(result: Result, part: PatternPatching): Grid {
  const { head: { layer }, behind, direction, together, logitDifference, measured, weights } = part;
  const { tokens } = result.reading;
  const normalised = together.effect !== null;
  // Behind a token itself there is none that it reads.
  const whole = <T>(row: readonly T[]): (T | null)[] => [...row, ...logitDifference.slice(row.length).map(() => null)];
  const change = (raw: number | null) => changeOf(part, normalised ? { effect: effectOf(part, raw) } : { raw });
  const values = logitDifference.map((row) => whole(row).map(change));
  const site = blockSiteName(layer, 'attn.hook_pattern');
  const shared = behind.map(({ text }, i): GridColumn => ({ position: null, labels: [visible(text)], mark: 'same', behind: i, template: true }));
  const guessed = measured?.map((row, at) => whole(row).map((made, read) => made === false && values[at][read] !== null));
  const lacks = (at: number, read: number) => read > at || weights.original[at][read] === null || weights.variant[at][read] === null;
  return {
    rows: texts(result, part).map((text, at) => ({ label: `${at} ${visible(text)}`, site })),
    rowAxis: { name: 'reads', width: 110 },
    axes: ['is read'],
    columns: [...tokenColumns(tokens), ...shared],
    values,
    empty: { cells: values.map((row, at) => row.map((_, read) => lacks(at, read))), words: 'not read from there, or not in both programs' },
    ...(guessed?.some((row) => row.includes(true)) && { estimated: guessed }),
    texts: null,
    scale: changeScale(direction, normalised, values, SMALL),
    means: null,
  };
}

function cellOf(result: Result, part: PatternPatching, grid: Grid, at: number, read: number): CellText {
  const { head: { layer, head }, together, logitDifference, weights } = part;
  const all = texts(result, part);
  const name = (position: number) => `token ${position}: ${visible(all[position])}`;
  const title = `head ${layer}.${head}, from ${name(at)}`;
  const [original, variant] = [weights.original[at][read] ?? null, weights.variant[at][read] ?? null];
  const raw = logitDifference[at][read] ?? null;
  const weight = (value: number | null) => (value === null ? '–' : percent(value));
  const reads: [string, string][] = [['reads', name(read)], ['weight in the original', weight(original)], ['weight in the variant', weight(variant)]];
  if (raw === null) {
    const why = read > at ? 'nothing: it stands behind' : grid.empty!.cells[at][read] ? 'one of them is in one program only' : 'not done yet';
    return { title, lines: [...reads.slice(0, read > at ? 1 : 3), ['this patch', why]] };
  }
  const guessed = grid.estimated?.[at][read] ?? false;
  return {
    title,
    lines: [
      ...reads,
      ...(guessed ? [['this cell', ESTIMATED] as [string, string]] : []),
      [grid.scale.label, grid.scale.format(grid.values[at][read])],
      ...(together.effect !== null ? [['normalised (1 as original, 0 as variant)', decimal(effectOf(part, raw), 3)] as [string, string]] : []),
      [`logit difference after the patch${guessed ? ', estimated' : ''}`, decimal(raw, 3)],
    ],
  };
}

/** One row for each pair of tokens of which one can read the other; numbers are null where one is in one program only. */
function rowsOf(result: Result, part: PatternPatching): Row[] {
  const { head: { layer, head }, direction, together, logitDifference, measured, weights, clean, corrupted } = part;
  const all = texts(result, part);
  return logitDifference.flatMap((row, at) => row.map((value, read): Row => ({
    layer,
    head,
    direction,
    position: at,
    token: all[at],
    readPosition: read,
    readToken: all[read],
    originalWeight: weights.original[at][read],
    variantWeight: weights.variant[at][read],
    logitDifference: value,
    normalized: together.effect === null ? null : effectOf(part, value),
    patched: value === null ? null : (measured?.[at][read] ?? true),
    clean,
    corrupted,
  })));
}
