/** What is said about a cell, at the pointer or below the chart. */
import { el } from './dom';
import type { CellText } from './model';

export function cellElements({ title, lines }: CellText): HTMLElement[] {
  return [
    el('div', { class: 'cell-title' }, title),
    el('dl', {}, ...lines.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))),
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
