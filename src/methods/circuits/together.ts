/** Circuits of nodes in one program, run side by side. */
import { floats, type FloatArray, type NdArray } from '../../graph';
import { pastFeeds, positionFeeds, truncateCache, type KeyValueCache, type Model, type RunResult } from '../../model';
import { blockSite, siteName, type BlockSite } from '../../vocabulary/sites';
import { TOKENS_AT_ONCE } from '../patching/sweep';
import { isParallel } from './graph';
import type { Replacement } from './replacement';

/** A residual stream from the first change on, [positions, width], that some circuits share as they have lacked the same so far. */
interface State {
  readonly stream: Float32Array;
  readonly circuits: readonly number[];
  /** The first position, counted from the first change, at which anything was lacking so far: before it all is as in the base's run. */
  readonly from: number;
}

/** Behind attention: the index of the state before it. */
interface Behind extends State {
  readonly before: number;
}

/** Circuits with the same of some nodes; the first position at which they lack any, or the length. */
interface Group {
  readonly circuits: number[];
  readonly lacking: number;
}

/**
 * Circuits side by side, layer by layer. What is not in any of them is not computed, nor what is as in the base's run; those that have had
 * the same nodes so far share all of it.
 */
export class Together {
  private readonly length: number;
  private readonly past: KeyValueCache | undefined;
  /** Of each layer what attention writes where no head is in a circuit. */
  private readonly replaced: (Float32Array | undefined)[] = [];

  constructor(
    private readonly model: Model,
    private readonly base: RunResult,
    private readonly replacement: Replacement,
    private readonly first: number,
  ) {
    this.length = base.layout.positions - first;
    this.past = first > 0 ? truncateCache(base.cache!, first) : undefined;
  }

  /**
   * @param circuits [writers, positions of the base]: 1 where one has a node, or nothing stands for it
   * @returns the last row of each one's residual stream, [circuits, width]
   */
  async run(circuits: readonly Uint8Array[], signal?: AbortSignal): Promise<FloatArray> {
    const { model, model: { shape: { layers, heads, width } }, length } = this;
    let states = this.embedded(circuits);
    for (let layer = 0; layer < layers; layer++) {
      signal?.throwIfAborted();
      // Of the last layer nothing but the last token is read.
      const start = layer === layers - 1 ? length - 1 : 0;
      const writers = Array.from({ length: heads }, (_, head) => 1 + layer * (heads + 2) + head);
      const mixed = await this.mixed(layer, states, circuits, writers, start);
      const mids = await this.attended(layer, states, circuits, writers, start, mixed);
      states = await this.fed(layer, isParallel(model) ? states : null, mids, circuits, start);
    }
    const ends = new Float32Array(circuits.length * width);
    for (const { stream, circuits: own } of states) {
      for (const i of own) ends.set(stream.subarray((length - 1) * width, length * width), i * width);
    }
    return floats(ends, [circuits.length, width]);
  }

  private own(layer: number, site: BlockSite): Float32Array {
    return this.base.sites.get(siteName(blockSite(layer, site)))!.data;
  }

  private value(layer: number, site: BlockSite): Float32Array {
    return this.replacement.values.get(siteName(blockSite(layer, site)))!;
  }

  /** A row of an array of the base's positions. */
  private row(data: Float32Array, at: number): Float32Array {
    const size = data.length / this.base.layout.positions;
    return data.subarray((this.first + at) * size, (this.first + at + 1) * size);
  }

  private kept(circuit: Uint8Array, writer: number, at: number): boolean {
    return circuit[writer * this.base.layout.positions + this.first + at] === 1;
  }

  /** Circuits of a state by which of some nodes they have. */
  private divided(state: State, circuits: readonly Uint8Array[], writers: readonly number[], start: number): Group[] {
    const groups = new Map<string, Group>();
    for (const i of state.circuits) {
      let key = '';
      let lacking = this.length;
      for (let at = start; at < this.length; at++) {
        for (const writer of writers) {
          const has = this.kept(circuits[i], writer, at);
          key += has ? 1 : 0;
          if (!has && at < lacking) lacking = at;
        }
      }
      const group = groups.get(key);
      if (group) group.circuits.push(i);
      else groups.set(key, { circuits: [i], lacking });
    }
    return [...groups.values()];
  }

