/** A figure: something an analysis has to show, as data that a page, a terminal, a report and a spreadsheet draw alike. */
import type { AnalysisId, Params } from '../../protocol/analyses';
import { csvRow } from '../../protocol/documents/csv';
import type { HeadInput, MeasuredSize } from '../../protocol/graphs/circuit';
import type { GraphNotes } from '../../protocol/graphs/notes';
import type { CellText, Grid } from './grid';

/** A row of numbers as a spreadsheet has it. */
export type Row = Record<string, string | number | boolean | null>;

interface Common {
  /** Lower-case words joined by "-", for files. */
  name: string;
  title: string;
  /** What is to be seen in it, in a sentence. */
  about: string;
  /** The exact numbers, flat. */
  rows: () => Row[];
}

/** What is shown instead once the reader chooses something in a figure; only a page that can ask has it. */
export interface Choose<Where extends unknown[]> {
  /** A sentence that says so. */
  words: string;
  /** With which parameters the analysis is asked again, beside those of before; null where with none. */
  params: (...where: Where) => Record<string, unknown> | null;
}

/** Layers or latents against tokens. */
export interface GridFigure extends Common {
  /** By row, -1 where a column is chosen, and column. */
  choose?: Choose<[row: number, column: number]>;
  kind: 'grid';
  grid: Grid;
  /** What is read about one cell. */
  describe: (row: number, column: number) => CellText;
}

/** One value each, in the order in which they matter. */
export interface BarsFigure extends Common {
  kind: 'bars';
  unit: string;
  bars: {
    label: string;
    value: number;
    /** More about it, such as what a latent stands for. */
    note?: string;
    /** Stands out, as the true answer does. */
    marked?: boolean;
  }[];
  /** How a value is written. */
  format: (value: number) => string;
}

/** Several values along the same points. */
export interface LinesFigure extends Common {
  kind: 'lines';
  unit: string;
  points: string[];
  /** `low` and `high` are the ends of an interval at each point. */
  series: { label: string; values: number[]; low?: number[]; high?: number[] }[];
}

export interface TableFigure extends Common {
  kind: 'table';
  columns: { title: string; right?: boolean }[];
  cells: string[][];
}

/** A strength for each token of the code. */
export interface MarksFigure extends Common {
  /** By the token's position. */
  choose?: Choose<[position: number]>;
  kind: 'marks';
  unit: string;
  marks: { position: number; text: string; strength: number; note: string }[];
}

/** A node of a graph: a place at a token (its column) and in a band (its row). */
export interface GraphNode {
  id: string;
  label: string;
  /** What it is, in words, where its label is short. */
  words?: string;
  /** An index of `columns`. */
  column: number;
  /** An index of `bands`. */
  row: number;
  /** Null where it has none of its own. */
  value: number | null;
  /** error: what sparse latents do not reconstruct; remainder: what all that is not drawn writes together. */
  kind: 'plain' | 'error' | 'remainder';
  /** Of the band's layer. */
  head?: number;
  /** Which part of which model at which stretch of which file, in one line. */
  address?: string;
  /** Where it stands for several: their ids. */
  members?: readonly string[];
}

export interface GraphEdge {
  /** Ids of nodes. */
  from: string;
  to: string;
  value: number;
  /** error: of an error term; remainder: what all that is not drawn carries together. */
  kind: 'plain' | 'error' | 'remainder';
  /** Where a head reads. */
  input?: HeadInput;
  /** More about it, such as through which head it goes. */
  note?: string;
  /** Where it stands for several. */
  members?: readonly GraphEdge[];
}

/** What else can be asked about a node or an edge. */
export type GraphUse = {
  [Id in AnalysisId]: {
    /** On a button, as "Ablate it". */
    title: string;
    id: Id;
    /** What that analysis is told, beside what its form says. */
    params: Partial<Params<Id>>;
  };
}[AnalysisId];

/** A file in a format of the field. */
export interface GraphFile {
  /** On a button: the format's name. */
  title: string;
  /** A word for its name. */
  suffix: string;
  /** A sentence without its end. */
  about: string;
  /**
   * What it says, with what the reader made of the graph.
   * @param shown what is seen of it, each node by itself
   * @throws a sentence where the format cannot say it
   */
  content: (notes: GraphNotes, shown: Pick<GraphFigure, 'nodes' | 'edges'>) => string;
}

/** What flows from place to place: columns are tokens, rows are bands of layers, the lowest first. */
export interface GraphFigure extends Common {
  kind: 'graph';
  unit: string;
  /** `tokens`: all positions, where a column stands for several, of which `position` is one. */
  columns: { position: number | null; tokens?: readonly number[]; label: string }[];
  bands: { label: string; layer: number | null }[];
  nodes: GraphNode[];
  edges: GraphEdge[];
  format: (value: number) => string;
  /** Where it is large, and the reader chooses how much of it is seen, and what stands together: what is counted, and what was measured. */
  pruning?: { by: 'nodes' | 'edges'; curve: readonly MeasuredSize[] };
  /** `group`: of nodes by their ids, which are not one node. */
  uses?: { node: (node: GraphNode) => GraphUse[]; edge: (edge: GraphEdge) => GraphUse[]; group: (ids: readonly string[]) => GraphUse[] };
  /** Nodes that are of one kind, by their ids, which may be proposed as groups; those that matter most first. */
  kin?: readonly { name: string; members: readonly string[] }[];
  files?: readonly GraphFile[];
}

export type Figure = GridFigure | BarsFigure | LinesFigure | TableFigure | MarksFigure | GraphFigure;

/** With a header; empty without rows. */
export function csv(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  return [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))].map(csvRow).join('');
}
