/**
 * The edges between chosen nodes of one program: by what the metric would change if a part at a token read of another part at another
 * token what that writes in the source's run, to first order.
 *
 *   score((u, s) → (v, t)) = (w_u,source − w_u,base) at s · ∂(∂metric/∂out_v at t · out_v at t) / ∂(what v reads at s), by one input of v
 *
 * A head at a token t reads its query there, and keys and values at all tokens up to it; an MLP and the logits read where they are. Summed
 * over all tokens t these are the edges of `EdgeScores`.
 */
import { floats, type FloatArray, type NdArray } from '../../graph';
import { gradientsOf, logitDifference, metricGradient, pastFeeds, positionFeeds, type Model, type RunResult } from '../../model';
import { blockSite, siteName, type BlockSite, type Site } from '../../vocabulary/sites';
import { INPUTS, isParallel, writersBefore, writersOf } from './graph';
import { differing, type PairOptions } from './points';
import { ProgramRuns, tailOf } from './program-runs';
import { changesWritten } from './written';

/** A part at a token: an index into `writersOf`, or the logits of the last token; and a position of the base. */
export interface Node {
  readonly writer: number | 'logits';
  readonly position: number;
}

export interface NodeEdge {
  /** Indices into the nodes that were given; `from` null for all writers that are none of them together. */
  readonly from: number | null;
  readonly to: number;
  /** Of a head. */
  readonly input: 'q' | 'k' | 'v' | null;
  readonly score: number;
}

/** All edges between the nodes, and of each the rest that it reads from elsewhere, which may be 0. */
export async function nodeEdges(
  model: Model, options: Omit<PairOptions, 'steps'>, nodes: readonly Node[],
): Promise<NodeEdge[]> {
  const { base, source, sourceOf, metric, signal, runs = new ProgramRuns(model) } = options;
  const { layers, width } = model.shape;
  const each = (site: BlockSite): Site[] => Array.from({ length: layers }, (_, layer) => blockSite(layer, site));
  const [baseRun, sourceRun] = [await runs.of(base, signal), await runs.of(source, signal)];
  const positions = differing(options);
  const written = await changesWritten(model, { base: baseRun, source: sourceRun }, sourceOf, positions);
  const [first = base.length - 1] = positions;
  const tail = tailOf(baseRun, first);
  const gradients = await gradientsOf(model, tail, logitDifference(metric.positive, metric.negative), [
    ...each('attn.hook_z'), ...each('hook_mlp_out'),
  ], signal);
  const writers = writersOf(model);
  const changes = new Changes(written, positions, nodes, writers.length, width);
  const edges: NodeEdge[] = [];
  const told = (to: number, input: NodeEdge['input'], score: number, from: number | null) => {
    if (from === null || score !== 0) edges.push({ from, to, input, score });
  };
  /** What reads the stream at its own position, by the metric's gradient there. */
  const readsThere = (to: number, position: number, reads: number, gradient: Float32Array) => {
    const some = changes.below(reads, position, position);
    let rest = 0;
    for (const { from, at, change } of some) {
      if (at !== position) continue;
      const score = product(change, 0, gradient, 0, width);
      if (from === null) rest += score;
      else {
        rest -= score;
        told(to, null, score, from);
      }
    }
    told(to, null, rest, null);
  };
  const row = ({ data }: FloatArray, position: number) => data.subarray((position - first) * width, (position - first + 1) * width);

  for (const [to, { writer, position }] of nodes.entries()) {
    if (writer !== 'logits') continue;
    const gradient = await metricGradient(model, tail.resid, [position - first], logitDifference(metric.positive, metric.negative));
    readsThere(to, position, writersBefore(model, layers), gradient.data);
  }
  for (let layer = 0; layer < layers; layer++) {
    signal?.throwIfAborted();
    const here = nodes.flatMap(({ writer, position }, to) => {
      const own = writer === 'logits' ? null : writers[writer];
      return own && own.kind !== 'embed' && own.layer === layer && position >= first ? [{ to, own, position }] : [];
    });
    const below = writersBefore(model, layer);
    const mlps = here.filter(({ own }) => own.kind === 'mlp');
    if (mlps.length > 0) {
      const parallel = isParallel(model);
      const site: BlockSite = parallel ? 'hook_resid_pre' : 'hook_resid_mid';
      const session = await model.sessions.blockGradient(layer, [site], parallel ? [] : [site], 'hook_mlp_out');
      const residual = tail.sites.get(siteName(blockSite(layer, site)))!;
      const cotangent = gradients.get(siteName(blockSite(layer, 'hook_mlp_out')))!;
      const gradient = (await session.run({ [parallel ? 'resid' : site]: residual, cotangent }))[`out ${site}`] as FloatArray;
      const reads = parallel ? below : below + model.shape.heads + 1;
      for (const { to, position } of mlps) readsThere(to, position, reads, row(gradient, position));
    }
    const heads = here.flatMap(({ to, own, position }) => (own.kind === 'head' ? [{ to, head: own.head, position }] : []));
    if (heads.length === 0) continue;
    const z = gradients.get(siteName(blockSite(layer, 'attn.hook_z')))!;
    const some = changes.below(below, first, base.length - 1);
    for (const { to, input, score, from } of await headEdges(model, layer, { tail, z, first }, heads, some)) told(to, input, score, from);
  }
  return edges;
}

