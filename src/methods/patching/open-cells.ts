/** The cells of a sweep at which a patch can change anything. */
import type { Unit } from './axes';
import type { Patch } from './sweep';
import type { BlockSite } from '../../vocabulary/sites';

/** Sites that the last position reads of other positions in the last layer too: these, and what keys and values are made from. */
const READ_BY_ALL: readonly BlockSite[] = ['hook_resid_pre', 'attn.hook_k', 'attn.hook_v'];

/** Token ids of both runs, and which position of the source each of the base corresponds to; null where there is none. */
interface Aligned {
  readonly base: readonly number[];
  readonly source: readonly number[];
  readonly sourceOf: readonly (number | null)[];
}

/**
 * Those cells, with the positions at which a patch can change anything: not where both prompts are the same up to there, and so their
 * activations; and not in the last layer at another position than the last, where only keys and values are read.
 */
export function openCells({ base, source, sourceOf }: Aligned, site: BlockSite, units: readonly Unit[], layers: number): Patch[] {
  let same = 0;
  while (same < base.length && base[same] === source[same] && sourceOf[same] === same) same++;
  const read = (layer: number, position: number) => layer < layers - 1 || position === base.length - 1 || READ_BY_ALL.includes(site);
  return units.flatMap(({ positions: all, ...range }, unit) => {
    const changing = all.filter((position) => sourceOf[position] !== null && position >= same);
    if (changing.length === 0) return [];
    return Array.from({ length: layers }, (_, layer) => changing.filter((position) => read(layer, position)))
      .flatMap((positions, layer) => (positions.length === 0 ? [] : [{ layer, unit, position: positions[0], positions, ...range }]));
  });
}
