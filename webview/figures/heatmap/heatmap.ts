/**
 * A heatmap that can be scrolled, pointed at, walked with the arrow keys, read as a table and saved as a picture.
 * Only the cells in view are drawn: the canvas is as large as its frame and stays in place while the frame scrolls.
 */
import { COLUMNS, type Drawing } from '../../../src/protocol/pages/drawing';
import type { Controls } from '../../ui/controls';
import { el } from '../../ui/dom';
import type { DrawingChoices } from '../drawing';
import { Drags } from './drags';
import type { FoldedGrid } from './folding';
import { cellAt, heatmapLayout, nearest, type Cell, type HeatmapLayout } from './layout';
import { HeatmapPainter } from './paint';
import { heatmapPicture } from './picture';
import { SeenColumns } from './seen-columns';
import { gapText, gridTable } from './words';
import type { Picture } from '../picture';
import { TableBehind } from '../table';
import { currentTheme, onThemeChange } from '../../ui/theme';
import type { Theme } from '../../ui/colours';
import { Tooltip, cellElements } from '../tooltip';
import type { CellText, Grid } from '../../../src/figures/kinds/grid';

export type { Cell };

/** What a heatmap is drawn with. */
export interface HeatmapSetting {
  title: string;
  /** The narrowest and widest cell, where they need not all fit. */
  minCell: number;
  maxCell: number;
  controls: Controls;
  drawing: DrawingChoices;
}

export interface HeatmapEvents {
  describe: (cell: Cell) => CellText;
  onSelect: (cell: Cell) => void;
  /** What can be done with the selected cell, shown with what is said about it; null where nothing can. */
  actions?: (cell: Cell) => HTMLElement | null;
  /** The same by keys, beside those that move. */
  keys?: Readonly<Record<string, (cell: Cell) => void>>;
  /** A cell is dragged to another. */
  onDrag?: (from: Cell, to: Cell) => void;
}

/** Room that the window leaves around a heatmap for the page's head and the controls. */
const AROUND = 150;
const LEAST_HEIGHT = 420;

const NOBODY: ReadonlySet<number> = new Set();

export class Heatmap {
  readonly element: HTMLElement;
  /** Which columns are seen, and whether there are numbers in the cells. */
  readonly choices: HTMLElement;
  private readonly canvas = el('canvas', { 'aria-hidden': 'true' });
  private readonly track = el('div', { class: 'track' }, this.canvas);
  private readonly scroller = el('div', { class: 'scroller', tabindex: '0', role: 'application' }, this.track);
  private readonly readout = el('div', { class: 'readout', 'aria-live': 'polite' });
  private readonly tooltip = new Tooltip();
  private readonly table: TableBehind;
  private readonly columns;
  private painter: HeatmapPainter | undefined;
  private layout: HeatmapLayout | undefined;
  /** All of it, in which cells are counted; what is shown of it is another grid. */
  private grid: Grid | undefined;
  private shown: FoldedGrid | undefined;
  private focus = NOBODY;
  private readonly seen: SeenColumns;
  private start: number | null = null;
  /** How far it was scrolled to its start; null once the reader has chosen a cell. */
  private began: number | null = null;
  private selected: Cell | null = null;
  private pointed: { x: number; y: number } | undefined;
  private readonly drags: Drags | undefined;

  constructor(private readonly setting: HeatmapSetting, private readonly events: HeatmapEvents) {
    const { title, controls, drawing } = setting;
    this.seen = new SeenColumns(setting);
    this.scroller.setAttribute('aria-label', `${title}. Arrow keys move from cell to cell.`);
    this.table = new TableBehind(() => gridTable(this.grid!, title));
    this.element = el('div', { class: 'heatmap' }, this.scroller, this.readout, this.table.element);
    this.columns = controls.choice('Columns', (columns) => drawing.choose({ columns: columns as Drawing['columns'] }));
    const numbers = controls.toggle('Numbers', (on) => drawing.choose({ numbers: on }), drawing.value.numbers);
    this.choices = el('div', { class: 'controls', 'data-part': 'drawing' }, this.columns.element, numbers);
    const options = Object.entries(COLUMNS).map(([value, label]) => ({ value, label }));
    this.columns.show(options, drawing.value.columns);
    let offered = drawing.value.columns;
    drawing.onChange(() => {
      const { columns, numbers: on } = drawing.value;
      if (columns !== offered) this.columns.show(options, (offered = columns));
      numbers.show(on);
      this.draw();
    });
    this.scroller.addEventListener('scroll', () => {
      this.onPointer(undefined);
      this.draw();
    });
    this.scroller.addEventListener('keydown', (event) => this.onKey(event));
    this.canvas.addEventListener('pointermove', ({ clientX, clientY }) => this.onPointer({ x: clientX, y: clientY }));
    this.canvas.addEventListener('pointerleave', () => this.onPointer(undefined));
    if (events.onDrag) this.drags = new Drags(this.canvas, (point) => this.cellAt(point), events.onDrag);
    this.canvas.addEventListener('click', ({ clientX, clientY }) => this.onClick({ x: clientX, y: clientY }));
    new ResizeObserver(() => this.draw()).observe(this.scroller);
    window.addEventListener('resize', () => this.draw());
    onThemeChange(() => this.draw());
  }

