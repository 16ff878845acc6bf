/** Variants: the edits of a program, with what Python really does and what the model predicts. */
import * as z from 'zod';
import { count, number, text } from '../fields';
import { outcome } from '../reading/reading';
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
});
export type ListedVariant = z.output<typeof listed>;

export const variants = analysis({
  id: 'variants',
  version: 1,
  title: 'Variants',
  about: 'edits of the code, with what Python really does and what the model predicts',
  group: 'what',
  needs: [],
  params: z.strictObject({}),
  /** In the order of their numbers: those first that keep the token count, then those that change what Python does, then small edits. */
  part: z.object({ variants: z.array(listed) }),
});
