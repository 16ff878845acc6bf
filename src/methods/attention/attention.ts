/** Attention patterns (Vaswani et al. 2017): which tokens each head reads, from every token. */
import { floats, type FloatArray } from '../../graph';
import type { Model } from '../../model';
import { blockSite, siteName, type Site } from '../../vocabulary/sites';

export interface AttentionOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** A layer's patterns, dense. */
export class Patterns {
  /** @param data [1, heads, tokens, tokens] */
  constructor(private readonly data: Float32Array, readonly heads: number, readonly tokens: number) {}

  /** What a token's attention is spread over: tokens from the first one on, and 0 for those behind it. */
  row(head: number, query: number): Float32Array {
    const from = (head * this.tokens + query) * this.tokens;
    return this.data.subarray(from, from + this.tokens);
  }
}

export interface LayerPatterns {
  layer: number;
  /** Each row sums to 1. */
  patterns: Patterns;
  /** hook_v, [1, tokens, key-value heads, head]. */
  values: FloatArray;
}

/**
 * One run, layer by layer, with the patterns of all heads from all tokens. Each layer's are to be dropped before the next, as those of all
 * layers together would be layers · heads · tokens² numbers.
 */
export async function* patternsByLayer(
  model: Model,
  ids: readonly number[],
  { signal, onProgress }: AttentionOptions = {},
): AsyncGenerator<LayerPatterns, void> {
  const { layers, heads } = model.shape;
  let resid: FloatArray | undefined;
  for (let layer = 0; layer < layers; layer++) {
    const [pattern, values] = [blockSite(layer, 'attn.hook_pattern'), blockSite(layer, 'attn.hook_v')];
    const from = resid && { from: { layer, resid } };
    const run = await model.run([[...ids]], { ...from, until: layer + 1, read: [pattern, values], signal });
    resid = run.resid;
    const at = (site: Site) => run.sites.get(siteName(site))!;
    yield { layer, patterns: new Patterns(at(pattern).data, heads, ids.length), values: at(values) };
    onProgress?.(layer + 1, layers);
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
  }
}

/**
 * The share of each head's attention at one token that every token gets, [layer][head][token]: each row sums to 1, and is 0 behind the
 * token and, in layers with a window, beyond it. Of grouped queries each head has its own row.
 */
export async function attentionFrom(
  model: Model,
  ids: readonly number[],
  position: number,
  options: AttentionOptions = {},
): Promise<number[][][]> {
  const weights: number[][][] = [];
  const behind = ids.slice(position + 1).map(() => 0); // what follows is read by nothing before it
  for await (const { patterns } of patternsByLayer(model, ids.slice(0, position + 1), options)) {
    weights.push(Array.from({ length: patterns.heads }, (_, head) => [...patterns.row(head, position), ...behind]));
  }
  return weights;
}

/** Of a row so many shares at most are kept, and none below this. */
export const MOST_KEPT = 8;
export const LEAST_KEPT = 0.005;
/** Shares are whole numbers of millionths, so that what is kept and the rest are 1 together, to the last digit. */
const DIGITS = 1e6;

/** A head's pattern, sparse: of each token the largest shares of its attention. */
export interface SparsePattern {
  /** [query][…]: what is read, the most read first, and its share. */
  sources: number[][];
  weights: number[][];
  /** [query]: what all others get together; the row sums to 1 with it. */
  rest: number[];
  /** [query]: what the first token gets. */
  sink: number[];
  /** [query]: −Σ a ln a, in nats. */
  entropy: number[];
}

export function sparsePattern(patterns: Patterns, head: number): SparsePattern {
  const sparse: SparsePattern = { sources: [], weights: [], rest: [], sink: [], entropy: [] };
  for (let query = 0; query < patterns.tokens; query++) {
    const row = patterns.row(head, query);
    const kept: number[] = [];
    let entropy = 0;
    for (let source = 0; source <= query; source++) {
      const share = row[source];
      if (share > 0) entropy -= share * Math.log(share);
      if (share >= LEAST_KEPT) kept.push(source);
    }
    kept.sort((a, b) => row[b] - row[a] || a - b).splice(MOST_KEPT);
    const units = kept.map((source) => Math.round(row[source] * DIGITS));
    const over = units.reduce((sum, unit) => sum + unit, 0) - DIGITS;
    if (over > 0) units[0] -= over; // rounded up, each by half a millionth at most
    sparse.sources.push(kept);
    sparse.weights.push(units.map((unit) => unit / DIGITS));
    sparse.rest.push(Math.max(0, -over) / DIGITS);
    sparse.sink.push(Math.round(row[0] * DIGITS) / DIGITS);
    sparse.entropy.push(Math.round(Math.max(0, entropy) * DIGITS) / DIGITS);
  }
  return sparse;
}

/** How a head's pattern changes, sparse: of each token the largest changes, signed. */
export interface SparseChanges {
  /** [query][…] */
  sources: number[][];
  changes: number[][];
}

/**
 * Another program's pattern minus this one's, between tokens that stand side by side; tokens without a counterpart are left out.
 * @param beside for each token the other program's, or null
 */
export function patternChanges(patterns: Patterns, other: Patterns, head: number, beside: readonly (number | null)[]): SparseChanges {
  const sparse: SparseChanges = { sources: [], changes: [] };
  for (let query = 0; query < patterns.tokens; query++) {
    const [there, kept] = [beside[query], [] as { source: number; change: number }[]];
    for (let source = 0; there !== null && source <= query; source++) {
      const from = beside[source];
      if (from === null) continue;
      const change = other.row(head, there)[from] - patterns.row(head, query)[source];
      if (Math.abs(change) >= LEAST_KEPT) kept.push({ source, change });
    }
    kept.sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || a.source - b.source).splice(MOST_KEPT);
    sparse.sources.push(kept.map(({ source }) => source));
    sparse.changes.push(kept.map(({ change }) => Math.round(change * DIGITS) / DIGITS));
  }
  return sparse;
}

/**
 * How much a head would write of each token's value, ‖v W_O‖, [head][token] (Kobayashi et al. 2020): attention times it is how much a token
 * really gives. Behind a norm of what attention writes, with that norm's weight, and without its scale, which is one for all of a row.
 * @param values hook_v of the layer, [1, tokens, key-value heads, head]
 */
export async function valueNorms(model: Model, layer: number, values: FloatArray): Promise<number[][]> {
  const session = await model.sessions.valueNorms(layer);
  const { squares: { data, shape: [heads, tokens] } } = await session.run({ v: floats(values.data, values.shape) });
  const norms = Array.from(data as Float32Array, (square) => Math.sqrt(Math.max(0, square)));
  return Array.from({ length: heads }, (_, head) => norms.slice(head * tokens, (head + 1) * tokens));
}