  private embedded(circuits: readonly Uint8Array[]): State[] {
    const { length, model: { shape: { width } } } = this;
    const [own, value] = [this.own(0, 'hook_resid_pre'), this.value(0, 'hook_resid_pre')];
    const all: State = { stream: new Float32Array(0), circuits: circuits.map((_, i) => i), from: length };
    return this.divided(all, circuits, [0], 0).map((group): State => {
      const stream = new Float32Array(length * width);
      const [circuit] = group.circuits;
      for (let at = 0; at < length; at++) stream.set(this.row(this.kept(circuits[circuit], 0, at) ? own : value, at), at * width);
      return { stream, circuits: group.circuits, from: group.lacking };
    });
  }

  /** Of each state the heads' mixed values from `start` on; null where no circuit has a head that writes anything else than in the base. */
  private async mixed(
    layer: number, states: readonly State[], circuits: readonly Uint8Array[], writers: readonly number[], start: number,
  ): Promise<(Float32Array | null)[]> {
    const { model: { sessions, shape: { width } }, past, length } = this;
    const found: (Float32Array | null)[] = states.map(() => null);
    const needed = states.flatMap(({ circuits: own, from }, i) => {
      for (let at = Math.max(start, from); at < length; at++) {
        if (own.some((one) => writers.some((writer) => this.kept(circuits[one], writer, at)))) return [i];
      }
      return [];
    });
    const lastOnly = start > 0 || length === 1;
    const session = await sessions.block(layer, past ? 'shared' : 'none', [], ['attn.hook_z'], false, lastOnly);
    const atOnce = Math.max(1, Math.floor(TOKENS_AT_ONCE / length));
    for (let next = 0; next < needed.length; next += atOnce) {
      const some = needed.slice(next, next + atOnce);
      const resid = new Float32Array(some.length * length * width);
      some.forEach((i, row) => resid.set(states[i].stream, row * length * width));
      const feeds: Record<string, NdArray> = {
        resid: floats(resid, [some.length, length, width]),
        ...positionFeeds({ lengths: some.map(() => length), positions: length }, past),
        ...pastFeeds(past, layer),
      };
      const taken = Object.fromEntries([...session.inputs.keys()].map((name) => [name, feeds[name]]));
      const { data } = (await session.run(taken))['out attn.hook_z'] as FloatArray;
      const size = data.length / some.length;
      some.forEach((i, row) => (found[i] = data.subarray(row * size, (row + 1) * size)));
    }
    return found;
  }

  /** The streams behind attention. */
  private async attended(
    layer: number, states: readonly State[], circuits: readonly Uint8Array[], writers: readonly number[], start: number,
    mixed: readonly (Float32Array | null)[],
  ): Promise<Behind[]> {
    const { length, model: { shape: { headSize, heads, width } } } = this;
    const [own, value] = [this.own(layer, 'attn.hook_z'), this.value(layer, 'attn.hook_z')];
    const written = this.own(layer, 'hook_attn_out');
    const size = heads * headSize;
    const after: Behind[] = [];
    const rows: Row[] = [];
    const replaced = await this.replacedAttention(layer);
    states.forEach((state, before) => {
      const shared = new Map<string, Row>();
      for (const group of this.divided(state, circuits, writers, start)) {
        const [circuit] = group.circuits;
        const from = Math.min(state.from, group.lacking);
        const stream = state.stream.slice();
        for (let at = start; at < length; at++) {
          const into = stream.subarray(at * width, (at + 1) * width);
          const kept = writers.map((writer) => this.kept(circuits[circuit], writer, at));
          if (at < from) add(into, this.row(written, at));
          else if (!kept.includes(true)) add(into, this.row(replaced, at));
          else {
            const key = `${at} ${kept.join()}`;
            const same = shared.get(key);
            if (same) {
              same.into.push(into);
              continue;
            }
            // Before what was lacking so far the heads mix what they do in the base.
            const there = at < state.from ? this.row(own, at) : mixed[before]!.subarray((at - start) * size, (at - start + 1) * size);
            const row = there.slice();
            kept.forEach((has, head) => {
              if (!has) row.set(this.row(value, at).subarray(head * headSize, (head + 1) * headSize), head * headSize);
            });
            const made: Row = { row, into: [into] };
            shared.set(key, made);
            rows.push(made);
          }
        }
        after.push({ stream, circuits: group.circuits, from, before });
      }
    });
    await this.attention(layer, rows);
    return after;
  }

