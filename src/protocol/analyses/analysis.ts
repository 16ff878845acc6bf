/** An analysis: what is asked of a model about a program, and what comes back. */
import type * as z from 'zod';

/** variant: a near twin to compare with; saes: sparse autoencoders of the model. */
export type Need = 'variant' | 'saes';

/** What a reader wants to know, in the order in which it is asked: a name for a narrow page, and all of it. Analyses are shown by it. */
export const GROUPS = {
  what: { title: 'What?', asks: 'What does it say?' },
  where: { title: 'Where?', asks: 'Where is it decided?' },
  who: { title: 'Who?', asks: 'Who writes it?' },
  through: { title: 'Through what?', asks: 'Through what does it go?' },
  whatIf: { title: 'What if?', asks: 'What if something were changed?' },
} as const;
export type Group = keyof typeof GROUPS;

export interface Analysis<Id extends string = string, P extends z.ZodObject = z.ZodObject, V extends z.ZodType = z.ZodType> {
  id: Id;
  /** Of the part's format. */
  version: number;
  /** A short name, as for a tab. */
  title: string;
  /** What it shows, as a sentence without its end: for help and for agents. */
  about: string;
  /** Which of the reader's questions it answers. */
  group: Group;
  needs: readonly Need[];
  /** What it takes into account where that is asked for or at hand, and does without otherwise. */
  uses?: readonly Need[];
  params: P;
  /** What has to be chosen before it can be asked, as a sentence, where no default says it: a view then does not ask of itself. */
  first?: string;
  /** What its view offers where there is an editor: showing it in the code. */
  inCode?: string;
  part: V;
  /** Whether a part belongs to a reading: the name of the first field that does not, or undefined. */
  misfit?: (part: z.output<V>, of: Measures) => string | undefined;
}

/** What the sizes in a part are compared with. */
export interface Measures {
  tokens: number;
  layers: number;
}

export function analysis<const Id extends string, P extends z.ZodObject, V extends z.ZodType>(
  spec: Analysis<Id, P, V>,
): Analysis<Id, P, V> {
  return spec;
}
