/** The drawn graph, with a button over each node, so that keyboard and screen reader reach what a pointer does. */
import type { GraphFigure } from '../../../src/figures/kinds/figure';
import { columnPositions, nodeWords, positionsText } from '../../../src/figures/kinds/graph';
import { el } from '../../ui/dom';
import { currentTheme } from '../../ui/theme';
import { Tooltip } from '../tooltip';
import { FOOT, LABELS, NODE, planned, type Box, type GraphPlan } from './layout';
import { paintGraph, type Emphasis } from './paint';
import { firstSight } from './sight';

export interface SheetEvents {
  choose: (id: string) => void;
  /** Takes a node to those that are to be grouped, or back. */
  mark: (id: string) => void;
  pin: (id: string) => void;
  /** Nothing is chosen any more. */
  clear: () => void;
}

/** What a tooltip has room for; the details have all. */
const MOST_LINES = 8;
const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

export class Sheet {
  private readonly canvas = el('canvas', { 'aria-hidden': 'true' });
  private readonly nodes = el('div', { class: 'graph-nodes', role: 'group' });
  /** The names of the rows, which stay in sight. */
  private readonly bands = el('div', { class: 'graph-bands', 'aria-hidden': 'true' });
  /** Those of the columns, each of which stays in sight as long as its column is. */
  private readonly columns = el('div', { class: 'graph-columns', 'aria-hidden': 'true' });
  private readonly sheet = el('div', { class: 'graph-sheet' }, this.canvas, this.columns, this.nodes, this.bands);
  readonly element = el('div', { class: 'graph' }, this.sheet);
  private readonly tooltip = new Tooltip();
  private buttons = new Map<string, HTMLButtonElement>();
  private shown: { figure: GraphFigure; plan: GraphPlan; emphasis: Emphasis } | null = null;
  /** Whether what all leads to is to be brought into sight: there is another figure. */
  private toEnd = true;
  /** Where it was scrolled to then. */
  private left: number | null = null;

  constructor(private readonly events: SheetEvents) {
    this.nodes.addEventListener('keydown', (event) => this.key(event));
    // What was drawn while it was hidden has not been scrolled; and what the reader has not scrolled stays so in another width.
    new ResizeObserver(() => {
      this.toEnd ||= this.left !== null && Math.abs(this.element.scrollLeft - this.left) < 2;
      this.scroll();
    }).observe(this.element);
  }

  /** @param anew whether it is of something else */
  show(figure: GraphFigure, emphasis: Emphasis, anew: boolean): void {
    this.toEnd ||= anew;
    const plan = planned(figure);
    this.shown = { figure, plan, emphasis };
    this.place(figure, plan);
    this.label(plan);
    this.labelColumns(figure, plan);
    this.paint(emphasis);
  }

  /** Paints what is shown again. */
  paint(emphasis = this.shown?.emphasis): void {
    if (!this.shown || !emphasis) return;
    this.shown.emphasis = emphasis;
    const { figure, plan } = this.shown;
    const ratio = devicePixelRatio || 1;
    [this.canvas.width, this.canvas.height] = [Math.round(plan.width * ratio), Math.round(plan.height * ratio)];
    for (const element of [this.canvas, this.sheet]) [element.style.width, element.style.height] = [`${plan.width}px`, `${plan.height}px`];
    const context = this.canvas.getContext('2d')!;
    context.scale(ratio, ratio);
    paintGraph(context, figure, plan, currentTheme(), emphasis);
    plan.columns.forEach(({ column }, i) => {
      const marked = emphasis.position !== null && columnPositions(figure.columns[column]).includes(emphasis.position);
      this.columns.children[i].classList.toggle('marked', marked);
    });
    for (const [id, button] of this.buttons) {
      button.setAttribute('aria-pressed', String(emphasis.several.has(id)));
      if (id === emphasis.chosen) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    }
    this.scroll();
  }

  private scroll(): void {
    if (!this.toEnd || this.element.clientWidth === 0 || !this.shown) return;
    this.toEnd = false;
    this.left = firstSight(this.shown.figure, this.shown.plan, this.element.clientWidth);
    this.element.scrollLeft = this.left;
  }

