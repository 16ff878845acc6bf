/** Residual patching over many pairs: by layer and place, the change of the metric where the twin's activation is put there. */
import type { Model } from '../../model';
import { PATCH_SITES, type PatchSite } from '../../vocabulary/sites';
import { vectorSize, type Axis } from '../patching/axes';
import { patchUnits } from '../patching/patching';
import type { PlacedPair, Working } from './places';

export interface PlacePatches {
  /** Of each pair, [layers, places]: NaN where it lacks the place, or has no counterpart there. In logits. */
  readonly changes: readonly Float64Array[];
  readonly metrics: readonly { readonly base: number; readonly source: number }[];
}

/** All tokens of a place are patched in one go; every patch is really made. */
export async function patchPlaces(
  model: Model,
  pairs: readonly PlacedPair[],
  places: number,
  { site, signal, onProgress }: Working & { readonly site: PatchSite },
): Promise<PlacePatches> {
  const changes: Float64Array[] = [];
  const metrics: { base: number; source: number }[] = [];
  for (const pair of pairs) {
    const found = await patchUnits(model, placesOf(pair, places), { ...pair, site, signal });
    changes.push(Float64Array.from(found.metric.flat(), (value) => (value === null ? NaN : value - found.baseMetric)));
    metrics.push({ base: found.baseMetric, source: found.sourceMetric });
    onProgress?.(changes.length, pairs.length);
  }
  return { changes, metrics };
}

function placesOf({ placeOf, sourceOf }: PlacedPair, places: number): Axis {
  const positions = Array.from({ length: places }, (): number[] => []);
  placeOf.forEach((place, at) => {
    if (place !== null && sourceOf[at] !== null) positions[place].push(at);
  });
  return {
    name: 'place', sites: PATCH_SITES, whole: true,
    units: (shape) => positions.map((own) => ({ positions: own, start: 0, end: vectorSize(shape) })),
  };
}
