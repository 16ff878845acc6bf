/** What is said about a cell, at the pointer or below the chart. */
import { el } from '../ui/dom';
import type { CellText } from '../../src/figures/kinds/grid';

export function cellElements({ title, lines, beside }: CellText): HTMLElement[] {
  const list = (of: CellText['lines']) => el('dl', {}, ...of.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
  return [
    el('div', { class: 'cell-title' }, title),
    beside
      ? el('div', { class: 'lists' }, el('div', {}, el('div', { class: 'muted' }, 'top tokens'), list(lines)), el('div', {}, el('div', { class: 'muted' }, beside.heading), list(beside.lines)))
      : list(lines),
  ];
}

export class Tooltip {
  private readonly element = el('div', { class: 'tooltip', 'aria-hidden': 'true', hidden: '' });

  /** Beside a point of the window, where there is room. */
  show(text: CellText, x: number, y: number): void {
    if (!this.element.isConnected) document.body.append(this.element);
    this.element.replaceChildren(...cellElements(text));
    this.element.hidden = false;
    const { width, height } = this.element.getBoundingClientRect();
    const left = x + 16 + width > innerWidth ? x - 16 - width : x + 16;
    this.element.style.left = `${Math.max(4, Math.min(left, innerWidth - width - 4))}px`;
    this.element.style.top = `${Math.max(4, Math.min(y + 16, innerHeight - height - 4))}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
