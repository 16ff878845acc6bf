/** The layout of a graph by its rows and columns, and what is said about its nodes: the same for a page, a picture and a terminal. */
import type { GraphEdge, GraphFigure, GraphNode } from './figure';

export interface Placed {
  node: GraphNode;
  /** Slots from the left; a node is one slot wide. */
  x: number;
}

export interface Layout {
  placed: Placed[];
  /** Columns that have nodes; `width` of them stand side by side where several are in one band. */
  columns: { column: number; x: number; width: number }[];
  /** Where columns without nodes are folded: in slots, and how many they are. */
  gaps: { x: number; columns: number }[];
  /** In slots. */
  width: number;
}

/** How wide a fold is, in slots. */
export const GAP = 0.4;

/**
 * Columns in their order, each as wide as its fullest band needs; runs of columns without nodes fold into a gap.
 * Nodes of one place stand side by side in the order in which they come.
 */
export function layOut({ columns, nodes }: Pick<GraphFigure, 'columns' | 'nodes'>): Layout {
  const cells = new Map<number, Map<number, GraphNode[]>>();
  for (const node of nodes) {
    const bands = cells.get(node.column) ?? new Map<number, GraphNode[]>();
    cells.set(node.column, bands.set(node.row, [...(bands.get(node.row) ?? []), node]));
  }
  const layout: Layout = { placed: [], columns: [], gaps: [], width: 0 };
  let x = 0;
  let empty = 0;
  const fold = () => {
    if (empty > 0) layout.gaps.push({ x, columns: empty });
    x += empty > 0 ? GAP : 0;
    empty = 0;
  };
  columns.forEach((_, column) => {
    const bands = cells.get(column);
    if (!bands) {
      empty++;
      return;
    }
    fold();
    const width = Math.max(...[...bands.values()].map((inBand) => inBand.length));
    layout.columns.push({ column, x, width });
    for (const inBand of bands.values()) inBand.forEach((node, i) => layout.placed.push({ node, x: x + (width - inBand.length) / 2 + i }));
    x += width;
  });
  fold();
  return { ...layout, width: x };
}

/** The largest size of an edge's value; what widths are shares of. */
export function largestEdge(edges: readonly GraphEdge[]): number {
  return Math.max(1e-9, ...edges.map(({ value }) => Math.abs(value)));
}

/** "'x', band 3" */
export function placeOf({ columns, bands }: GraphFigure, { label, column, row }: GraphNode): string {
  const { position } = columns[column];
  return `${label}${position === null ? '' : ` (token ${position})`} at ${bands[row].label}`;
}

const LINE: Record<GraphEdge['kind'], string> = { plain: '', error: ' (error term)', remainder: ' (all others together)' };

/** What is read about a node: itself, and the edges into it and out of it, the strongest first. */
export function nodeWords(figure: GraphFigure, node: GraphNode): { title: string; lines: string[] } {
  const byId = new Map(figure.nodes.map((one) => [one.id, one]));
  const sorted = [...figure.edges].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const words = ({ value, kind, note }: GraphEdge, way: string, other: string) =>
    `${way} ${placeOf(figure, byId.get(other)!)}: ${figure.format(value)}${LINE[kind]}${note === undefined ? '' : `, ${note}`}`;
  return {
    title: `${placeOf(figure, node)}${node.value === null ? '' : `: ${figure.format(node.value)}`}${node.kind === 'error' ? ' (error term)' : ''}`,
    lines: [
      ...sorted.filter(({ to }) => to === node.id).map((edge) => words(edge, 'from', edge.from)),
      ...sorted.filter(({ from }) => from === node.id).map((edge) => words(edge, 'to', edge.to)),
    ],
  };
}
