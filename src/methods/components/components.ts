/**
 * Components: direct logit attribution (Elhage et al. 2021, A Mathematical Framework for Transformer Circuits). What the embedding, each
 * head, each MLP and each bias write into the residual stream of one token, and what of it the final norm, its scale kept as it is in the
 * run, and the unembedding make a metric: a sum that is the metric.
 */
import { floats, ints, type FloatArray, type NdArray } from '../../graph';
import { takeRows, type LogitMetric, type Model } from '../../model';
import { blockSite, siteName, type BlockSite, type Site } from '../../vocabulary/sites';

/** What each part contributes to a reading of the stream at a token: the product of what it writes there with one direction. */
export interface Terms {
  readonly embed: number;
  /** Null without learned positions. */
  readonly posEmbed: number | null;
  /** [layer][head], and what the biases of attention's output contribute, [layer]; null where it has none. */
  readonly heads: readonly (readonly number[])[];
  readonly attentionBias: readonly (number | null)[];
  /** [layer] */
  readonly mlps: readonly number[];
  /** What the product with a vector of the residual stream contributes, [width]. */
  readonly direction: Float32Array;
  /** The same of each layer's mixed values, [heads · head], through the output projection and a norm behind it, its scale as it is. */
  readonly headDirections: readonly Float32Array[];
}

/** The terms of a metric. */
export interface Components extends Terms {
  /** The metric of the run, and the same of the logits before a soft cap, which is what the components sum to; equal without a cap. */
  readonly metric: number;
  readonly uncapped: number;
  /** Of the final norm's bias, and of the unembedding's; null where there is none. */
  readonly normBias: number | null;
  readonly unembedBias: number | null;
}

/** What a run's parts write to the stream at one token. */
export interface Writers {
  readonly embed: FloatArray['data'];
  /** Null without learned positions. */
  readonly posEmbed: FloatArray['data'] | null;
  /** The heads' mixed values, [layers, heads · head]. */
  readonly z: FloatArray;
  /** [layer] */
  readonly mlps: readonly FloatArray['data'][];
  /** The last residual stream, [1, width]. */
  readonly resid: FloatArray;
  /** What else was read there, by site name: [1, 1, …]. */
  readonly sites: ReadonlyMap<string, FloatArray>;
}

export interface ComponentOptions {
  /** Further sites to read of the run, at the token alone. */
  read?: readonly Site[];
  signal?: AbortSignal;
}

/** One forward pass up to the last of the tokens. @returns what is written at each of them */
export async function writersAt(
  model: Model,
  ids: readonly number[],
  tokens: readonly number[],
  { read = [], signal }: ComponentOptions = {},
): Promise<Writers[]> {
  const { layers, heads, headSize } = model.shape;
  const each = (site: BlockSite) => Array.from({ length: layers }, (_, layer) => blockSite(layer, site));
  const positioned = model.architecture.positionEmbed !== undefined;
  const embedded: Site[] = [{ kind: 'embed' }, ...(positioned ? [blockSite(0, 'hook_resid_pre')] : [])];
  const own = [...embedded, ...each('attn.hook_z'), ...each('hook_mlp_out')];
  const length = Math.max(...tokens) + 1;
  const run = await model.run([ids.slice(0, length)], { read: [...own, ...read], signal });
  return tokens.map((position) => {
    const row = (activation: FloatArray): FloatArray => {
      const size = activation.data.length / length;
      return floats(activation.data.slice(position * size, (position + 1) * size), [1, 1, ...activation.shape.slice(2)]);
    };
    const at = (site: Site) => row(run.sites.get(siteName(site))!);
    const z = new Float32Array(layers * heads * headSize);
    each('attn.hook_z').forEach((site, layer) => z.set(at(site).data, layer * heads * headSize));
    const embed = at({ kind: 'embed' }).data;
    return {
      embed,
      posEmbed: positioned ? at(blockSite(0, 'hook_resid_pre')).data.map((value, i) => value - embed[i]) : null,
      z: floats(z, [layers, heads * headSize]),
      mlps: each('hook_mlp_out').map((site) => at(site).data),
      resid: takeRows(run.resid, [position]),
      sites: new Map(read.map((site) => [siteName(site), at(site)])),
    };
  });
}

