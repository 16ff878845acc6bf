/** A circuit of the embedding, heads and MLPs at places. */
import type { Circuit, CircuitAsked } from '../../../methods/circuits/find';
import { nodeEdges, type Node } from '../../../methods/circuits/node-edges';
import { findNodes, type NodeScores, type PlacedNode } from '../../../methods/circuits/node-places';
import type { Working } from '../../../methods/circuits/places';
import type { Model } from '../../../model';
import type { Params, Part } from '../../../protocol/analyses';
import type { Tried } from '../../../protocol/analyses/ablation';
import { partWords, type CircuitGraph, type CircuitNode } from '../../../protocol/graphs/circuit';
import { rounded } from '../../session/rounded';
import { checkedEdges } from './circuit-check';
import { EdgeSums, LOGITS, MOST_FOR_EDGES } from './circuit-graph';
import { nodeOf, writerName } from './circuit-names';
import type { CircuitPairs } from './circuit-pairs';
import type { Asking, Reading } from '../reading';
import { claimOf, leavingOutParts, toldNode, type TriedOptions } from './tried';

type PartsFound = Circuit<PlacedNode> & { readonly scores: NodeScores };

export async function ofParts(
  reading: Reading, pairs: CircuitPairs, { ablation, check: edges }: Params<'circuit'>, asked: CircuitAsked, { signal, onProgress, runs }: Asking & Pick<Working, 'runs'>,
) {
  const { loaded: { model } } = reading;
  const found = await findNodes(model, pairs.finding, pairs.trying, pairs.places.length, { ...asked, ablation });
  onProgress?.('Reading edges');
  const graph = await graphOf(model, pairs, found, { signal, runs });
  const embedded = found.scores.mean.subarray(0, found.scores.places).reduce((sum, value) => sum + value, 0);
  const check = await checkedEdges(reading, pairs.finding[0], edges, { signal, onProgress, runs });
  const claim = (options: TriedOptions) => claimOfParts(model, pairs, found.scores, found.nodes, found.ranked, options);
  const ids = found.nodes.map((node) => idOf(found, node));
  return { found, graph, ids, errors: null, linear: linearSum(embedded, found.scores.metrics), check, carried: [], problems: [], claim };
}

/** Without the embedding, as the program itself is what it has then. */
export async function claimOfParts(
  model: Model,
  pairs: CircuitPairs,
  { mean, writers, places }: Pick<NodeScores, 'mean' | 'writers' | 'places'>,
  nodes: readonly PlacedNode[],
  pool: readonly PlacedNode[],
  options: TriedOptions,
): Promise<Tried | null> {
  const size = ({ writer, place }: PlacedNode) => Math.abs(mean[writer * places + place]);
  const inside = ({ writer }: PlacedNode) => writers[writer].kind !== 'embed';
  const tell = ({ writer, place }: PlacedNode): Tried['nodes'][number] => {
    const { label, ...node } = nodeOf(writers[writer]);
    return toldNode(`${label}`, partWords({ id: '', score: null, place, label, ...node }), place, pairs);
  };
  const ordered = nodes.filter(inside).sort((a, b) => size(b) - size(a));
  const leaving = await leavingOutParts(model, options.ablation, pairs, options);
  return claimOf(leaving, ordered, tell, pool.filter(inside), pairs, options);
}

function idOf({ scores }: PartsFound, { writer, place }: PlacedNode): string {
  return `${writerName(scores.writers[writer])}@${place}`;
}

/** The embedding's scores stand for the whole difference: what a straight line misses of it. */
export function linearSum(embedded: number, metrics: NodeScores['metrics']): Part<'circuit'>['linear'] {
  const difference = metrics.reduce((sum, { base, source }) => sum + source - base, 0) / metrics.length;
  return { sum: rounded(embedded), difference: rounded(difference) };
}

async function graphOf(model: Model, pairs: CircuitPairs, found: PartsFound, { signal, runs }: Working): Promise<CircuitGraph> {
  const { scores } = found;
  const id = (node: PlacedNode) => idOf(found, node);
  const nodes = found.nodes.map((node): CircuitNode => ({
    id: id(node), ...nodeOf(scores.writers[node.writer]), place: node.place,
    score: rounded(scores.mean[node.writer * scores.places + node.place]),
  }));
  const some = pairs.finding.slice(0, MOST_FOR_EDGES);
  const sums = new EdgeSums();
  for (const pair of some) {
    const placed = found.nodes.flatMap((node) =>
      pair.placeOf.flatMap((place, position) => (place === node.place ? [{ ...node, position }] : [])));
    const all: Node[] = [...placed, { writer: 'logits', position: pair.base.length - 1 }];
    const ids = [...placed.map(id), LOGITS];
    for (const { from, to, input, score } of await nodeEdges(model, { ...pair, signal, runs }, all)) {
      sums.add(from === null ? null : ids[from], ids[to], input, score);
    }
  }
  return sums.graph(nodes, pairs, found, some.length);
}
