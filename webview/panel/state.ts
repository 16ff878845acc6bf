/** What the panel shows, as a function of the messages that came: no elements here. */
import type { Explanation } from '../../src/protocol/explanation';
import type { Activations, LatentsDocument, ListedSae } from '../../src/protocol/latents';
import { STARTING, UNASKED, type Answer } from '../../src/protocol/answer';
import { PANEL_TABS, type PanelStatus, type PanelTab, type ToPanel } from '../../src/protocol/panel';
import type { AnalysisId } from '../../src/protocol/analyses';
import type { PartAnswers } from '../page/page';
import { sameReading, type Shown } from '../page/page';
import type { Selected } from '../page/selection';

export interface PanelState {
  explanation: Explanation | null;
  complete: boolean;
  status: PanelStatus;
  /** What was asked about latents of the explained code. */
  saes: ListedSae[] | null;
  latents: Answer<LatentsDocument>;
  activations: Answer<Activations>;
  /** What came of further analyses. */
  parts: PartAnswers;
  tab: PanelTab;
  selected: Selected;
  /** Whether anything has come yet: an empty panel says how to begin only then. */
  answered: boolean;
}

export const EMPTY: PanelState = {
  explanation: null,
  complete: true,
  status: { running: null, error: null, outdated: false, live: false, restricted: false },
  saes: null,
  latents: UNASKED,
  activations: UNASKED,
  parts: {},
  tab: 'overview',
  selected: { position: null, layer: null },
  answered: false,
};

/** What is kept over a reload: the view, not what it shows. */
export interface SavedView {
  tab: PanelTab;
  selected: Selected;
  /** The reading that the selection belongs to. */
  of: string | null;
}

export function receive(state: PanelState, message: ToPanel, saved: SavedView | null = null): PanelState {
  switch (message.type) {
    case 'explanation': {
      const { explanation, complete } = message;
      const same = sameReading(state.explanation, explanation);
      return { ...state, explanation, complete, answered: true, selected: same ? state.selected : firstSelected(explanation, saved) };
    }
    case 'patching':
      return state.explanation ? { ...state, explanation: { ...state.explanation, patching: message.patching } } : state;
    case 'status':
      return { ...state, status: message.status, answered: true };
    case 'tab':
      return { ...state, tab: message.tab };
    case 'position':
      return { ...state, selected: within(state.explanation, { ...state.selected, position: message.position }) };
    case 'saes':
      return { ...state, saes: message.saes };
    case 'latents':
      return { ...state, latents: message.latents };
    case 'activations':
      return { ...state, activations: message.activations };
    case 'part':
      return { ...state, parts: { ...state.parts, [message.id]: message.answer } };
    default:
      return state; // not for this page
  }
}

/** The last token, where the answer is given, unless something else was selected before a reload. */
function firstSelected(explanation: Explanation | null, saved: SavedView | null): Selected {
  if (!explanation) return EMPTY.selected;
  if (saved && saved.of === readingKey(explanation)) return within(explanation, saved.selected);
  return { position: explanation.tokens.length - 1, layer: null };
}

function within(explanation: Explanation | null, { position, layer }: Selected): Selected {
  const tokens = explanation?.tokens.length ?? 0;
  return {
    position: position !== null && Number.isInteger(position) && position >= 0 && position < tokens ? position : null,
    layer: layer !== null && Number.isInteger(layer) && layer >= -1 && layer < (explanation?.model.layers ?? 0) ? layer : null,
  };
}

/** Nothing more comes of what is incomplete when nothing runs: it was cancelled, or failed. */
export function progressOf({ complete, status }: PanelState): Shown['progress'] {
  return complete ? 'complete' : status.running ? 'running' : 'stopped';
}

/** Something that has just been asked: the extension says so as well, but later. */
export function asking<Result>(answer: Answer<Result>): Answer<Result> {
  return { ...answer, running: STARTING, error: null };
}

/** The same of a further analysis. */
export function askingPart(state: PanelState, id: AnalysisId): PanelState {
  return { ...state, parts: { ...state.parts, [id]: asking<unknown>(state.parts[id] ?? UNASKED) } };
}

/** Tells readings apart well enough for a selection. */
function readingKey({ source, model, tokens, prompt }: Explanation): string {
  return [source.file ?? '', source.start, prompt.length, tokens.length, model.sha256.slice(0, 12)].join(' ');
}

export function savedView({ tab, selected, explanation }: PanelState): SavedView {
  return { tab, selected, of: explanation && readingKey(explanation) };
}

/** What was kept, if it is that. */
export function readSavedView(value: unknown): SavedView | null {
  if (typeof value !== 'object' || value === null) return null;
  const { tab, selected, of } = value as Partial<SavedView>;
  if (!tab || !PANEL_TABS.includes(tab) || typeof selected !== 'object' || selected === null) return null;
  const number = (field: unknown) => (typeof field === 'number' ? field : null);
  return { tab, selected: { position: number(selected.position), layer: number(selected.layer) }, of: typeof of === 'string' ? of : null };
}
