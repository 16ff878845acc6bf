/** Patching of single attention heads (Wang et al. 2022): heads, at all positions or at each, as units of the sweep. */
import type { ModelShape } from '../../architectures';
import type { Axis, Unit } from './axes';
import { headAxes, headRanges, isWhole, type HeadUnits } from './head-units';
import { PATTERN_AXES } from './patterns';
import { HEAD_SITES, type HeadPatchSite } from '../../vocabulary/sites';

function headUnits([, length, heads, size]: readonly number[], per: HeadUnits): Unit[] {
  const positions = Array.from({ length }, (_, position) => position);
  const pieces = isWhole(per) ? [positions] : positions.map((position) => [position]);
  return headRanges(per, heads, size).flatMap((range) => pieces.map((piece) => ({ positions: piece, ...range })));
}

/** Of heads at one of their positions those of a head lie together. */
export const HEAD_AXES = headAxes((per) => ({
  name: per.replaceAll('-', ' '),
  sites: HEAD_SITES,
  whole: isWhole(per),
  units: (shape) => headUnits(shape, per),
}));

/** How heads are patched at a site. */
export function headAxis(site: HeadPatchSite, per: HeadUnits): Axis {
  return (site === 'attn.hook_pattern' ? PATTERN_AXES : HEAD_AXES)[per];
}

/** The shape of an activation of a prompt with so many tokens. */
export function headShape(site: HeadPatchSite, length: number, { heads, keyValueHeads, headSize }: ModelShape): number[] {
  if (site === 'attn.hook_pattern') return [1, heads, length, length];
  return [1, length, site === 'attn.hook_k' || site === 'attn.hook_v' ? keyValueHeads : heads, headSize];
}

/** A result's table, [layer][unit], as [layer][head][column]: one column for whole heads, else one for each position. */
export function byHead<T>(table: readonly (readonly T[])[], columns: number): T[][][] {
  return table.map((row) => Array.from({ length: row.length / columns }, (_, head) => row.slice(head * columns, (head + 1) * columns)));
}
