/** Variants: the edits of a program, with what Python really does and what the model predicts. */
import * as z from 'zod';
import { count, number, said, text, whole } from '../fields';
import { outcome } from '../reading/reading';
import { variantSearch } from '../reading/variant-search';
import { analysis } from './analysis';

const listed = z.object({
  /** From 1. */
  number: count,
  kind: text,
  description: text,
  /** In the user's file, from 1. */
  line: count,
  code: text,
  actual: outcome.nullable(),
  prediction: z.object({ label: text, probability: number }),
  tokensKept: z.boolean(),
  /** Whether Python does something else than with the original; null when nothing was run. */
  labelChanged: z.boolean().nullable(),
  /** A consistent renaming, which changes nothing. */
  control: z.boolean(),
  /** It is meant to mend the program, and did change what Python does; left out in documents from before there were such. */
  repair: z.boolean().optional(),
  /** It was found by a search: another list of the same program has another one under its number, or none. */
  searched: z.literal(true).optional(),
});
export type ListedVariant = z.output<typeof listed>;

const MOST_PROGRAMS = 10_000;
const MOST_RANDOM = 1000;

export const variants = analysis({
  id: 'variants',
  version: 1,
  title: 'Variants',
  about: 'edits of the code, with what Python really does and what the model predicts',
  group: 'what',
  needs: [],
  params: z.strictObject({
    search: said(z.boolean(), { title: 'Smallest edit', description: 'whether to search for the smallest edit after which the model answers otherwise' }).default(false),
    budget: whole(1, MOST_PROGRAMS, { title: 'Programs', description: 'edited programs that the model reads in the search at most' }).default(200),
    seconds: said(z.number().positive(), { title: 'Seconds', description: 'how long the search may take; what was found by then is told', words: 'a number of seconds' }).nullable().default(null),
    random: whole(0, MOST_RANDOM, { title: 'Random sets', description: 'sets of as many edits drawn at random, to compare with' }).default(20),
    seed: whole(0, 2 ** 31 - 1, { title: 'Seed', description: 'of what is drawn at random' }).default(0),
  }),
  /** In the order of their numbers: those first that keep the token count, then those that change what Python does, then small edits. */
  part: z.object({ variants: z.array(listed), search: variantSearch.optional() }),
});
