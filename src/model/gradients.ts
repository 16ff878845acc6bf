/** Gradients of a logit metric at any site: the chain of blocks walked in reverse, each recomputed from its residual. */
import { floats, type FloatArray } from '../graph';
import { copy } from './arrays';
import type { KeyValueCache } from './cache';
import { positionFeeds } from './layout';
import { pastKind, type Model, type RunResult } from './model';
import { metricGradient, type LogitMetric } from './readout';
import { blockSite, siteName, type BlockSite, type Site } from '../vocabulary/sites';

export interface GradientResult {
  /** The residual stream after the last layer, [batch, positions, width]. */
  readonly resid: FloatArray;
  /** See `gradientsOf`. */
  readonly gradients: ReadonlyMap<string, FloatArray>;
}

/** Runs prompts, then as `gradientsOf`. */
export async function gradientsAt(
  model: Model,
  prompts: readonly (readonly number[])[],
  metric: LogitMetric,
  sites: readonly Site[],
  signal?: AbortSignal,
): Promise<GradientResult> {
  const run = await model.run(prompts, { read: residualsBefore(model), signal });
  return { resid: run.resid, gradients: await gradientsOf(model, run, metric, sites, signal) };
}

/** What a run has to have read for `gradientsOf`: the residual stream before each layer. */
export function residualsBefore({ shape: { layers } }: Model): Site[] {
  return Array.from({ length: layers }, (_, layer) => blockSite(layer, 'hook_resid_pre'));
}

/**
 * The gradient of Σ over prompts of the metric at each one's last token, by site name, in the site's own shape: of a run without hooks.
 * Behind a past only what stands after it is gone back through.
 * @param without a layer whose attention and MLP pass no gradient on (GradDrop), of which no site may be wanted; the stream past them does
 */
export async function gradientsOf(
  model: Model,
  { resid, sites: residuals, layout, past }: RunResult,
  metric: LogitMetric,
  sites: readonly Site[],
  signal?: AbortSignal,
  without?: number,
): Promise<ReadonlyMap<string, FloatArray>> {
  const { layers, width } = model.shape;
  const ends = layout.lengths.map((length, row) => row * layout.positions + length - 1);
  const rows = await metricGradient(model, resid, ends, metric);
  const data = new Float32Array(resid.data.length);
  ends.forEach((end, i) => data.set(rows.data.subarray(i * width, (i + 1) * width), end * width));
  let cotangent = floats(data, resid.shape);

  const gradients = new Map<string, FloatArray>();
  const wanted = (layer: number): BlockSite[] => sites.flatMap((site) => (site.kind === 'block' && site.layer === layer ? [site.site] : []));
  const lowest = sites.some(({ kind }) => kind === 'embed') ? 0 : Math.min(...sites.map((site) => (site.kind === 'block' ? site.layer : layers)));
  for (let layer = layers - 1; layer >= lowest; layer--) {
    signal?.throwIfAborted();
    if (layer === without) continue;
    const here = wanted(layer);
    if (here.includes('hook_resid_post')) gradients.set(siteName(blockSite(layer, 'hook_resid_post')), copy(cotangent));
    const inside = here.filter((site) => site !== 'hook_resid_post' && site !== 'hook_resid_pre');
    const pre = residuals.get(siteName(blockSite(layer, 'hook_resid_pre')))!;
    const kind = pastKind(past?.layers[layer], pre);
    const session = await model.sessions.blockGradient(layer, [...inside, 'hook_resid_pre'], [], 'hook_resid_post', kind);
    const given = { resid: pre, cotangent, ...positionFeeds(layout, past), ...pastFeeds(past, layer) };
    const results = await session.run(given);
    for (const site of inside) gradients.set(siteName(blockSite(layer, site)), results[`out ${site}`] as FloatArray);
    cotangent = results['out hook_resid_pre'] as FloatArray;
    if (here.includes('hook_resid_pre')) gradients.set(siteName(blockSite(layer, 'hook_resid_pre')), copy(cotangent));
  }
  if (sites.some(({ kind }) => kind === 'embed')) gradients.set('hook_embed', copy(cotangent));
  if (sites.some(({ kind }) => kind === 'final')) throw new Error('The gradient at ln_final.hook_normalized is the unembedding itself; ask for another site.');
  return gradients;
}

/** What a block that runs behind a past takes of it. */
export function pastFeeds(past: KeyValueCache | undefined, layer: number): Record<string, FloatArray> {
  return past ? { pastKeys: past.layers[layer].keys, pastValues: past.layers[layer].values } : {};
}
