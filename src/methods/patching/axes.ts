/** Axes of a sweep: into what pieces a site's activation falls, each of which is patched in one go. */
import { PATCH_SITES, type BlockSite } from '../../vocabulary/sites';

/** A piece: at each of these positions, ascending, the numbers from `start` to `end` of the position's vector. */
export interface Unit {
  readonly positions: readonly number[];
  readonly start: number;
  readonly end: number;
}

export interface Axis {
  readonly name: string;
  /** Where it makes sense. */
  readonly sites: readonly BlockSite[];
  /** All pieces of an activation of this shape, [1, positions, …], in the order of a result's columns. */
  units(shape: readonly number[]): Unit[];
  /** Whether pieces reach over the whole prompt: they are few, and one gradient says little of so much at once, so all are patched. */
  readonly whole?: boolean;
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

/**
 * Copies a unit from an activation of the source's run, whole, to a row of a batch of the base's.
 * @param into [rows, positions from `first` on, …]
 */
export function put(
  into: { readonly data: Float32Array; readonly shape: readonly number[]; readonly row: number; readonly first: number },
  source: Float32Array,
  { positions, start, end }: Unit,
  sourceOf: readonly (number | null)[],
): void {
  const size = vectorSize(into.shape);
  for (const position of positions) {
    const from = sourceOf[position]! * size;
    into.data.set(source.subarray(from + start, from + end), (into.row * into.shape[1] + position - into.first) * size + start);
  }
}
