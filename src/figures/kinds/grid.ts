/** A heatmap's data: rows, columns of token positions, values and their scale, whatever they are values of. */
import type { PatchSite, SiteName } from '../../vocabulary/sites';

/** The model reading the program itself, or its variant. */
export type ProgramRun = 'original' | 'variant';

export interface GridRow {
  label: string;
  site: SiteName;
  /** Where a row is a latent of the site. */
  latent?: number;
  /** Where a row is a head of the site's layer. */
  head?: number;
}

/** A heatmap: rows are layers or latents, the lowest first; columns are token positions. */
export interface Grid {
  rows: GridRow[];
  /** What rows are when they are no layers, and how wide their labels are in pixels where there is room. */
  rowAxis?: { name: string; width: number };
  /** The names of the rows of the token axis. */
  axes: string[];
  columns: GridColumn[];
  /** [row][column]; null where there is nothing to show. */
  values: (number | null)[][];
  /** Where there can be no value though the programs have the token, and what that means. */
  empty?: { cells: boolean[][]; words: string };
  /** Which values are estimates; none where left out. */
  estimated?: boolean[][];
  texts: string[][] | null;
  scale: GridScale;
  /** Where each cell is an activation: of which site, and in which run it is read and in which it is changed. */
  activations?: { site: PatchSite; read: ProgramRun; into: ProgramRun };
  /** Means over a row's and over a column's values. */
  means: { rows: (number | null)[]; columns: (number | null)[] } | null;
}

export interface GridColumn {
  /** In the original prompt; null for a token that only the variant has. */
  position: number | null;
  /** In the variant's prompt, of aligned columns; null for a token that only the original has. */
  variant?: number | null;
  /** Where columns are heads. */
  head?: number;
  /** One for each axis; null where the program has no such token. */
  labels: (string | null)[];
  mark: 'same' | 'changed' | 'inserted' | 'deleted';
  /** Of the tokens behind both prompts, with which both answers begin; such a column has no position. */
  behind?: number;
  /** Whether it belongs to the template alone. */
  template: boolean;
  /** A gap: so many columns that are not shown. */
  folded?: number;
}

export interface GridScale {
  kind: 'sequential' | 'diverging';
  /** The value of the strongest colour; what is beyond is drawn like it. */
  limit: number;
  /** Whether values beyond the limit occur. */
  beyond: boolean;
  label: string;
  format: (value: number | null) => string;
  /** How the ends of the scale are written, where they are no shares. */
  tick?: (value: number) => string;
}

/** Whether a cell has no value because it has not been computed, rather than because there is nothing to compute. */
export function isPending({ columns, values, empty }: Pick<Grid, 'columns' | 'values' | 'empty'>, row: number, column: number): boolean {
  const { mark, folded } = columns[column];
  return values[row][column] === null && !empty?.cells[row][column] && folded === undefined && (mark === 'same' || mark === 'changed');
}

/** What is read about one cell. */
export interface CellText {
  title: string;
  lines: [name: string, value: string][];
  /** Another list beside the first one. */
  beside?: { heading: string; lines: [name: string, value: string][] };
}
