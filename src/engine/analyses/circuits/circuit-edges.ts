/**
 * A circuit of edges. An edge goes from a part at the place at which it writes to the part that reads it there; a head reads keys and
 * values at one place and writes at others, so its node is the one through which most of the edge goes on.
 */
import { findEdges, type PlacedEdges, type PlacedEdgeScores } from '../../../methods/circuits/edge-places';
import type { Circuit, CircuitAsked } from '../../../methods/circuits/find';
import type { EdgeReader } from '../../../methods/circuits/graph';
import { nodeEdges, type Node } from '../../../methods/circuits/node-edges';
import type { PlacedNode } from '../../../methods/circuits/node-places';
import { inputsOf } from '../../../methods/circuits/selection';
import type { Model } from '../../../model';
import type { Params } from '../../../protocol/analyses';
import { edgeKey, type CircuitEdge, type CircuitNode } from '../../../protocol/graphs/circuit';
import { rounded } from '../../session/rounded';
import { checkedEdges } from './circuit-check';
import { circuitGraphOf, LOGITS, MOST_FOR_EDGES, REST } from './circuit-graph';
import { nodeOf, writerName } from './circuit-names';
import type { CircuitPairs } from './circuit-pairs';
import { claimOfParts, linearSum } from './circuit-parts';
import type { Asking, Reading } from '../reading';
import type { TriedOptions } from './tried';

/** Edges that a document holds, the largest: what the others carry is summed up. */
const MOST_EDGES = 2000;

type EdgesFound = Circuit<number> & { readonly scores: PlacedEdgeScores };

export async function ofEdges(
  reading: Reading, pairs: CircuitPairs, { ablation, selection, check }: Params<'circuit'>, asked: CircuitAsked, { signal, onProgress }: Asking,
) {
  const { loaded: { model } } = reading;
  const found = await findEdges(model, pairs.finding, pairs.trying, pairs.places.length, { ...asked, ablation, selection });
  onProgress?.('Reading edges');
  const { scores: { edges, mean, candidates, metrics } } = found;
  const nodes = endsOf(found.nodes, edges);
  const differing = new Set(candidates.map((edge) => edges.of(edge).place));
  const pool = edges.writers.flatMap(({ kind }, writer) => (kind === 'remainder' ? [] : [...differing].map((place) => ({ writer, place }))));
  // What a writer's edges score together its node does.
  const sums = new Float64Array(edges.writers.length * edges.places);
  for (const edge of candidates) {
    const { writer, place } = edges.of(edge);
    sums[writer * edges.places + place] += mean[edge];
  }
  const drawn = await Drawing.of(model, pairs, found, sums, signal);
  const embedded = candidates.reduce((sum, edge) => sum + (edges.of(edge).writer === 0 ? mean[edge] : 0), 0);
  const size = asked.size ?? 0;
  const dropped = size > 0 && found.nodes.length < Math.min(size, found.ranked.length);
  return {
    found: { ...found, ends: { kept: nodes.length, total: pool.length } },
    graph: circuitGraphOf('edges', drawn.nodes, drawn.all(), pairs, found.curve),
    ids: found.nodes.map((edge) => (drawn.edges.has(edge) ? edgeKey(drawn.edges.get(edge)!) : null)),
    errors: null,
    linear: linearSum(embedded, metrics),
    check: await checkedEdges(reading, pairs.finding[0], check, { signal, onProgress }),
    carried: [],
    claim: (options: TriedOptions) =>
      claimOfParts(model, pairs, { mean: sums, writers: edges.writers, places: edges.places }, nodes, pool, options),
    problems: dropped ? [`Of the ${size} edges with the largest scores ${size - found.nodes.length} lead nowhere, and change nothing: they were left out.`] : [],
  };
}

