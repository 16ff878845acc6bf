/** A search for the smallest edit after which a model answers otherwise, as documents have it. */
import * as z from 'zod';
import { count, number, text } from '../fields';

/** Edits at once that were tried in a search. */
const step = z.object({
  edits: count,
  /** Of the prompt, that are others, more or gone. */
  tokens: count,
  description: text,
  /** Of the answer that the search follows. */
  probability: number,
  prediction: z.object({ label: text, probability: number }),
  flips: z.boolean(),
});

/** What came of a search for the smallest edit after which the model answers otherwise. */
export const variantSearch = z.object({
  /** A wrong answer where the model is right, the right one where it is wrong, any other one where that is not known. */
  goal: z.enum(['wrong', 'right', 'other']),
  /** The answer whose probability is to fall; to rise, where the right one is looked for. */
  answer: text,
  /** Its probability before. */
  probability: number,
  /** Edits of one thing that were tried, how many of them keep what is true, and why the others are not used. */
  tried: count,
  kept: count,
  refused: z.object({ syntax: count, errors: count, type: count, undecided: count, unread: count, answer: count.default(0) }),
  /** Edited programs that the model read: with one edit, and with several; and sets of edits that do not keep it, or do not go together. */
  singles: count,
  several: count,
  refusedSets: count,
  ended: z.enum(['found', 'exhausted', 'budget', 'time', 'stopped']),
  /** The best one for each number of edits at once. */
  steps: z.array(step),
  /** The smallest edit that was found, or the one that went furthest, by its number in the list of variants; null where none was read. */
  number: count.nullable(),
  best: step.nullable(),
  /** As many edits at once, drawn at random: how many of them do it, and how many tokens they change on average; null without any. */
  random: z.object({ edits: count, sets: count, flips: count, tokens: number }).nullable(),
});
export type VariantSearch = z.output<typeof variantSearch>;
