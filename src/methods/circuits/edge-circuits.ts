/**
 * What a circuit of edges does alone (Conmy et al. 2023; Hanna et al. 2024): every reader gets from the writers that it is joined to what
 * these write in the circuit, and from all others what they write in a replacement; so the whole circuit is the model, and the empty one
 * the replacement.
 *
 *   input(reader) = stream of the run − Σ over writers without an edge of (what it writes in the run − what it writes in the replacement)
 *
 * Each reader's input is its own: queries, keys and values of a head are computed from three streams, before their norms, which are
 * computed anew. A norm behind the heads (Gemma) is straightened at the base's run to tell their shares, and what that leaves is a writer
 * of its own, as in `EdgeScores`. Tokens without a counterpart have all edges.
 */
import { floats, type FloatArray } from '../../graph';
import { positionFeeds, truncateCache, type KeyValueCache, type Model } from '../../model';
import { blockSite, siteName, type BlockSite } from '../../vocabulary/sites';
import { TOKENS_AT_ONCE } from '../patching/sweep';
import { CircuitsAlone, runBase, type BaseRun } from './alone';
import { headReaders, INPUTS, isParallel, readersOf, writersBefore, writersOf, writersRead, type EdgeReader, type EdgeWriter } from './graph';
import type { ProgramRuns } from './program-runs';
import type { Replacement } from './replacement';
import { headChanges } from './written';

/** Whether a circuit has an edge, by indices into `writers` and `readers`, at a position of the base. */
export type HasEdge = (writer: number, reader: number, position: number) => boolean;

export class EdgeCircuits extends CircuitsAlone<HasEdge> {
  readonly writers: readonly EdgeWriter[];
  readonly readers: readonly EdgeReader[];

  private constructor(model: Model, read: BaseRun) {
    super(model, read);
    this.writers = writersOf(model);
    this.readers = readersOf(model);
  }

  static async read(
    model: Model, base: readonly number[], metric: BaseRun['metric'], signal?: AbortSignal, runs?: ProgramRuns,
  ): Promise<EdgeCircuits> {
    return new EdgeCircuits(model, await runBase(model, base, metric, signal, runs));
  }

  async logits(
    circuits: readonly HasEdge[],
    tokens: readonly number[],
    replacement: Replacement,
    signal?: AbortSignal,
    onProgress?: (done: number, total: number) => void,
  ): Promise<number[][]> {
    const { base, run, model: { shape: { heads } } } = this;
    const firsts = circuits.map((has) => this.firstLacking(has, replacement));
    const [whole] = await this.read(run.resid, [base.length - 1], tokens);
    const logits = circuits.map(() => whole);
    const changed = circuits.flatMap((_, i) => (firsts[i] < base.length ? [i] : []));
    for (let start = 0; start < changed.length; ) {
      signal?.throwIfAborted();
      // What stands before the first change is as it was. Every head reads a stream of its own.
      const length = base.length - Math.min(...changed.slice(start).map((i) => firsts[i]));
      const some = changed.slice(start, start + Math.max(1, Math.floor(TOKENS_AT_ONCE / heads / length)));
      const first = Math.min(...some.map((i) => firsts[i]));
      const last = await this.together(some.map((i) => circuits[i]), replacement, first, signal);
      const values = await this.read(last, some.map((_, row) => (row + 1) * last.shape[1] - 1), tokens);
      some.forEach((i, row) => (logits[i] = values[row]));
      start += some.length;
      onProgress?.(circuits.length - changed.length + start, circuits.length);
    }
    return logits;
  }

  /** The first position at which a circuit lacks an edge; the length where it lacks none. */
  private firstLacking(has: HasEdge, { known }: Replacement): number {
    const { base, model, readers } = this;
    const reads = readers.map((reader) => writersRead(model, reader));
    const first = base.findIndex((_, at) => known[at] && reads.some((count, reader) => {
      for (let writer = 0; writer < count; writer++) if (!has(writer, reader, at)) return true;
      return false;
    }));
    return first < 0 ? base.length : first;
  }

