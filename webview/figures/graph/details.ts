/** The details of a node that is chosen: what flows in and out as a table, what can be asked about it, its name, its group. */
import type { GraphEdge, GraphFigure, GraphNode, GraphUse } from '../../../src/figures/kinds/figure';
import { LONGEST_NAME } from '../../../src/protocol/graphs/notes';
import { edgesOf, edgeWords, nodeTitle, placeOf } from '../../../src/figures/kinds/graph';
import type { Controls } from '../../ui/controls';
import { el, type Child } from '../../ui/dom';
import { textField } from '../../ui/text-field';
import { scrollingTable } from '../table';

export interface DetailsEvents {
  /** Shows another node. */
  go: (id: string) => void;
  /** Asks an analysis; null where nothing can be asked. */
  use: ((use: GraphUse) => void) | null;
  /** What the reader makes of it; null where graphs are only looked at. */
  notes: {
    pin: (node: GraphNode) => void;
    mark: (id: string) => void;
    name: (node: GraphNode, name: string) => void;
    ungroup: (node: GraphNode) => void;
  } | null;
}

/** So many of each are shown; all are in the figure's table. */
const MOST_EDGES = 40;

export function nodeDetails(
  controls: Controls, figure: GraphFigure, node: GraphNode, is: { pinned: boolean; marked: boolean }, { go, use, notes }: DetailsEvents,
): HTMLElement {
  const { pinned, marked } = is;
  const asked = (uses: readonly GraphUse[]) => (use
    ? uses.map((one) => controls.button(one.title, () => use(one), { title: `${one.title}: asks with this filled in`, attributes: { 'data-action': 'useGraph' } }))
    : []);
  const buttons: Child[] = [
    ...(notes ? [
      controls.button(pinned ? 'Unpin' : 'Pin', () => notes.pin(node), {
        title: 'Keeps it in sight, however few are shown (P)', attributes: { 'data-action': 'pinNode' },
      }),
      node.members
        ? controls.button('Ungroup', () => notes.ungroup(node), { title: 'Shows its nodes again', attributes: { 'data-action': 'ungroup' } })
        : controls.button(marked ? 'Not into a group' : 'Mark for a group', () => notes.mark(node.id), {
          title: 'Takes it to those that are to be grouped (M, or a click with Ctrl)', attributes: { 'data-action': 'markNode' },
        }),
    ] : []),
    ...asked(figure.uses?.node(node) ?? []),
  ];
  return el(
    'section',
    { class: 'graph-details', 'aria-label': 'The chosen node' },
    el('div', { class: 'cell-title' }, nodeTitle(figure, node)),
    el('div', { class: 'toolbar' }, ...buttons, notes && nameField(controls, node, notes.name)),
    node.address !== undefined && el('p', { class: 'graph-address' }, 'Address: ', el('code', {}, node.address)),
    edgeTable(figure, node, asked, go),
  );
}

function nameField(controls: Controls, node: GraphNode, name: (node: GraphNode, name: string) => void): HTMLElement {
  const submit = () => name(node, field.value.slice(0, LONGEST_NAME));
  const field = textField('Name', { first: node.label, optional: true, left: 'its own' }, submit);
  return el('span', { class: 'graph-name' }, field.element, controls.button('Name it', submit, { attributes: { 'data-action': 'nameNode' } }));
}

function edgeTable(
  figure: GraphFigure, node: GraphNode, asked: (uses: readonly GraphUse[]) => HTMLElement[], go: (id: string) => void,
): HTMLElement {
  const { into, out } = edgesOf(figure, node);
  const byId = new Map(figure.nodes.map((one) => [one.id, one]));
  const name = (title: string) => (title === '' ? el('td') : el('th', { scope: 'col', class: 'words' }, title));
  const row = (way: string, edge: GraphEdge, id: string) => {
    const other = el('button', { type: 'button', class: 'link' }, placeOf(figure, byId.get(id)!));
    other.addEventListener('click', () => go(id));
    const uses = asked(figure.uses?.edge(edge) ?? []);
    const words = (...children: Child[]) => el('td', { class: 'words' }, ...children);
    const value = el('td', {}, figure.format(edge.value));
    return el('tr', {}, el('th', { scope: 'row', class: 'words' }, way), words(other), value, words(edgeWords(edge)), words(...uses));
  };
  const rows = [
    ...into.slice(0, MOST_EDGES).map((edge) => row('from', edge, edge.from)),
    ...out.slice(0, MOST_EDGES).map((edge) => row('to', edge, edge.to)),
  ];
  if (rows.length === 0) return el('p', { class: 'muted' }, 'No edge of those that are shown leads here.');
  const left = into.length + out.length - rows.length;
  const head = el('thead', {}, el('tr', {}, ...['', 'node', figure.unit, 'how', ''].map(name)));
  const table = scrollingTable(`Edges of ${node.label}${left > 0 ? `; ${left} weaker ones are in the figure’s table` : ''}`, head, rows);
  table.classList.add('figure-table');
  return table;
}
