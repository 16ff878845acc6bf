/** A place on the page whose content is built anew only when what it shows has changed, and that keeps the focus then. */
import { el, type Child } from './dom';

export class Slot {
  private shown: string | undefined;

  constructor(readonly element: HTMLElement = el('div')) {}

  /** `depends` is all that the content depends on, as data. */
  show(depends: unknown, build: () => Child[]): void {
    const key = JSON.stringify(depends);
    if (key === this.shown) return;
    this.shown = key;
    const active = document.activeElement;
    const focused = active && this.element.contains(active) ? active.getAttribute('data-key') : null;
    const scrolled = [...this.element.querySelectorAll('.table-scroller')].map(({ scrollTop, scrollLeft }) => ({ scrollTop, scrollLeft }));
    this.element.replaceChildren(...build().filter((child) => child !== null && child !== false));
    this.element.querySelectorAll('.table-scroller').forEach((scroller, i) => Object.assign(scroller, scrolled[i]));
    if (focused !== null) this.element.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }
}
