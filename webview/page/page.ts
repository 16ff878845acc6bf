/** What the parts of a page share: the report and the panel each make one and hand it to the views. */
import type { AnalysisId } from '../../src/protocol/analyses';
import type { Answer } from '../../src/protocol/pages/answer';
import type { Answered } from '../../src/protocol/documents/result';
import type { Explanation, ReadProgram } from '../../src/protocol/documents/explanation';
import type { GraphNotes } from '../../src/protocol/graphs/notes';
import type { FromPanel } from '../../src/protocol/pages/panel';
import type { Controls } from '../ui/controls';
import type { SaveFile } from './saving';
import type { DrawingChoices } from '../figures/drawing';
import type { Places } from './places';
import type { Selection } from './selection';

export interface Page {
  selection: Selection;
  controls: Controls;
  save: SaveFile;
  /** How the reader likes figures to be drawn. */
  drawing: DrawingChoices;
  /** What the reader made of figures, by their names, as it was kept. */
  notes: { read: (figure: string) => GraphNotes | undefined; write: (figure: string, notes: GraphNotes) => void };
  /** Takes places to forms; null on a page that cannot ask. */
  places: Places | null;
  /** Asks for a comparison; null on a page that cannot. */
  patch: ((request: PatchRequest) => void) | null;
  /** Asks for the list of all variants; null on a page that cannot. */
  listVariants: (() => void) | null;
  /** Searches the smallest edit after which the model answers otherwise, among so many; null on a page that cannot. */
  searchVariants: ((budget: number) => void) | null;
  /** Lets the reader choose a variant with a preview, or write one. */
  writeVariant: (() => void) | null;
  /** Asks for another question; null on a page that cannot. */
  editQuestion: (() => void) | null;
}

/** The variant by its number; null is the one at hand. */
export type PatchRequest = Omit<Extract<FromPanel, { type: 'patch' }>, 'type'>;

/** What came of analyses of the explanation shown; one that was not asked for is left out. */
export type PartAnswers = { [K in AnalysisId]?: Answer<Answered<K>> };

/** What a view is told to show. */
export interface Shown {
  explanation: Explanation;
  /** Whether more of it is being computed, all of it is there, or the rest was stopped. */
  progress: 'running' | 'complete' | 'stopped';
  /** Whether the code is at hand, so that it can be patched again. */
  live: boolean;
  /** Whether something runs, be it for this or for something that is added to it; false where left out. */
  busy?: boolean;
}

/** A part of the page. It is built once and then told what to show, so that it keeps its scroll position and the focus. */
export interface View {
  element: HTMLElement;
  show: (shown: Shown) => void;
}

/** Whether the same model has read the same code. */
export function sameReading(a: ReadProgram | null, b: ReadProgram | null): boolean {
  if (!a || !b) return a === b;
  return a.prompt === b.prompt && a.model.sha256 === b.model.sha256 && a.source.file === b.source.file && a.source.start === b.source.start;
}

/** The beginning of the names of what is saved. */
export function fileStem({ source }: Pick<Explanation, 'source'>): string {
  return (source.file ?? 'code').replace(/^.*[/\\]/, '').replace(/\.py$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 60) || 'code';
}

/** "lines 3–5", as the user's editor counts them; of a question about a place, "at 5:12". */
export function lineRange({ firstLine, lastLine }: Explanation['source'], place?: string | null): string {
  if (place) return `at ${place}`;
  return lastLine > firstLine ? `lines ${firstLine}–${lastLine}` : `line ${firstLine}`;
}
