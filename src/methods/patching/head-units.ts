/** How heads are patched: a head, or all heads of a layer together, at all positions or at each. */
import type { Axis, Unit } from './axes';

export const HEAD_UNITS = ['head', 'head-and-position', 'layer', 'layer-and-position'] as const;
export type HeadUnits = (typeof HEAD_UNITS)[number];

/** Whether at all positions at once. */
export function isWhole(per: HeadUnits): boolean {
  return per === 'head' || per === 'layer';
}

/** Numbers of a position that are patched together, of so many heads of one size. */
export function headRanges(per: HeadUnits, heads: number, size: number): Pick<Unit, 'start' | 'end'>[] {
  if (per === 'layer' || per === 'layer-and-position') return [{ start: 0, end: heads * size }];
  return Array.from({ length: heads }, (_, head) => ({ start: head * size, end: (head + 1) * size }));
}

export function headAxes(axis: (per: HeadUnits) => Axis): Readonly<Record<HeadUnits, Axis>> {
  return Object.fromEntries(HEAD_UNITS.map((per) => [per, axis(per)])) as Record<HeadUnits, Axis>;
}