  /** What the logits read in circuits side by side, from a position on: [circuits, positions, width]. */
  private async together(circuits: readonly HasEdge[], replacement: Replacement, first: number, signal?: AbortSignal): Promise<FloatArray> {
    const { model, base, model: { shape: { layers, width } } } = this;
    const rows = circuits.length;
    const length = base.length - first;
    const past = first > 0 ? truncateCache(this.run.cache!, first) : undefined;
    const from = (layer: number, site: BlockSite, of = replacement.values) => {
      const all = of.get(siteName(blockSite(layer, site)))!;
      return all.subarray((all.length / base.length) * first);
    };
    const own = new Map([...this.run.sites].map(([name, { data }]) => [name, data]));
    const live = new LiveStreams({ rows, length, width, first, known: replacement.known, circuits });
    live.write(repeated(from(0, 'hook_resid_pre', own), rows), from(0, 'hook_resid_pre'));
    let reader = 0;
    for (let layer = 0; layer < layers; layer++) {
      signal?.throwIfAborted();
      const at = { layer, rows, length, past };
      const before = isParallel(model) ? live.copy() : live;
      const z = await this.mixed(at, live, reader);
      reader += headReaders(model, layer).length;
      await this.writeHeads(at, z, from(layer, 'attn.hook_z'), from(layer, 'attn.hook_z', own), live);
      const input = before.inputOf(reader, writersRead(model, this.readers[reader++]));
      const out = await this.block(at, isParallel(model) ? [] : ['hook_resid_mid'], 'hook_mlp_out', {
        [isParallel(model) ? 'resid' : 'hook_resid_mid']: floats(input, [rows, length, width]),
      });
      live.write(out, from(layer, 'hook_mlp_out'));
      await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
    }
    return floats(live.inputOf(reader, writersRead(model, this.readers[reader])), [rows, length, width]);
  }

  private async block(
    { layer, rows, length, past }: Going,
    given: readonly BlockSite[],
    wanted: BlockSite,
    feeds: Record<string, FloatArray>,
  ): Promise<Float32Array> {
    const attends = wanted === 'attn.hook_z';
    const session = await this.model.sessions.block(layer, attends && past ? 'shared' : 'none', given, [wanted], false);
    const positions = positionFeeds({ lengths: Array.from({ length: rows }, () => length), positions: length }, past);
    const cached = past && { pastKeys: past.layers[layer].keys, pastValues: past.layers[layer].values };
    return (await session.run({ ...feeds, ...(attends && { ...positions, ...cached }) }))[`out ${wanted}`].data as Float32Array;
  }

  /** The mixed values of all heads of a layer, each of whose inputs reads a stream of its own. */
  private async mixed(at: Going, live: LiveStreams, firstReader: number): Promise<Float32Array> {
    const { model, model: { shape: { heads, keyValueHeads, headSize, width } } } = this;
    const { layer, rows, length } = at;
    const readers = heads + 2 * keyValueHeads;
    const tokens = rows * length;
    const before = writersBefore(model, layer);
    const streams = new Float32Array(readers * tokens * width);
    for (let i = 0; i < readers; i++) streams.set(live.inputOf(firstReader + i, before), i * tokens * width);
    const session = await model.sessions.headsRead(layer, 'read');
    const all = (await session.run({ streams: floats(streams, [readers, tokens, width]) })).result.data as Float32Array;
    const feeds: Record<string, FloatArray> = {};
    let first = 0;
    for (const input of INPUTS) {
      const count = input === 'q' ? heads : keyValueHeads;
      const own = new Float32Array(tokens * count * headSize);
      for (let token = 0; token < tokens; token++) {
        for (let head = 0; head < count; head++) {
          const from = ((first + head) * tokens + token) * headSize;
          own.set(all.subarray(from, from + headSize), (token * count + head) * headSize);
        }
      }
      feeds[`attn.hook_${input}`] = floats(own, [rows, length, count, headSize]);
      first += count;
    }
    return this.block(at, INPUTS.map((input): BlockSite => `attn.hook_${input}`), 'attn.hook_z', feeds);
  }

