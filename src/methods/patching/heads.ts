/** Patching of single attention heads (Wang et al. 2022): heads, at all positions or at each, as units of the sweep. */
import type { BlockSite } from '../../architectures';
import type { Axis, Unit } from './axes';

/** Sites whose vectors are made of heads, [1, positions, heads, head size]; of keys and values there may be fewer heads than of queries. */
export const HEAD_SITES = ['attn.hook_z', 'attn.hook_q', 'attn.hook_k', 'attn.hook_v'] as const satisfies readonly BlockSite[];
export type HeadSite = (typeof HEAD_SITES)[number];

/** @param pieces the positions that are patched together */
function headUnits([, length, heads, size]: readonly number[], pieces: (all: number[]) => number[][]): Unit[] {
  const all = pieces(Array.from({ length }, (_, position) => position));
  const starts = Array.from({ length: heads }, (_, head) => head * size);
  return starts.flatMap((start) => all.map((positions) => ({ positions, start, end: start + size })));
}

/** A head at all positions; a head at one of them, those of a head together. */
export const HEAD_AXES: Readonly<Record<'head' | 'head-and-position', Axis>> = {
  head: { name: 'head', sites: HEAD_SITES, whole: true, units: (shape) => headUnits(shape, (all) => [all]) },
  'head-and-position': {
    name: 'head and position',
    sites: HEAD_SITES,
    units: (shape) => headUnits(shape, (all) => all.map((position) => [position])),
  },
};

/** A result's table, [layer][unit], as [layer][head][column]: one column for whole heads, else one for each position. */
export function byHead<T>(table: readonly (readonly T[])[], columns: number): T[][][] {
  return table.map((row) => Array.from({ length: row.length / columns }, (_, head) => row.slice(head * columns, (head + 1) * columns)));
}