/** The parts at places that edges come from; a remainder is none. */
function endsOf(some: readonly number[], edges: PlacedEdges): PlacedNode[] {
  const nodes = new Map(some.map((edge) => {
    const { writer, place } = edges.of(edge);
    return [`${writer} ${place}`, { writer, place }];
  }));
  return [...nodes.values()].filter(({ writer }) => edges.writers[writer].kind !== 'remainder');
}

/** The nodes and edges of a circuit of edges, as they are drawn. */
class Drawing {
  readonly edges = new Map<number, CircuitEdge>();
  private readonly ids = new Map<string, CircuitNode>();
  private readonly rest = new Map<string, number>();

  /** Of each reader the parts that have it. */
  private readonly parts: readonly (readonly number[])[];

  private constructor(private readonly placed: PlacedEdges) {
    const within = placed.writers.map((writer) => new Set(inputsOf(writer, placed.readers)));
    this.parts = placed.readers.map((_, reader) => placed.writers.flatMap((__, writer) => (within[writer].has(reader) ? [writer] : [])));
  }

  get nodes(): CircuitNode[] {
    return [...this.ids.values()];
  }

  all(): CircuitEdge[] {
    const rest = [...this.rest].map(([to, score]): CircuitEdge => ({ from: REST, to, score, input: null, kind: 'remainder' }));
    return [...this.edges.values(), ...rest];
  }

  static async of(
    model: Model,
    pairs: CircuitPairs,
    { nodes: kept, scores: { edges, mean, candidates } }: EdgesFound,
    sums: Float64Array,
    signal?: AbortSignal,
  ): Promise<Drawing> {
    const drawing = new Drawing(edges);
    const order = [...kept].sort((a, b) => Math.abs(mean[b]) - Math.abs(mean[a]));
    const some = order.slice(0, MOST_EDGES);
    for (const edge of some) {
      const { writer, place } = edges.of(edge);
      drawing.node(writer, place, sums[writer * edges.places + place]);
    }
    const shares = await sharesOf(model, pairs, edges, some, signal);
    for (const edge of some) {
      const { writer, reader, place } = edges.of(edge);
      const own = edges.readers[reader];
      const to = drawing.end(reader, place, shares.get(edge) ?? new Map());
      const shared = sharedAmong(model, own, shares.get(edge) ?? new Map(), mean[edge]);
      drawing.edges.set(edge, {
        from: `${writerName(edges.writers[writer])}@${place}`, to, score: mean[edge], input: own.kind === 'head' ? own.input : null, kind: 'edge', ...shared,
      });
    }
    drawing.addRest(candidates, mean);
    return drawing;
  }

  private node(writer: number, place: number, score: number | null): string {
    const own = this.placed.writers[writer];
    const id = `${writerName(own)}@${place}`;
    if (!this.ids.has(id)) this.ids.set(id, { id, ...nodeOf(own), place, score: score === null ? null : rounded(score) });
    return id;
  }

  /** The node at which an edge ends: of keys and values that through which most goes on, or any that could be. */
  private end(reader: number, place: number, shares: ReadonlyMap<string, number>): string {
    const { writers, readers } = this.placed;
    const own = readers[reader];
    if (own.kind === 'logits') return LOGITS;
    const parts = this.parts[reader];
    const names = new Set(parts.map((i) => writerName(writers[i])));
    const [largest] = [...shares].filter(([id]) => this.ids.has(id)).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
    if (own.kind === 'head' && own.input !== 'q' && largest) return largest[0];
    const here = [...this.ids.values()].filter((node) => names.has(node.label));
    const next = here.find((node) => node.place === place) ?? (own.kind === 'head' ? here.find((node) => node.kind === 'remainder') ?? here.at(0) : undefined);
    return next?.id ?? this.node(parts[0], place, null);
  }

