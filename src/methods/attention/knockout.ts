/**
 * Knock-out of attention (Geva et al. 2023): chosen queries no longer read chosen sources, in some layers and heads. At `attn.hook_pattern`
 * the sources' weights become 0 and the row is divided by the sum of what is left, which is what scores of −∞ before the softmax give, with
 * windows and soft caps too.
 */
import { floats, type FloatArray } from '../../graph';
import { concatAxis, positionFeeds, readOut, residualsBefore, sliceAxis } from '../../model';
import type { BatchLayout, Hook, LayerCache, Model, RunResult } from '../../model';
import { blockSite, siteName } from '../../vocabulary/sites';

/** What is not read, by whom, and where. */
export interface Mask {
  /** Positions. */
  sources: readonly number[];
  /** Positions; null for every one behind the first source that is none itself, which tokens behind the prompt are as well. */
  queries: readonly number[] | null;
  /** The heads that are masked, by layer. */
  heads: ReadonlyMap<number, readonly number[]>;
}

/** A row of attention of which nothing would be left. */
export class NothingLeft extends Error {
  constructor(
    readonly query: number,
    readonly layer: number,
    readonly head: number,
  ) {
    super(`Token ${query} reads these tokens alone in head ${layer}.${head}, so there is nothing that it could read instead.`);
  }
}

export function isQuery({ sources, queries }: Pick<Mask, 'sources' | 'queries'>, position: number): boolean {
  if (queries) return queries.includes(position) && sources.some((source) => source <= position);
  return !sources.includes(position) && sources.some((source) => source < position);
}

/** The first position that a mask changes; null where it changes none of a prompt's. */
export function firstQuery(mask: Pick<Mask, 'sources' | 'queries'>, length: number): number | null {
  const first = Array.from({ length }, (_, position) => position).find((position) => isQuery(mask, position));
  return first ?? null;
}

/** The heads of some layers, from one to another, all of them or those that are listed. */
export function headsWithin(
  model: Model,
  from: number,
  to: number,
  listed: readonly { layer: number; head: number }[] | null,
): Map<number, number[]> {
  const all = Array.from({ length: model.shape.heads }, (_, head) => head);
  const layers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const of = (layer: number) => (listed ? listed.filter((one) => one.layer === layer).map(({ head }) => head) : all);
  return new Map(layers.map((layer) => [layer, of(layer)] as const).filter(([, heads]) => heads.length > 0));
}

/** What was taken away: the sum of the shares of attention that were masked, and of how many rows. */
export interface Removed {
  mass: number;
  rows: number;
}

/**
 * Masks one row of a batch of patterns, [batch, heads, queries, keys], in place; rows that read none of the sources stay bit by bit.
 * @param first the position of the first query
 * @throws NothingLeft
 */
export function maskPattern({ data, shape }: FloatArray, row: number, mask: Mask, layer: number, first: number, removed?: Removed): void {
  const [, heads, queries, keys] = shape;
  const sources = mask.sources.filter((source) => source < keys);
  for (let at = 0; at < queries; at++) {
    if (!isQuery(mask, first + at)) continue;
    for (const head of mask.heads.get(layer) ?? []) {
      const start = ((row * heads + head) * queries + at) * keys;
      const weights = data.subarray(start, start + keys);
      const taken = sources.reduce((sum, source) => sum + weights[source], 0);
      if (removed) {
        removed.mass += taken;
        removed.rows++;
      }
      if (taken === 0) continue;
      for (const source of sources) weights[source] = 0;
      // What is left is summed, as 1 less what was taken would be nothing but rounding where a head reads little else.
      const left = weights.reduce((sum, weight) => sum + weight, 0);
      if (left === 0) throw new NothingLeft(first + at, layer, head);
      for (let key = 0; key < keys; key++) weights[key] /= left;
    }
  }
}

/**
 * The edits of a run of one prompt, or of several that go on from it.
 * @param first the position of the run's first token
 */
export function knockoutHooks(mask: Mask, first = 0, removed?: Removed): Hook[] {
  if (mask.sources.length === 0) return [];
  return [...mask.heads.keys()].map((layer) => ({
    site: blockSite(layer, 'attn.hook_pattern'),
    edit: (pattern: FloatArray) => {
      const edited = floats(pattern.data.slice(), pattern.shape);
      for (let row = 0; row < pattern.shape[0]; row++) maskPattern(edited, row, mask, layer, first, removed);
      return edited;
    },
  }));
}

/** What the model says at the end of a prompt, of two tokens. */
export interface KnockoutOutcome {
  /** The logit of the first less that of the second. */
  difference: number;
  /** Of the first, among all tokens. */
  probability: number;
}

export interface KnockoutOptions {
  ids: readonly number[];
  metric: { readonly positive: number; readonly negative: number };
  signal?: AbortSignal;
  /** Called with what is known so far. */
  onProgress?: (done: number, total: number, outcomes: readonly (KnockoutOutcome | null)[]) => void;
}

/** Tokens that climb together, and those in one run of a block: both bound memory. */
const TOKENS_TOGETHER = 16384;
const TOKENS_AT_ONCE = 1024;

/**
 * What many masks do, each alone. They climb the layers in one batch, which each joins at its lowest layer, from the first query on: what
 * is before or below is the base run's.
 * @returns for each mask; null where a row of attention would have nothing left
 */
