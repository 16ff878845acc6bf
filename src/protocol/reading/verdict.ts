/** What a language's checker says of an answer that stands in the code. */
import * as z from 'zod';
import { count, text } from '../fields';

export const verdict = z.object({
  /** Whether it is a type at all. */
  parses: z.boolean(),
  /** What stands in the code, but for white space; null where nothing does. */
  exact: z.boolean().nullable(),
  /** The same type, by the checker: each is assignable to the other, and neither is by being `any`. */
  equivalent: z.boolean().nullable(),
  /** Whether what stands in the code is assignable to it, but it not to that. */
  overGeneral: z.boolean().nullable(),
  /** Whether the program has no error with it that it has not without. */
  checks: z.boolean().nullable(),
  /** The first such error. */
  error: z.object({ code: count.nullable(), message: text, line: count.nullable() }).nullable(),
  /** Why nothing is known of it, as a sentence. */
  undecided: text.optional(),
});
export type Verdict = z.output<typeof verdict>;
