/** Where the parts of the attribution bars are, in CSS pixels: pure arithmetic for drawing and for finding the bar under the pointer. */
import type { Theme } from '../../ui/colours';
import type { AttributedNode, BarRow } from './rows';

export interface BarsLayout {
  width: number;
  height: number;
  /** Width of the labels beside the bars; 0 when they stand above them. */
  label: number;
  rowHeight: number;
  /** How far a row begins above the middle of its bar. */
  above: number;
  /** Height of the bars themselves. */
  thickness: number;
  /** Above the bars: the legend, and the axis with its title. */
  legend: number;
  axis: number;
}

/** All that a picture of the bars depends on. */
export interface BarsState {
  rows: readonly BarRow[];
  layout: BarsLayout;
  /** What the axis measures. */
  unit: string;
  theme: Theme;
  /** The key of the chosen node. */
  selected: string | null;
  /** The token that the reader looks at. */
  position: number | null;
}

/** What the legend has to explain. */
export interface LegendItem {
  mark: 'positive' | 'negative' | 'error' | 'direct' | 'patched';
  text: string;
}

/** Below this labels stand above their bars. */
const NARROW = 520;

/** Of the legend's text, on average, and of the mark before it with its space. */
const CHARACTER = 6.1;
const MARK = 34;
export const LEGEND_LINE = 18;

const AXIS = 40;

export function barsLayout(rows: readonly BarRow[], width: number): BarsLayout {
  const stacked = width < NARROW;
  const [rowHeight, above] = stacked ? [50, 36] : [36, 18];
  const legend = legendLines(legendOf(rows), width).length * LEGEND_LINE + 4;
  return {
    width,
    height: legend + AXIS + rows.length * rowHeight + (stacked ? 12 : 2),
    label: stacked ? 0 : Math.round(Math.min(400, Math.max(250, width * 0.45))),
    rowHeight,
    above,
    thickness: stacked ? 10 : 14,
    legend,
    axis: AXIS,
  };
}

/** The first row's middle in pixels. */
export function middleOf({ legend, axis, rowHeight, above }: BarsLayout, row: number): number {
  return legend + axis + above + row * rowHeight;
}

/** The row at a height of the canvas; undefined outside. */
export function rowAt(rows: readonly BarRow[], layout: BarsLayout, y: number): number | undefined {
  const row = Math.floor((y - layout.legend - layout.axis) / layout.rowHeight);
  return row >= 0 && row < rows.length ? row : undefined;
}

export function legendOf(rows: readonly BarRow[]): LegendItem[] {
  const nodes = rows.flatMap((row) => (row.kind === 'node' ? [row.node] : []));
  const items: (LegendItem | false)[] = [
    { mark: 'positive', text: 'towards the original' },
    { mark: 'negative', text: 'away from it' },
    nodes.some(({ latent }) => !latent) && { mark: 'error', text: 'not reconstructed' },
    nodes.some(({ directEffect }) => directEffect !== null) && { mark: 'direct', text: 'direct effect' },
    nodes.some(({ patched }) => patched !== null) && { mark: 'patched', text: 'really patched' },
  ];
  return items.filter((item) => item !== false);
}

/** The legend's items with where they begin, line by line. */
export function legendLines(items: readonly LegendItem[], width: number): (LegendItem & { x: number })[][] {
  const lines: (LegendItem & { x: number })[][] = [[]];
  let x = 0;
  for (const item of items) {
    const needed = MARK + item.text.length * CHARACTER;
    if (x > 0 && x + needed > width) {
      lines.push([]);
      x = 0;
    }
    lines.at(-1)!.push({ ...item, x });
    x += needed;
  }
  return lines;
}

/** The value at the ends of the axis: a little more than the largest value or mark, so that numbers fit beside their bars. */
export function axisLimit(nodes: readonly AttributedNode[]): number {
  const all = nodes.flatMap(({ value, directEffect, patched }) => [value, directEffect ?? 0, patched ?? 0]);
  const largest = all.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest > 0 ? largest * 1.28 : 1;
}