interface Change {
  /** An index into the nodes; null for all writers together. */
  readonly from: number | null;
  readonly at: number;
  readonly change: Float32Array;
}

/** What nodes write in the source and not in the base, and at each position what all writers together do. */
class Changes {
  constructor(
    private readonly written: FloatArray,
    private readonly positions: readonly number[],
    private readonly nodes: readonly Node[],
    private readonly writers: number,
    private readonly width: number,
  ) {}

  /** Of the first so many writers, from a position to another one. */
  below(reads: number, start: number, end: number): Change[] {
    const { written: { data }, positions, nodes, writers, width } = this;
    const found: Change[] = [];
    positions.forEach((at, i) => {
      if (at < start || at > end) return;
      const change = new Float32Array(width);
      for (let writer = 0; writer < reads; writer++) {
        const from = (i * writers + writer) * width;
        for (let j = 0; j < width; j++) change[j] += data[from + j];
      }
      found.push({ from: null, at, change });
    });
    const index = new Map(positions.map((at, i) => [at, i]));
    nodes.forEach(({ writer, position }, from) => {
      const i = index.get(position);
      if (writer === 'logits' || writer >= reads || i === undefined || position < start || position > end) return;
      const first = (i * writers + writer) * width;
      found.push({ from, at: position, change: data.subarray(first, first + width) });
    });
    return found;
  }
}

interface HeadNode {
  readonly to: number;
  readonly head: number;
  readonly position: number;
}

/** Rows of a session at once: bounds memory. */
const ROWS_AT_ONCE = 2048;

/**
 * Edges into heads. What a change of the stream at one token changes there of each head's query, key and value is pushed forward through
 * norm and weights; what the metric makes of these is pulled back from the head's mixed values at the node's token.
 * @param z the gradient at the mixed values, of the tail
 */
