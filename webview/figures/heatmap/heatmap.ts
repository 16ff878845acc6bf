/**
 * A heatmap that can be scrolled, pointed at, walked with the arrow keys, read as a table and saved as a picture.
 * Only the cells in view are drawn: the canvas is as large as its frame and stays in place while the frame scrolls.
 */
import { ESTIMATED } from '../../../src/protocol/words/estimate';
import { el } from '../../ui/dom';
import { cellAt, heatmapLayout, type HeatmapLayout, type HeatmapOptions } from './layout';
import { HeatmapPainter } from './paint';
import { heatmapPicture } from './picture';
import type { Picture } from '../picture';
import { TableBehind, type TableData } from '../table';
import { currentTheme, onThemeChange } from '../../ui/theme';
import { Tooltip, cellElements } from '../tooltip';
import type { CellText, Grid } from '../../../src/figures/grid';

export interface Cell {
  row: number;
  column: number;
}

export interface HeatmapEvents {
  describe: (cell: Cell) => CellText;
  onSelect: (cell: Cell) => void;
  /** What can be done with the selected cell, shown below what is said about it. */
  actions?: (cell: Cell) => HTMLElement;
}

/** Room that the window leaves around a heatmap for the page's head and the controls. */
const AROUND = 150;
const LEAST_HEIGHT = 420;

export class Heatmap {
  readonly element: HTMLElement;
  private readonly canvas = el('canvas', { 'aria-hidden': 'true' });
  private readonly track = el('div', { class: 'track' }, this.canvas);
  private readonly scroller = el('div', { class: 'scroller', tabindex: '0', role: 'application' }, this.track);
  private readonly readout = el('div', { class: 'readout', 'aria-live': 'polite' });
  private readonly tooltip = new Tooltip();
  private readonly table: TableBehind;
  private painter: HeatmapPainter | undefined;
  private layout: HeatmapLayout | undefined;
  private grid: Grid | undefined;
  private start: number | null = null;
  /** How far it was scrolled to its start; null once the reader has chosen a cell. */
  private began: number | null = null;
  private selected: Cell | null = null;
  private pointed: { x: number; y: number } | undefined;

  constructor(
    private readonly options: Omit<HeatmapOptions, 'maxHeight'>,
    private readonly events: HeatmapEvents,
    private readonly title: string,
  ) {
    this.scroller.setAttribute('aria-label', `${title}. Arrow keys move from cell to cell.`);
    this.table = new TableBehind(() => gridTable(this.grid!, this.title));
    this.element = el('div', { class: 'heatmap' }, this.scroller, this.readout, this.table.element);
    this.scroller.addEventListener('scroll', () => {
      this.onPointer(undefined);
      this.draw();
    });
    this.scroller.addEventListener('keydown', (event) => this.onKey(event));
    this.canvas.addEventListener('pointermove', ({ clientX, clientY }) => this.onPointer({ x: clientX, y: clientY }));
    this.canvas.addEventListener('pointerleave', () => this.onPointer(undefined));
    this.canvas.addEventListener('click', ({ clientX, clientY }) => {
      const cell = this.at({ x: clientX, y: clientY });
      if (cell) this.pick({ row: cell.row < 0 ? (this.selected?.row ?? -1) : cell.row, column: cell.column });
    });
    new ResizeObserver(() => this.draw()).observe(this.scroller);
    window.addEventListener('resize', () => this.draw());
    onThemeChange(() => this.draw());
  }

  /** Shows a grid; with a column to start at, as something new that is seen from there, without one in the place of the last. */
  show(grid: Grid, start: number | null = null): void {
    this.grid = grid;
    this.selected = this.within(this.selected);
    if (start !== null) [this.start, this.began] = [start, 0];
    this.draw();
    this.read();
    this.table.refresh();
    if (this.pointed) this.onPointer(this.pointed);
  }

  /** Whether it is still seen from where it began, as the reader has neither scrolled nor chosen a cell. */
  get isAtStart(): boolean {
    return this.began !== null && (this.start !== null || this.scroller.scrollLeft === this.began);
  }

  /** Whether all columns share the width, however narrow they get. */
  set fit(fit: boolean) {
    this.options.fit = fit;
    this.draw();
  }

  /** Marks a cell, or with row -1 a column; what lies outside is no cell. */
  mark(wanted: Cell | null): void {
    const cell = this.within(wanted);
    if (cell?.row === this.selected?.row && cell?.column === this.selected?.column) return;
    this.selected = cell;
    this.draw();
    this.read();
  }

  /** Marks it and brings it into view. */
  select(cell: Cell | null, gently = false): void {
    // The cursor in the editor says nothing aloud here.
    this.readout.setAttribute('aria-live', gently ? 'off' : 'polite');
    const inside = this.within(cell);
    if (inside) this.began = null;
    if (inside && this.scroller.clientWidth === 0) this.start = inside.column; // for when it is seen
    else if (inside && this.layout) this.reveal(inside, gently);
    this.mark(cell);
  }

  /** All of it, scrolled or not; null while there is nothing. */
  picture(title: string, subtitle: string): Picture | null {
    const width = this.scroller.clientWidth || 900;
    return this.grid ? heatmapPicture(this.grid, width, this.options, this.selected, currentTheme(), { title, subtitle }) : null;
  }

