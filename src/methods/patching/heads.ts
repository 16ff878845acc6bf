/** Patching of single attention heads (Wang et al. 2022): heads, at all positions or at each, as units of the sweep. */
import type { Axis, Unit } from './axes';
import { HEAD_SITES } from '../../vocabulary/sites';

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