async function headEdges(
  model: Model, layer: number, { tail, z, first }: { readonly tail: RunResult; readonly z: FloatArray; readonly first: number },
  nodes: readonly HeadNode[], changes: readonly Change[],
): Promise<(Pick<NodeEdge, 'from' | 'score'> & { to: number; input: 'q' | 'k' | 'v' })[]> {
  const { sessions, shape: { width, heads, keyValueHeads, headSize } } = model;
  const { past, layout: { positions: length } } = tail;
  const pre = tail.sites.get(siteName(blockSite(layer, 'hook_resid_pre')))!;
  const sites = INPUTS.map((input): BlockSite => `attn.hook_${input}`);
  const read = await sessions.block(layer, 'none', [], sites, false);
  const feeds = positionFeeds(tail.layout, past);
  const inputs = await read.run(Object.fromEntries([...read.inputs.keys()].map((name) => [name, name === 'resid' ? pre : feeds[name]])));

  const readers = heads + 2 * keyValueHeads;
  const pushed = new Float32Array(readers * changes.length * headSize);
  const forward = await sessions.headsRead(layer, 'changes');
  for (let start = 0; start < changes.length; start += ROWS_AT_ONCE) {
    const some = changes.slice(start, start + ROWS_AT_ONCE);
    const [streams, change] = [0, 1].map(() => floats(new Float32Array(some.length * width), [1, some.length, width]));
    some.forEach((one, i) => {
      streams.data.set(pre.data.subarray((one.at - first) * width, (one.at - first + 1) * width), i * width);
      change.data.set(one.change, i * width);
    });
    const { data } = (await forward.run({ streams, change })).result as FloatArray;
    for (let reader = 0; reader < readers; reader++) {
      const size = some.length * headSize;
      pushed.set(data.subarray(reader * size, (reader + 1) * size), (reader * changes.length + start) * headSize);
    }
  }

  // A row for each token and, where heads share keys and values, for each of those that do, in which nothing but the nodes' mixed values
  // counts: so each head's gradient is its own.
  const group = heads / keyValueHeads;
  const rows = [...new Set(nodes.map(({ head, position }) => position * group + (head % group)))];
  const rowOf = new Map(rows.map((key, i) => [key, i]));
  const back = await sessions.blockGradient(layer, sites, sites, 'attn.hook_z', past ? 'shared' : 'none');
  const atOnce = Math.max(1, Math.floor(ROWS_AT_ONCE / length));
  const found: (Pick<NodeEdge, 'from' | 'score'> & { to: number; input: 'q' | 'k' | 'v' })[] = [];
  for (let start = 0; start < rows.length; start += atOnce) {
    const count = Math.min(atOnce, rows.length - start);
    const some = nodes.filter(({ head, position }) => {
      const at = rowOf.get(position * group + (head % group))! - start;
      return at >= 0 && at < count;
    });
    const cotangent = floats(new Float32Array(count * z.data.length), [count, length, heads, headSize]);
    const at = ({ head, position }: HeadNode) => rowOf.get(position * group + (head % group))! - start;
    for (const node of some) {
      const from = ((node.position - first) * heads + node.head) * headSize;
      cotangent.data.set(z.data.subarray(from, from + headSize), at(node) * z.data.length + from);
    }
    const given: Record<string, NdArray> = {
      cotangent, ...pastFeeds(past, layer),
      ...positionFeeds({ lengths: Array.from({ length: count }, () => length), positions: length }, past),
    };
    sites.forEach((site) => (given[site] = repeated(inputs[`out ${site}`] as FloatArray, count)));
    const gradients = await back.run(Object.fromEntries([...back.inputs.keys()].map((name) => [name, given[name]])));
    for (const node of some) {
      for (const [i, input] of INPUTS.entries()) {
        const kinds = input === 'q' ? heads : keyValueHeads;
        const head = input === 'q' ? node.head : Math.floor(node.head / group);
        const reader = head + [0, heads, heads + keyValueHeads][i];
        const { data } = gradients[`out ${sites[i]}`] as FloatArray;
        let rest = 0;
        changes.forEach(({ from, at: position }, c) => {
          if (input === 'q' ? position !== node.position : position > node.position) return;
          const gradient = ((at(node) * length + position - first) * kinds + head) * headSize;
          const score = product(pushed, (reader * changes.length + c) * headSize, data, gradient, headSize);
          if (from === null) rest += score;
          else {
            rest -= score;
            found.push({ to: node.to, input, score, from });
          }
        });
        found.push({ to: node.to, input, score: rest, from: null });
      }
    }
  }
  return found;
}

function product(a: Float32Array, atA: number, b: Float32Array, atB: number, size: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += a[atA + i] * b[atB + i];
  return sum;
}

/** One row, so many times. */
function repeated({ data, shape }: FloatArray, count: number): FloatArray {
  const all = new Float32Array(count * data.length);
  for (let row = 0; row < count; row++) all.set(data, row * data.length);
  return floats(all, [count, ...shape.slice(1)]);
}
