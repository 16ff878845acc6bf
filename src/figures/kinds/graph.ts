/** What is said about the nodes and edges of a graph: the same for a page, a picture and a terminal. */
import type { GraphEdge, GraphFigure, GraphNode } from './figure';

/** All tokens of a column. */
export function columnPositions({ position, tokens }: GraphFigure['columns'][number]): readonly number[] {
  return tokens ?? (position === null ? [] : [position]);
}

/** "3", "3–5", "3, 7". */
export function positionsText(positions: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const position of [...positions].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && position === run[1] + 1) run[1] = position;
    else runs.push([position, position]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}

/** The largest size of an edge's value; what widths are shares of. */
export function largestEdge(edges: readonly GraphEdge[]): number {
  return edges.reduce((most, { value }) => Math.max(most, Math.abs(value)), 1e-9);
}

/** "'x' (token 3) at band 3"; of what has a label of its own, also where it is. */
export function placeOf({ columns, bands }: GraphFigure, { label, words, column, row }: GraphNode): string {
  const at = columns[column];
  const positions = columnPositions(at);
  const token = positions.length === 0 ? '' : ` (token${positions.length > 1 ? 's' : ''} ${positionsText(positions)})`;
  const named = words ?? label;
  return named === at.label ? `${named}${token} at ${bands[row].label}` : `${named} at “${at.label}”${token}, ${bands[row].label}`;
}

const INPUTS = { q: 'queries', k: 'keys', v: 'values' } as const;

/** "by its queries, error term". */
export function edgeWords({ kind, input, note }: GraphEdge): string {
  return [input && `as ${INPUTS[input]}`, kind === 'error' && 'error term', kind === 'remainder' && 'all others together', note].filter(Boolean).join(', ');
}

/** The edges into a node and out of it, the strongest first. */
export function edgesOf({ edges }: Pick<GraphFigure, 'edges'>, { id }: GraphNode): { into: GraphEdge[]; out: GraphEdge[] } {
  const sorted = (some: GraphEdge[]) => some.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  return { into: sorted(edges.filter(({ to }) => to === id)), out: sorted(edges.filter(({ from }) => from === id)) };
}

const KINDS = { plain: '', error: ' (error term)', remainder: ' (all others together)' } as const;

/** What a node is. */
export function nodeTitle(figure: GraphFigure, node: GraphNode): string {
  return `${placeOf(figure, node)}${node.value === null ? '' : `: ${figure.format(node.value)}`}${KINDS[node.kind]}`;
}

/** What is read about a node: itself, and the edges into it and out of it, the strongest first. */
export function nodeWords(figure: GraphFigure, node: GraphNode): { title: string; lines: string[] } {
  const byId = new Map(figure.nodes.map((one) => [one.id, one]));
  const words = (edge: GraphEdge, way: string, other: string) => {
    const more = edgeWords(edge);
    return `${way} ${placeOf(figure, byId.get(other)!)}: ${figure.format(edge.value)}${more === '' ? '' : `, ${more}`}`;
  };
  const { into, out } = edgesOf(figure, node);
  return { title: nodeTitle(figure, node), lines: [...into.map((edge) => words(edge, 'from', edge.from)), ...out.map((edge) => words(edge, 'to', edge.to))] };
}
