/** The numbers of a chart as a table, for those who do not see it and those who want to read them. */
import { el } from '../ui/dom';

export interface TableData {
  caption: string;
  head: string[];
  /** The first cell of each row is its heading. */
  rows: string[][];
}

/** Changes that follow each other closely are shown together: building a large table takes a while. */
const DELAY = 400;

/** A table that stays closed, and unbuilt, until it is asked for. */
export class TableBehind {
  readonly element: HTMLDetailsElement;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  /** @param summary what one presses to see it */
  constructor(
    private readonly data: () => TableData,
    summary = 'Show as a table',
  ) {
    this.element = el('details', { class: 'table' }, el('summary', {}, summary));
    this.element.addEventListener('toggle', () => this.build());
  }

  /** Tells that the numbers have changed. */
  refresh(): void {
    if (!this.element.open || this.waiting !== undefined) return;
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      this.build();
    }, DELAY);
  }

  private build(): void {
    const old = this.element.querySelector('.table-scroller');
    const focused = old !== null && old === document.activeElement;
    if (!this.element.open) {
      old?.remove();
      return;
    }
    const { caption, head, rows } = this.data();
    const built = scrollingTable(
      caption,
      el('thead', {}, el('tr', {}, ...head.map((name) => el('th', { scope: 'col' }, name)))),
      rows.map(([first, ...rest]) => el('tr', {}, el('th', { scope: 'row' }, first), ...rest.map((cell) => el('td', {}, cell)))),
    );
    if (!old) {
      this.element.append(built);
      return;
    }
    const { scrollTop, scrollLeft } = old;
    old.replaceWith(built);
    Object.assign(built, { scrollTop, scrollLeft });
    if (focused) built.focus();
  }
}

/** A table that scrolls by itself when it is large, by keyboard too. */
export function scrollingTable(caption: string, head: HTMLTableSectionElement, rows: HTMLTableRowElement[]): HTMLElement {
  const table = el('table', {}, el('caption', {}, caption), head, el('tbody', {}, ...rows));
  return el('div', { class: 'table-scroller', tabindex: '0', role: 'region', 'aria-label': `${caption}, table` }, table); // a section may be called the same
}
