/**
 * Sparse feature circuits (Marks et al. 2024, arXiv 2403.19647): edges between latents of SAEs, and what SAEs leave out, at tokens.
 *
 *   score(u → d) = ∂metric/∂d · ∂d/∂u, on ways through no other SAE, · (u_source − u_base)
 *
 * to first order at the base's run, with gradients that pass SAEs through (see `latentGradients`). A latent reads through its encoder where
 * it is active; the error reads all that latents do not (the scale of an SAE that normalises its input, too), so the latents and the
 * error of a site together read what the model itself does there. All edges of a node, the unnamed ones too, sum to its node attribution
 * (`attributeLatents` without steps).
 */
import { floats, gatherElements, ints, vjp, type FloatArray } from '../../graph';
import { gradientsOf, logitDifference, metricGradient, takeRows, type Model, type RunResult } from '../../model';
import { latentGradientOf, saeInput, toRows, type LoadedSae } from '../../sae';
import { siteName, type SiteName } from '../../vocabulary/sites';
import { requireStream, type Feature, type LatentEdgeOptions } from './features';
import { changesAt, runsOf, type ChangeAt, type RunsOfLatents } from './latent-changes';
import { StoppedWalk, type Cotangents, type Start, type StreamSite } from './stopped-walk';

export interface LatentEdge {
  /** Indices into the nodes that were given; `from` null for all that are none of them together. */
  readonly from: number | null;
  readonly to: number;
  /** In units of the metric (logits). */
  readonly score: number;
}

/** All edges between the nodes, and of each node the rest that it reads from elsewhere, which may be 0. */
export async function latentEdges(model: Model, options: LatentEdgeOptions, nodes: readonly (Feature | 'logits')[]): Promise<LatentEdge[]> {
  const { base, saes, signal, onProgress } = options;
  requireStream(saes, model);
  const starts = await LatentStarts.read(model, options);
  const features = nodes.flatMap((node, index) => (node === 'logits' ? [] : [{ ...node, index }]));
  const bySae = saes.map((sae) => ({ sae, some: features.filter((node) => node.sae === sae) })).filter(({ some }) => some.length > 0);
  const written = new Map<SiteName, (ChangeAt & { readonly index: number })[]>();
  for (const { sae, some } of bySae) {
    written.set(sae.config.site, await changesAt(model, sae, some, starts.runs, options.sourceOf));
  }
  const edges: LatentEdge[] = [];
  const read = async (start: Start, to: readonly number[]) => {
    const met = await starts.walk.from(start, signal);
    to.forEach((node, row) => {
      let rest = 0;
      for (const [site, cotangents] of met) {
        rest += productOf(cotangents, start, row, starts.runs.at.get(site)!, model.shape.width);
        for (const { index, position, change } of written.get(site) ?? []) {
          const score = productAt(cotangents, start, row, position, change, base.length);
          rest -= score;
          if (score !== 0) edges.push({ from: index, to: node, score });
        }
      }
      edges.push({ from: null, to: node, score: rest });
    });
  };
  const logits = nodes.flatMap((node, index) => (node === 'logits' ? [index] : []));
  if (logits.length > 0) {
    const start = await starts.ofLogits();
    for (const index of logits) await read(start, [index]);
  }
  for (const [done, { sae, some }] of bySae.entries()) {
    onProgress?.(done, bySae.length);
    await read(await starts.of(sae, some), some.map(({ index }) => index));
  }
  onProgress?.(bySae.length, bySae.length);
  return edges;
}

/** A head, and what of an edge it carries, in logits. */
export interface HeadLoading {
  readonly layer: number;
  readonly head: number;
  readonly score: number;
}

/**
 * Of each edge what every head carries of it, in all layers whose attention lies between its ends. The heads of a layer, with what goes
 * past its attention, sum to the edge; past it nothing goes from one token to another, unless another layer's attention lies between too.
 */
export async function headLoadings(
  model: Model,
  options: LatentEdgeOptions,
  edges: readonly { readonly from: Feature; readonly to: Feature | 'logits' }[],
): Promise<HeadLoading[][]> {
  const { base, saes, signal, sourceOf } = options;
  requireStream(saes, model);
  const starts = await LatentStarts.read(model, options);
  const { layers, heads } = model.shape;
  const loadings: HeadLoading[][] = edges.map(() => []);
  for (const reader of [...saes, 'logits'] as const) {
    const rows = edges.flatMap((edge, index) => {
      if ((edge.to === 'logits' ? edge.to : edge.to.sae) !== reader) return [];
      const [above, below] = [attentionsBelow(edge.from.sae), reader === 'logits' ? layers : attentionsBelow(reader)];
      return Array.from({ length: Math.max(0, below - above) * heads }, (_, i) =>
        ({ ...edge, index, layer: above + Math.floor(i / heads), head: i % heads }));
    });
    if (rows.length === 0) continue;
    const distinct = reader === 'logits' ? [] : [...new Set(rows.map(({ to }) => to as Feature))];
    const start = reader === 'logits' ? await starts.ofLogits() : await starts.of(reader, distinct);
    const { width } = model.shape;
    const at = rows.map(({ to }) => (to === 'logits' ? 0 : distinct.indexOf(to)));
    const gradients = new Float32Array(rows.length * width);
    at.forEach((from, row) => gradients.set(start.gradients.subarray(from * width, (from + 1) * width), row * width));
    const split: Start = { from: start.from, positions: at.map((from) => start.positions[from]), gradients, through: rows };
    const met = await starts.walk.from(split, signal);
    for (const sae of new Set(rows.map(({ from }) => from.sae))) {
      const cotangents = met.get(sae.config.site);
      const own = rows.flatMap(({ from, ...one }, row) => (from.sae === sae ? [{ ...from, ...one, row }] : []));
      if (!cotangents) continue;
      for (const { index, layer, head, row, position, change } of await changesAt(model, sae, own, starts.runs, sourceOf)) {
        loadings[index].push({ layer, head, score: productAt(cotangents, split, row, position, change, base.length) });
      }
    }
  }
  return loadings;
}

