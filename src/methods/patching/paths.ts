/**
 * Path patching (Wang et al. 2022, arXiv 2211.00593; Goldowsky-Dill et al. 2023): what senders write goes from the source's run to one
 * receiver of the base's run, and to nothing else; then the rest of the model runs on.
 *
 *   receiver's input := base + Σ over senders of (what it writes in the source − what it writes in the base), before the receiver's norm
 *
 * The norm is computed anew of the changed input, so nothing here is a straight line. Directly, no other part sees the change; through
 * MLPs, those between senders and receiver see it and pass on what it changes, while all attention that is no sender stays as in the base.
 * What heads of a layer write is what their attention output becomes with their mixed values from the source and those of the other heads
 * from the base: a sum, and with a norm behind it (Gemma) that norm, computed anew, of the sum.
 */
import { floats, type FloatArray } from '../../graph';
import { residualsBefore, type Model, type RunResult } from '../../model';
import { blockSite, siteName, type BlockSite } from '../../vocabulary/sites';
import { vectorSize } from './axes';
import { logitDifferences } from './patching';
import { Sweep, TOKENS_AT_ONCE, type Patch, type Put } from './sweep';

/** The embedding with the position's, one head, all heads of a layer, or an MLP. */
export type Writer =
  | { readonly kind: 'embed' }
  | { readonly kind: 'head'; readonly layer: number; readonly head: number }
  | { readonly kind: 'attention'; readonly layer: number }
  | { readonly kind: 'mlp'; readonly layer: number };

/** The queries of a head, the keys or values of a key-value head, an MLP, or the final norm before the logits. */
export type Receiver =
  | { readonly kind: 'logits' }
  | { readonly kind: 'head'; readonly layer: number; readonly head: number; readonly input: 'q' | 'k' | 'v' }
  | { readonly kind: 'mlp'; readonly layer: number };

export interface PathOptions {
  /** Token ids of the run that is patched, and of the run that senders are taken from. */
  readonly base: readonly number[];
  readonly source: readonly number[];
  /** Which position of the source each position of the base corresponds to; null where there is none. */
  readonly sourceOf: readonly (number | null)[];
  /** The metric is logit[positive] - logit[negative] at the last position. */
  readonly metric: { readonly positive: number; readonly negative: number };
  readonly receiver: Receiver;
  /** Whether MLPs between senders and receiver pass the change on. */
  readonly throughMlps: boolean;
  /** Positions of the base at which senders are changed; all that have a counterpart where left out. */
  readonly positions?: readonly number[];
  readonly signal?: AbortSignal;
}

export interface PathResult {
  /** The metric with the senders' paths patched; that of the unpatched run, to the bit, where nothing changed. */
  readonly metric: number;
  /** Whether any number of the receiver's input is another. */
  readonly changed: boolean;
}

/** Both runs, read for paths to one receiver. */
export class Paths {
  private constructor(
    private readonly model: Model,
    private readonly options: PathOptions,
    private readonly runs: { readonly base: RunResult; readonly source: RunResult },
    readonly baseMetric: number,
    readonly sourceMetric: number,
    /** Positions of the base at which a change can matter, ascending. */
    readonly positions: readonly number[],
  ) {}

  /** @throws a sentence where the model has no such receiver */
  static async read(model: Model, options: PathOptions): Promise<Paths> {
    const { base, source, sourceOf, metric, receiver, signal } = options;
    const { shape: { layers }, architecture: { sites } } = model;
    checkReceiver(model, receiver);
    const below = receiver.kind === 'logits' ? layers : Math.min(layers, receiver.layer + 1);
    const inner = (['attn.hook_z', 'hook_attn_out', 'hook_resid_mid', 'hook_mlp_out'] as const).filter((site) => sites.includes(site));
    const each = Array.from({ length: below }, (_, layer) => inner.map((site) => blockSite(layer, site))).flat();
    const baseRun = await model.run([base], { read: [...residualsBefore(model), ...each], cache: true, signal });
    const sourceRun = await model.run([source], { read: [blockSite(0, 'hook_resid_pre'), ...each], signal });
    const [baseMetric] = await logitDifferences(model, baseRun.resid, [base.length - 1], metric);
    const [sourceMetric] = await logitDifferences(model, sourceRun.resid, [source.length - 1], metric);
    const chosen = new Set(options.positions ?? base.keys());
    const last = base.length - 1;
    // In the last layer only keys and values of other positions are read, and behind it none.
    const onlyLast = receiver.kind === 'logits' || (receiver.layer === layers - 1 && !(receiver.kind === 'head' && receiver.input !== 'q'));
    const positions = sourceOf.flatMap((from, at) => (from !== null && chosen.has(at) && (!onlyLast || at === last) ? [at] : []));
    return new Paths(model, options, { base: baseRun, source: sourceRun }, baseMetric, sourceMetric, positions);
  }

