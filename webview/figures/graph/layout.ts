/**
 * The layout of a graph: rows are its bands, columns its places, which no library keeps in place. So each column is laid out by itself, by
 * Dagre: it orders the nodes of a cell and the ways of edges that pass, so that few cross. An edge climbs in its source’s column, as the
 * residual stream does, and crosses over right below where it is read.
 */
import { layout as lay, Graph } from '@dagrejs/dagre';
import type { GraphEdge, GraphFigure, GraphNode } from '../../../src/figures/kinds/figure';

export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Route {
  edge: GraphEdge;
  /** From the middle of the one's top to the other's bottom, row by row. */
  points: { x: number; y: number }[];
}

export interface GraphPlan {
  /** Rows in the figure's order: where they begin, from above, how high they are, and what they are called where there is room. */
  bands: { y: number; height: number; label: string | null }[];
  /** Columns that have nodes. */
  columns: { column: number; x: number; width: number }[];
  /** Where columns without nodes are folded, and how many they are. */
  gaps: { x: number; width: number; columns: number }[];
  boxes: Box[];
  routes: Route[];
  width: number;
  height: number;
}

/** At the left, for the names of bands; below, for those of columns. */
export const LABELS = 74;
export const FOOT = 36;
export const MARGIN = 6;
/** A band with nodes, and one that edges only pass. */
const BAND = 46;
const EMPTY_BAND = 15;
export const NODE = 22;
const GAP = 30;
/** Between nodes, and between the ways of edges. */
const BETWEEN = 8;
const LANE = 5;
/** How wide a character of a label is, about; what a label takes at most in a line, and in two: “promotes FileNotFoundError”. */
const CHARACTER = 7.3;
const WIDTH = { least: 38, most: 160 };
const TWO_LINES = { least: 38, most: 212 };
/** More of a long label, in two lines. */
const SECOND_LINE = 14;
const COLUMN = { least: 40, most: 96 };

type Shape = Pick<GraphFigure, 'columns' | 'bands' | 'nodes' | 'edges'>;
const clamp = (value: number, { least, most }: { least: number; most: number }) => Math.max(least, Math.min(most, value));
const room = (text: string) => Array.from(text).length * CHARACTER + 20;
const nodeWidth = ({ label }: GraphNode) => {
  const lines = labelLines(label);
  return clamp(Math.max(...lines.map(room)), lines.length > 1 ? TWO_LINES : WIDTH);
};
const columnWidth = (label: string) => clamp(Array.from(label).length * CHARACTER + 8, COLUMN);

/** A label that is too long for a line, in two of about the same length: its parts apart, where it has any. */
export function labelLines(label: string): string[] {
  if (room(label) <= WIDTH.most) return [label];
  const parts = [...label.matchAll(/ · /g)];
  const gaps = parts.length > 0 ? parts : [...label.matchAll(/ /g)];
  if (gaps.length === 0) return [label];
  const off = ({ index, 0: { length } }: RegExpMatchArray) => Math.abs(index! + length / 2 - label.length / 2);
  const { index, 0: gap } = gaps.reduce((best, one) => (off(one) < off(best) ? one : best));
  return [label.slice(0, index), label.slice(index + gap.length)];
}

/** Columns that are shown, in their order, with the runs between them that are not. */
type Strip = { column: number } | { folded: number };

function stripsOf({ columns, nodes }: Shape): Strip[] {
  const shown = new Set(nodes.map(({ column }) => column));
  const strips: Strip[] = [];
  columns.forEach((_, column) => {
    const last = strips.at(-1);
    if (shown.has(column)) strips.push({ column });
    else if (last && 'folded' in last) last.folded++;
    else strips.push({ folded: 1 });
  });
  return strips;
}