/**
 * One forward pass up to the token, and the product of each head's slice of the output projection with one direction of the stream: no
 * head's own output is formed. With grouped queries and parallel blocks, behind norms of what attention writes, from weights of any kind.
 * @param position the token whose next one the metric is about
 * @returns the components, and what was read at `options.read` there, by site name: [1, 1, …]
 */
export async function directComponents(
  model: Model,
  ids: readonly number[],
  position: number,
  metric: LogitMetric,
  options: ComponentOptions = {},
): Promise<{ components: Components; sites: ReadonlyMap<string, FloatArray>; writers: Writers }> {
  const [writers] = await writersAt(model, ids, [position], options);
  const session = await model.sessions.direct();
  const direct = await session.run({
    rows: writers.resid,
    z: writers.z,
    tokens: ints(metric.map(({ token }) => token), [metric.length]),
    coefficients: floats(Float32Array.from(metric, ({ coefficient }) => coefficient), [metric.length]),
  });
  const weighted = (values: NdArray) => metric.reduce((sum, { coefficient }, i) => sum + coefficient * Number(values.data[i]), 0);
  const components: Components = {
    ...termsOf(model, writers, direct.direction.data as Float32Array, direct),
    metric: weighted(direct.logits),
    uncapped: weighted(direct.uncapped),
    normBias: scalar(direct.normBias),
    unembedBias: scalar(direct.unembedBias),
  };
  return { components, sites: writers.sites, writers };
}

/** What each part contributes to the product of the stream at a token with any direction, [width]. */
export async function termsAlong(model: Model, writers: Writers, direction: Float32Array): Promise<Terms> {
  const session = await model.sessions.directHeads();
  const direct = await session.run({ z: writers.z, stream: floats(direction, [1, direction.length]) });
  return termsOf(model, writers, direction, direct);
}

function termsOf(
  { shape: { layers, heads, headSize } }: Model,
  { embed, posEmbed, z, mlps }: Writers,
  direction: Float32Array,
  direct: Readonly<Record<string, NdArray>>,
): Terms {
  const ofHeads = direct.headDirections.data as Float32Array;
  const inLayer = heads * headSize;
  const headDirections = Array.from({ length: layers }, (_, layer) => ofHeads.subarray(layer * inLayer, (layer + 1) * inLayer));
  const slice = (values: Float32Array, from: number) => values.subarray(from, from + headSize);
  return {
    embed: dot(embed, direction),
    posEmbed: posEmbed && dot(posEmbed, direction),
    heads: headDirections.map((one, layer) => Array.from({ length: heads }, (_, head) =>
      dot(slice(z.data, (layer * heads + head) * headSize), slice(one, head * headSize)))),
    attentionBias: headDirections.map((_, layer) => scalar(direct.attentionBias, layer)),
    mlps: mlps.map((mlp) => dot(mlp, direction)),
    direction,
    headDirections,
  };
}

/** All of a run's components by TransformerLens's names (decompose_resid, stack_head_results), in the order in which they are written. */
export function namedComponents(components: Terms & Partial<Components>): { name: string; value: number }[] {
  const { embed, posEmbed, heads, attentionBias, mlps, normBias = null, unembedBias = null } = components;
  const known = (name: string, value: number | null) => (value === null ? [] : [{ name, value }]);
  return [
    { name: 'embed', value: embed },
    ...known('pos_embed', posEmbed),
    ...heads.flatMap((row, layer) => [
      ...row.map((value, head) => ({ name: `L${layer}H${head}`, value })),
      ...known(`${layer}_attn_bias`, attentionBias[layer]),
      { name: `${layer}_mlp_out`, value: mlps[layer] },
    ]),
    ...known('ln_final_bias', normBias),
    ...known('unembed_bias', unembedBias),
  ];
}

