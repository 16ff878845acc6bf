/** The panel's tabs: a row of the reader's questions, and below it the views that answer the one that is chosen. */
import type { AnalysisId } from '../../src/protocol/analyses';
import { GROUPS, type Group } from '../../src/protocol/analyses/analysis';
import { el } from '../ui/dom';
import { tabs, type Tabs } from '../ui/toolkit';
import type { PanelView } from './views';

export class ViewTabs {
  readonly element: HTMLElement;
  private readonly questions: Tabs;
  private readonly inside = new Map<Group, Tabs>();
  /** The view that was last looked at of each question. */
  private readonly last = new Map<Group, AnalysisId>();

  /** @param choose is called when the reader chooses a view */
  constructor(private readonly views: readonly PanelView[], choose: (view: AnalysisId) => void) {
    const groups = (Object.keys(GROUPS) as Group[]).filter((group) => views.some((view) => view.group === group));
    const chosen = (view: AnalysisId) => {
      this.last.set(this.viewOf(view).group, view);
      choose(view);
    };
    const parts = groups.map((group) => {
      const members = views.filter((view) => view.group === group);
      this.last.set(group, members[0].id);
      const { title, asks } = GROUPS[group];
      return { id: group, title, about: asks, content: this.contentOf(group, members, chosen) };
    });
    this.questions = tabs('Questions', parts, (group) => chosen(this.last.get(group as Group)!));
    this.element = this.questions.element;
    this.element.classList.add('questions');
  }

  /** Shows the view of an analysis without telling. */
  show(id: AnalysisId): void {
    const view = this.viewOf(id);
    this.last.set(view.group, view.id);
    this.questions.show(view.group);
    this.inside.get(view.group)?.show(view.id);
  }

  /** The view that shows an analysis; the first one for one that has none. */
  viewOf(id: AnalysisId): PanelView {
    return this.views.find(({ of }) => of.includes(id)) ?? this.views[0];
  }

  private contentOf(group: Group, members: readonly PanelView[], chosen: (view: AnalysisId) => void): HTMLElement {
    const { asks } = GROUPS[group];
    if (members.length === 1) return members[0].element;
    const parts = members.map(({ id, title, element }) => ({ id, title, content: element }));
    const inside = tabs(asks, parts, (view) => chosen(view as AnalysisId));
    inside.element.classList.add('answers');
    this.inside.set(group, inside);
    return el('div', {}, inside.element);
  }
}
