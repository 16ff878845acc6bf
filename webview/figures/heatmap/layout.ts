/** Where the parts of a heatmap are, in CSS pixels: pure arithmetic for drawing and for finding the cell under the pointer. */
import type { Theme } from '../../ui/colours';
import type { Grid } from '../../../src/figures/kinds/grid';

export interface HeatmapOptions {
  /** The narrowest and widest cell. */
  minCell: number;
  maxCell: number;
  /** Whether all columns must fit, however narrow. */
  fit: boolean;
  /** The height that it should keep to. */
  maxHeight: number;
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
  /** Height of what the mark of estimates means, within `legend`; 0 where there are none. */
  estimated: number;
  columnMeans: number;
  /** Height of one row of the token axis, and whether its text stands upright. */
  axis: number;
  vertical: boolean;
  /** Of the whole chart, and of what is seen of it. */
  totalWidth: number;
  totalHeight: number;
  width: number;
  height: number;
}

/** Pixels that columns and rows are moved by. */
export interface Scroll {
  x: number;
  y: number;
}

/** All that a picture of a heatmap depends on. */
export interface HeatmapState {
  grid: Grid;
  layout: HeatmapLayout;
  scroll: Scroll;
  theme: Theme;
  selected: { row: number; column: number } | null;
  /** Whether numbers stand in the cells. */
  numbers: boolean;
}

/** Below this the legend's words stand under its colours. */
const NARROW = 460;

/** Room for a short label beside the axis' name. */
const LEAST_LABELS = 58;

/** Room for "embed" beside the axis' name, where rows are layers. */
const LEFT = 70;

/** Rows shrink to the first, then the chart keeps to the height and its rows scroll. */
const LEAST_ROW = 13;
/** Rows that are seen however little height there is. */
const LEAST_ROWS = 5;

/** Beside the cells. */
function sides(grid: Grid, width: number): { left: number; right: number; room: number } {
  const named = grid.rowAxis && Math.round(Math.max(LEAST_LABELS, Math.min(grid.rowAxis.width, width * 0.38)));
  const left = named ?? LEFT;
  const right = grid.means ? (width < 520 ? 44 : 72) : 10;
  return { left, right, room: Math.max(40, width - left - right) };
}

/** How many columns of a readable size there is room for. */
export function columnRoom(grid: Grid, width: number, minCell: number): number {
  return Math.max(1, Math.floor(sides(grid, width).room / minCell));
}

/** The narrowest cell in which numbers can be read, beside a text or alone. */
export function leastCell({ texts }: Pick<Grid, 'texts'>, minCell: number, numbers: boolean): number {
  return numbers ? Math.max(minCell, texts ? 84 : 30) : minCell;
}

/** Widths of cells, from the one that is read best down to the least that can be read, for what would not be in sight else. */
export function readableCells({ texts }: Pick<Grid, 'texts'>, minCell: number, numbers: boolean): number[] {
  const best = leastCell({ texts }, minCell, numbers);
  const least = numbers ? (texts ? 70 : 24) : texts ? 42 : 14;
  return [...new Set([1, 0.85, 0.7, 0.6].map((share) => Math.min(best, Math.max(least, Math.floor(best * share)))))];
}

export function heatmapLayout(grid: Grid, width: number, { minCell, maxCell, fit, maxHeight }: HeatmapOptions): HeatmapLayout {
  const count = Math.max(1, grid.columns.length);
  const { left, right, room } = sides(grid, width);
  const fitting = room / count;
  const cell = fit ? Math.min(maxCell, fitting) : Math.min(maxCell, Math.max(minCell, Math.floor(fitting)));
  const lengths = grid.columns.flatMap(({ labels }) => labels.map((label) => Array.from(label ?? '').length));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  const vertical = cell < Math.min(longest * 6.7, 44);
  const axis = vertical ? (cell < 11 ? 11 : Math.min(longest, 11) * 6.7 + 12) : 20;
  const estimated = grid.estimated ? 15 : 0;
  const legend = (width < NARROW ? 46 : 34) + estimated;
  const columnMeans = grid.means ? 46 : 0;
  const [top, bottom] = [legend + columnMeans, grid.axes.length * axis + 22];
  const rows = Math.max(1, grid.rows.length);
  const rowHeight = Math.max(LEAST_ROW, Math.min(rows > 24 ? 16 : 26, Math.floor((maxHeight - top - bottom) / rows)));
  const around = top + bottom;
  const totalHeight = Math.ceil(around + rowHeight * rows);
  const totalWidth = Math.round(left + cell * count + right);
  return {
    cell, rowHeight, left, right, top, bottom, legend, estimated, columnMeans, axis, vertical, totalWidth, totalHeight,
    width: Math.min(width, totalWidth),
    height: Math.min(totalHeight, Math.max(Math.floor(maxHeight), around + Math.min(rows, LEAST_ROWS) * rowHeight)),
  };
}

/** The columns that are seen at least in part, the last one excluded. */
export function seenColumns(layout: HeatmapLayout, count: number, { x }: Scroll): [number, number] {
  const inner = layout.width - layout.left - layout.right;
  return [Math.max(0, Math.floor(x / layout.cell)), Math.min(count, Math.ceil((x + inner) / layout.cell))];
}

/** The rows that are seen at least in part, the last one excluded; row 0 is the lowest. */
export function seenRows(layout: HeatmapLayout, count: number, { y }: Scroll): [number, number] {
  const inner = layout.height - layout.top - layout.bottom;
  return [Math.max(0, count - Math.ceil((y + inner) / layout.rowHeight)), Math.min(count, count - Math.floor(y / layout.rowHeight))];
}

export function rowTop({ grid, layout, scroll }: Pick<HeatmapState, 'grid' | 'layout' | 'scroll'>, row: number): number {
  return layout.top + (grid.rows.length - 1 - row) * layout.rowHeight - scroll.y;
}

export interface Cell {
  row: number;
  column: number;
}

/** The cell at a point of the canvas; undefined outside. */
export function cellAt(
  grid: Grid,
  layout: HeatmapLayout,
  scroll: Scroll,
  x: number,
  y: number,
): Cell | undefined {
  const inside = x >= layout.left && x < layout.width - layout.right;
  const column = Math.floor((x - layout.left + scroll.x) / layout.cell);
  const row = grid.rows.length - 1 - Math.floor((y - layout.top + scroll.y) / layout.rowHeight);
  // A column is also picked by its label.
  const below = y >= layout.height - layout.bottom && y < layout.height;
  if (!inside || column < 0 || column >= grid.columns.length) return undefined;
  if (below) return { row: -1, column };
  const amongRows = y >= layout.top && y < layout.height - layout.bottom;
  return row >= 0 && row < grid.rows.length && amongRows ? { row, column } : undefined;
}

/** Calls back with each seen column's left edge. */
export function eachColumn({ grid, layout, scroll }: HeatmapState, draw: (column: number, x: number) => void): void {
  const [from, to] = seenColumns(layout, grid.columns.length, scroll);
  for (let column = from; column < to; column++) draw(column, layout.left + column * layout.cell - scroll.x);
}

/** The scroll position closest to the present one that shows a range, with a margin to spare. */
export function nearest(scroll: number, from: number, to: number, room: number, margin: number): number {
  if (from < scroll) return Math.max(0, from - margin);
  return to > scroll + room ? to - room + margin : scroll;
}