/** What each layer's attention writes: its heads and its bias. */
export function attentionTerms({ heads, attentionBias }: Pick<Components, 'heads' | 'attentionBias'>): number[] {
  return heads.map((row, layer) => sumOf(row) + (attentionBias[layer] ?? 0));
}

/**
 * The metric as it would be without the layers above: the embedding alone, then after each layer. It is the logit lens with the scale
 * that the final norm has at the end, and the last one is the metric before a soft cap.
 */
export function cumulative(components: Terms & Partial<Components>): number[] {
  const attention = attentionTerms(components);
  const { embed, posEmbed, mlps, normBias, unembedBias } = components;
  const values = [embed + (posEmbed ?? 0) + (normBias ?? 0) + (unembedBias ?? 0)];
  mlps.forEach((mlp, layer) => values.push(values[layer] + attention[layer] + mlp));
  return values;
}

/** A layer's neurons, one by one, [mlp width], and what the biases behind them contribute: their sum is the MLP's component. */
export async function neuronComponents(
  model: Model,
  layer: number,
  post: FloatArray,
  { direction }: Pick<Components, 'direction'>,
): Promise<{ neurons: Float64Array; bias: number | null }> {
  const session = await model.sessions.directMlp(layer);
  const result = await session.run({ post: floats(post.data, [1, post.data.length]), stream: floats(direction, [1, direction.length]) });
  const read = result.direction.data as Float32Array;
  return { neurons: Float64Array.from(post.data, (value, i) => value * read[i]), bias: scalar(result.bias) };
}

/**
 * What a layer's heads contribute through each token that they read from this one, [head][token]: the attention times what of the value
 * there the direction reads. A row's sum is the head's component.
 */
export async function sourceComponents(
  model: Model,
  ids: readonly number[],
  position: number,
  { headDirections }: Pick<Components, 'headDirections'>,
  layers: readonly number[],
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<number[][][]> {
  const [read, size] = [ids.slice(0, position + 1), position + 1];
  const found: number[][][] = [];
  let before: { layer: number; resid: FloatArray } | undefined;
  for (const layer of layers) {
    // Layer by layer, as the patterns of all layers together would be layers · heads · tokens² numbers.
    const [pattern, values] = [blockSite(layer, 'attn.hook_pattern'), blockSite(layer, 'attn.hook_v')];
    const run = await model.run([read], { ...(before && { from: before }), until: layer + 1, read: [pattern, values], signal });
    before = { layer: layer + 1, resid: run.resid };
    const weights = run.sites.get(siteName(pattern))!.data; // [1, heads, tokens, tokens]
    const written = valuesTowards(model.shape, run.sites.get(siteName(values))!, headDirections[layer]);
    found.push(written.map((ofHead, head) => {
      const row = weights.subarray((head * size + position) * size, (head * size + size) * size);
      return ids.map((_, at) => (at > position ? 0 : row[at] * ofHead[at]));
    }));
    onProgress?.(found.length, layers.length);
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
  }
  return found;
}

/**
 * What each head of a layer would write of each token's value into a direction if it read that token alone, [head][token].
 * @param values hook_v of the layer, [1, tokens, key-value heads, head]
 * @param directions of the layer's mixed values, as `Components` has them, [heads · head]
 */
export function valuesTowards(
  { heads, keyValueHeads, headSize }: Model['shape'],
  { data }: FloatArray,
  directions: Float32Array,
): number[][] {
  const tokens = data.length / (keyValueHeads * headSize);
  return Array.from({ length: heads }, (_, head) => {
    const group = Math.floor((head * keyValueHeads) / heads);
    const direction = directions.subarray(head * headSize, (head + 1) * headSize);
    return Array.from({ length: tokens }, (__, at) => {
      const from = (at * keyValueHeads + group) * headSize;
      return dot(data.subarray(from, from + headSize), direction);
    });
  });
}

/** In double precision, so that a sum of many terms is as exact as they are. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function scalar(array: NdArray | undefined, at = 0): number | null {
  return array === undefined ? null : Number(array.data[at]);
}