  /**
   * Shows a grid; with a column to start at, as something new that is seen from there, without one in the place of the last.
   * @param focus positions that have to be in sight
   */
  show(grid: Grid, start: number | null = null, focus = this.focus): void {
    if (start !== null || grid.columns.length !== this.grid?.columns.length) this.seen.forget();
    this.grid = grid;
    this.focus = focus;
    this.selected = this.within(this.selected);
    if (start !== null) [this.start, this.began] = [start, 0];
    this.draw();
    this.refresh();
    this.table.refresh();
    if (this.pointed) this.onPointer(this.pointed);
  }

  /** Whether it is still seen from where it began, as the reader has neither scrolled nor chosen a cell. */
  get isAtStart(): boolean {
    return this.began !== null && !this.seen.isUnfolded && (this.start !== null || this.scroller.scrollLeft === this.began);
  }

  /** Marks a cell, or with row -1 a column; what lies outside is no cell. */
  mark(wanted: Cell | null): void {
    const cell = this.within(wanted);
    if (cell?.row === this.selected?.row && cell?.column === this.selected?.column) return;
    this.selected = cell;
    this.draw();
    this.refresh();
  }

  /** Marks it and brings it into view. */
  select(cell: Cell | null, gently = false): void {
    // The cursor in the editor says nothing aloud here.
    this.readout.setAttribute('aria-live', gently ? 'off' : 'polite');
    const inside = this.within(cell);
    if (inside && !gently) this.began = null;
    this.mark(cell);
    if (!inside) return;
    // For when it is seen; the cursor does not say where to begin then.
    if (this.scroller.clientWidth === 0) this.start = gently ? this.start : inside.column;
    else if (this.layout) this.reveal(inside, gently);
  }

  /** All that is shown, scrolled or not; null while there is nothing. */
  picture(words: Pick<Picture, 'title' | 'subtitle'>, theme: Theme): Picture | null {
    if (!this.grid) return null;
    const width = this.scroller.clientWidth || 900;
    const { grid } = this.shown ?? this.fold(width);
    const state = { selected: this.shownCell(this.selected), numbers: this.numbers };
    return heatmapPicture(grid, width, this.seen.cells(grid, this.numbers), state, theme, words);
  }

  /** Whether they stand in cells: as the reader wants, and where colours alone must not tell anything. */
  private get numbers(): boolean {
    return this.setting.drawing.value.numbers || (currentTheme().highContrast && !this.grid?.texts);
  }

  /** What is shown of the grid in a width. */
  private fold(width: number): FoldedGrid {
    const { grid, focus, numbers, selected } = this;
    const { folded, hides } = this.seen.fold(grid!, width, { focus, numbers, selected: selected?.column ?? null });
    this.columns.element.hidden = !hides;
    return folded;
  }

  private shownCell(cell: Cell | null): Cell | null {
    const column = cell ? this.shown?.spans.findIndex(([from, to]) => cell.column >= from && cell.column < to) : undefined;
    return cell && column !== undefined && column >= 0 ? { row: cell.row, column } : null;
  }

  private within(cell: Cell | null): Cell | null {
    return cell && this.grid && cell.column < this.grid.columns.length && cell.row < this.grid.rows.length ? cell : null;
  }

