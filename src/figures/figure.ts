/** A figure: something an analysis has to show, as data that a page, a terminal, a report and a spreadsheet draw alike. */
import { csvRow } from '../protocol/csv';
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

/** Layers or latents against tokens. */
export interface GridFigure extends Common {
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
  series: { label: string; values: number[] }[];
}

export interface TableFigure extends Common {
  kind: 'table';
  columns: { title: string; right?: boolean }[];
  cells: string[][];
}

/** A strength for each token of the code. */
export interface MarksFigure extends Common {
  kind: 'marks';
  unit: string;
  marks: { position: number; text: string; strength: number; note: string }[];
}

export type Figure = GridFigure | BarsFigure | LinesFigure | TableFigure | MarksFigure;

/** With a header; empty without rows. */
export function csv(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  return [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))].map(csvRow).join('');
}
