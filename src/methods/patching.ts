/**
 * Activation patching over layers and positions (Meng et al. 2022; Heimersheim & Nanda 2024): an activation of one program is put
 * into the run of its near twin, and the change of a logit difference is measured.
 *
 * A patch at a layer recomputes only the later layers, and one at a position only the later positions: what lies before comes from
 * the base run's keys and values. Patches at several positions and all lower layers ride in one batch.
 */
import { blockSite, siteName, type BlockSite } from '../architectures';
import { floats, type FloatArray } from '../graph';
import { concatAxis, positionFeeds, readLogits, sliceAxis, truncateCache, type Hook, type KeyValueCache, type Model, type PositionFeeds, type BatchLayout } from '../model';

/** Sites with one vector (or one set of head vectors) a position. */
export const PATCH_SITES = [
  'hook_resid_pre', 'hook_resid_mid', 'hook_resid_post', 'hook_attn_out', 'hook_mlp_out', 'attn.hook_z', 'mlp.hook_post',
] as const satisfies readonly BlockSite[];
export type PatchSite = (typeof PATCH_SITES)[number];

export interface PatchingOptions {
  /** Token ids of the run that is patched, and of the run that the activations come from. */
  base: readonly number[];
  source: readonly number[];
  /** Which position of the source each position of the base corresponds to; null where there is none. */
  sourceOf: readonly (number | null)[];
  /** The metric is logit[positive] - logit[negative] at the last position. */
  metric: { readonly positive: number; readonly negative: number };
  site?: PatchSite;
  signal?: AbortSignal;
  /** Called before the first patch and whenever more positions are done; the metric of a patch that has not been made yet is NaN. */
  onProgress?: (done: number, total: number, soFar: PatchingResult) => void;
}

export interface PatchingResult {
  site: PatchSite;
  /** The metric of the unpatched base run and of the source run. */
  baseMetric: number;
  sourceMetric: number;
  /**
   * [layer][base position]: the metric of the base run with that one activation taken from the source;
   * null where there is no counterpart.
   */
  metric: (number | null)[][];
}

/** Tokens in one run of a block: bounds memory, and is enough to keep the processor busy. */
export const TOKENS_AT_ONCE = 1024;
/** Tokens in the last layer's run up to which neighbouring positions run together, though each then starts as early as the first. */
const TOKENS_ENOUGH = 256;

export async function patchPositions(model: Model, options: PatchingOptions): Promise<PatchingResult> {
  const { base, source, sourceOf, site = 'hook_resid_pre', signal } = options;
  const { layers } = model.shape;
  if (sourceOf.length !== base.length) throw new Error('patching: sourceOf needs one entry for each position of the base prompt');

  const all = (name: BlockSite) => Array.from({ length: layers }, (_, layer) => blockSite(layer, name));
  const baseRun = await model.run([base], { read: all('hook_resid_pre'), cache: true, signal });
  const sourceRun = await model.run([source], { read: all(site), signal });
  const measure = (resid: FloatArray, rows: readonly number[]) => logitDifferences(model, resid, rows, options.metric);
  const [baseMetric] = await measure(baseRun.resid, [base.length - 1]);
  const [sourceMetric] = await measure(sourceRun.resid, [source.length - 1]);

  // Where both prompts are the same up to a position, so are the activations: that patch changes nothing.
  let same = 0;
  while (same < base.length && base[same] === source[same] && sourceOf[same] === same) same++;
  const metric = Array.from({ length: layers }, () => sourceOf.map((from, at) => (from === null ? null : at < same ? baseMetric : NaN)));
  const positions = sourceOf.flatMap((from, at) => (from !== null && at >= same ? [at] : []));

  const result: PatchingResult = { site, baseMetric, sourceMetric, metric };
  let done = 0;
  options.onProgress?.(done, positions.length, result);
  for (const chunk of chunks(positions, base.length, layers)) {
    const sweep = new Sweep(model, site, { base: baseRun.sites, source: sourceRun.sites }, baseRun.cache!, base.length, chunk, sourceOf);
    const { rows, resid } = await sweep.run(signal);
    const values = await measure(resid, rows.map((_, i) => i));
    rows.forEach(({ layer, position }, i) => (metric[layer][position] = values[i]));
    done += chunk.length;
    options.onProgress?.(done, positions.length, result);
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
  }
  return result;
}

/** Neighbouring positions whose patches run together: more for short prompts and shallow models, to fill the batch. */
export function chunks(positions: readonly number[], length: number, layers: number): number[][] {
  const result: number[][] = [];
  for (let start = 0; start < positions.length; ) {
    const tokens = (length - positions[start]) * layers;
    const size = Math.max(1, Math.min(8, Math.ceil(TOKENS_ENOUGH / tokens)));
    result.push(positions.slice(start, start + size));
    start += size;
  }
  return result;
}

