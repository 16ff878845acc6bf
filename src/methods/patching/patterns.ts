/**
 * Patching of attention patterns: rows of a head, each what one token reads, or single weights of one head, as units of the sweep.
 *
 * A unit's numbers are, of a position, what each head reads from there: [heads, columns]. Columns go where the alignment has them, as rows
 * do. A row can be patched only where both programs have their tokens side by side up to there: with a token that one of them lacks, its
 * weights would no longer be those of the source, nor sum to 1. A single weight can wherever both of its tokens have a counterpart; its row
 * then sums to what it sums to, as in TransformerLens.
 */
import type { Axis, Layout, Unit } from './axes';
import { headAxes, headRanges, isWhole } from './head-units';

const PATTERN = ['attn.hook_pattern'] as const;

/** Of patterns [rows, heads, positions, columns]. */
const asWeights: Layout = function* ({ positions, start, end }, { shape, first }, source, sourceOf) {
  const [, , queries, keys] = shape;
  for (const position of positions) {
    for (let i = start; i < end; i++) {
      const [head, column] = [Math.floor(i / keys), i % keys];
      const from = sourceOf[column];
      if (column > position || from === null) continue;
      const [row, sourceRow] = [head * queries + position - first, head * source[2] + sourceOf[position]!];
      yield { at: row * keys + column, from: sourceRow * source[3] + from, length: 1 };
    }
  }
};

/** How many rows, from the first on, can be patched: up to there both programs have their tokens side by side. */
export function wholeRows(sourceOf: readonly (number | null)[]): number {
  const apart = sourceOf.findIndex((from, position) => from !== position);
  return apart < 0 ? sourceOf.length : apart;
}

/** Rows that are whole: of a head, or of all heads together; at all positions those that are. */
export const PATTERN_AXES = headAxes((per) => ({
  name: per.replaceAll('-', ' '),
  sites: PATTERN,
  whole: isWhole(per),
  layout: asWeights,
  units: ([, heads, , keys], sourceOf) => {
    const rows = [...Array(wholeRows(sourceOf)).keys()];
    const pieces = isWhole(per) ? [rows] : sourceOf.map((_, position) => (position < rows.length ? [position] : []));
    return headRanges(per, heads, keys).flatMap((range) => pieces.map((positions) => ({ positions, ...range })));
  },
}));

/** All weights of a head at once, those from or to tokens without counterpart left out: where there are none, all of its rows. */
export const ALL_WEIGHTS: Axis = {
  name: 'head',
  sites: PATTERN,
  whole: true,
  layout: asWeights,
  units: ([, heads, , keys], sourceOf) =>
    Array.from({ length: heads }, (_, head) => ({ positions: [...sourceOf.keys()], start: head * keys, end: (head + 1) * keys })),
};

/** Each weight of a head: [reading position][read position], one behind the other. */
export function weightAxis(head: number): Axis {
  return {
    name: 'weight',
    sites: PATTERN,
    layout: asWeights,
    units: ([, , , keys], sourceOf) => {
      const at = (column: number) => ({ start: head * keys + column, end: head * keys + column + 1 });
      const open = (position: number, column: number) => column <= position && sourceOf[position] !== null && sourceOf[column] !== null;
      return sourceOf.flatMap((_, position) =>
        sourceOf.map((__, column): Unit => ({ positions: open(position, column) ? [position] : [], ...at(column) })));
    },
  };
}