  private place(figure: GraphFigure, { boxes }: GraphPlan): void {
    const byId = new Map(figure.nodes.map((node) => [node.id, node]));
    const focused = this.focused();
    this.nodes.setAttribute('aria-label', `${figure.title}. Arrow keys go from node to node; the same numbers are in the table below.`);
    this.buttons = new Map(boxes.map(({ id, x, y, width, height }) => {
      const words = nodeWords(figure, byId.get(id)!);
      const lines = words.lines.slice(0, MOST_LINES);
      const rest = words.lines.length - lines.length;
      const said = rest > 0 ? [...lines, `and ${rest} more`] : lines;
      const button = el('button', { type: 'button', class: 'graph-node', tabindex: '-1', 'data-node': id, 'aria-label': [words.title, ...said].join('. ') });
      Object.assign(button.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
      button.addEventListener('pointermove', ({ clientX, clientY }) =>
        this.tooltip.show({ title: words.title, lines: said.map((line) => [line, '']) }, clientX, clientY));
      button.addEventListener('pointerleave', () => this.tooltip.hide());
      button.addEventListener('focus', () => this.enter(button));
      button.addEventListener('click', (event) => (event.ctrlKey || event.metaKey || event.shiftKey ? this.events.mark(id) : this.events.choose(id)));
      return [id, button];
    }));
    this.tooltip.hide(); // what it was of may be gone
    this.nodes.replaceChildren(...this.buttons.values());
    const again = focused === null ? undefined : this.buttons.get(focused);
    const first = again ?? this.buttons.values().next().value;
    if (first) this.enter(first);
    again?.focus({ preventScroll: true });
  }

  private label({ bands, height: all }: GraphPlan): void {
    Object.assign(this.bands.style, { width: `${LABELS}px`, height: `${all}px` });
    this.bands.replaceChildren(...bands.flatMap(({ y, height, label }) => {
      if (label === null) return [];
      const element = el('span', height < NODE ? { class: 'passed' } : {}, label);
      Object.assign(element.style, { top: `${y}px`, height: `${height}px`, lineHeight: `${height}px` });
      return [element];
    }));
  }

  /** Over those that are painted, which a picture has. */
  private labelColumns({ columns }: GraphFigure, { columns: placed, height }: GraphPlan): void {
    this.columns.replaceChildren(...placed.map(({ column, x, width }) => {
      const { label } = columns[column];
      const words = el('span', {}, el('span', { class: 'name' }, label), el('span', {}, positionsText(columnPositions(columns[column]))));
      words.style.maxWidth = `${width - 8}px`;
      const foot = el('div', {}, words);
      Object.assign(foot.style, { left: `${x + 1}px`, width: `${width - 1}px`, top: `${height - FOOT + 3}px`, height: `${FOOT - 3}px` });
      return foot;
    }));
    this.columns.style.setProperty('--labels', `${LABELS + 4}px`);
  }

  private focused(): string | null {
    const active = document.activeElement;
    return active && this.nodes.contains(active) ? active.getAttribute('data-node') : null;
  }

  /** One node is in the order of tabs. */
  private enter(button: HTMLButtonElement): void {
    for (const other of this.buttons.values()) other.tabIndex = -1;
    button.tabIndex = 0;
  }

  private key(event: KeyboardEvent): void {
    const id = this.focused();
    if (id === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const { choose, mark, pin, clear } = this.events;
    const actions: Record<string, () => void> = { Enter: () => choose(id), ' ': () => choose(id), m: () => mark(id), p: () => pin(id), Escape: clear };
    const next = KEYS.includes(event.key) ? neighbour(this.shown!.plan.boxes, id, event.key) : null;
    if (next === null && !Object.hasOwn(actions, event.key)) return;
    event.preventDefault();
    if (next !== null) this.buttons.get(next)!.focus();
    else actions[event.key]();
  }
}

/** The node to which a key leads: in its row, or the nearest of the next row that has any. */
export function neighbour(boxes: readonly Box[], id: string, key: string): string | null {
  const here = boxes.find((box) => box.id === id)!;
  const row = boxes.filter(({ y }) => y === here.y).sort((a, b) => a.x - b.x);
  if (key === 'Home') return row[0].id;
  if (key === 'End') return row.at(-1)!.id;
  if (key === 'ArrowLeft' || key === 'ArrowRight') return row[row.indexOf(here) + (key === 'ArrowLeft' ? -1 : 1)]?.id ?? null;
  const way = key === 'ArrowUp' ? -1 : 1;
  const beyond = boxes.filter(({ y }) => (y - here.y) * way > 0);
  if (beyond.length === 0) return null;
  const next = beyond.reduce((best, box) => ((box.y - best.y) * way < 0 ? box : best)).y;
  const distance = (box: Box) => Math.abs(box.x + box.width / 2 - here.x - here.width / 2);
  return beyond.filter(({ y }) => y === next).reduce((best, box) => (distance(box) < distance(best) ? box : best)).id;
}