  private get parallel(): boolean {
    return !this.model.architecture.sites.includes('hook_resid_mid');
  }

  /** The layer of whose attention and MLP the receiver reads neither; and whether it reads the attention there. */
  private get end(): { layer: number; attention: boolean } {
    const { receiver } = this.options;
    if (receiver.kind === 'logits') return { layer: this.model.shape.layers, attention: false };
    return { layer: receiver.layer, attention: receiver.kind === 'mlp' && !this.parallel };
  }

  /** All that write what the receiver reads, heads one by one, in the order in which they do. */
  writers(): Writer[] {
    const { end: { layer: end, attention }, model: { shape: { heads } } } = this;
    const ofHeads = (layer: number) => Array.from({ length: heads }, (_, head): Writer => ({ kind: 'head', layer, head }));
    const below = Array.from({ length: end }, (_, layer): Writer[] => [...ofHeads(layer), { kind: 'mlp', layer }]);
    return [{ kind: 'embed' }, ...below.flat(), ...(attention ? ofHeads(end) : [])];
  }

  /** Patches the paths of each set of senders, together, to the receiver. */
  async patch(sets: readonly (readonly Writer[])[], onProgress?: (done: number, total: number) => void): Promise<PathResult[]> {
    const atOnce = Math.max(1, Math.floor(TOKENS_AT_ONCE / this.options.base.length));
    const results: PathResult[] = [];
    for (let start = 0; start < sets.length; start += atOnce) {
      this.options.signal?.throwIfAborted();
      const some = sets.slice(start, start + atOnce);
      const rows = this.changedRows(await this.arriving(some), some.length);
      const moved = rows.filter(({ at }) => at.length > 0);
      const values = moved.length === 0 ? [] : await this.received(moved);
      results.push(...rows.map((row): PathResult => {
        const i = moved.indexOf(row);
        return i < 0 ? { metric: this.baseMetric, changed: false } : { metric: values[i], changed: true };
      }));
      onProgress?.(results.length, sets.length);
      await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
    }
    return results;
  }

  /**
   * By what the receiver's input changes, before its norm, [sets, positions, width].
   * @throws where a sender does not lie before the receiver
   */
  async arriving(sets: readonly (readonly Writer[])[]): Promise<Float32Array> {
    const { end, model: { shape: { width } } } = this;
    for (const writer of sets.flat()) {
      if (writer.kind === 'embed' || writer.layer < end.layer) continue;
      if (writer.layer > end.layer || writer.kind === 'mlp' || !end.attention) throw new Error('A sender has to lie before the receiver.');
    }
    const size = this.positions.length * width;
    const stream = new Float32Array(sets.length * size);
    const addTo = (row: number, change: Float32Array) => {
      for (let i = 0; i < size; i++) stream[row * size + i] += change[i];
    };
    sets.forEach((set, row) => set.some(({ kind }) => kind === 'embed') && addTo(row, this.written(0, 'hook_resid_pre')));
    for (let layer = 0; layer <= Math.min(end.layer, this.model.shape.layers - 1); layer++) {
      if (layer === end.layer && !end.attention) break;
      const before = this.parallel ? stream.slice() : stream;
      for (const [row, change] of await this.attentionChanges(layer, sets)) addTo(row, change);
      if (layer === end.layer) break;
      const senders = sets.map((set) => set.some((one) => one.kind === 'mlp' && one.layer === layer));
      const passed = this.options.throughMlps ? await this.passedOn(layer, before, senders) : null;
      senders.forEach((sends, row) => {
        if (sends) addTo(row, this.written(layer, 'hook_mlp_out'));
        else if (passed) addTo(row, passed.subarray(row * size, (row + 1) * size));
      });
    }
    return stream;
  }

