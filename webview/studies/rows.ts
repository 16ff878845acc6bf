/** The rows of a study as a table of any length: only those in sight are on the page. Sorted by its headings, opened by click or Enter. */
import { shownCode } from '../../src/figures/kinds/text';
import { csv, type Row } from '../../src/figures/kinds/figure';
import type { StudyTable, TableColumn } from '../../src/protocol/studies/desk';
import type { SaveFile } from '../page/saving';
import type { Choice, Controls } from '../ui/controls';
import { el } from '../ui/dom';
import { RowOrder, type Cell, type Filter, type Sort } from './order';

const ROW_PX = 24;
/** Rows beyond both edges, so that none is missing while one scrolls. */
const BEYOND = 12;
const CHARACTER_PX = 7;
const [LEAST_PX, MOST_PX] = [76, 280];
/** So many rows say how wide a column is. */
const SAMPLED = 300;

const TITLES: Readonly<Record<TableColumn, string>> = {
  program: 'program', model: 'model', condition: 'condition', number: 'no.', right: 'right', truth: 'true', predicted: 'predicted', probability: 'probability',
  truthProbability: 'of the truth', margin: 'margin (nats)', rank: 'rank of the truth', kind: 'kind', name: 'name', language: 'language', description: 'edit',
  problem: 'problem',
};
/** Columns by whose values rows are chosen, where there are a few. */
const CHOSEN = ['right', 'model', 'condition', 'truth', 'kind'] as const satisfies readonly TableColumn[];
const MOST_CHOICES = 40;
const ANY = '\0any';

export class RowsTable {
  readonly element: HTMLElement;
  private readonly scroller = el('div', { class: 'rows-scroller', tabindex: '0', role: 'grid', 'aria-label': 'Rows of the study' });
  private readonly head = el('div', { role: 'row', class: 'rows-head', 'aria-rowindex': '1' });
  private readonly body = el('div', { class: 'rows-body', role: 'rowgroup' });
  private readonly count = el('p', { class: 'muted', role: 'status' });
  private readonly search = el('input', { type: 'search', placeholder: 'Filter rows', 'aria-label': 'Filter rows' });
  private readonly choices = new Map<TableColumn, Choice>();
  private readonly choicesElement = el('div', { class: 'controls' });
  private table: StudyTable = { keys: [], columns: {} };
  private order = new RowOrder(this.table);
  private columns: TableColumn[] = [];
  private widths = '';
  private rows: Uint32Array = new Uint32Array();
  private filter: Filter = { text: '', only: {} };
  private sort: Sort | null = null;
  /** Of `rows`. */
  private active = 0;
  private drawing = false;

  /** @param open is told the key of the row that the reader chooses */
  constructor(
    private readonly controls: Controls,
    private readonly save: SaveFile,
    private readonly name: () => string,
    private readonly open: (key: string) => void,
  ) {
    this.search.addEventListener('input', () => this.choose({ text: this.search.value }));
    this.scroller.append(this.head, this.body);
    this.scroller.addEventListener('scroll', () => this.soon());
    this.scroller.addEventListener('keydown', (event) => this.onKey(event));
    this.body.addEventListener('click', ({ target }) => {
      const row = (target as HTMLElement).closest<HTMLElement>('[data-at]');
      if (row) this.openRow(Number(row.dataset.at));
    });
    new ResizeObserver(() => this.soon()).observe(this.scroller);
    const exports = el(
      'div', { class: 'exports', role: 'group', 'aria-label': 'Export: rows' },
      ...(['csv', 'json'] as const).map((kind) => controls.button(kind.toUpperCase(), () => this.export(kind), {
        title: `Save the rows that are listed as ${kind.toUpperCase()}`, attributes: { 'data-export': kind },
      })),
    );
    this.element = el(
      'section', { id: 'rows', class: 'card', 'aria-label': 'Rows' },
      el('div', { class: 'controls' }, el('h2', {}, 'Rows'), exports),
      el('p', { class: 'muted' }, 'Each program as one model reads it under one condition. A click, or Enter, opens the program with its place and its answer; a heading sorts.'),
      el('div', { class: 'controls' }, this.search, this.choicesElement), this.count, this.scroller,
    );
  }

  show(table: StudyTable): void {
    this.table = table;
    this.order = new RowOrder(table);
    this.columns = Object.keys(table.columns) as TableColumn[];
    const pixels = this.columns.map((column) => this.widthOf(column));
    this.widths = pixels.map((px) => `minmax(${px}px, ${px}fr)`).join(' ');
    this.body.style.minWidth = this.head.style.minWidth = `${pixels.reduce((sum, px) => sum + px, 0)}px`;
    this.showChoices();
    this.apply();
  }

  private showChoices(): void {
    for (const column of CHOSEN) {
      const values = this.order.values(column);
      const offered = values.length > 1 && values.length <= MOST_CHOICES;
      let choice = this.choices.get(column);
      if (!choice && !offered) continue;
      if (!choice) {
        choice = this.controls.choice(TITLES[column], (value) => {
          const { [column]: _, ...others } = this.filter.only;
          this.choose({ only: value === ANY ? others : { ...others, [column]: value } });
        });
        this.choices.set(column, choice);
        this.choicesElement.append(choice.element);
      }
      choice.element.hidden = !offered;
      const options = [{ value: ANY, label: 'any' }, ...values.map((value) => ({ value, label: value === '' ? 'none' : cellText(column, value) }))];
      const chosen = this.filter.only[column] ?? ANY;
      // A list that is open stays so while a study runs, as long as it is the same.
      const listed = options.map(({ value }) => value).join('\0');
      if (choice.element.dataset.listed !== listed) choice.show(options, chosen);
      choice.element.dataset.listed = listed;
    }
  }