  /** @param there what they mix in the replacement @param own and in the base's run, at which a norm behind them is straightened */
  private async writeHeads(at: Going, z: Float32Array, there: Float32Array, own: Float32Array, live: LiveStreams): Promise<void> {
    const { model, model: { shape: { heads, headSize, width } } } = this;
    const { layer, rows, length } = at;
    const shape = (count: number) => [count, length, heads, headSize];
    const out = await this.block(at, ['attn.hook_z'], 'hook_attn_out', { 'attn.hook_z': floats(z, shape(rows)) });
    const outThere = await this.block({ ...at, rows: 1 }, ['attn.hook_z'], 'hook_attn_out', { 'attn.hook_z': floats(there, shape(1)) });
    const change = z.map((value, i) => value - there[i % there.length]);
    const written = await headChanges(model, layer, change, repeated(own, rows), rows * length);
    live.writeParts(out, outThere, Array.from({ length: heads }, (_, head) =>
      written.subarray(head * rows * length * width, (head + 1) * rows * length * width)));
  }
}

/** Where a run is: rows are circuits, and tokens begin behind the past. */
interface Going {
  readonly layer: number;
  readonly rows: number;
  readonly length: number;
  readonly past: KeyValueCache | undefined;
}

interface Streams {
  readonly rows: number;
  readonly length: number;
  readonly width: number;
  /** The base's position that is the first here. */
  readonly first: number;
  readonly known: readonly boolean[];
  readonly circuits: readonly HasEdge[];
}

/** The streams of circuits' runs, the replacement's, and of each writer so far by what its output in the runs differs from that there. */
class LiveStreams {
  constructor(
    private readonly of: Streams,
    /** [rows, length, width] */
    private readonly stream = new Float32Array(of.rows * of.length * of.width),
    /** [length, width] */
    private readonly there = new Float32Array(of.length * of.width),
    /** Each [rows, length, width]. */
    private readonly changes: Float32Array[] = [],
  ) {}

  copy(): LiveStreams {
    return new LiveStreams(this.of, this.stream.slice(), this.there.slice(), [...this.changes]);
  }

  /** @param written [rows, length, width] @param there [length, width], by one writer */
  write(written: Float32Array, there: Float32Array): void {
    this.writeParts(written, there, []);
  }

  /** What several writers write together, and what each is known to change of it: the last one changes the rest. */
  writeParts(written: Float32Array, there: Float32Array, parts: readonly Float32Array[]): void {
    const rest = new Float32Array(written.length);
    for (let i = 0; i < written.length; i++) {
      this.stream[i] += written[i];
      rest[i] = written[i] - there[i % there.length];
    }
    for (let i = 0; i < there.length; i++) this.there[i] += there[i];
    for (const part of parts) for (let i = 0; i < rest.length; i++) rest[i] -= part[i];
    this.changes.push(...parts, rest);
  }

  /** What a reader reads in each circuit, of whom the first so many writers lie before it: [rows, length, width]. */
  inputOf(reader: number, writers: number): Float32Array {
    const { of: { rows, length, width, first, known, circuits }, stream, there, changes } = this;
    const input = stream.slice();
    const kept = new Uint8Array(writers);
    for (let row = 0; row < rows; row++) {
      for (let at = 0; at < length; at++) {
        if (!known[first + at]) continue;
        let count = 0;
        for (let writer = 0; writer < writers; writer++) count += kept[writer] = circuits[row](writer, reader, first + at) ? 1 : 0;
        if (count === writers) continue;
        // From the side that lacks less: a few edges are added to the replacement's stream, or taken from the run's.
        const few = 2 * count < writers;
        const sign = few ? 1 : -1;
        const start = (row * length + at) * width;
        if (few) input.set(there.subarray(at * width, (at + 1) * width), start);
        for (let writer = 0; writer < writers; writer++) {
          if ((kept[writer] === 1) !== few) continue;
          const change = changes[writer];
          for (let i = start; i < start + width; i++) input[i] += sign * change[i];
        }
      }
    }
    return input;
  }
}

/** Rows one behind the other. */
function repeated(data: Float32Array, rows: number): Float32Array {
  const all = new Float32Array(rows * data.length);
  for (let row = 0; row < rows; row++) all.set(data, row * data.length);
  return all;
}