/** How many layers' attention lies before an SAE's site, its own included where it stands behind it. */
function attentionsBelow({ site }: LoadedSae): number {
  if (site.kind !== 'block') return 0;
  return site.layer + (site.site === 'hook_resid_pre' ? 0 : 1);
}

/** Where walks begin: the effects of nodes on the metric, as they read the site of their SAE. */
class LatentStarts {
  private constructor(
    private readonly model: Model,
    private readonly options: LatentEdgeOptions,
    readonly runs: RunsOfLatents,
    private readonly gradients: ReadonlyMap<string, FloatArray>,
    readonly walk: StoppedWalk,
  ) {}

  static async read(model: Model, options: LatentEdgeOptions): Promise<LatentStarts> {
    const { saes, metric, signal } = options;
    const runs = await runsOf(model, options);
    const difference = logitDifference(metric.positive, metric.negative);
    const gradients = await gradientsOf(model, runs.own, difference, saes.map(({ site }) => site), signal);
    const stops = new Set(saes.map(({ config }) => config.site));
    return new LatentStarts(model, options, runs, gradients, new StoppedWalk(model, runs.own, stops));
  }

  async ofLogits(): Promise<Start> {
    const { base, metric } = this.options;
    const end = base.length - 1;
    const { data } = await metricGradient(this.model, this.runs.own.resid, [end], logitDifference(metric.positive, metric.negative));
    return { from: 'logits', positions: [end], gradients: data };
  }

  async of(sae: LoadedSae, nodes: readonly Feature[]): Promise<Start> {
    const { site } = sae;
    if (site.kind !== 'block') throw new Error(`${sae.config.site} is no site of a block.`);
    const { data } = await readBy(this.model, sae, nodes, this.runs.own, this.gradients.get(siteName(site))!);
    const from = { layer: site.layer, site: site.site as StreamSite };
    return { from, positions: nodes.map(({ position }) => position), gradients: data };
  }
}

/** Of each node its effect on the metric as it reads its SAE's site: ∂metric/∂node · ∂node/∂(what is there), [nodes, width]. */
async function readBy(model: Model, sae: LoadedSae, nodes: readonly Feature[], run: RunResult, gradient: FloatArray): Promise<FloatArray> {
  const { width } = model.shape;
  const activation = run.sites.get(siteName(sae.site))!;
  const positions = nodes.map(({ position }) => position);
  const x = takeRows(await saeInput(sae, model, activation), positions);
  const cotangent = takeRows(toRows(sae, gradient), positions);
  const indices = ints(nodes.map(({ latent }) => latent ?? 0), [nodes.length, 1]);
  const { one, all } = await sae.run('read by latents', { x, cotangent, indices }, {}, (trace, given) => {
    const [latents, slopes] = [trace.encode(given.x), latentGradientOf(trace, given)];
    const of = (values: typeof latents) => gatherElements(values, given.indices, 1);
    return { one: vjp([of(latents)], [of(slopes)], [given.x])[0], all: vjp([latents], [slopes], [given.x])[0] };
  });
  const read = floats(new Float32Array(nodes.length * width), [1, nodes.length, width]);
  const isError = (i: number) => nodes[Math.floor(i / width)].latent === null;
  const [ofOne, ofAll] = [one.data as Float32Array, all.data as Float32Array];
  for (let i = 0; i < read.data.length; i++) read.data[i] = (isError(i) ? ofAll : ofOne)[i];
  const { data } = await model.processedVjp(sae.site, read, sae.config.processing);
  return floats(data.map((value, i) => (isError(i) ? cotangent.data[i] - value : value)), [nodes.length, width]);
}

/** A scalar's gradient at a position times a vector. */
function productAt(
  { data, spread }: Cotangents,
  { positions }: Start,
  row: number,
  position: number,
  vector: Float32Array,
  length: number,
): number {
  if (!spread && positions[row] !== position) return 0;
  const from = (spread ? row * length + position : row) * vector.length;
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += data[from + i] * vector[i];
  return sum;
}

/** A scalar's gradient times a vector at every position. */
function productOf(cotangents: Cotangents, start: Start, row: number, change: Float32Array, width: number): number {
  const length = change.length / width;
  let sum = 0;
  for (let at = 0; at < length; at++) sum += productAt(cotangents, start, row, at, change.subarray(at * width, (at + 1) * width), length);
  return sum;
}