  private choose(to: Partial<Filter>): void {
    this.filter = { ...this.filter, ...to };
    this.active = 0;
    this.scroller.scrollTop = 0;
    this.apply();
  }

  private apply(): void {
    this.rows = this.order.rows(this.filter, this.sort);
    this.active = Math.max(0, Math.min(this.active, this.rows.length - 1));
    const [all, listed] = [this.table.keys.length, this.rows.length].map((n) => n.toLocaleString('en-US'));
    const words = all === listed ? `${all} rows.` : `${listed} of ${all} rows.`;
    if (this.count.textContent !== words) this.count.textContent = words;
    this.scroller.setAttribute('aria-rowcount', String(this.rows.length + 1));
    this.scroller.setAttribute('aria-colcount', String(this.columns.length));
    this.body.style.height = `${this.rows.length * ROW_PX}px`;
    this.drawHead();
    this.draw();
  }

  private drawHead(): void {
    this.head.style.gridTemplateColumns = this.widths;
    const focused = this.head.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.column : undefined;
    this.head.replaceChildren(...this.columns.map((column) => {
      const sorted = this.sort?.column === column ? this.sort : null;
      const mark = sorted ? (sorted.descending ? ' ↓' : ' ↑') : '';
      const button = el('button', { type: 'button', 'data-column': column, title: `Sort by ${TITLES[column]}` }, `${TITLES[column]}${mark}`);
      button.addEventListener('click', () => {
        this.sort = sorted === null ? { column, descending: false } : sorted.descending ? null : { column, descending: true };
        this.apply();
      });
      return el('div', { role: 'columnheader', 'aria-sort': sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none' }, button);
    }));
    if (focused) this.head.querySelector<HTMLElement>(`[data-column="${focused}"]`)?.focus();
  }

  private soon(): void {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.draw();
    });
  }

  private draw(): void {
    const { scrollTop, clientHeight } = this.scroller;
    const first = Math.max(0, Math.floor(scrollTop / ROW_PX) - BEYOND);
    const last = Math.min(this.rows.length, Math.ceil((scrollTop + clientHeight) / ROW_PX) + BEYOND);
    const drawn: HTMLElement[] = [];
    for (let at = first; at < last; at++) drawn.push(this.row(at));
    this.body.replaceChildren(...drawn);
    if (this.rows.length > 0) this.scroller.setAttribute('aria-activedescendant', `row-${this.active}`);
    else this.scroller.removeAttribute('aria-activedescendant');
  }

  private row(at: number): HTMLElement {
    const index = this.rows[at];
    const cells = this.columns.map((column) => {
      const value = this.table.columns[column]![index];
      const text = cellText(column, value);
      const kind = column === 'right' && value !== null ? (value ? 'right' : 'wrong') : typeof value === 'number' ? 'number-cell' : '';
      return el('div', { role: 'gridcell', title: text, ...(kind && { class: kind }) }, text);
    });
    const marks = { 'data-at': String(at), 'aria-rowindex': String(at + 2), 'aria-selected': String(at === this.active) };
    const row = el('div', { role: 'row', id: `row-${at}`, ...marks }, ...cells);
    row.style.gridTemplateColumns = this.widths;
    row.style.top = `${at * ROW_PX}px`;
    return row;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.scroller) return;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / ROW_PX) - 2);
    const steps: Record<string, number | undefined> = {
      ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity,
    };
    const to = steps[event.key];
    if (event.key === 'Enter') this.openRow(this.active);
    else if (to !== undefined) this.activate(this.active + to);
    else return;
    event.preventDefault();
  }

  private activate(at: number): void {
    this.active = Math.max(0, Math.min(at, this.rows.length - 1));
    const { clientHeight, scrollTop } = this.scroller;
    const top = this.active * ROW_PX;
    const room = clientHeight - this.head.offsetHeight - ROW_PX;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top > scrollTop + room) this.scroller.scrollTop = top - room;
    this.draw();
  }

  private openRow(at: number): void {
    if (at >= this.rows.length) return;
    this.active = at;
    this.draw();
    this.open(this.table.keys[this.rows[at]]);
  }

  private export(kind: 'csv' | 'json'): void {
    const flat = (index: number): Row => Object.fromEntries(this.columns.map((column) => [column, this.table.columns[column]![index]]));
    const rows = Array.from(this.rows, flat);
    this.save({ name: `${this.name()}-rows`, kind, content: kind === 'csv' ? csv(rows) : JSON.stringify(rows, null, 1) });
  }

  private widthOf(column: TableColumn): number {
    const values = this.table.columns[column]!;
    const step = Math.max(1, Math.floor(values.length / SAMPLED));
    let longest = TITLES[column].length + 2;
    for (let i = 0; i < values.length; i += step) longest = Math.max(longest, cellText(column, values[i]).length);
    return Math.max(LEAST_PX, Math.min(MOST_PX, longest * CHARACTER_PX + 18));
  }
}

function cellText(column: TableColumn, value: Cell): string {
  if (value === null) return '–';
  if (column === 'right') return String(value) === 'true' ? '✓ right' : '✗ wrong';
  if (typeof value !== 'number') return shownCode(String(value));
  if (column === 'probability' || column === 'truthProbability') return `${(100 * value).toFixed(1)} %`;
  return Number.isInteger(value) ? String(value) : value.toFixed(3).replace('-', '−');
}
