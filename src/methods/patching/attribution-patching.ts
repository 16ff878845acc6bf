/**
 * Attribution patching (Nanda 2023; Syed, Rager & Conmy 2023, arXiv 2310.10348): what each patch of activation patching would give,
 * estimated for all layers and units (positions, or heads of them) at once from gradients.
 *
 *   metric(patched) ≈ metric(base) + (a_source − a_base) · (g_base + g_source) / 2
 *
 * a is the activation at a site, a_source that of the position which corresponds to the base's; g_base is the metric's gradient with
 * respect to a_base in the base run, g_source that with respect to a_source in the source run. Nanda takes g_base alone, the metric's
 * slope where the way from one activation to the other begins. The mean of the slopes at both ends is the trapezoid rule, and costs one
 * more backward pass.
 */
import type { FloatArray } from '../../graph';
import { gradientsOf, logitDifference, type Model, type RunResult } from '../../model';
import { asVectors, POSITION, type Axis } from './axes';
import { siteName, type Site } from '../../vocabulary/sites';

export interface AttributionPatchingOptions {
  /** Runs of one prompt each that have read `sites` and `residualsBefore`. */
  base: RunResult;
  source: RunResult;
  baseMetric: number;
  /** Which position of the source each position of the base corresponds to; null where there is none. */
  sourceOf: readonly (number | null)[];
  /** The metric is logit[positive] - logit[negative] at the last position. */
  metric: { readonly positive: number; readonly negative: number };
  /** What is estimated at a time; positions where left out. */
  axis?: Axis;
  /** One a layer. */
  sites: readonly Site[];
  signal?: AbortSignal;
}

/** The estimated metric by [site][unit of the base's run]; null where there is no counterpart. */
export async function attributionPatching(model: Model, options: AttributionPatchingOptions): Promise<(number | null)[][]> {
  const { base, source, baseMetric, sourceOf, metric, axis = POSITION, sites, signal } = options;
  const difference = logitDifference(metric.positive, metric.negative);
  const atBase = await gradientsOf(model, base, difference, sites, signal);
  const atSource = await gradientsOf(model, source, difference, sites, signal);
  return sites.map(siteName).map((site) => {
    const at = (map: ReadonlyMap<string, FloatArray>) => map.get(site)!.data;
    const [activation, wanted, slope, slopeThere] = [at(base.sites), at(source.sites), at(atBase), at(atSource)];
    const { shape } = base.sites.get(site)!;
    const { shape: sourceShape } = source.sites.get(site)!;
    const { layout = asVectors } = axis;
    return axis.units(shape, sourceOf).map((unit) => {
      const positions = unit.positions.filter((position) => sourceOf[position] !== null);
      if (positions.length === 0) return null;
      let change = 0;
      for (const { at: own, from: other, length } of layout({ ...unit, positions }, { shape, first: 0 }, sourceShape, sourceOf)) {
        for (let i = 0; i < length; i++) change += (wanted[other + i] - activation[own + i]) * (slope[own + i] + slopeThere[other + i]);
      }
      return baseMetric + change / 2;
    });
  });
}