  private within(cell: Cell | null): Cell | null {
    return cell && this.grid && cell.column < this.grid.columns.length && cell.row < this.grid.rows.length ? cell : null;
  }

  private draw(): void {
    const width = this.scroller.clientWidth;
    if (width === 0 || !this.grid) return; // not on the page yet
    this.layout = heatmapLayout(this.grid, width, { ...this.options, maxHeight: Math.max(LEAST_HEIGHT, innerHeight - AROUND) });
    const { totalWidth, totalHeight, height, cell, left } = this.layout;
    this.scroller.style.maxHeight = totalHeight > height ? `${height}px` : '';
    this.track.style.width = `${totalWidth}px`;
    this.track.style.height = `${totalHeight}px`;
    if (this.start !== null) {
      this.scroller.scrollLeft = this.start * cell - (width - left) / 3;
      this.start = null;
      if (this.began !== null) this.began = this.scroller.scrollLeft;
    }
    const scroll = { x: this.scroller.scrollLeft, y: this.scroller.scrollTop };
    const state = { grid: this.grid, layout: this.layout, scroll, theme: currentTheme(), selected: this.selected };
    if (this.painter) this.painter.draw(state);
    else this.painter = new HeatmapPainter(this.canvas, state);
  }

  private at({ x, y }: { x: number; y: number }): Cell | undefined {
    if (!this.layout || !this.grid) return undefined;
    const { left, top } = this.canvas.getBoundingClientRect();
    return cellAt(this.grid, this.layout, { x: this.scroller.scrollLeft, y: this.scroller.scrollTop }, x - left, y - top);
  }

  private onPointer(point: { x: number; y: number } | undefined): void {
    this.pointed = point;
    const cell = point && this.at(point);
    this.canvas.style.cursor = cell ? 'pointer' : '';
    if (cell && cell.row >= 0) this.tooltip.show(this.events.describe(cell), point!.x, point!.y);
    else this.tooltip.hide();
  }

  private onKey(event: KeyboardEvent): void {
    if (!this.grid) return;
    const [lastRow, lastColumn] = [this.grid.rows.length - 1, this.grid.columns.length - 1];
    const { row, column } = this.selected ?? { row: lastRow, column: lastColumn + 1 };
    const targets: Record<string, Cell> = {
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      ArrowUp: { row: row + 1, column },
      ArrowDown: { row: row - 1, column },
      Home: { row, column: 0 },
      End: { row, column: lastColumn },
    };
    const target = targets[event.key];
    if (!target || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.onPointer(undefined);
    this.pick({ row: Math.min(lastRow, Math.max(0, target.row)), column: Math.min(lastColumn, Math.max(0, target.column)) });
  }

  private pick(cell: Cell): void {
    this.select(cell);
    this.events.onSelect(cell);
  }

  private reveal({ row, column }: Cell, gently: boolean): void {
    const { cell, left, right, top, bottom, width, height, rowHeight } = this.layout!;
    const { scrollLeft, scrollTop } = this.scroller;
    const x = nearest(scrollLeft, column * cell, (column + 1) * cell, width - left - right, cell);
    const above = (this.grid!.rows.length - 1 - row) * rowHeight;
    const y = row < 0 ? scrollTop : nearest(scrollTop, above, above + rowHeight, height - top - bottom, 0);
    if (x === scrollLeft && y === scrollTop) return;
    const smooth = gently && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.scroller.scrollTo({ left: x, top: y, behavior: smooth ? 'smooth' : 'instant' });
  }

  /** The selected cell in words, below the chart. */
  private read(): void {
    const [cell, { describe, actions }] = [this.selected, this.events];
    if (!cell || cell.row < 0 || !this.grid) this.readout.replaceChildren();
    else this.readout.replaceChildren(...cellElements(describe(cell)), ...(actions ? [actions(cell)] : []));
  }
}

/** The scroll position closest to the present one that shows a range, with a margin to spare. */
function nearest(scroll: number, from: number, to: number, room: number, margin: number): number {
  if (from < scroll) return Math.max(0, from - margin);
  return to > scroll + room ? to - room + margin : scroll;
}

/** The grid with tokens down and layers across, as a reader wants it. */
function gridTable(grid: Grid, caption: string): TableData {
  const cell = (row: number, column: number) => {
    const text = `${grid.estimated?.[row][column] ? '~' : ''}${grid.scale.format(grid.values[row][column])}`;
    return grid.texts && grid.texts[row][column] !== text ? `${grid.texts[row][column]} ${text}` : text;
  };
  return {
    caption: `${caption}: ${grid.scale.label}${grid.estimated ? `; ~ is ${ESTIMATED}` : ''}`,
    head: ['position', ...grid.axes, ...grid.rows.map(({ label }) => (/^\d+$/.test(label) ? `layer ${label}` : label))],
    rows: grid.columns.map(({ position, labels }, column) => [
      position === null ? '–' : String(position),
      ...labels.map((label) => label ?? '(none)'),
      ...grid.rows.map((_, row) => cell(row, column)),
    ]),
  };
}