/** The layout of a figure in pixels. */
export function planned(figure: Shape): GraphPlan {
  const strips = stripsOf(figure);
  /** Rows that have nodes, numbered from below; edges pass the others straight. */
  const filled = [...new Set(figure.nodes.map(({ row }) => row))].sort((a, b) => a - b);
  const levels = new Map(filled.map((row, level) => [row, level]));
  const high = NODE + (figure.nodes.some(({ label }) => labelLines(label).length > 1) ? SECOND_LINE : 0);
  const bands = bandsOf(figure.bands, levels, BAND + high - NODE);
  const byId = new Map(figure.nodes.map((node) => [node.id, node]));
  const boxes = new Map<string, Box>();
  const lanes = new Map<string, number>();
  const plan: Pick<GraphPlan, 'columns' | 'gaps'> = { columns: [], gaps: [] };
  const middle = (row: number) => bands[row].y + bands[row].height / 2;
  const edges = figure.edges.filter(({ from, to }) => byId.has(from) && byId.has(to));
  let x = LABELS;
  for (const strip of strips) {
    if ('folded' in strip) {
      plan.gaps.push({ columns: strip.folded, x, width: GAP });
      x += GAP;
      continue;
    }
    const { column } = strip;
    const graph = laidOut(
      figure.columns[column].label,
      figure.nodes.filter((node) => node.column === column),
      edges.filter(({ from }) => byId.get(from)!.column === column),
      byId,
      levels,
      high,
    );
    const keys = graph.nodes();
    const left = Math.min(...keys.map((key) => graph.node(key).x! - graph.node(key).width / 2));
    const width = Math.max(...keys.map((key) => graph.node(key).x! + graph.node(key).width / 2)) - left + BETWEEN;
    for (const key of keys) lanes.set(key, x + BETWEEN / 2 + graph.node(key).x! - left);
    for (const node of figure.nodes) {
      if (node.column !== column) continue;
      const wide = nodeWidth(node);
      const [left, top] = [lanes.get(nodeKey(node.id))! - wide / 2, middle(node.row) - high / 2];
      boxes.set(node.id, { id: node.id, x: left, y: top, width: wide, height: high });
    }
    plan.columns.push({ column, x, width });
    x += width;
  }
  const routes = edges.map((edge): Route => {
    const [from, to] = [boxes.get(edge.from)!, boxes.get(edge.to)!];
    const passed = rowsBetween(byId.get(edge.from)!, byId.get(edge.to)!, levels);
    const between = passed.map((row) => ({ x: lanes.get(laneKey(edge.from, row))!, y: middle(row) }));
    const end = { x: to.x + to.width * ENTRY[edge.input ?? 'all'], y: to.y + high };
    return { edge, points: [{ x: from.x + from.width / 2, y: from.y }, ...between, end] };
  });
  const height = bands[0].y + bands[0].height + FOOT;
  return { ...plan, bands, boxes: figure.nodes.map(({ id }) => boxes.get(id)!), routes, height, width: x + MARGIN };
}

/** Of rows without nodes in a row, more than so many share the room of these. */
const MOST_EMPTY = 3;

function bandsOf(bands: GraphFigure['bands'], levels: ReadonlyMap<number, number>, filled: number): GraphPlan['bands'] {
  const placed: GraphPlan['bands'] = [];
  let y = MARGIN;
  const place = (row: number, height: number, label: string | null) => {
    placed[row] = { y, height, label };
    y += height;
  };
  for (let row = bands.length - 1; row >= 0; row--) {
    if (levels.has(row)) {
      place(row, filled, bands[row].label);
      continue;
    }
    let lowest = row;
    while (lowest > 0 && !levels.has(lowest - 1)) lowest--;
    const run = row - lowest + 1;
    for (let i = 0; i < run; i++) {
      if (run <= MOST_EMPTY) place(row - i, EMPTY_BAND, bands[row - i].label);
      else place(row - i, i === 0 ? EMPTY_BAND : EMPTY_BAND / (run - 1), i === 0 ? `… ${run} rows` : null);
    }
    row = lowest;
  }
  return placed;
}

/** Where queries, keys and values enter a head, in shares of its width. */
const ENTRY = { q: 0.25, k: 0.5, v: 0.75, all: 0.5 } as const;

const nodeKey = (id: string) => `node ${id}`;
const laneKey = (id: string, row: number) => `lane ${row} ${id}`;

/** The rows with nodes that an edge passes, from below; none where it does not climb. */
function rowsBetween(from: GraphNode, to: GraphNode, levels: ReadonlyMap<number, number>): number[] {
  return [...levels.keys()].filter((row) => row > from.row && row < to.row);
}

/** Ranks of a row: Dagre needs one between two rows, for the labels of edges. */
const ROW = 2;
const FOOT_KEY = 'foot';

type Layout = Graph<object, { width: number; height: number; rank: number; x?: number }>;

/** One column by itself: its nodes, and the ways of edges that begin in it, up to the rows where they are read. */
function laidOut(
  label: string,
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  byId: ReadonlyMap<string, GraphNode>,
  levels: ReadonlyMap<number, number>,
  height: number,
): Layout {
  const graph: Layout = new Graph();
  // Rows are given; nothing is to be found out about them.
  graph.setGraph({ rankdir: 'BT', nodesep: BETWEEN, edgesep: LANE, ranker: 'none' });
  graph.setDefaultEdgeLabel(() => ({}));
  const rank = (row: number) => ROW * (levels.get(row)! + 2);
  graph.setNode(FOOT_KEY, { width: columnWidth(label), height: 1, rank: ROW }); // its label, below all rows
  for (const node of nodes) graph.setNode(nodeKey(node.id), { width: nodeWidth(node), height, rank: rank(node.row) });
  for (const { from, to } of edges) {
    const [source, target] = [byId.get(from)!, byId.get(to)!];
    let last = nodeKey(from);
    for (const row of rowsBetween(source, target, levels)) {
      const lane = laneKey(from, row);
      if (!graph.hasNode(lane)) {
        graph.setNode(lane, { width: 1, height: 1, rank: rank(row) });
        graph.setEdge(last, lane);
      }
      last = lane;
    }
    if (target.column === source.column && target.row > source.row) graph.setEdge(last, nodeKey(to));
  }
  lay(graph as never, { useDynamic: false });
  return graph;
}
