/** A graph that was opened from a file: the figure alone, with its exports. */
import { openedFiles } from '../../src/figures/circuits/circuit-files';
import { circuitFigure } from '../../src/figures/circuits/circuit-graph';
import type { GraphFigure } from '../../src/figures/kinds/figure';
import { plain } from '../../src/figures/kinds/text';
import type { OpenedGraph } from '../../src/protocol/graphs/opened';
import { painterOf } from '../figures/figure';
import { exportBar } from '../page/exports';
import type { Page } from '../page/page';
import type { Theme } from '../ui/colours';
import { el } from '../ui/dom';

/** What the scores of its nodes are. */
const SCORES = { nodes: 'Nodes score 1 minus their cumulative influence.', edges: 'Nodes have no scores in the file, so it is pruned by its edges.' };
const KEEPS = 'Saved in that format it keeps what you pin, name and group.';

/** @param name the file's, without its folder @param stem the same as the beginning of the names of what is saved */
export function graphDocument(page: Page, opened: OpenedGraph, name: string): HTMLElement {
  const { controls, drawing } = page;
  const stem = name.replace(/\.json$/, '').replace(/[^\p{L}\p{N}_.-]+/gu, '_').slice(0, 60) || 'graph';
  const figure = graphOf(opened, name);
  const painter = painterOf(figure, {
    controls, drawing, focus: () => new Set(), choose: () => undefined, ask: null, cells: () => ({}),
    graphs: {
      use: () => null,
      kept: (of) => page.notes.read(of) ?? { names: {}, ...opened.marked },
      keep: (of, notes) => page.notes.write(of, notes),
      save: (of, content) => page.save({ name: `${stem}-${of}`, kind: 'json', content }),
    },
  });
  const subtitle = [opened.model, opened.prompt].filter((line) => line !== null).map((line) => plain(line).slice(0, 200));
  const picture = (theme: Theme) => painter.picture!({ title: figure.title, subtitle }, theme)!;
  const exported = () => ({ name: stem, rows: figure.rows, picture });
  painter.show(figure);
  return el(
    'section',
    { class: 'card', 'aria-label': figure.title, 'data-region': 'graph' },
    el('div', { class: 'controls' }, el('h1', {}, figure.title), painter.controls ?? null, exportBar(page, figure.title, exported)),
    ...[...subtitle, figure.about, ...opened.notices].map((line) => el('p', { class: 'muted' }, line)),
    painter.element,
  );
}

function graphOf(opened: OpenedGraph, name: string): GraphFigure {
  const { graph, layers, format, title } = opened;
  return circuitFigure(graph, layers, {
    name: 'graph', title: plain(title ?? name), unit: 'weight',
    about: `A graph as ${format} has it. ${format === 'Neuronpedia' ? SCORES[graph.by] : 'Scores are sums over all places.'} ${KEEPS}`,
    files: openedFiles(opened),
  });
}
