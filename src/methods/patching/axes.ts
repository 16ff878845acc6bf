/** Axes of a sweep: into what pieces a site's activation falls, each of which is patched in one go. */
import type { FloatArray } from '../../graph';
import { PATCH_SITES, type BlockSite } from '../../vocabulary/sites';

/** A piece: at each of these positions, ascending, the numbers from `start` to `end` of what the activation has of the position. */
export interface Unit {
  readonly positions: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** Numbers that lie next to each other, by their places in one row of the base's run and in the source's. */
export interface Stretch {
  readonly at: number;
  readonly from: number;
  readonly length: number;
}

/**
 * Where the numbers of a unit lie, all of whose positions have a counterpart.
 * @param base one row, which begins with the position `first`
 */
export type Layout = (
  unit: Unit,
  base: { readonly shape: readonly number[]; readonly first: number },
  source: readonly number[],
  sourceOf: readonly (number | null)[],
) => Iterable<Stretch>;

export interface Axis {
  readonly name: string;
  /** Where it makes sense. */
  readonly sites: readonly BlockSite[];
  /** All pieces of an activation of this shape in the order of a result's columns; one without positions cannot be patched. */
  units(shape: readonly number[], sourceOf: readonly (number | null)[]): Unit[];
  /** Whether pieces reach over the whole prompt: they are few, and one gradient says little of so much at once, so all are patched. */
  readonly whole?: boolean;
  /** Where numbers lie; as vectors of positions if left out. */
  readonly layout?: Layout;
}

/** All of a position's vector. */
export const POSITION: Axis = {
  name: 'position',
  sites: PATCH_SITES,
  units: (shape) => Array.from({ length: shape[1] }, (_, position) => ({ positions: [position], start: 0, end: vectorSize(shape) })),
};

/** Numbers at each position of an activation. */
export function vectorSize(shape: readonly number[]): number {
  return shape.slice(2).reduce((a, b) => a * b, 1);
}

/** Of activations [rows, positions, …]. */
export const asVectors: Layout = ({ positions, start, end }, { shape, first }, _, sourceOf) => {
  const size = vectorSize(shape);
  return positions.map((position) => {
    return { at: (position - first) * size + start, from: sourceOf[position]! * size + start, length: end - start };
  });
};

/**
 * Copies a unit from an activation of the source's run, whole, to a row of a batch of the base's.
 * @param into [rows, positions from `first` on, …]
 */
export function put(
  into: { readonly data: Float32Array; readonly shape: readonly number[]; readonly row: number; readonly first: number },
  { data, shape }: FloatArray,
  unit: Unit,
  sourceOf: readonly (number | null)[],
  layout = asVectors,
): void {
  const row = into.row * into.shape.slice(1).reduce((a, b) => a * b, 1);
  for (const { at, from, length } of layout(unit, into, shape, sourceOf)) into.data.set(data.subarray(from, from + length), row + at);
}
