/** Where the parts of a heatmap are, in CSS pixels: pure arithmetic for drawing and for finding the cell under the pointer. */
import type { Theme } from './colours';
import type { Grid } from './model';

export interface HeatmapOptions {
  /** The narrowest and widest cell. */
  minCell: number;
  maxCell: number;
  /** Whether all columns must fit, however narrow. */
  fit: boolean;
  /** The column to bring into view at first. */
  start: number;
}

export interface HeatmapLayout {
  cell: number;
  rowHeight: number;
  /** Around the cells. */
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Height of the legend and of the column means, both within `top`. */
  legend: number;
  columnMeans: number;
  /** Height of one row of the token axis, and whether its text stands upright. */
  axis: number;
  vertical: boolean;
  /** Of the whole chart, and of what is seen of it. */
  totalWidth: number;
  width: number;
  height: number;
}

/** All that a picture of a heatmap depends on. */
export interface HeatmapState {
  grid: Grid;
  layout: HeatmapLayout;
  /** Pixels that the columns are scrolled by. */
  scroll: number;
  theme: Theme;
  selected: { row: number; column: number } | null;
}

export function heatmapLayout(grid: Grid, width: number, { minCell, maxCell, fit }: Omit<HeatmapOptions, 'start'>): HeatmapLayout {
  const count = Math.max(1, grid.columns.length);
  const left = grid.axes.length > 1 ? 66 : 58;
  const right = grid.means ? (width < 520 ? 44 : 72) : 10;
  const room = Math.max(40, width - left - right);
  const fitting = room / count;
  const cell = fit ? Math.min(maxCell, fitting) : Math.min(maxCell, Math.max(minCell, Math.floor(fitting)));
  const longest = Math.max(...grid.columns.flatMap(({ labels }) => labels.map((label) => Array.from(label ?? '').length)));
  const vertical = cell < Math.min(longest * 6.7, 44);
  const axis = vertical ? (cell < 11 ? 8 : Math.min(longest, 11) * 6.7 + 12) : 20;
  const legend = 34;
  const columnMeans = grid.means ? 46 : 0;
  const rowHeight = grid.rows.length > 24 ? 16 : 26;
  const [top, bottom] = [legend + columnMeans, grid.axes.length * axis + 22];
  const totalWidth = Math.round(left + cell * count + right);
  return {
    cell, rowHeight, left, right, top, bottom, legend, columnMeans, axis, vertical, totalWidth,
    width: Math.min(width, totalWidth),
    height: Math.ceil(top + bottom + rowHeight * grid.rows.length),
  };
}

/** The columns that are seen at least in part, the last one excluded. */
export function seenColumns(layout: HeatmapLayout, count: number, scroll: number): [number, number] {
  const inner = layout.width - layout.left - layout.right;
  return [Math.max(0, Math.floor(scroll / layout.cell)), Math.min(count, Math.ceil((scroll + inner) / layout.cell))];
}

/** The cell at a point of the canvas; undefined outside. */
export function cellAt(
  grid: Grid,
  layout: HeatmapLayout,
  scroll: number,
  x: number,
  y: number,
): { row: number; column: number } | undefined {
  const inside = x >= layout.left && x < layout.width - layout.right;
  const column = Math.floor((x - layout.left + scroll) / layout.cell);
  const row = grid.rows.length - 1 - Math.floor((y - layout.top) / layout.rowHeight);
  // A column is also picked by its label.
  const below = y >= layout.height - layout.bottom && y < layout.height;
  if (!inside || column < 0 || column >= grid.columns.length) return undefined;
  if (below) return { row: -1, column };
  return row >= 0 && row < grid.rows.length && y >= layout.top ? { row, column } : undefined;
}
