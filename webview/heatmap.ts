/**
 * A heatmap that can be scrolled, pointed at, walked with the arrow keys, read as a table and saved as a picture.
 * Only the columns in view are drawn: the canvas is as wide as its frame and stays in place while the frame scrolls.
 */
import { el, tableBehind, downloadPng } from './dom';
import { cellAt, heatmapLayout, type HeatmapLayout, type HeatmapOptions } from './heatmap-layout';
import { HeatmapPainter } from './heatmap-paint';
import type { CellText, Grid } from './model';
import { currentTheme, onThemeChange } from './theme';
import { Tooltip, cellElements } from './tooltip';

export interface Cell {
  row: number;
  column: number;
}

export interface HeatmapEvents {
  describe: (cell: Cell) => CellText;
  onSelect: (cell: Cell) => void;
}

/** Browsers draw no wider canvas. */
const MAX_PICTURE = 16_000;

export class Heatmap {
  readonly element: HTMLElement;
  private readonly canvas = el('canvas', { 'aria-hidden': 'true' });
  private readonly track = el('div', { class: 'track' }, this.canvas);
  private readonly scroller = el('div', { class: 'scroller', tabindex: '0', role: 'application' }, this.track);
  private readonly readout = el('div', { class: 'readout', 'aria-live': 'polite' });
  private readonly tooltip = new Tooltip();
  private painter: HeatmapPainter | undefined;
  private layout: HeatmapLayout | undefined;
  private selected: Cell | null = null;

  constructor(
    private grid: Grid,
    private readonly options: HeatmapOptions,
    private readonly events: HeatmapEvents,
    private readonly title: string,
  ) {
    this.scroller.setAttribute('aria-label', `${title}. Arrow keys move from cell to cell.`);
    const table = tableBehind('Show as a table', () => gridTable(this.grid, this.title));
    this.element = el('div', { class: 'heatmap' }, this.scroller, this.readout, table);
    this.scroller.addEventListener('scroll', () => this.draw());
    this.scroller.addEventListener('keydown', (event) => this.onKey(event));
    this.canvas.addEventListener('pointermove', (event) => this.onPointer(event));
    this.canvas.addEventListener('pointerleave', () => this.tooltip.hide());
    this.canvas.addEventListener('click', (event) => {
      const cell = this.at(event);
      if (cell) this.pick({ row: cell.row < 0 ? (this.selected?.row ?? -1) : cell.row, column: cell.column });
    });
    new ResizeObserver(() => this.draw()).observe(this.scroller);
    onThemeChange(() => this.draw());
  }

  /** Shows another grid in the same place. */
  show(grid: Grid): void {
    this.grid = grid;
    this.draw();
    this.read();
  }

  /** Whether all columns share the width, however narrow they get. */
  set fit(fit: boolean) {
    this.options.fit = fit;
    this.draw();
  }

  /** Marks a cell, or with row -1 a column, and brings it into view. */
  select(cell: Cell | null): void {
    this.selected = cell;
    if (cell && this.layout) this.reveal(cell.column);
    this.draw();
    this.read();
  }

  /** All columns on one picture, scrolled or not. */
  savePng(name: string): void {
    const frame = { width: this.scroller.clientWidth, ...this.options };
    let layout = heatmapLayout(this.grid, frame.width, frame);
    layout = { ...layout, width: layout.totalWidth };
    if (layout.width > MAX_PICTURE) layout = heatmapLayout(this.grid, MAX_PICTURE, { ...this.options, fit: true });
    const canvas = el('canvas');
    const ratio = Math.min(2, MAX_PICTURE / layout.width);
    const state = { grid: this.grid, layout, scroll: 0, theme: currentTheme(), selected: this.selected };
    const painter = new HeatmapPainter(canvas, state, ratio);
    downloadPng(name, canvas);
    painter.destroy();
  }

  private draw(): void {
    const width = this.scroller.clientWidth;
    if (width === 0) return; // not on the page yet
    this.layout = heatmapLayout(this.grid, width, this.options);
    this.track.style.width = `${this.layout.totalWidth}px`;
    this.track.style.height = `${this.layout.height}px`;
    if (!this.painter) this.scroller.scrollLeft = this.options.start * this.layout.cell - (width - this.layout.left) / 3;
    const scroll = this.scroller.scrollLeft;
    const state = { grid: this.grid, layout: this.layout, scroll, theme: currentTheme(), selected: this.selected };
    if (this.painter) this.painter.draw(state);
    else this.painter = new HeatmapPainter(this.canvas, state);
  }

  private at(event: MouseEvent): Cell | undefined {
    const { left, top } = this.canvas.getBoundingClientRect();
    return this.layout && cellAt(this.grid, this.layout, this.scroller.scrollLeft, event.clientX - left, event.clientY - top);
  }

  private onPointer(event: PointerEvent): void {
    const cell = this.at(event);
    this.canvas.style.cursor = cell ? 'pointer' : '';
    if (cell && cell.row >= 0) this.tooltip.show(this.events.describe(cell), event.clientX, event.clientY);
    else this.tooltip.hide();
  }

  private onKey(event: KeyboardEvent): void {
    const { row, column } = this.selected ?? { row: this.grid.rows.length - 1, column: this.grid.columns.length };
    const [lastRow, lastColumn] = [this.grid.rows.length - 1, this.grid.columns.length - 1];
    const targets: Record<string, Cell> = {
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      ArrowUp: { row: row + 1, column },
      ArrowDown: { row: row - 1, column },
      Home: { row, column: 0 },
      End: { row, column: lastColumn },
    };
    const target = targets[event.key];
    if (!target) return;
    event.preventDefault();
    this.pick({ row: Math.min(lastRow, Math.max(0, target.row)), column: Math.min(lastColumn, Math.max(0, target.column)) });
  }

  private pick(cell: Cell): void {
    this.select(cell);
    this.events.onSelect(cell);
  }

  private reveal(column: number): void {
    const { cell, left, right, width } = this.layout!;
    const inner = width - left - right;
    const [from, to] = [column * cell, (column + 1) * cell];
    if (from < this.scroller.scrollLeft) this.scroller.scrollLeft = Math.max(0, from - cell);
    else if (to > this.scroller.scrollLeft + inner) this.scroller.scrollLeft = to - inner + cell;
  }

  /** The selected cell in words, below the chart. */
  private read(): void {
    if (!this.selected || this.selected.row < 0) this.readout.replaceChildren();
    else this.readout.replaceChildren(...cellElements(this.events.describe(this.selected)));
  }
}

/** The grid with tokens down and layers across, as a reader wants it. */
function gridTable(grid: Grid, caption: string) {
  const cell = (row: number, column: number) => {
    const text = grid.scale.format(grid.values[row][column]);
    return grid.texts && grid.texts[row][column] !== text ? `${grid.texts[row][column]} ${text}` : text;
  };
  return {
    caption: `${caption}: ${grid.scale.label}`,
    head: ['position', ...grid.axes, ...grid.rows.map(({ label }) => (/^\d+$/.test(label) ? `layer ${label}` : label))],
    rows: grid.columns.map(({ position, labels }, column) => [
      position === null ? '–' : String(position),
      ...labels.map((label) => label ?? '(none)'),
      ...grid.rows.map((_, row) => cell(row, column)),
    ]),
  };
}
