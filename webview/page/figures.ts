/** The figures of an analysis, one below the other: what is to be seen, the picture, its numbers and its exports. */
import type { Figure } from '../../src/figures/kinds/figure';
import type { Grid } from '../../src/figures/kinds/grid';
import type { AnalysisId } from '../../src/protocol/analyses';
import type { Result } from '../../src/protocol/documents/result';
import { painterOf } from '../figures/figure';
import type { FigurePainter, GraphSurroundings } from '../figures/painter';
import type { Theme } from '../ui/colours';
import { el } from '../ui/dom';
import { exportBar } from './exports';
import { fileStem, type Page } from './page';
import { focusPositions } from './focus';
import { placeEvents } from './place-actions';
import { comparedBy, pictureWords, type Compared } from './picture-words';

interface FigureBlock {
  kind: Figure['kind'];
  element: HTMLElement;
  painter: FigurePainter;
  show: (figure: Figure) => void;
}

/** Milliseconds: a frame. */
const AFTER_PAINT = 20;

function isInSight(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top <= window.innerHeight && bottom >= 0;
}

/** Figures that come in the place of others: one of the same name and kind keeps its place on the page, and how it is scrolled. */
export class FigureList {
  readonly element = el('div', { class: 'figures' });
  private readonly blocks = new Map<string, FigureBlock>();
  private of: Result | null = null;
  private compared: Compared = {};
  private focus: ReadonlySet<number> = new Set();
  /** Draws what is out of sight, when what is in sight has been painted. */
  private later: ReturnType<typeof setTimeout> | undefined;

  /** @param ask asks the analysis again; left out where that cannot be */
  constructor(private readonly page: Page, private readonly ask?: (params: Record<string, unknown>) => void) {
    page.places?.onChange(() => {
      for (const { painter } of this.blocks.values()) painter.refresh?.();
    });
    page.selection.onChange(({ position }) => {
      for (const { painter } of this.blocks.values()) painter.mark?.(position);
    });
  }

  /** @param of what they are of, and by which analysis */
  show(figures: readonly Figure[], of: Result, id: AnalysisId): void {
    this.of = of;
    this.compared = comparedBy(of.parts[id]?.value, of);
    this.focus = focusPositions(of.reading, of.parts.prediction?.value.actual, of.pair);
    clearTimeout(this.later);
    const waiting: (() => void)[] = [];
    const elements = figures.map((figure) => {
      const before = this.blocks.get(figure.name);
      const block = before?.kind === figure.kind ? before : this.block(figure);
      this.blocks.set(figure.name, block);
      const draw = () => {
        block.show(figure);
        block.painter.mark?.(this.page.selection.value.position);
      };
      if (block !== before || isInSight(block.element)) draw();
      else waiting.push(draw);
      return block.element;
    });
    const next = () => {
      waiting.shift()?.();
      if (waiting.length > 0) this.later = setTimeout(next, 0);
    };
    if (waiting.length > 0) this.later = setTimeout(next, AFTER_PAINT);
    for (const name of [...this.blocks.keys()]) if (!figures.some((figure) => figure.name === name)) this.blocks.delete(name);
    const same = elements.length === this.element.children.length && elements.every((element, i) => element === this.element.children[i]);
    if (!same) this.element.replaceChildren(...elements);
  }

  private block(first: Figure): FigureBlock {
    const { page } = this;
    const choose = (position: number, layer: number | null) => page.selection.set({ position, layer });
    const { controls, drawing } = page;
    const ask = this.ask ?? null;
    const graphs: GraphSurroundings = {
      use: () => (page.places?.isOpen ? ({ id, params }) => page.places!.use(id, params) : null),
      kept: (name) => page.notes.read(name),
      keep: (name, notes) => page.notes.write(name, notes),
      save: (name, content) => this.of && page.save({ name: `${fileStem(this.of.reading)}-${name}`, kind: 'json', content }),
    };
    const cells = (grid: () => Grid) => placeEvents(page, grid);
    const painter = painterOf(first, { controls, drawing, focus: () => this.focus, choose, ask, cells, graphs });
    let figure = first;
    const title = el('h3');
    const about = el('p', { class: 'muted' });
    const exported = () => {
      if (!this.of) return null;
      const { reading } = this.of;
      const words = pictureWords(figure.title, reading, this.compared);
      return { name: `${fileStem(reading)}-${figure.name}`, rows: () => figure.rows(), picture: (theme: Theme) => painter.picture!(words, theme)! };
    };
    const exports = exportBar(page, first.title, exported, painter.picture !== null);
    const element = el(
      'div',
      { class: 'figure', 'data-figure': first.name, 'data-kind': first.kind },
      el('div', { class: 'controls' }, title, painter.controls ?? null, exports),
      about,
      painter.element,
    );
    const show = (next: Figure) => {
      figure = next;
      title.textContent = next.title;
      const more = ask && 'choose' in next ? next.choose?.words : undefined;
      about.textContent = more ? `${next.about} ${more}` : next.about;
      painter.show(next);
    };
    return { kind: first.kind, element, painter, show };
  }
}
