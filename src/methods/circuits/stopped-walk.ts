/**
 * The nearest nodes before a node, on every way to it: gradients that walk down the blocks and end wherever there is a stop. What a stop
 * gets is the effect on the node of what it writes directly, not through any other stop (the stop-gradients of Marks et al. 2024).
 *
 * Behind a block the stream is a sum, so such a way is the identity; only through an MLP or attention is there something to compute.
 */
import { floats, type FloatArray, type Session } from '../../graph';
import { positionFeeds, type Model, type RunResult } from '../../model';
import { blockSite, siteName, type BlockSite, type SiteName } from '../../vocabulary/sites';
import { isParallel } from './graph';

/** Tokens in one run of a session: bounds memory. */
const TOKENS_AT_ONCE = 4096;

/** Sites whose values are the residual stream, or are added to it as they are. */
const STREAM_SITES = ['hook_resid_pre', 'hook_attn_out', 'hook_resid_mid', 'hook_mlp_out', 'hook_resid_post'] as const satisfies readonly BlockSite[];
export type StreamSite = (typeof STREAM_SITES)[number];

export function isStreamSite(site: BlockSite): site is StreamSite {
  return (STREAM_SITES as readonly string[]).includes(site);
}

/** Gradients of several scalars at a site: of each at its own position, [scalars, width]; where `spread`, [scalars, positions, width]. */
export interface Cotangents {
  readonly data: Float32Array;
  readonly spread: boolean;
}

/** Several scalars that are computed of one site's values, each at one position; `logits` is what is computed of the last stream. */
export interface Start {
  readonly from: { readonly layer: number; readonly site: StreamSite } | 'logits';
  readonly positions: readonly number[];
  /** [positions, width]: the gradient of each at that site. */
  readonly gradients: Float32Array;
  /** Of each scalar a head: at stops below its layer's attention only what that head carries to the scalar counts, and nothing past it. */
  readonly through?: readonly { readonly layer: number; readonly head: number }[];
}

export class StoppedWalk {
  /** @param run of one prompt, that has read `residualsRead` */
  constructor(
    private readonly model: Model,
    private readonly run: RunResult,
    private readonly stops: ReadonlySet<SiteName>,
  ) {}

  /** By the name of each stop that is met; what reaches the bottom is under hook_embed. */
  async from({ from, positions, gradients, through = [] }: Start, signal?: AbortSignal): Promise<ReadonlyMap<SiteName, Cotangents>> {
    const met = new Map<SiteName, Cotangents>();
    const first = from === 'logits' ? this.model.shape.layers - 1 : from.layer;
    let flowing: Cotangents | null = { data: gradients, spread: false };
    for (let layer = first; layer >= 0 && flowing; layer--) {
      signal?.throwIfAborted();
      const inside: boolean = from !== 'logits' && layer === first;
      if (!inside && this.stopped(met, layer, 'hook_resid_post', flowing)) return met;
      const heads = positions.map((_, i) => (through[i]?.layer === layer ? through[i].head : null));
      flowing = await this.block(met, layer, inside ? (from as { site: StreamSite }).site : 'hook_resid_post', flowing, positions, heads);
    }
    if (flowing) met.set('hook_embed', flowing);
    return met;
  }

  private stopped(met: Map<SiteName, Cotangents>, layer: number, site: BlockSite, gradient: Cotangents): boolean {
    const name = siteName(blockSite(layer, site));
    if (!this.stops.has(name)) return false;
    met.set(name, gradient);
    return true;
  }

  /** What goes on below a block; null where all ways have ended. */
  private async block(
    met: Map<SiteName, Cotangents>,
    layer: number,
    from: StreamSite,
    gradient: Cotangents,
    positions: readonly number[],
    heads: readonly (number | null)[],
  ): Promise<Cotangents | null> {
    if (from === 'hook_resid_pre') return gradient;
    const parallel = isParallel(this.model);
    const at: Partial<Record<StreamSite, Cotangents>> = { [from]: gradient };
    const add = (site: StreamSite, more: Cotangents) => {
      const before = at[site];
      at[site] = before ? this.sum(before, more, positions) : more;
    };
    /** The gradient at a site where it goes on from there. */
    const goesOn = (site: StreamSite): Cotangents | null => {
      const own = at[site];
      return own && (site === from || !this.stopped(met, layer, site, own)) ? own : null;
    };
    if (from === 'hook_resid_post') {
      add('hook_mlp_out', gradient);
      add(parallel ? 'hook_attn_out' : 'hook_resid_mid', gradient);
      if (parallel) add('hook_resid_pre', gradient);
    }
    const mlp = goesOn('hook_mlp_out');
    if (mlp) add(parallel ? 'hook_resid_pre' : 'hook_resid_mid', await this.throughMlp(layer, mlp, positions));
    const mid = goesOn('hook_resid_mid');
    if (mid) {
      add('hook_attn_out', mid);
      add('hook_resid_pre', mid);
    }
    const attention = goesOn('hook_attn_out');
    if (at.hook_resid_pre && heads.some((head) => head !== null)) at.hook_resid_pre = without(at.hook_resid_pre, heads);
    if (attention) add('hook_resid_pre', await this.throughAttention(layer, attention, positions, heads));
    return goesOn('hook_resid_pre');
  }

