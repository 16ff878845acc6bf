/** Attribution bars that can be pointed at, walked with the arrow keys, and saved as a picture. */
import { BasicPlatform } from 'chart.js';
import { barsLayout, middleOf, rowAt, type BarsLayout, type BarsState } from './layout';
import { BarsPainter } from './paint';
import { el } from '../../ui/dom';
import type { Picture } from '../picture';
import { currentTheme, onThemeChange } from '../../ui/theme';
import type { Theme } from '../../ui/colours';
import { Tooltip } from '../tooltip';
import type { CellText } from '../../../src/figures/kinds/grid';
import type { AttributedNode, BarRow } from './rows';

export interface BarsEvents {
  describe: (node: AttributedNode) => CellText;
  onChoose: (node: AttributedNode) => void;
  /** The Enter key on the chosen one. */
  onOpen: (node: AttributedNode) => void;
}

/** The title and the labels of a picture need some room. */
const NARROWEST_PICTURE = 620;

/** Left free of the window's ends when the chosen bar is brought into view: what sticks there may hide it. */
const HIDDEN = { top: 20, bottom: 190 };

export class AttributionBars {
  private readonly canvas = el('canvas', { 'aria-hidden': 'true' });
  readonly element = el('div', { class: 'bars', tabindex: '0', role: 'application' }, this.canvas);
  private readonly tooltip = new Tooltip();
  private painter: BarsPainter | undefined;
  private layout: BarsLayout | undefined;
  private rows: readonly BarRow[] = [];
  private unit = '';
  private chosen: string | null = null;
  private looked: number | null = null;

  constructor(private readonly events: BarsEvents, title: string) {
    this.element.setAttribute('aria-label', `${title}. Arrow keys move from bar to bar, Enter shows the latent.`);
    this.element.addEventListener('keydown', (event) => this.onKey(event));
    this.canvas.addEventListener('pointermove', ({ clientX, clientY }) => this.onPointer(clientX, clientY));
    this.canvas.addEventListener('pointerleave', () => this.tooltip.hide());
    this.canvas.addEventListener('click', ({ clientY }) => {
      const node = this.at(clientY);
      if (node) this.choose(node);
    });
    new ResizeObserver(() => this.draw()).observe(this.element);
    onThemeChange(() => this.draw());
  }

  show(rows: readonly BarRow[], unit: string): void {
    [this.rows, this.unit] = [rows, unit];
    this.tooltip.hide();
    this.draw();
  }

  /** Marks a node by its key, or none, and the bars of a token. */
  mark(chosen: string | null, position: number | null): void {
    if (chosen === this.chosen && position === this.looked) return;
    [this.chosen, this.looked] = [chosen, position];
    this.draw();
  }

  /** All of it, in view or not. */
  picture(words: Pick<Picture, 'title' | 'subtitle'>, theme: Theme): Picture {
    const layout = barsLayout(this.rows, Math.max(NARROWEST_PICTURE, this.element.clientWidth));
    const state = { ...this.state(layout), theme, selected: null, position: null };
    const draw = (canvas: HTMLCanvasElement, ratio: number) => {
      const painter = new BarsPainter(canvas, state, ratio, BasicPlatform);
      return () => painter.destroy();
    };
    return { ...words, theme, width: layout.width, height: layout.height, draw };
  }

  private state(layout: BarsLayout): BarsState {
    return { rows: this.rows, layout, unit: this.unit, theme: currentTheme(), selected: this.chosen, position: this.looked };
  }

  private draw(): void {
    const width = this.element.clientWidth;
    if (width === 0 || this.rows.length === 0) return; // not on the page yet
    this.layout = barsLayout(this.rows, width);
    this.element.style.height = `${this.layout.height}px`;
    if (this.painter) this.painter.draw(this.state(this.layout));
    else this.painter = new BarsPainter(this.canvas, this.state(this.layout));
  }

  private at(clientY: number): AttributedNode | undefined {
    const row = this.layout && rowAt(this.rows, this.layout, clientY - this.canvas.getBoundingClientRect().top);
    const found = row === undefined ? undefined : this.rows[row];
    return found?.kind === 'node' ? found.node : undefined;
  }

  private onPointer(x: number, y: number): void {
    const node = this.at(y);
    this.canvas.style.cursor = node ? 'pointer' : '';
    if (node) this.tooltip.show(this.events.describe(node), x, y);
    else this.tooltip.hide();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const nodes = this.rows.flatMap((row) => (row.kind === 'node' ? [row.node] : []));
    const at = nodes.findIndex(({ key }) => key === this.chosen);
    if (event.key === 'Enter' && at >= 0) this.events.onOpen(nodes[at]);
    const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, Home: 0, End: nodes.length - 1 };
    const target = nodes[Math.min(nodes.length - 1, Math.max(0, targets[event.key]))];
    if (!target) return;
    event.preventDefault();
    this.choose(target);
    this.reveal(target.key);
  }

  private choose(node: AttributedNode): void {
    this.tooltip.hide();
    this.mark(node.key, node.position);
    this.events.onChoose(node);
  }

  /** Scrolls the page when a bar is out of view. */
  private reveal(key: string): void {
    const row = this.rows.findIndex((one) => one.kind === 'node' && one.node.key === key);
    if (row < 0 || !this.layout) return;
    const y = this.canvas.getBoundingClientRect().top + middleOf(this.layout, row);
    const [top, bottom] = [HIDDEN.top + this.layout.above, innerHeight - HIDDEN.bottom];
    if (y < top) window.scrollBy({ top: y - top });
    else if (y > bottom) window.scrollBy({ top: y - bottom });
  }
}