  /** What a site's vector is in a run at each of the positions, [positions, …]. */
  private at(run: 'base' | 'source', layer: number, site: BlockSite): Float32Array {
    const { data, shape } = this.runs[run].sites.get(siteName(blockSite(layer, site)))!;
    const size = vectorSize(shape);
    const found = new Float32Array(this.positions.length * size);
    this.positions.forEach((position, i) => {
      const from = run === 'base' ? position : this.options.sourceOf[position]!;
      found.set(data.subarray(from * size, (from + 1) * size), i * size);
    });
    return found;
  }

  /** The source's minus the base's. */
  private written(layer: number, site: BlockSite): Float32Array {
    const base = this.at('base', layer, site);
    return this.at('source', layer, site).map((value, i) => value - base[i]);
  }

  /** What heads that are senders change of what a layer's attention writes, by set. */
  private async attentionChanges(layer: number, sets: readonly (readonly Writer[])[]): Promise<[row: number, change: Float32Array][]> {
    const { shape: { heads, headSize, width }, sessions } = this.model;
    const inLayer = sets.map((set) => set.filter((one) => one.kind !== 'embed' && one.layer === layer));
    const whole = inLayer.flatMap((set, row) => (set.some(({ kind }) => kind === 'attention') ? [row] : []));
    const changes = whole.map((row): [number, Float32Array] => [row, this.written(layer, 'hook_attn_out')]);
    const [base, source] = [this.at('base', layer, 'attn.hook_z'), this.at('source', layer, 'attn.hook_z')];
    const size = heads * headSize;
    const changed: { row: number; at: number; z: Float32Array }[] = [];
    inLayer.forEach((set, row) => {
      const senders = set.flatMap((one) => (one.kind === 'head' ? [one.head] : []));
      if (senders.length === 0 || whole.includes(row)) return;
      changes.push([row, new Float32Array(this.positions.length * width)]);
      this.positions.forEach((_, at) => {
        const z = base.slice(at * size, (at + 1) * size);
        for (const head of senders) {
          const from = at * size + head * headSize;
          z.set(source.subarray(from, from + headSize), head * headSize);
        }
        if (z.some((value, i) => value !== base[at * size + i])) changed.push({ row, at, z });
      });
    });
    if (changed.length === 0) return changes;
    const given = new Float32Array(changed.length * size);
    changed.forEach(({ z }, i) => given.set(z, i * size));
    const session = await sessions.block(layer, 'none', ['attn.hook_z'], ['hook_attn_out'], false);
    const result = await session.run({ 'attn.hook_z': floats(given, [1, changed.length, heads, headSize]) });
    const out = result['out hook_attn_out'].data as Float32Array;
    const unchanged = this.at('base', layer, 'hook_attn_out');
    const byRow = new Map(changes);
    changed.forEach(({ row, at }, i) => {
      const into = byRow.get(row)!;
      for (let j = 0; j < width; j++) into[at * width + j] = out[i * width + j] - unchanged[at * width + j];
    });
    return changes;
  }

  /** By what a layer's MLP changes what it writes where the stream before it changed and it is no sender, [sets, positions, width]. */
  private async passedOn(layer: number, stream: Float32Array, senders: readonly boolean[]): Promise<Float32Array> {
    const { width } = this.model.shape;
    const rows = this.changedRows(stream, senders.length).filter(({ row }) => !senders[row]);
    const changes = new Float32Array(stream.length);
    const out = await this.computed(layer, rows, 'hook_mlp_out');
    const unchanged = this.at('base', layer, 'hook_mlp_out');
    let next = 0;
    for (const { row, at } of rows) {
      for (const position of at) {
        const into = (row * this.positions.length + position) * width;
        for (let i = 0; i < width; i++) changes[into + i] = out[next * width + i] - unchanged[position * width + i];
        next++;
      }
    }
    return changes;
  }

  /** Of each set the positions, by their index, at which its stream changed, with the changes. */
  private changedRows(stream: Float32Array, rows: number): ChangedRow[] {
    const { width } = this.model.shape;
    return Array.from({ length: rows }, (_, row) => {
      const own = stream.subarray(row * this.positions.length * width);
      const change = (at: number) => own.subarray(at * width, (at + 1) * width);
      return { row, change, at: [...this.positions.keys()].filter((at) => change(at).some((value) => value !== 0)) };
    });
  }

