/** What is known at the place that an open question is about, besides what the model says. */
import type { Verdict } from '../../protocol/reading/verdict';
import type { ProgramEdit } from '../../snippets/edits';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import type { Program } from './program';

/** Whoever says what is true at a place: a language, as far as it is known. */
export interface Knowledge {
  /** What is true at the place; null where that is not known. */
  truth(program: Program, signal?: AbortSignal): Promise<Outcome | null>;
  /** Edits that leave it true, each verified. */
  edits(program: Program, signal?: AbortSignal): Promise<ProgramEdit[]>;
  /** What each answer is worth there, in their order. */
  verdicts(program: Program, truth: string | null, answers: readonly string[], signal?: AbortSignal): Promise<Verdict[]>;
}
