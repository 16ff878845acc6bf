/** How an analysis is run on a reading. */
import type { AnalysisId, Params, Part } from '../../protocol/analyses';
import type { Work } from '../session/cost';
import type { Against } from '../twins/against';
import type { Asking, Reading } from './reading';

/** What comes of it; what is left out is empty. */
export interface Answer<K extends AnalysisId> {
  value: Part<K>;
  findings?: string[];
  problems?: string[];
  /** Floating-point operations that were really done, where an analysis says what it takes; all of these where left out. */
  operations?: number;
}

export interface RunContext<K extends AnalysisId> extends Asking {
  /** What the program is compared with; the most telling verified edit when left out. */
  against?: Against;
  /** Tokens that the prediction lists, here as in the rest of the result: another number would be read anew. */
  topK: number;
  /** Called with what is known so far; as often as is of use, it is asked for and told. */
  soFar: (value: () => Part<K>, done: number, total: number) => void;
}

export interface Run<K extends AnalysisId> {
  /** Whether it waits for Python, as all that compare do: what does not is done meanwhile. */
  waits?: true;
  /** Whether it compares, where that depends on what it is told. */
  compares?: (params: Params<K>) => boolean;
  /** What it takes, where that may be long. @throws as `run` */
  cost?: (reading: Reading, params: Params<K>, context: Omit<RunContext<K>, 'soFar'>) => Promise<Work>;
  /** What can be done while Python still looks for the variant. */
  prepare?: (reading: Reading, params: Params<K>, asking: Asking) => Promise<void>;
  /** @throws Unanswerable where there is nothing to say about this program, and a sentence where it cannot be done */
  run: (reading: Reading, params: Params<K>, context: RunContext<K>) => Promise<Answer<K>>;
}

/** Tokens that are listed of a prediction which was not asked for itself. */
export const USUAL_TOP_K = 10;
