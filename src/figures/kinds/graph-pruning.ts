/** Pruning a graph by rank: which nodes and edges so many keep, and what was measured of them; nothing is computed anew. */
import type { MeasuredSize } from '../../protocol/graphs/circuit';
import type { GraphEdge, GraphFigure, GraphNode } from './figure';

type Graph = Pick<GraphFigure, 'nodes' | 'edges'>;

/** How many can be kept at most. */
export function largestSize(figure: GraphFigure): number {
  return figure.pruning?.by === 'edges' ? sortedEdges(figure).length : figure.nodes.filter(hasValue).length;
}

const hasValue = ({ value }: GraphNode) => value !== null;

/** The largest first; equal ones in their order. */
const bySize = <T extends { value: number | null }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => Math.abs(b.value ?? 0) - Math.abs(a.value ?? 0));

/** Of graphs that are pruned more than once: sorting many edges takes a while. */
const SORTED = new WeakMap<readonly GraphEdge[], GraphEdge[]>();

/** Without those of a node that stands for all others together: they stay as long as their ends do. */
function sortedEdges({ nodes, edges }: Graph): GraphEdge[] {
  const known = SORTED.get(edges);
  if (known) return known;
  const others = new Set(nodes.filter(isOthers).map(({ id }) => id));
  const sorted = bySize(edges.filter(({ from }) => !others.has(from)));
  SORTED.set(edges, sorted);
  return sorted;
}

const isOthers = ({ kind, value }: GraphNode) => kind === 'remainder' && value === null;

/**
 * The strongest nodes with the edges between them, or the strongest edges with their ends. A node without a value, such as the embedding,
 * counts for nothing and stays as long as an edge leads there.
 * @param keep ids of nodes that stay, with the edges between them and what else stays
 */
export function pruned(figure: GraphFigure, size: number, keep: Iterable<string> = []): Graph {
  const pinned = new Set(keep);
  if (figure.pruning?.by !== 'edges') {
    const valued = new Set(bySize(figure.nodes.filter(hasValue)).slice(0, size));
    const kept = new Set(figure.nodes.filter((node) => !hasValue(node) || valued.has(node) || pinned.has(node.id)).map(({ id }) => id));
    const edges = figure.edges.filter(({ from, to }) => kept.has(from) && kept.has(to));
    const ends = endsOf(edges);
    return { nodes: figure.nodes.filter((node) => kept.has(node.id) && (hasValue(node) || ends.has(node.id))), edges };
  }
  const edges = new Set(sortedEdges(figure).slice(0, size));
  const ends = endsOf(edges);
  for (const id of pinned) ends.add(id);
  const others = new Set(figure.nodes.filter(isOthers).map(({ id }) => id));
  const beside = ({ from, to }: GraphEdge) =>
    ends.has(to) && (others.has(from) || ((pinned.has(from) || pinned.has(to)) && ends.has(from)));
  const shown = figure.edges.filter((edge) => edges.has(edge) || beside(edge));
  const kept = endsOf(shown);
  return { nodes: figure.nodes.filter(({ id }) => ends.has(id) || kept.has(id)), edges: shown };
}

function endsOf(edges: Iterable<GraphEdge>): Set<string> {
  const ends = new Set<string>();
  for (const { from, to } of edges) ends.add(from).add(to);
  return ends;
}

/** The measured size that is nearest, by its ratio; null where nothing was measured. */
export function measuredAt(curve: readonly MeasuredSize[], size: number): MeasuredSize | null {
  const distance = (one: MeasuredSize) => Math.abs(Math.log((one.size + 0.5) / (size + 0.5)));
  return curve.reduce<MeasuredSize | null>((best, one) => (best === null || distance(one) < distance(best) ? one : best), null);
}

/** How much the next step adds, as a share. */
const STEP = 1.12;

/** More than anybody follows with the eye, and a layout of which takes seconds. */
const MOST_SHOWN = { nodes: 150, edges: 600 };

/** How many of it are shown at most. */
export function mostShown(figure: GraphFigure): number {
  return Math.min(largestSize(figure), MOST_SHOWN[figure.pruning?.by ?? 'nodes']);
}

/** The edges that are drawn: the strongest, where too many lie between the nodes that are shown. */
export function drawnEdges(edges: readonly GraphEdge[]): readonly GraphEdge[] {
  return edges.length <= MOST_SHOWN.edges ? edges : bySize(edges).slice(0, MOST_SHOWN.edges);
}

/** The sizes among which a reader chooses: each small one, then ever larger steps, and all that were measured. */
export function sizesOf(figure: GraphFigure): number[] {
  const most = mostShown(figure);
  const sizes = new Set([most, ...(figure.pruning?.curve ?? []).map(({ size }) => size).filter((size) => size >= 1 && size <= most)]);
  for (let size = 1; size < most; size = Math.max(size + 1, Math.round(size * STEP))) sizes.add(size);
  return [...sizes].filter((size) => size > 0).sort((a, b) => a - b);
}

/** What keeps so much of the behaviour that the rest hardly matters. */
const ENOUGH = 0.9;
/** As many as can be taken in at once. */
const AT_FIRST = { nodes: 24, edges: 48 };

/** The smallest measured size that is faithful enough, or as much as one takes in at once. */
export function firstSize(figure: GraphFigure): number {
  const { by, curve } = figure.pruning ?? { by: 'nodes' as const, curve: [] };
  const enough = curve.find(({ faithfulness }) => faithfulness !== null && faithfulness >= ENOUGH)?.size ?? Infinity;
  const most = mostShown(figure);
  return Math.max(1, Math.min(most, enough, enough === Infinity ? AT_FIRST[by] : 4 * AT_FIRST[by]));
}
