/**
 * Runs of the base that climb the layers together, one for each set of senders. Beside the residual stream of a run stands a change: by
 * what receivers read another stream than all others do. Up to the first receiver that reads anything else, a run is the base's.
 *
 * What heads of a layer change is what their attention output becomes with their mixed values from the source and those of the other heads
 * as they are in the run: a sum, and with a norm behind it (Gemma) that norm, computed anew, of the sum.
 */
import { floats, type FloatArray } from '../../graph';
import { concatAxis, positionFeeds, type BatchLayout, type Hook } from '../../model';
import { blockSite, type BlockSite } from '../../vocabulary/sites';
import { isParallel, readUpTo, type Reader, type Writer } from '../nodes';
import { StreamChange, type Place } from './change';
import type { PathRuns } from './runs';

/** What writes, or all heads of a layer. */
export type Sender = Writer | { readonly kind: 'attention'; readonly layer: number };

/** A site's vector at a place, in the layer that is climbed. */
type Vectors = (site: BlockSite, place: Place) => Float32Array;

/** What is read of a block in which anything is sent or received. */
const WATCHED = ['hook_resid_pre', 'attn.hook_z', 'hook_attn_out', 'hook_resid_mid', 'hook_mlp_out'] as const;

export class Climb {
  readonly change: StreamChange;
  /** The runs that are not the base's any more, and the stream of these: [live, positions from `start` on, width]. */
  private live: readonly number[] = [];
  private resid: FloatArray | undefined;
  private readonly parallel: boolean;
  /** The layer of whose attention and MLP no receiver reads either, and whether one reads the attention there. */
  private readonly end: { readonly layer: number; readonly attention: boolean };

  constructor(
    private readonly runs: PathRuns,
    private readonly receivers: readonly Reader[],
    private readonly throughMlps: boolean,
    private readonly sets: readonly (readonly Sender[])[],
  ) {
    const { architecture, shape: { width } } = runs.model;
    this.parallel = isParallel(architecture);
    this.change = StreamChange.none(sets.length, runs.positions.length, width);
    const ends = receivers.map((receiver) => readUpTo(architecture, receiver));
    const layer = Math.max(...ends.map((end) => end.layer));
    this.end = { layer, attention: ends.some((end) => end.layer === layer && end.attention) };
    this.send(0, 'hook_resid_pre', ({ kind }) => kind === 'embed', this.base(0));
  }

  /** The last residual stream at the last position, [width], of those runs, by their index, to which anything changed. */
  async run(signal?: AbortSignal): Promise<Map<number, Float32Array>> {
    for (let layer = 0; layer < this.runs.model.shape.layers; layer++) {
      if (layer > this.end.layer && this.live.length === 0) break;
      signal?.throwIfAborted();
      await this.layer(layer);
    }
    return this.ends();
  }

  private async layer(layer: number): Promise<void> {
    const { end } = this;
    const attends = layer < end.layer || (layer === end.layer && end.attention);
    const receives = this.receivers.some((one) => one.kind === 'mlp' && one.layer === layer);
    const own = await this.block(layer, await this.received(layer), attends || receives);
    const before = this.parallel ? this.change.copy() : this.change;
    if (attends) await this.attention(layer, own);
    if (receives) await this.receivingMlp(layer, own, before);
    else if (layer < end.layer) await this.mlp(layer, own, before);
  }

  /** Receivers' queries, keys and values of what these read, as edits of the block. */
  private async received(layer: number): Promise<Hook[]> {
    const here = this.receivers.filter((one) => one.kind === 'head').filter((one) => one.layer === layer);
    const places = this.change.places(this.readAt(here));
    if (places.length === 0) return [];
    this.wake(layer, places);
    const { headSize } = this.runs.model.shape;
    const sites = [...new Set(here.map(({ input }): BlockSite => `attn.hook_${input}`))];
    const inputs = places.map((place) => this.change.with(place, this.rowOf(this.resid!, place)));
    const made = await this.computed(layer, 'resid', inputs, sites);
    return sites.map((site): Hook => ({
      site: blockSite(layer, site),
      edit: (activation) => places.forEach((place, i) => {
        const [into, from] = [this.rowOf(activation, place), made(site, i)];
        for (const { head, input } of here) {
          if (site === `attn.hook_${input}`) into.set(from.subarray(head * headSize, (head + 1) * headSize), head * headSize);
        }
      }),
    }));
  }