  /** What queries, keys, values or an MLP's output are of changed inputs, row by row, [changed positions of all rows, …]. */
  private async computed(layer: number, rows: readonly ChangedRow[], site: BlockSite): Promise<Float32Array> {
    const count = rows.reduce((sum, { at }) => sum + at.length, 0);
    if (count === 0) return new Float32Array(0);
    const between = site === 'hook_mlp_out' && !this.parallel;
    const inputs = this.inputs(rows, this.at('base', layer, between ? 'hook_resid_mid' : 'hook_resid_pre'));
    const session = await this.model.sessions.block(layer, 'none', between ? ['hook_resid_mid'] : [], [site], false);
    const result = await session.run({ [between ? 'hook_resid_mid' : 'resid']: floats(inputs.data, [1, ...inputs.shape]) });
    return result[`out ${site}`].data as Float32Array;
  }

  /** The base's stream with the changes, [changed positions of all rows, width]. */
  private inputs(rows: readonly ChangedRow[], base: Float32Array): FloatArray {
    const { width } = this.model.shape;
    const places = rows.flatMap(({ at, change }) => at.map((position) => ({ position, change: change(position) })));
    const data = new Float32Array(places.length * width);
    places.forEach(({ position, change }, i) => {
      for (let j = 0; j < width; j++) data[i * width + j] = base[position * width + j] + change[j];
    });
    return floats(data, [places.length, width]);
  }

  /** The metric of each row: the receiver gets its changed input, and what lies behind it runs on. */
  private async received(rows: readonly ChangedRow[]): Promise<number[]> {
    const { model, runs: { base }, options: { receiver, metric, signal } } = this;
    const { width, headSize } = model.shape;
    const each = rows.map((_, i) => i);
    if (receiver.kind === 'logits') {
      const last = base.resid.data.subarray(base.resid.data.length - width);
      return logitDifferences(model, this.inputs(rows, last), each, metric);
    }
    const site: BlockSite = receiver.kind === 'mlp' ? 'hook_mlp_out' : `attn.hook_${receiver.input}`;
    const values = await this.computed(receiver.layer, rows, site);
    const size = values.length / rows.reduce((sum, { at }) => sum + at.length, 0);
    const [start, end] = receiver.kind === 'mlp' ? [0, size] : [receiver.head * headSize, (receiver.head + 1) * headSize];
    const firsts: number[] = [];
    rows.reduce((sum, { at }, i) => (firsts[i] = sum) + at.length, 0);
    const put: Put = ({ data, shape, row, first }, { unit, positions }) => positions.forEach((position, i) => {
      const from = (firsts[unit] + i) * size;
      data.set(values.subarray(from + start, from + end), (row * shape[1] + position - first) * size + start);
    });
    const cells = rows.map(({ at }, unit): Patch => {
      const positions = at.map((i) => this.positions[i]);
      return { layer: receiver.layer, unit, position: positions[0], positions, start, end };
    });
    return logitDifferences(model, await new Sweep(model, site, base, put, cells).run(signal), each, metric);
  }
}

interface ChangedRow {
  readonly row: number;
  /** Indices of positions. */
  readonly at: readonly number[];
  readonly change: (at: number) => Float32Array;
}

function checkReceiver({ shape: { layers, heads, keyValueHeads } }: Model, receiver: Receiver): void {
  if (receiver.kind === 'logits') return;
  if (receiver.layer >= layers) {
    throw new Error(`There is no layer ${receiver.layer} to receive anything; the model has the layers 0 to ${layers - 1}.`);
  }
  if (receiver.kind === 'mlp') return;
  const [count, what] = receiver.input === 'q' ? [heads, 'heads'] : [keyValueHeads, 'heads of keys and values'];
  if (receiver.head < count) return;
  const few = keyValueHeads < heads && receiver.input !== 'q' ? `, each of which ${heads / keyValueHeads} heads share` : '';
  const name = `${receiver.layer}.${receiver.head}.${receiver.input}`;
  throw new Error(`There is no ${name}; layers of this model have the ${what} 0 to ${count - 1}${few}.`);
}