  private async replacedAttention(layer: number): Promise<Float32Array> {
    const { base: { layout: { positions } }, model: { shape: { width } }, first, replaced } = this;
    const known = replaced[layer];
    if (known) return known;
    const all = new Float32Array(positions * width);
    const rows = Array.from({ length: positions - first }, (_, at): Row => ({
      row: this.row(this.value(layer, 'attn.hook_z'), at), into: [this.row(all, at)],
    }));
    await this.attention(layer, rows);
    return (replaced[layer] = all);
  }

  /** Adds to streams what attention writes of rows of mixed values. */
  private async attention(layer: number, rows: readonly Row[]): Promise<void> {
    const { heads, headSize } = this.model.shape;
    const session = await this.model.sessions.block(layer, 'none', ['attn.hook_z'], ['hook_attn_out'], false);
    await eachRow(rows, async (data, count) => (
      await session.run({ 'attn.hook_z': floats(data, [1, count, heads, headSize]) }))['out hook_attn_out'] as FloatArray);
  }

  /** The streams behind the MLP. @param parallel the streams before attention, where the MLP reads these */
  private async fed(
    layer: number, parallel: readonly State[] | null, mids: readonly Behind[], circuits: readonly Uint8Array[], start: number,
  ): Promise<State[]> {
    const { length, model: { sessions, shape: { heads, width } } } = this;
    const writer = 1 + layer * (heads + 2) + heads + 1;
    const [own, value] = [this.own(layer, 'hook_mlp_out'), this.value(layer, 'hook_mlp_out')];
    const after: State[] = [];
    const rows: Row[] = [];
    for (const mid of mids) {
      const shared = new Map<number, Row>();
      const read = (parallel?.[mid.before] ?? mid).stream;
      // What reads the stream before attention is as in the base as long as that is.
      const same = parallel?.[mid.before].from ?? mid.from;
      for (const group of this.divided(mid, circuits, [writer], start)) {
        const [circuit] = group.circuits;
        const stream = mid.stream.slice();
        for (let at = start; at < length; at++) {
          const into = stream.subarray(at * width, (at + 1) * width);
          if (!this.kept(circuits[circuit], writer, at)) add(into, this.row(value, at));
          else if (at < same) add(into, this.row(own, at));
          else if (shared.has(at)) shared.get(at)!.into.push(into);
          else {
            const made: Row = { row: read.subarray(at * width, (at + 1) * width), into: [into] };
            shared.set(at, made);
            rows.push(made);
          }
        }
        after.push({ stream, circuits: group.circuits, from: Math.min(mid.from, group.lacking) });
      }
    }
    const site: BlockSite = parallel ? 'hook_resid_pre' : 'hook_resid_mid';
    const session = await sessions.block(layer, 'none', parallel ? [] : [site], ['hook_mlp_out'], false);
    await eachRow(rows, async (data, count) => (
      await session.run({ [parallel ? 'resid' : site]: floats(data, [1, count, width]) }))['out hook_mlp_out'] as FloatArray);
    return after;
  }
}

/** What a session is given, and the rows of streams that what it makes of it is added to. */
interface Row {
  readonly row: Float32Array;
  readonly into: Float32Array[];
}

/** Adds to rows what a session makes of others, many at a time. */
async function eachRow(
  rows: readonly Row[],
  run: (data: Float32Array, count: number) => Promise<FloatArray>,
): Promise<void> {
  for (let start = 0; start < rows.length; start += TOKENS_AT_ONCE) {
    const some = rows.slice(start, start + TOKENS_AT_ONCE);
    const size = some[0].row.length;
    const data = new Float32Array(some.length * size);
    some.forEach(({ row }, i) => data.set(row, i * size));
    const { data: made } = await run(data, some.length);
    const width = made.length / some.length;
    some.forEach(({ into }, i) => {
      for (const one of into) add(one, made.subarray(i * width, (i + 1) * width));
    });
  }
}

function add(into: Float32Array, what: Float32Array): void {
  for (let i = 0; i < into.length; i++) into[i] += what[i];
}