export async function knockouts(model: Model, masks: readonly Mask[], options: KnockoutOptions): Promise<(KnockoutOutcome | null)[]> {
  const { ids, metric, signal, onProgress } = options;
  const outcomes: (KnockoutOutcome | null)[] = masks.map(() => null);
  const base = await model.run([ids], { read: residualsBefore(model), cache: true, signal });
  const lowest = (mask: Mask) => Math.min(...mask.heads.keys());
  const order = masks.map((_, i) => i).sort((a, b) => lowest(masks[a]) - lowest(masks[b]) || a - b);
  const length = ids.length;
  const { shape: { layers } } = model;
  const size = Math.max(1, Math.floor(TOKENS_TOGETHER / length));
  onProgress?.(0, masks.length, outcomes);
  const acts = (i: number) => Number.isFinite(lowest(masks[i])) && lowest(masks[i]) < layers && firstQuery(masks[i], length) !== null;
  const [still, acting] = [order.filter((i) => !acts(i)), order.filter(acts)];
  if (still.length > 0) {
    const [unchanged] = await outcomesOf(model, base.resid, [length - 1], metric, signal);
    for (const i of still) outcomes[i] = unchanged;
  }
  for (let at = 0; at < acting.length; at += size) {
    const some = acting.slice(at, at + size);
    const climbing = new Climbing(model, base, some.map((i) => masks[i]), length);
    const resid = await climbing.run(signal);
    const found = await outcomesOf(model, resid, some.map((_, i) => i), metric, signal);
    some.forEach((i, row) => (outcomes[i] = climbing.failed.has(row) ? null : found[row]));
    onProgress?.(still.length + at + some.length, masks.length, outcomes);
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
  }
  return outcomes;
}

async function outcomesOf(
  model: Model,
  resid: FloatArray,
  rows: readonly number[],
  { positive, negative }: KnockoutOptions['metric'],
  signal?: AbortSignal,
): Promise<KnockoutOutcome[]> {
  const read = await readOut(model, resid, rows, { topK: 1, answers: [positive, negative], signal });
  return read.map(({ answers: [first, second] }) => {
    return { difference: first.logit - second.logit, probability: Math.exp(first.logProbability) };
  });
}

class Climbing {
  /** Rows of which some attention would have nothing left: they go on as they are, and mean nothing. */
  readonly failed = new Set<number>();
  private readonly start: number;

  /** @param masks ordered by their lowest layer, each with a query in the prompt */
  constructor(
    private readonly model: Model,
    private readonly base: RunResult,
    private readonly masks: readonly Mask[],
    private readonly length: number,
  ) {
    this.start = Math.min(...masks.map((mask) => firstQuery(mask, length)!));
  }

  /** The residual stream at the last position, [masks, 1, width]. */
  async run(signal?: AbortSignal): Promise<FloatArray> {
    const { masks, model: { shape: { layers } } } = this;
    const begins = masks.map((mask) => Math.min(...mask.heads.keys()));
    let resid: FloatArray | undefined;
    for (let layer = begins[0]; layer < layers; layer++) {
      signal?.throwIfAborted();
      const joining = begins.filter((begin) => begin === layer).length;
      const parts = [resid, joining > 0 ? this.entering(layer, joining) : undefined];
      resid = await this.block(layer, concatAxis(parts.filter((part) => part !== undefined), 0));
    }
    return resid!;
  }

  private entering(layer: number, rows: number): FloatArray {
    const whole = this.base.sites.get(siteName(blockSite(layer, 'hook_resid_pre')))!;
    const one = sliceAxis(whole, 1, this.start, this.length);
    return concatAxis(Array.from({ length: rows }, () => one), 0);
  }

  private past(layer: number): LayerCache | undefined {
    const { keys, values } = this.base.cache!.layers[layer];
    return this.start > 0 ? { keys: sliceAxis(keys, 2, 0, this.start), values: sliceAxis(values, 2, 0, this.start) } : undefined;
  }

  private async block(layer: number, resid: FloatArray): Promise<FloatArray> {
    const [count, length] = resid.shape;
    const last = layer === this.model.shape.layers - 1;
    const size = Math.max(1, Math.floor(TOKENS_AT_ONCE / length));
    const past = this.past(layer);
    const parts: FloatArray[] = [];
    for (let row = 0; row < count; row += size) {
      const part = count <= size ? resid : sliceAxis(resid, 0, row, Math.min(row + size, count));
      const rows = part.shape[0];
      const layout: BatchLayout = { lengths: Array.from({ length: rows }, () => length), positions: length };
      const hooks = this.masks.slice(row, row + rows).some(({ heads }) => heads.has(layer)) ? [this.hook(layer, row)] : [];
      const feeds = positionFeeds(layout, { length: this.start });
      const result = await this.model.runBlock(layer, part, feeds, { past, hooks, lastOnly: last && hooks.length === 0, layout });
      parts.push(last && hooks.length > 0 ? sliceAxis(result.resid, 1, length - 1, length) : result.resid);
    }
    return concatAxis(parts, 0);
  }

  /** @param first the batch's row that is this part's first */
  private hook(layer: number, first: number): Hook {
    const edit = (pattern: FloatArray) => {
      const edited = floats(pattern.data.slice(), pattern.shape);
      for (let row = 0; row < pattern.shape[0]; row++) {
        if (this.failed.has(first + row)) continue;
        try {
          maskPattern(edited, row, this.masks[first + row], layer, this.start);
        } catch (error) {
          if (!(error instanceof NothingLeft)) throw error;
          this.failed.add(first + row);
        }
      }
      return edited;
    };
    return { site: blockSite(layer, 'attn.hook_pattern'), edit };
  }
}
