/** A graph on a page: how much of it is seen, the picture, what is chosen in it, and what the reader makes of it. */
import type { GraphFigure, GraphFile, GraphNode } from '../../../src/figures/kinds/figure';
import type { GraphNotes } from '../../../src/protocol/graphs/notes';
import { grouped, named, NO_NOTES, proposedGroups, readNotes } from '../../../src/figures/kinds/graph-groups';
import { drawnEdges, firstSize, mostShown, pruned } from '../../../src/figures/kinds/graph-pruning';
import { el } from '../../ui/dom';
import { onThemeChange } from '../../ui/theme';
import type { FigurePainter, Surroundings } from '../painter';
import { nodeDetails } from './details';
import { Grouping } from './grouping';
import { graphPicture, type Emphasis } from './paint';
import { Sheet } from './sheet';
import { SizeChoice } from './size';

/** `graphs`: what else its surroundings do for graphs. */
export function graph({ controls, choose, graphs }: Pick<Surroundings, 'controls' | 'choose' | 'graphs'>): FigurePainter<GraphFigure> {
  let figure: GraphFigure | null = null;
  /** The nodes by themselves, and what is drawn: with groups in their place. */
  let single: GraphFigure | null = null;
  let shown: GraphFigure | null = null;
  /** The same without edges that are too many to be drawn. */
  let drawn: GraphFigure | null = null;
  let notes: GraphNotes = NO_NOTES;
  let size = 0;
  let emphasis: Emphasis = { position: null, chosen: null, several: new Set(), pinned: new Set() };

  const tools = el('div', { class: 'graph-tools' });
  const details = el('div', { 'aria-live': 'polite' });
  const rest = el('p', { class: 'graph-problem muted' });
  const problem = el('p', { class: 'graph-problem', role: 'status' });
  const sizes = new SizeChoice((next) => {
    size = next;
    draw();
  });
  const grouping = new Grouping(controls, (group) => {
    emphasis = { ...emphasis, several: new Set(), chosen: null };
    change({ ...notes, groups: [...notes.groups, group] });
  }, () => stress({ several: new Set() }), (members) => {
    const [use, ask] = [figure?.uses?.group(members)[0], graphs.use()];
    return use && ask ? () => ask(use) : null;
  });
  const sheet = new Sheet({
    choose: (id) => {
      stress({ chosen: id });
      const node = shown!.nodes.find((one) => one.id === id)!;
      const { position } = shown!.columns[node.column];
      if (position !== null) choose(position, shown!.bands[node.row].layer);
    },
    mark: (id) => mark(id),
    pin: (id) => pin(shown!.nodes.find((one) => one.id === id)!),
    clear: () => stress({ chosen: null }),
  });

  /** Paints what is drawn in another way. */
  const stress = (next: Partial<Emphasis>) => {
    emphasis = { ...emphasis, ...next };
    sheet.paint(emphasis);
    tell();
  };
  const mark = (id: string) => {
    if (!figure?.pruning || !single!.nodes.some((node) => node.id === id)) return; // a group is in none
    const several = new Set(emphasis.several);
    if (!several.delete(id)) several.add(id);
    stress({ several });
  };
  const change = (next: GraphNotes) => {
    notes = next;
    graphs.keep(figure!.name, notes);
    draw();
  };
  const pin = (node: GraphNode) => {
    if (!figure?.pruning) return;
    const ids = node.members ?? [node.id];
    const all = ids.every((id) => notes.pinned.includes(id));
    const others = notes.pinned.filter((id) => !ids.includes(id));
    change({ ...notes, pinned: all ? others : [...others, ...ids] });
  };
  const groupOf = ({ members = [] }: GraphNode) => notes.groups.findIndex((group) => group.members.includes(members[0]));
  const events = {
    pin,
    mark,
    name: (node: GraphNode, name: string) => {
      const at = node.members ? groupOf(node) : -1;
      if (at >= 0) {
        if (name !== '') change({ ...notes, groups: notes.groups.map((group, i) => (i === at ? { ...group, name } : group)) });
        return;
      }
      const { [node.id]: _, ...others } = notes.names;
      change({ ...notes, names: name === '' ? others : { ...others, [node.id]: name } });
    },
    ungroup: (node: GraphNode) => {
      const at = groupOf(node);
      emphasis = { ...emphasis, chosen: null };
      change({ ...notes, groups: notes.groups.filter((_, i) => i !== at) });
    },
  };

  const draw = (anew = false) => {
    if (!figure) return;
    single = figure.pruning ? { ...figure, ...named(pruned(figure, size, notes.pinned), notes.names) } : figure;
    shown = figure.pruning ? { ...single, ...grouped(single, notes.groups, figure.format) } : figure;
    const ids = new Set(shown.nodes.map(({ id }) => id));
    const isPinned = ({ id: own, members = [own] }: GraphNode) => members.some((id) => notes.pinned.includes(id));
    const pinned = new Set(shown.nodes.filter(isPinned).map(({ id }) => id));
    emphasis = {
      ...emphasis, pinned,
      chosen: emphasis.chosen !== null && ids.has(emphasis.chosen) ? emphasis.chosen : null,
      several: new Set([...emphasis.several].filter((id) => ids.has(id))),
    };
    const edges = drawnEdges(shown.edges);
    drawn = { ...shown, edges: [...edges] };
    rest.textContent = edges.length < shown.edges.length ? `The strongest ${edges.length} of ${shown.edges.length} edges between these nodes are drawn.` : '';
    sheet.show(drawn, emphasis, anew);
    tell();
  };
  /** What is beside the picture. */
  const tell = () => {
    tools.hidden = !figure!.pruning;
    if (figure!.pruning) {
      sizes.show(figure!, size);
      const { edges, kin } = figure!;
      grouping.show(single!, emphasis.several, proposedGroups({ nodes: single!.nodes, edges, kin }, notes.groups));
    }
    const node = shown!.nodes.find(({ id }) => id === emphasis.chosen);
    const use = graphs.use();
    if (!node) {
      details.replaceChildren(el('p', { class: 'muted' }, 'Choose a node to see what flows into it and out of it.'));
      return;
    }
    const is = { pinned: emphasis.pinned.has(node.id), marked: emphasis.several.has(node.id) };
    const go = (id: string) => stress({ chosen: id });
    details.replaceChildren(nodeDetails(controls, shown!, node, is, { go, use, notes: figure!.pruning ? events : null }));
  };

  const files = el('span', { class: 'graph-files', role: 'group', 'aria-label': 'Formats of the field' });
  const saved = (name: string, { title, suffix, about, content }: GraphFile) => controls.button(title, () => {
    try {
      problem.textContent = '';
      graphs.save(`${name}-${suffix}`, content(notes, single!));
    } catch (error) {
      problem.textContent = (error as Error).message;
    }
  }, { title: about, attributes: { 'data-export': suffix } });
  const showFiles = ({ files: formats = [], name }: GraphFigure) => files.replaceChildren(...formats.map((format) => saved(name, format)));

  tools.append(sizes.element, grouping.element);
  onThemeChange(() => sheet.paint());
  return {
    element: el('div', {}, tools, problem, rest, sheet.element, details),
    controls: files,
    show: (next) => {
      const anew = next.title !== figure?.title;
      const same = !anew && figure?.nodes.length === next.nodes.length && figure.edges.length === next.edges.length;
      figure = next;
      notes = next.pruning ? readNotes(graphs.kept(next.name), next) : NO_NOTES;
      size = same ? Math.min(size, mostShown(next)) : firstSize(next);
      showFiles(next);
      draw(anew);
    },
    mark: (position) => {
      if (position === emphasis.position) return;
      emphasis = { ...emphasis, position };
      sheet.paint(emphasis);
    },
    refresh: () => figure && tell(),
    picture: (said, theme) => drawn && graphPicture(drawn, theme, said),
  };
}