  private draw(): void {
    const width = this.scroller.clientWidth;
    if (width === 0 || !this.grid) return; // not on the page yet
    this.shown = this.fold(width);
    const { grid } = this.shown;
    const maxHeight = Math.max(LEAST_HEIGHT, innerHeight - AROUND);
    this.layout = heatmapLayout(grid, width, { ...this.seen.cells(grid, this.numbers), maxHeight });
    const { totalWidth, totalHeight, height, cell, left } = this.layout;
    this.scroller.style.maxHeight = totalHeight > height ? `${height}px` : '';
    this.track.style.width = `${totalWidth}px`;
    this.track.style.height = `${totalHeight}px`;
    if (this.start !== null) {
      const { column } = this.shownCell({ row: -1, column: this.start }) ?? { column: 0 };
      this.scroller.scrollLeft = column * cell - (width - left) / 3;
      this.start = null;
      if (this.began !== null) this.began = this.scroller.scrollLeft;
    }
    const scroll = { x: this.scroller.scrollLeft, y: this.scroller.scrollTop };
    const { layout, numbers } = this;
    const state = { grid, layout, scroll, theme: currentTheme(), selected: this.shownCell(this.selected), numbers };
    if (this.painter) this.painter.draw(state);
    else this.painter = new HeatmapPainter(this.canvas, state);
  }

  /** A cell of the whole grid, or the columns that are folded away there. */
  private at({ x, y }: { x: number; y: number }): Cell | { gap: readonly [number, number] } | undefined {
    if (!this.layout || !this.shown) return undefined;
    const { left, top } = this.canvas.getBoundingClientRect();
    const { grid, spans } = this.shown;
    const cell = cellAt(grid, this.layout, { x: this.scroller.scrollLeft, y: this.scroller.scrollTop }, x - left, y - top);
    if (!cell) return undefined;
    const [from, to] = spans[cell.column];
    return to - from > 1 ? { gap: [from, to] } : { row: cell.row, column: from };
  }

  private cellAt(point: { x: number; y: number }): Cell | null {
    const found = this.at(point);
    return found && !('gap' in found) && found.row >= 0 ? found : null;
  }

  private onPointer(point: { x: number; y: number } | undefined): void {
    this.pointed = point;
    const found = point && this.at(point);
    this.canvas.style.cursor = this.drags?.isPressed ? 'grabbing' : found ? 'pointer' : '';
    if (!found) this.tooltip.hide();
    else if ('gap' in found) this.tooltip.show(gapText(this.grid!, found.gap), point!.x, point!.y);
    else if (found.row >= 0) this.tooltip.show(this.events.describe(found), point!.x, point!.y);
    else this.tooltip.hide();
  }

  private onClick(point: { x: number; y: number }): void {
    const found = this.at(point);
    if (!found) return;
    if ('gap' in found) {
      this.seen.unfold(found.gap);
      this.onPointer(undefined);
      this.draw();
    } else this.pick({ row: found.row < 0 ? (this.selected?.row ?? -1) : found.row, column: found.column });
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
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.events.keys?.[event.key.toLowerCase()];
    if (act && this.selected && row >= 0) {
      event.preventDefault();
      act(this.selected);
    }
    if (!target) return;
    event.preventDefault();
    this.onPointer(undefined);
    this.pick({ row: Math.min(lastRow, Math.max(0, target.row)), column: Math.min(lastColumn, Math.max(0, target.column)) });
  }

  private pick(cell: Cell): void {
    this.select(cell);
    this.events.onSelect(cell);
  }

  private reveal(whole: Cell, gently: boolean): void {
    const { cell, left, right, top, bottom, width, height, rowHeight } = this.layout!;
    const { row, column } = this.shownCell(whole) ?? whole;
    const { scrollLeft, scrollTop } = this.scroller;
    const x = nearest(scrollLeft, column * cell, (column + 1) * cell, width - left - right, cell);
    const above = (this.grid!.rows.length - 1 - row) * rowHeight;
    const y = row < 0 ? scrollTop : nearest(scrollTop, above, above + rowHeight, height - top - bottom, 0);
    if (x === scrollLeft && y === scrollTop) return;
    const smooth = gently && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.scroller.scrollTo({ left: x, top: y, behavior: smooth ? 'smooth' : 'instant' });
  }

  /** The selected cell in words, below the chart, with what can be done with it. */
  refresh(): void {
    const [cell, { describe, actions }] = [this.selected, this.events];
    if (!cell || cell.row < 0 || !this.grid) return this.readout.replaceChildren();
    const active = document.activeElement;
    const pressed = active && this.readout.contains(active) ? active.getAttribute('data-action') : null;
    const [title, ...said] = cellElements(describe(cell));
    const toolbar = actions?.(cell) ?? null;
    this.readout.replaceChildren(title, ...(toolbar ? [toolbar] : []), ...said);
    if (pressed !== null) this.readout.querySelector<HTMLElement>(`[data-action="${CSS.escape(pressed)}"]`)?.focus();
  }
}