interface Row {
  layer: number;
  position: number;
}

/**
 * The patches at a few positions and every layer, climbing the layers together: each layer adds its own patches to the batch.
 * The last layer is only computed for the last position, where the metric is read.
 */
class Sweep {
  private readonly start: number;
  private readonly past: KeyValueCache | undefined;

  constructor(
    private readonly model: Model,
    private readonly site: PatchSite,
    private readonly sites: { base: ReadonlyMap<string, FloatArray>; source: ReadonlyMap<string, FloatArray> },
    cache: KeyValueCache,
    private readonly length: number,
    private readonly positions: readonly number[],
    private readonly sourceOf: readonly (number | null)[],
  ) {
    this.start = positions[0];
    this.past = this.start > 0 ? truncateCache(cache, this.start) : undefined;
  }

  /** The residual stream at the end [rows, 1, width]. */
  async run(signal?: AbortSignal): Promise<{ rows: Row[]; resid: FloatArray }> {
    const rows: Row[] = [];
    let resid: FloatArray | undefined;
    for (let layer = 0; layer < this.model.shape.layers; layer++) {
      signal?.throwIfAborted();
      const entering = this.site === 'hook_resid_pre';
      const started = this.entering(layer);
      const fresh = entering ? this.patched(layer, started, 'hook_resid_pre') : await this.block(layer, started, this.hook(layer));
      rows.push(...this.positions.map((position) => ({ layer, position })));
      if (entering) resid = await this.block(layer, resid ? concatAxis([resid, fresh], 0) : fresh);
      else resid = resid ? concatAxis([await this.block(layer, resid), fresh], 0) : fresh;
    }
    return { rows, resid: resid! };
  }

  /** The base run's residual stream before a layer, from `start` on, once for each position. */
  private entering(layer: number): FloatArray {
    const whole = this.sites.base.get(siteName(blockSite(layer, 'hook_resid_pre')))!;
    const one = sliceAxis(whole, 1, this.start, this.length);
    return concatAxis(this.positions.map(() => one), 0);
  }

  /** Row i with its activation at positions[i] replaced by the source's. */
  private patched(layer: number, activation: FloatArray, site: BlockSite): FloatArray {
    const source = this.sites.source.get(siteName(blockSite(layer, site)))!;
    const size = activation.shape.slice(2).reduce((a, b) => a * b, 1);
    const length = activation.shape[1];
    const data = activation.data.slice();
    this.positions.forEach((position, row) => {
      const from = this.sourceOf[position]!;
      data.set(source.data.subarray(from * size, (from + 1) * size), (row * length + position - this.start) * size);
    });
    return floats(data, activation.shape);
  }

  private hook(layer: number): Hook {
    return { site: blockSite(layer, this.site), edit: (activation) => this.patched(layer, activation, this.site) };
  }

  /** One block over the batch, in parts that fit; a hook needs the batch whole. */
  private async block(layer: number, resid: FloatArray, hook?: Hook): Promise<FloatArray> {
    const [count, length] = resid.shape;
    const last = layer === this.model.shape.layers - 1;
    const size = hook ? count : Math.max(1, Math.floor(TOKENS_AT_ONCE / length));
    const parts: FloatArray[] = [];
    for (let row = 0; row < count; row += size) {
      const part = count <= size ? resid : sliceAxis(resid, 0, row, Math.min(row + size, count));
      const layout: BatchLayout = { lengths: Array.from({ length: part.shape[0] }, () => length), positions: length };
      const feeds: PositionFeeds = positionFeeds(layout, this.past);
      const past = this.past?.layers[layer];
      const result = await this.model.runBlock(layer, part, feeds, { past, hooks: hook ? [hook] : [], lastOnly: last && !hook, layout });
      parts.push(last && hook ? sliceAxis(result.resid, 1, length - 1, length) : result.resid);
    }
    return concatAxis(parts, 0);
  }
}

async function logitDifferences(
  model: Model,
  resid: FloatArray,
  rows: readonly number[],
  { positive, negative }: PatchingOptions['metric'],
): Promise<number[]> {
  const { data } = await readLogits(model, resid, rows, [positive, negative]);
  return rows.map((_, i) => data[2 * i] - data[2 * i + 1]);
}

/** (metric - corrupted) / (clean - corrupted): 1 is as in the clean run, 0 as in the corrupted one. */
export function normalizedEffect(metric: number, clean: number, corrupted: number): number {
  return (metric - corrupted) / (clean - corrupted);
}
