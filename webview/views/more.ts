/** Analyses that have no tab of their own, each folded until it is looked at. */
import { ANALYSIS_IDS, type AnalysisId } from '../../src/protocol/analyses';
import type { Page } from '../page/page';
import { el } from '../ui/dom';
import { analysisView, type AnalysesEvents } from './analysis';
import type { AnalysesShown } from './asked';

/** These have views that were made for them. */
const OWN_VIEWS: readonly AnalysisId[] = ['prediction', 'lens', 'variants', 'patching', 'latents', 'activations'];

export interface MoreView {
  element: HTMLElement;
  show: (shown: AnalysesShown) => void;
  /** Whether there is anything in it. */
  isThere: (shown: Pick<AnalysesShown, 'parts'>) => boolean;
}

export function moreView(page: Page, events: AnalysesEvents): MoreView {
  const views = ANALYSIS_IDS.filter((id) => !OWN_VIEWS.includes(id)).map((id) => analysisView(page, id, events));
  const element = el('section', { id: 'more', 'aria-label': 'More analyses' }, ...views.map((view) => view.element));
  let opened = false;
  return {
    element,
    show: (shown) => {
      const there = views.filter((view) => view.isThere(shown));
      for (const view of views) view.element.hidden = !there.includes(view);
      if (shown.looking && !opened && there.length > 0) {
        opened = true;
        there[0].element.open = true; // the others when they are opened
      }
      for (const view of there) view.show(shown);
    },
    isThere: (shown) => views.some((view) => view.isThere(shown)),
  };
}
