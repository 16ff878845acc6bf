/** What the panel shows, as a function of the messages that came: no elements here. */
import { explanationIn, type Explanation, type ReadProgram } from '../../src/protocol/documents/explanation';
import { read } from '../../src/protocol/fields';
import { notes as allNotes, type Notes } from '../../src/protocol/graphs/notes';
import type { ListedSae } from '../../src/protocol/documents/latents';
import { STARTING, UNASKED, type Answer } from '../../src/protocol/pages/answer';
import type { PanelStatus, PanelView, ToPanel } from '../../src/protocol/pages/panel';
import { ANALYSIS_IDS, type AnalysisId } from '../../src/protocol/analyses';
import { updated, type Result } from '../../src/protocol/documents/result';
import type { PartAnswers } from '../page/page';
import { sameReading, type Shown } from '../page/page';
import type { Selected } from '../page/selection';

export interface PanelState {
  result: Result | null;
  /** Of the result; null where that has no prediction. */
  explanation: Explanation | null;
  status: PanelStatus;
  /** The model's, once they are known. */
  saes: ListedSae[] | null;
  /** What came of further analyses. */
  parts: PartAnswers;
  view: PanelView;
  /** Whether the code shows attention. */
  inCode: boolean;
  selected: Selected;
  /** What the reader made of figures of this reading, by their names. */
  notes: Notes;
  /** Whether anything has come yet: an empty panel says how to begin only then. */
  answered: boolean;
}

export const EMPTY: PanelState = {
  result: null,
  explanation: null,
  status: { running: null, cost: null, error: null, cancelled: false, complete: true, outdated: false, live: false, restricted: false },
  saes: null,
  parts: {},
  view: 'prediction',
  inCode: false,
  selected: { position: null, layer: null },
  notes: {},
  answered: false,
};

/** What is kept over a reload: the view, and what the reader made of it, not what it shows. */
export interface SavedView {
  view: PanelView;
  selected: Selected;
  notes: Notes;
  /** The reading that the selection and the notes belong to. */
  of: string | null;
}

export function receive(state: PanelState, message: ToPanel, saved: SavedView | null = null): PanelState {
  switch (message.type) {
    case 'result':
      return { ...showing(state, message.result, saved), parts: {} }; // those were about another one
    case 'update':
      return showing(state, updated(state.result, message.update), saved);
    case 'status':
      return { ...state, status: message.status, answered: true };
    case 'view':
      return { ...state, view: message.view };
    case 'position':
      return { ...state, selected: within(state.result?.reading ?? null, { ...state.selected, position: message.position }) };
    case 'inCode':
      return { ...state, inCode: message.on };
    case 'saes':
      return { ...state, saes: message.saes };
    case 'part':
      return { ...state, parts: { ...state.parts, [message.id]: message.answer } };
    default:
      return state; // not for this page
  }
}

function showing(state: PanelState, result: Result | null, saved: SavedView | null): PanelState {
  const same = sameReading(state.result?.reading ?? null, result?.reading ?? null);
  const selected = same ? state.selected : firstSelected(result?.reading ?? null, saved);
  const notes = same ? state.notes : result?.notes ?? (result && saved?.of === readingKey(result.reading) ? saved.notes : {});
  return { ...state, result, explanation: result && explanationIn(result), answered: true, selected, notes };
}

/** The last token, where the answer is given, unless something else was selected before a reload. */
function firstSelected(reading: ReadProgram | null, saved: SavedView | null): Selected {
  if (!reading) return EMPTY.selected;
  if (saved && saved.of === readingKey(reading)) return within(reading, saved.selected);
  return { position: reading.tokens.length - 1, layer: null };
}

function within(reading: ReadProgram | null, { position, layer }: Selected): Selected {
  const tokens = reading?.tokens.length ?? 0;
  return {
    position: position !== null && Number.isInteger(position) && position >= 0 && position < tokens ? position : null,
    layer: layer !== null && Number.isInteger(layer) && layer >= -1 && layer < (reading?.model.layers ?? 0) ? layer : null,
  };
}

/** Nothing more comes of what is incomplete when nothing runs: it was cancelled, or failed. */
export function progressOf({ status }: PanelState): Shown['progress'] {
  return status.complete ? 'complete' : status.running ? 'running' : 'stopped';
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
function readingKey({ source, model, tokens, prompt }: ReadProgram): string {
  return [source.file ?? '', source.start, prompt.length, tokens.length, model.sha256.slice(0, 12)].join(' ');
}

export function savedView({ view, selected, notes, result }: PanelState): SavedView {
  return { view, selected, notes, of: result && readingKey(result.reading) };
}

/** What was kept, if it is that. */
export function readSavedView(value: unknown): SavedView | null {
  if (typeof value !== 'object' || value === null) return null;
  const { view, selected, notes, of } = value as Partial<SavedView>;
  if (!view || !ANALYSIS_IDS.includes(view) || typeof selected !== 'object' || selected === null) return null;
  const made = read(allNotes, notes);
  const number = (field: unknown) => (typeof field === 'number' ? field : null);
  return {
    view,
    selected: { position: number(selected.position), layer: number(selected.layer) },
    notes: 'data' in made ? made.data : {},
    of: typeof of === 'string' ? of : null,
  };
}