  /** What the inputs of a node read of what is not drawn. */
  private addRest(candidates: readonly number[], mean: Float64Array): void {
    const { placed, edges } = this;
    // Keys and values are read at many places: what is left of them goes where the largest of these goes.
    const ends = new Map<string, string>();
    const key = (reader: EdgeReader, index: number, place: number) => (reader.kind === 'head' && reader.input !== 'q' ? `${index}` : `${index} ${place}`);
    for (const [edge, { to }] of edges) {
      const { reader, place } = placed.of(edge);
      const own = key(placed.readers[reader], reader, place);
      if (!ends.has(own)) ends.set(own, to);
    }
    for (const edge of candidates) {
      if (edges.has(edge)) continue;
      const { reader, place } = placed.of(edge);
      const to = ends.get(key(placed.readers[reader], reader, place));
      if (to !== undefined) this.rest.set(to, (this.rest.get(to) ?? 0) + mean[edge]);
    }
  }
}

/** Of keys and values that are read: what goes on through which head at which place, by nodes' ids, in some of the pairs. */
async function sharesOf(
  model: Model, pairs: CircuitPairs, edges: PlacedEdges, kept: readonly number[], signal?: AbortSignal,
): Promise<Map<number, Map<string, number>>> {
  const { writers, readers } = edges;
  const shares = new Map<number, Map<string, number>>();
  const ends = kept.map((edge) => ({ edge, ...edges.of(edge) })).filter(({ reader }) => {
    const own = readers[reader];
    return own.kind === 'head' && own.input !== 'q';
  });
  if (ends.length === 0) return shares;
  const asked = new Map(ends.map(({ edge }) => [edge, new Map<string, number>()]));
  const { heads, keyValueHeads } = model.shape;
  const froms = new Set(ends.map(({ writer, place }) => `${writer} ${place}`));
  const readBy = new Set(ends.map(({ reader }) => reader));
  const written = new Set(kept.map((edge) => {
    const { writer, place } = edges.of(edge);
    return `${writer} ${place}`;
  }));
  const within = writers.map((writer) => (writer.kind === 'head' ? inputsOf(writer, readers) : []));
  for (const pair of pairs.finding.slice(0, MOST_FOR_EDGES)) {
    const nodes: (Node & { writer: number; place: number })[] = writers.flatMap((_, writer) => pair.placeOf.flatMap((place, position) => {
      if (place === null) return [];
      // Heads that share keys and values are all asked, wherever they write, as what is said of one is part of what is said of all.
      const passes = within[writer].some((reader) => readBy.has(reader)) && (heads > keyValueHeads || written.has(`${writer} ${place}`));
      return passes || froms.has(`${writer} ${place}`) ? [{ writer, place, position }] : [];
    }));
    for (const { from, to, input, score } of await nodeEdges(model, { ...pair, signal }, nodes)) {
      if (from === null || input === null || input === 'q') continue;
      const [a, b] = [nodes[from], nodes[to]];
      const reader = within[b.writer].find((one) => {
        const own = readers[one];
        return own.kind === 'head' && own.input === input;
      })!;
      const own = asked.get(edges.id(a.writer, reader, a.place));
      const id = `${writerName(writers[b.writer])}@${b.place}`;
      own?.set(id, (own.get(id) ?? 0) + score);
    }
  }
  return asked;
}

/** Where heads share keys and values: each one's part of an edge's score, in the proportions that they have at the program alone. */
function sharedAmong(
  { shape: { heads, keyValueHeads } }: Model, reader: EdgeReader, shares: ReadonlyMap<string, number>, score: number,
): Pick<CircuitEdge, 'shared'> {
  if (reader.kind !== 'head' || reader.input === 'q' || heads === keyValueHeads) return {};
  const count = heads / keyValueHeads;
  const some = Array.from({ length: count }, (_, i) => reader.head * count + i);
  const own = some.map((head) => [...shares].reduce((sum, [id, share]) =>
    sum + (id.startsWith(`${writerName({ kind: 'head', layer: reader.layer, head })}@`) ? share : 0), 0));
  const total = own.reduce((sum, share) => sum + share, 0);
  return { shared: some.map((head, i) => ({ head, score: total === 0 ? null : rounded((score * own[i]) / total) })) };
}
