/** A graph on a page: the picture, with a button over each node, so that keyboard and screen reader reach what a pointer does. */
import type { GraphFigure } from '../../../src/figures/figure';
import { nodeWords } from '../../../src/figures/graph';
import type { Theme } from '../../ui/colours';
import { el } from '../../ui/dom';
import { currentTheme, onThemeChange } from '../../ui/theme';
import type { FigurePainter } from '../painter';
import type { Picture } from '../picture';
import { Tooltip } from '../tooltip';
import { paintGraph, planned } from './paint';

/** @param choose is told the token and the layer of a node that the reader chooses */
export function graph(choose: (position: number, layer: number | null) => void): FigurePainter<GraphFigure> {
  const canvas = el('canvas', { 'aria-hidden': 'true' });
  const nodes = el('div', { class: 'graph-nodes', role: 'group' });
  const sheet = el('div', { class: 'graph-sheet' }, canvas, nodes);
  const scroller = el('div', { class: 'graph' }, sheet);
  const words = el('div', { class: 'readout', 'aria-live': 'polite' });
  const tooltip = new Tooltip();
  let figure: GraphFigure | null = null;
  let marked: number | null = null;
  let drawnIn = 0;
  /** Whether its right end is to be brought into sight, to which all leads: there is another figure. */
  let toEnd = true;

  const inRoom = () => planned(figure!, scroller.clientWidth || undefined);
  const paint = () => {
    if (!figure) return;
    drawnIn = scroller.clientWidth;
    const plan = inRoom();
    const ratio = devicePixelRatio || 1;
    [canvas.width, canvas.height] = [Math.round(plan.width * ratio), Math.round(plan.height * ratio)];
    for (const element of [canvas, sheet]) [element.style.width, element.style.height] = [`${plan.width}px`, `${plan.height}px`];
    const context = canvas.getContext('2d')!;
    context.scale(ratio, ratio);
    paintGraph(context, figure, plan, currentTheme(), marked);
    if (!toEnd || drawnIn === 0) return;
    toEnd = false;
    scroller.scrollLeft = scroller.scrollWidth;
  };

  const say = (title: string, lines: readonly string[]) =>
    words.replaceChildren(el('div', { class: 'cell-title' }, title), ...lines.map((line) => el('div', {}, line)));

  const place = () => {
    const shown = figure!;
    const byId = new Map(shown.nodes.map((node) => [node.id, node]));
    nodes.setAttribute('aria-label', `${shown.title}. The same numbers are in the table below.`);
    nodes.replaceChildren(
      ...inRoom().boxes.map(({ id, x, y, width, height }) => {
        const node = byId.get(id)!;
        const { title, lines } = nodeWords(shown, node);
        const button = el('button', { type: 'button', class: 'graph-node', 'aria-label': [title, ...lines].join('. ') });
        Object.assign(button.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
        button.addEventListener('focus', () => say(title, lines));
        button.addEventListener('pointermove', ({ clientX, clientY }) => tooltip.show({ title, lines: lines.map((line) => [line, '']) }, clientX, clientY));
        button.addEventListener('pointerleave', () => tooltip.hide());
        button.addEventListener('click', () => {
          say(title, lines);
          const { position } = shown.columns[node.column];
          if (position !== null) choose(position, shown.bands[node.row].layer);
        });
        return button;
      }),
    );
  };
  onThemeChange(paint);
  new ResizeObserver(() => {
    if (!figure || scroller.clientWidth === drawnIn) return;
    place();
    paint();
  }).observe(scroller);
  return {
    element: el('div', {}, scroller, words),
    show: (next) => {
      toEnd ||= next.title !== figure?.title;
      figure = next;
      words.replaceChildren();
      place();
      paint();
    },
    mark: (position) => {
      if (position === marked) return;
      marked = position;
      paint();
    },
    picture: (said, theme) => figure && graphPicture(figure, theme, said),
  };
}

export function graphPicture(figure: GraphFigure, theme: Theme, words: Pick<Picture, 'title' | 'subtitle'>): Picture {
  const plan = planned(figure);
  return {
    ...words,
    theme,
    width: plan.width,
    height: plan.height,
    draw: (canvas, ratio) => {
      [canvas.width, canvas.height] = [plan.width * ratio, plan.height * ratio];
      const context = canvas.getContext('2d')!;
      context.scale(ratio, ratio);
      paintGraph(context, figure, plan, theme, null);
      return () => undefined;
    },
  };
}
