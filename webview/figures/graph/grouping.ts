/** Making groups: of the nodes that are marked, or of those that are proposed, which the reader accepts. */
import type { GraphFigure } from '../../../src/figures/kinds/figure';
import type { GraphNotes } from '../../../src/protocol/graphs/notes';
import type { Proposal } from '../../../src/figures/kinds/graph-groups';
import { LONGEST_NAME } from '../../../src/protocol/graphs/notes';
import type { Controls } from '../../ui/controls';
import { el } from '../../ui/dom';
import { Slot } from '../../ui/slot';
import { textField } from '../../ui/text-field';

/** Of more members so many are named. */
const MOST_LISTED = 4;

type Group = GraphNotes['groups'][number];

export class Grouping {
  private readonly marked = new Slot(el('div', { class: 'graph-marked' }));
  private readonly proposed = new Slot(el('div'));
  readonly element = el('div', { class: 'graph-grouping' }, this.marked.element, this.proposed.element);

  /** @param ablate tries the model without some nodes; null where nothing can be asked, or not of these */
  constructor(
    private readonly controls: Controls,
    private readonly make: (group: Group) => void,
    private readonly unmark: () => void,
    private readonly ablate: (members: readonly string[]) => (() => void) | null,
  ) {}

  /** @param of the graph with each of its nodes by itself */
  show(of: Pick<GraphFigure, 'nodes' | 'columns' | 'bands'>, marked: ReadonlySet<string>, proposals: readonly Proposal[]): void {
    const byId = new Map(of.nodes.map((node) => [node.id, node]));
    const labels = (ids: Iterable<string>) => {
      const all = [...ids].map((id) => byId.get(id)?.label ?? id);
      return all.length > MOST_LISTED ? `${all.slice(0, MOST_LISTED).join(', ')} and ${all.length - MOST_LISTED} more` : all.join(', ');
    };
    const ablation = (members: readonly string[], title: string, about: string, key: string) => {
      const ablate = this.ablate(members);
      return ablate && this.controls.button(title, ablate, {
        title: 'Runs the model without them, in programs like this one, beside as many others at random',
        attributes: { 'data-action': 'ablateGroup', 'data-key': key, 'aria-label': about },
      });
    };
    this.marked.show([[...marked], labels(marked), this.ablate([...marked]) !== null], () => {
      if (marked.size === 0) return [];
      const submit = () => this.make({ name: (field.value || labels(marked)).slice(0, LONGEST_NAME), members: [...marked] });
      const field = textField('Name', { first: '', optional: true, left: 'a name for them' }, submit);
      return [el('div', { class: 'toolbar', role: 'group', 'aria-label': 'Marked nodes' },
        el('span', {}, `Marked: ${labels(marked)}.`),
        marked.size > 1 && field.element,
        marked.size > 1 && this.controls.button(`Group these ${marked.size}`, submit, { primary: true, attributes: { 'data-action': 'groupMarked' } }),
        marked.size > 1 && ablation([...marked], `Ablate these ${marked.size}`, `Ablate these ${marked.size}`, 'marked'),
        marked.size === 1 && el('span', { class: 'muted' }, 'Mark another one to group both.'),
        this.controls.button('Unmark', this.unmark, { attributes: { 'data-action': 'unmark' } }),
      )];
    });
    const lines = proposals.map(({ members, cosine, name }) => {
      const { column, row } = byId.get(members[0])!;
      const at = `${of.columns[column].label}, ${of.bands[row].label}`;
      if (cosine === null) return { members, words: name!, alike: `${members.length} nodes: ${labels(members)}` };
      return { members, words: `${labels(members)} (${at})`, alike: `their outgoing edges are alike: cosine ${cosine.toFixed(2)} or more` };
    });
    this.proposed.show([lines, lines.map(({ members }) => this.ablate(members) !== null)], () => (lines.length === 0 ? [] : [el('details', { class: 'graph-proposals' },
      el('summary', {}, `Proposed groups (${lines.length})`),
      el('ul', {}, ...lines.map(({ members, words, alike }, i) => el('li', {},
        el('span', {}, words), el('span', { class: 'muted' }, ` ${alike} `),
        this.controls.button('Accept', () => this.make({ name: `${words}`.slice(0, LONGEST_NAME), members }), {
          title: 'Shows them as one node', attributes: { 'data-action': 'acceptGroup', 'data-key': String(i), 'aria-label': `Accept the group ${words}` },
        }),
        ' ', ablation(members, 'Ablate', `Ablate the group ${words}`, String(i))))),
    )]));
  }
}
