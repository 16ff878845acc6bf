/** What is known at the place that an open question is about, besides what the model says. */
import type { Verdict } from '../../protocol/reading/verdict';
import type { ProgramEdit } from '../../snippets/edits';
import type { Hole } from '../../snippets/prompts/hole';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import type { Program } from './program';

/** Why an edit is not used: what the language's judge says of it; it changes nothing that the model reads, or renames an answer. */
export const REFUSALS = ['syntax', 'errors', 'type', 'undecided', 'unread', 'answer'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Edits that leave what is true at a place as it is. */
export interface KeptEdits {
  /** Several at once first; each verified. */
  edits: readonly ProgramEdit[];
  /** Those of them that change one thing. */
  singles: readonly ProgramEdit[];
  /** How many that change one thing were tried besides, and why they are not used. */
  refused: Readonly<Record<Refusal, number>>;
  /** Why there are none, as a sentence, where that is known. */
  why?: string;
  /** Single ones at once, each list verified; null where they do not go together, or do not leave it true. */
  together(lists: readonly (readonly ProgramEdit[])[], signal?: AbortSignal): Promise<(ProgramEdit | null)[]>;
}

/** Ranges of whole lines in the order of the text. */
export interface Needs {
  /** The code around a place with what that refers to; better choices first, each with less than the one before. */
  readings: readonly (readonly Hole[])[];
  /** The declarations of types, any of which may be meant. */
  types: readonly Hole[];
}

/** Whoever says what is true at a place: a language, as far as it is known. */
export interface Knowledge {
  /** What is true at the place; null where that is not known. */
  truth(program: Program, signal?: AbortSignal): Promise<Outcome | null>;
  /** @param most that are tried; as many as a reader looks through when left out */
  edits(program: Program, signal?: AbortSignal, most?: number): Promise<KeptEdits>;
  /** What to read with a place where the whole text is too long, as if nothing stood there. */
  needs?(text: string, place: Hole, signal?: AbortSignal): Promise<Needs>;
  /** Whether what it was told by files besides the code is still so; of the code alone it always is. */
  isCurrent?(): Promise<boolean>;
  /** What each answer is worth there, in their order. */
  verdicts(program: Program, truth: string | null, answers: readonly string[], signal?: AbortSignal): Promise<Verdict[]>;
}