  /** Token by token. */
  private async throughMlp(layer: number, { data, spread }: Cotangents, positions: readonly number[]): Promise<Cotangents> {
    const { width } = this.model.shape;
    const parallel = isParallel(this.model);
    const site: BlockSite = parallel ? 'hook_resid_pre' : 'hook_resid_mid';
    const session = await this.model.sessions.blockGradient(layer, [site], parallel ? [] : [site], 'hook_mlp_out');
    const { data: stream } = this.value(layer, site);
    const length = this.run.layout.positions;
    const rows = data.length / width;
    const result = new Float32Array(data.length);
    for (let start = 0; start < rows; start += TOKENS_AT_ONCE) {
      const count = Math.min(TOKENS_AT_ONCE, rows - start);
      const given = new Float32Array(count * width);
      for (let i = 0; i < count; i++) {
        const position = spread ? (start + i) % length : positions[start + i];
        given.set(stream.subarray(position * width, (position + 1) * width), i * width);
      }
      const cotangent = floats(data.subarray(start * width, (start + count) * width), [1, count, width]);
      const found = await session.run({ [parallel ? 'resid' : site]: floats(given, [1, count, width]), cotangent });
      result.set(found[`out ${site}`].data as Float32Array, start * width);
    }
    return { data: result, spread };
  }

  /** A row of tokens for each scalar; through one head alone where one is given. */
  private async throughAttention(
    layer: number, cotangents: Cotangents, positions: readonly number[], heads: readonly (number | null)[],
  ): Promise<Cotangents> {
    const { sessions, shape } = this.model;
    const data = this.spread(cotangents, positions);
    const result = new Float32Array(data.length);
    const [all, ofHeads] = [true, false].map((is) => heads.flatMap((head, row) => ((head === null) === is ? [row] : [])));
    const run = async (session: Session, rows: readonly number[], cotangent: Float32Array, rest: readonly number[], out: BlockSite) =>
      this.tokenRows(layer, session, rows.length, floats(cotangent, [rows.length, this.run.layout.positions, ...rest]), out);
    const put = (rows: readonly number[], found: Float32Array) => {
      const size = data.length / positions.length;
      rows.forEach((row, i) => result.set(found.subarray(i * size, (i + 1) * size), row * size));
    };
    if (all.length > 0) {
      const session = await sessions.blockGradient(layer, ['hook_resid_pre'], [], 'hook_attn_out');
      put(all, await run(session, all, this.rowsOf(data, all), [shape.width], 'hook_resid_pre'));
    }
    if (ofHeads.length > 0) {
      const mixing = await sessions.blockGradient(layer, ['attn.hook_z'], [], 'hook_attn_out');
      const z = await run(mixing, ofHeads, this.rowsOf(data, ofHeads), [shape.width], 'attn.hook_z');
      const size = z.length / ofHeads.length;
      const own = z.map((value, i) => (Math.floor(i / shape.headSize) % shape.heads === heads[ofHeads[Math.floor(i / size)]] ? value : 0));
      const session = await sessions.blockGradient(layer, ['hook_resid_pre'], [], 'attn.hook_z');
      put(ofHeads, await run(session, ofHeads, own, [shape.heads, shape.headSize], 'hook_resid_pre'));
    }
    return { data: result, spread: true };
  }

  private rowsOf(data: Float32Array, rows: readonly number[]): Float32Array {
    const size = this.run.layout.positions * this.model.shape.width;
    const some = new Float32Array(rows.length * size);
    rows.forEach((row, i) => some.set(data.subarray(row * size, (row + 1) * size), i * size));
    return some;
  }

  /** A session of a block on the run's own stream, a row of tokens for each cotangent. */
  private async tokenRows(layer: number, session: Session, rows: number, cotangents: FloatArray, out: BlockSite): Promise<Float32Array> {
    const { width } = this.model.shape;
    const length = this.run.layout.positions;
    const stream = this.value(layer, 'hook_resid_pre').data;
    const atOnce = Math.max(1, Math.floor(TOKENS_AT_ONCE / length));
    const size = cotangents.data.length / rows;
    let result = new Float32Array(0);
    for (let start = 0; start < rows; start += atOnce) {
      const count = Math.min(atOnce, rows - start);
      const resid = floats(new Float32Array(count * length * width), [count, length, width]);
      for (let i = 0; i < count; i++) resid.data.set(stream, i * length * width);
      const feeds = positionFeeds({ lengths: Array.from({ length: count }, () => length), positions: length });
      const cotangent = floats(cotangents.data.subarray(start * size, (start + count) * size), [count, ...cotangents.shape.slice(1)]);
      const given = { resid, cotangent, ...feeds };
      const found = (await session.run(Object.fromEntries(Object.entries(given).filter(([name]) => session.inputs.has(name)))))[`out ${out}`].data as Float32Array;
      if (start === 0) result = new Float32Array(rows * (found.length / count));
      result.set(found, start * (found.length / count));
      await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
    }
    return result;
  }

  private sum(a: Cotangents, b: Cotangents, positions: readonly number[]): Cotangents {
    const spread = a.spread || b.spread;
    const [left, right] = spread ? [this.spread(a, positions), this.spread(b, positions)] : [a.data, b.data];
    return { data: left.map((value, i) => value + right[i]), spread };
  }

  private spread({ data, spread }: Cotangents, positions: readonly number[]): Float32Array {
    if (spread) return data;
    const { width } = this.model.shape;
    const size = this.run.layout.positions * width;
    const all = new Float32Array(positions.length * size);
    positions.forEach((position, i) => all.set(data.subarray(i * width, (i + 1) * width), i * size + position * width));
    return all;
  }

  private value(layer: number, site: BlockSite): FloatArray {
    return this.run.sites.get(siteName(blockSite(layer, site)))!;
  }
}

/** Nothing of the scalars that have a head. */
function without({ data, spread }: Cotangents, heads: readonly (number | null)[]): Cotangents {
  const size = data.length / heads.length;
  return { data: data.map((value, i) => (heads[Math.floor(i / size)] === null ? value : 0)), spread };
}
