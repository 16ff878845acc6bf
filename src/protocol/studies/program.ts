/** A program of a study, and the edits that were made of it; rows of data sets are read into these. */
import * as z from 'zod';
import { count, text } from '../fields';

const range = z.object({ start: count, end: count });

export const studyProgram = z.object({
  /** Of its own in the study. */
  id: text.min(1),
  /** The editor's name: python, typescript, typescriptreact … */
  language: text,
  /** With what is true in the hole, where it has one. */
  code: text,
  /** The place that is asked about, UTF-16 offsets; null where the program as a whole is. */
  hole: range.nullable(),
  /** The label, or the type; null where it is to be found by running the program. */
  truth: text.nullable(),
  /** Other types that are as right. */
  equivalents: z.array(text).optional(),
  /** Of the truth: keyword, declared … */
  kind: text.optional(),
  /** Of what is annotated: parameter, return … and its name. */
  site: text.optional(),
  name: text.optional(),
  /** Where it comes from. */
  file: text.optional(),
  package: text.optional(),
  licence: text.optional(),
  /** As what it is meant in a set that was split: training, validation, test. */
  split: text.optional(),
  /** In pairs, what both programs of one have in common. */
  pair: text.optional(),
});
export type StudyProgram = z.output<typeof studyProgram>;

export const studyEdit = z.object({
  /** As the study names the kind. */
  kind: text,
  /** Of its kind, from 1. */
  number: count,
  description: text,
  /** In the program's code, in its order. */
  changes: z.array(z.object({ start: count, end: count, replacement: text })),
  truth: text,
});
export type StudyEdit = z.output<typeof studyEdit>;

/** A program whose truth is known, with its verified edits, the same for all models. */
export const prepared = z.object({
  program: studyProgram,
  edits: z.array(studyEdit),
  /** Edits that were made and dropped, by why: errors, type, syntax, undecided; outcome where Python then did something else. */
  dropped: z.record(text, count),
  /** Why nothing can be asked of it, as a sentence; null where something can. */
  unusable: text.nullable(),
});
export type Prepared = z.output<typeof prepared>;