  /** Runs the block of those that are live. @param watched whether what is in it will be asked for */
  private async block(layer: number, hooks: readonly Hook[], watched: boolean): Promise<Vectors> {
    const { runs, resid, live } = this;
    const { model } = runs;
    const base = this.base(layer);
    if (!resid) return base;
    const [count, positions] = resid.shape;
    const layout: BatchLayout = { lengths: Array.from({ length: count }, () => positions), positions };
    const ran = await model.runBlock(layer, resid, positionFeeds(layout, { length: runs.start }), {
      past: runs.past(layer),
      hooks,
      read: watched ? WATCHED.filter((site) => model.architecture.sites.includes(site)) : [],
      lastOnly: layer === model.shape.layers - 1 && !watched && hooks.length === 0,
      layout,
    });
    this.resid = ran.resid;
    return (site, place) => (live.includes(place.run) ? this.rowOf(ran.sites.get(site)!, place) : base(site, place));
  }

  /** Adds what heads of a layer that are senders change. */
  private async attention(layer: number, own: Vectors): Promise<void> {
    const { runs, sets } = this;
    const { headSize } = runs.model.shape;
    const whole = (one: Sender) => one.kind === 'attention' && one.layer === layer;
    this.send(layer, 'hook_attn_out', whole, own);
    const source = runs.of('source', layer, 'attn.hook_z');
    const places: Place[] = [];
    const mixed: Float32Array[] = [];
    sets.forEach((set, run) => {
      const heads = set.some(whole) ? [] : set.flatMap((one) => (one.kind === 'head' && one.layer === layer ? [one.head] : []));
      for (const place of heads.length === 0 ? [] : this.change.of(run)) {
        const before = own('attn.hook_z', place);
        const z = before.slice();
        for (const head of heads) z.set(source(place.at).subarray(head * headSize, (head + 1) * headSize), head * headSize);
        if (z.every((value, i) => value === before[i])) continue;
        places.push(place);
        mixed.push(z);
      }
    });
    const made = await this.computed(layer, 'attn.hook_z', mixed, ['hook_attn_out']);
    places.forEach((place, i) => this.change.add(place, made('hook_attn_out', i), own('hook_attn_out', place)));
  }

  /** Adds what a layer's MLP changes as a sender, or passes on. */
  private async mlp(layer: number, own: Vectors, change: StreamChange): Promise<void> {
    const sends = (one: Sender) => one.kind === 'mlp' && one.layer === layer;
    if (this.throughMlps) {
      const places = change.places([...this.runs.positions.keys()]).filter(({ run }) => !this.sets[run].some(sends));
      const made = await this.mlpOf(layer, own, change, places);
      places.forEach((place, i) => this.change.add(place, made[i], own('hook_mlp_out', place)));
    }
    this.send(layer, 'hook_mlp_out', sends, own);
  }

  /** Adds to the runs themselves what a layer's MLP changes as it receives, and what it changes as a sender. */
  private async receivingMlp(layer: number, own: Vectors, change: StreamChange): Promise<void> {
    const places = change.places(this.readAt([{ kind: 'mlp', layer }]));
    const made = await this.mlpOf(layer, own, change, places);
    this.wake(layer + 1, places);
    const now = new Map<string, Float32Array>();
    places.forEach((place, i) => {
      const [stream, before] = [this.rowOf(this.resid!, place), own('hook_mlp_out', place)];
      for (let j = 0; j < stream.length; j++) stream[j] += made[i][j] - before[j];
      now.set(`${place.run} ${place.at}`, made[i]);
    });
    if (layer >= this.end.layer) return;
    const written: Vectors = (site, place) => now.get(`${place.run} ${place.at}`) ?? own(site, place);
    this.send(layer, 'hook_mlp_out', (one) => one.kind === 'mlp' && one.layer === layer, written);
  }

