/** The panel's views: one for each analysis, by the table; some were made for theirs, and these show others as well. */
import { ANALYSES, ANALYSIS_IDS, type AnalysisId } from '../../src/protocol/analyses';
import type { Group } from '../../src/protocol/analyses/analysis';
import type { ActOnLatent } from '../page/latent-actions';
import type { Page, Shown } from '../page/page';
import { el } from '../ui/dom';
import { activationsView } from './activations/activations';
import { analysisView, type AnalysesEvents, type AnalysisView } from './analysis';
import type { AnalysesShown } from './asked';
import { attributionView } from './latents/latents';
import { latentsTold } from './latents/shown';
import { lensView } from './lens/lens';
import { overview } from './overview/overview';
import type { PatchingControls } from './patching/controls';
import { patchingView } from './patching/patching';

export interface ViewsEvents extends AnalysesEvents {
  act: ActOnLatent;
}

/** What a view that was made for its analysis is told: there is an explanation. */
type MadeShown = AnalysesShown & Shown;

interface Made {
  title?: string;
  /** Further analyses that it shows. */
  shows?: readonly AnalysisId[];
  /** Whether it can show a result; any that has a prediction where left out. */
  fits?: (shown: MadeShown) => boolean;
  view: { element: HTMLElement; show: (shown: MadeShown) => void };
}

export interface PanelView {
  id: AnalysisId;
  title: string;
  group: Group;
  element: HTMLElement;
  /** What it shows. */
  of: readonly AnalysisId[];
  show: (shown: AnalysesShown) => void;
  /** Asks with these parameters beside those of the form, and puts a place of the code into a field of it; where there is one. */
  use: AnalysisView['use'];
  put: AnalysisView['put'];
}

/** @param asking the choices of a comparison */
export function panelViews(page: Page, events: ViewsEvents, asking: PatchingControls): PanelView[] {
  const made = madeViews(page, events, asking);
  const covered = Object.values(made).flatMap(({ shows = [] }) => shows);
  return ANALYSIS_IDS.filter((id) => !covered.includes(id)).map((id) => panelView(page, id, events, made[id]));
}

function madeViews(page: Page, events: ViewsEvents, asking: PatchingControls): { [K in AnalysisId]?: Made } {
  const told = latentsTold();
  const latentsEvents = {
    attribute: (options: Record<string, unknown>, byReader = true) => events.ask('latents', options, byReader),
    readActivations: (site: string | null, byReader = true) => events.ask('activations', { site, count: MOST_ACTIVE }, byReader),
    cancel: events.cancel,
    act: events.act,
  };
  const [attribution, activations] = [attributionView(page, latentsEvents), activationsView(page, latentsEvents)];
  return {
    prediction: { title: 'Overview', shows: ['variants'], view: overview(page, () => asking.settings) },
    lens: { view: lensView(page), fits: ({ explanation: { lens } }) => lens !== null },
    patching: { view: patchingView(page, asking) },
    latents: { view: { element: attribution.element, show: (shown) => attribution.show(told(shown)) } },
    activations: { view: { element: activations.element, show: (shown) => activations.show(told(shown)) } },
  };
}

/** Latents that are listed for a token at most; an SAE with more active ones has the rest counted only. */
const MOST_ACTIVE = 100;

/** The view that was made for an analysis, and the general one where that has nothing to show. */
function panelView(page: Page, id: AnalysisId, events: AnalysesEvents, made: Made | undefined): PanelView {
  const { group, title } = ANALYSES[id];
  const element = el('div', { 'data-view': id }, made ? made.view.element : null);
  let general: AnalysisView | null = null;
  const inGeneral = () => {
    if (!general) element.append((general = analysisView(page, id, events)).element);
    return general;
  };
  const show = (shown: AnalysesShown) => {
    const { explanation } = shown;
    const told = explanation && { ...shown, explanation };
    const fits = made && told && (made.fits?.(told) ?? true);
    if (made) made.view.element.hidden = !fits;
    if (general) general.element.hidden = Boolean(fits);
    if (fits) return made.view.show(told);
    inGeneral().show(shown);
  };
  const use: PanelView['use'] = (params) => inGeneral().use(params);
  const put: PanelView['put'] = (field, place, layer) => inGeneral().put(field, place, layer);
  return { id, title: made?.title ?? title, group, element, of: [id, ...(made?.shows ?? [])], show, use, put };
}