  /** What a layer's MLP writes where the stream before it is another. */
  private async mlpOf(layer: number, own: Vectors, change: StreamChange, places: readonly Place[]): Promise<Float32Array[]> {
    const site = this.parallel ? 'hook_resid_pre' : 'hook_resid_mid';
    const inputs = places.map((place) => change.with(place, own(site, place)));
    const made = await this.computed(layer, this.parallel ? 'resid' : site, inputs, ['hook_mlp_out']);
    return places.map((_, i) => made('hook_mlp_out', i));
  }

  /** Adds, in the runs of those sets in which one sends, what the source writes at a site less what they do. */
  private send(layer: number, site: BlockSite, sends: (one: Sender) => boolean, own: Vectors): void {
    const runs = [...this.sets.keys()].filter((run) => this.sets[run].some(sends));
    if (runs.length === 0) return;
    const source = this.runs.of('source', layer, site);
    for (const place of runs.flatMap((run) => this.change.of(run))) this.change.add(place, source(place.at), own(site, place));
  }

  /** Sites of a layer of given inputs, each a vector of the residual stream, or of another site; none of them hangs on the position. */
  private async computed(
    layer: number,
    input: 'resid' | BlockSite,
    vectors: readonly Float32Array[],
    sites: readonly BlockSite[],
  ): Promise<(site: BlockSite, i: number) => Float32Array> {
    const { model } = this.runs;
    if (vectors.length === 0) return () => new Float32Array(0);
    const [{ length }] = vectors;
    const data = new Float32Array(vectors.length * length);
    vectors.forEach((vector, i) => data.set(vector, i * length));
    const { heads, headSize } = model.shape;
    const given = floats(data, [1, vectors.length, ...(input === 'attn.hook_z' ? [heads, headSize] : [length])]);
    const session = await model.sessions.block(layer, 'none', input === 'resid' ? [] : [input], sites, false);
    const results = await session.run({ [input]: given });
    return (site, i) => {
      const made = results[`out ${site}`].data as Float32Array;
      const size = made.length / vectors.length;
      return made.subarray(i * size, (i + 1) * size);
    };
  }

  /** The runs of these places are not the base's any more, from a layer on, or from behind the last one. */
  private wake(layer: number, places: readonly Place[]): void {
    const fresh = [...new Set(places.map(({ run }) => run))].filter((run) => !this.live.includes(run));
    if (fresh.length === 0) return;
    const base = fresh.map(() => this.runs.residual(layer));
    this.resid = concatAxis(this.resid ? [this.resid, ...base] : base, 0);
    this.live = [...this.live, ...fresh];
  }

  private base(layer: number): Vectors {
    const known = new Map<BlockSite, (at: number) => Float32Array>();
    return (site, { at }) => {
      const vectors = known.get(site) ?? this.runs.of('base', layer, site);
      known.set(site, vectors);
      return vectors(at);
    };
  }

  /** A place's vector in an activation of those that are live. */
  private rowOf({ data, shape: [, positions, ...rest] }: FloatArray, { run, at }: Place): Float32Array {
    const size = rest.reduce((a, b) => a * b, 1);
    const row = this.live.indexOf(run) * positions + this.runs.positions[at] - this.runs.start;
    return data.subarray(row * size, (row + 1) * size);
  }

  /** Indices of the positions that any of these reads. */
  private readAt(readers: readonly Reader[]): number[] {
    const all = new Set(readers.flatMap((reader) => this.runs.readAt(reader)));
    return [...all].sort((a, b) => a - b);
  }

  private ends(): Map<number, Float32Array> {
    const { runs, resid, live, receivers, change } = this;
    const [at] = receivers.some(({ kind }) => kind === 'logits') ? runs.readAt({ kind: 'logits' }) : [];
    const changed = new Set(at === undefined ? [] : change.places([at]).map(({ run }) => run));
    const lastOf = ({ data, shape: [, positions, width] }: FloatArray, row: number) =>
      data.subarray(((row + 1) * positions - 1) * width, (row + 1) * positions * width);
    const base = runs.residual(runs.model.shape.layers);
    return new Map([...this.sets.keys()].filter((run) => changed.has(run) || live.includes(run)).map((run) => {
      const stream = live.includes(run) ? lastOf(resid!, live.indexOf(run)) : lastOf(base, 0);
      return [run, changed.has(run) ? change.with({ run, at }, stream) : stream];
    }));
  }
}
