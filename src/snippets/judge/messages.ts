/** Questions to the compiler's process and their answers, as schemas: both are plain JSON, checked where they arrive. */
import * as z from 'zod';

// Checks are not made from text, as elsewhere.
z.config({ jitless: true });

export const JUDGED_LANGUAGES = ['typescript', 'tsx', 'javascript', 'jsx'] as const;
export type JudgedLanguage = (typeof JUDGED_LANGUAGES)[number];

/** The longest code. */
export const MOST_CODE = 1_000_000;
const MOST_TYPE = 5_000;
/** Candidates and variants of one question. */
export const MOST_ITEMS = 1_000;

const code = z.string().max(MOST_CODE, { error: `The code is longer than ${MOST_CODE.toLocaleString('en')} characters.` });
const type = z.string().max(MOST_TYPE, { error: `The type is longer than ${MOST_TYPE.toLocaleString('en')} characters.` });
const offset = z.int().min(0);
const rangeSchema = z.object({ start: offset, end: offset });
/** UTF-16 offsets. */
export type Range = z.output<typeof rangeSchema>;

const change = z.object({ start: offset, end: offset, replacement: z.string() });
/** What stands from `start` to `end` gives way to the replacement. Several of one text do not overlap, and are in its order. */
export type Change = z.output<typeof change>;

/** The code's language, other files that it may import, by their paths, and its folder among them; no file is read from a disk. */
const sourceFields = {
  language: z.enum(JUDGED_LANGUAGES),
  files: z.record(z.string().regex(/^(?![/\\])[^\0]*\.(?:[cm]?[jt]s|[jt]sx)$/), code).optional(),
  folder: z.string().regex(/^(?![/\\])(?!(?:.*[/\\])?\.\.(?:[/\\]|$))[^\0]*$/).optional(),
};
const holed = { ...sourceFields, before: code, after: code };

/** A code with a hole in it, which is empty where nothing is written. */
const edited = { ...sourceFields, text: code, hole: rangeSchema };

const error = z.object({ code: z.int(), message: z.string(), /** From 1. */ line: z.int().min(1) });
export type TypeError = z.output<typeof error>;

const siteKind = z.enum(['parameter', 'return', 'variable', 'property']);
export type SiteKind = z.output<typeof siteKind>;

const anyType = z.enum(['any', 'unknown']).nullable();

const holeAnswer = z.object({
  /** What the type is of; null for one inside of another type or expression. */
  site: siteKind.nullable(),
  /** Of what is annotated; of a return type the function's. */
  name: z.string().nullable(),
  /** The annotation's text, as it was given. */
  written: z.string().nullable(),
  /** The type that it says, as the compiler prints it; null where nothing is written or it is no type. */
  declared: z.string().nullable(),
  /** The type that the compiler infers when nothing is written; null where the code needs an annotation. */
  inferred: z.string().nullable(),
  /** Whether the declared type, or else the inferred one, says nothing. */
  any: anyType,
  /** What the compiler finds wrong with the program as it stands, the first fifty; implicit `any` and missing packages are not. */
  errors: z.array(error),
  errorCount: z.int(),
  /** Modules that the code imports and that were not given: their types are not known. */
  unresolved: z.array(z.string()),
});
export type HoleAnswer = z.output<typeof holeAnswer>;

const verdict = z.object({
  candidate: z.string(),
  /** Whether it is a type that can stand in the hole. */
  parses: z.boolean(),
  /** The truth's own text, but for white space. */
  exact: z.boolean().nullable(),
  /** The same type, by the compiler: each is assignable to the other, and neither is by being `any`. Null without a truth. */
  equivalent: z.boolean().nullable(),
  /** Whether the truth is assignable to it, but it not to the truth. */
  overGeneral: z.boolean().nullable(),
  /** Whether it is assignable to the truth. */
  assignable: z.boolean().nullable(),
  /** Whether the program has no error that it has not with the truth (or with nothing written); null where the language is not checked. */
  checks: z.boolean().nullable(),
  /** The first new error. */
  error: error.nullable(),
  /** Why the compiler could not tell, as a sentence. */
  undecided: z.string().optional(),
});
export type Verdict = z.output<typeof verdict>;

const site = z.object({
  site: siteKind,
  name: z.string(),
  nameRange: rangeSchema,
  /** The text of the annotation; null where there is none. */
  written: z.string().nullable(),
  /** Where the type stands, or would, in the code with `changes` made. */
  hole: rangeSchema,
  /** What has to be put in first (`: `, and brackets around an arrow's parameter), so that a type can stand in the hole. */
  changes: z.array(change),
  /** What goes when the annotation does; null where there is none. */
  removal: change.nullable(),
  /** All of what is annotated. */
  declaration: rangeSchema,
});
export type TypeSite = z.output<typeof site>;

const sitesAnswer = z.object({ sites: z.array(site), syntaxErrors: z.int() });
export type SitesAnswer = z.output<typeof sitesAnswer>;

/** How names are chosen, or made up: no word, another word's letters, another type's usual name, another name of the scope, one letter. */
export const STYLES = ['misleading', 'neutral', 'swapped', 'scrambled', 'letter'] as const;
export type Style = (typeof STYLES)[number];

const edit = z.object({
  kind: z.enum(['rename', 'remove', 'distract']),
  /** Of a rename. */
  style: z.enum(STYLES).nullable(),
  /** What is renamed, or loses its type, or is added. */
  of: z.enum(['parameter', 'variable', 'function', 'property', 'type', 'return', 'several']),
  /** Its name; of several '' and of what is added the new one's. */
  name: z.string(),
  /** What was done, in words. */
  description: z.string(),
  changes: z.array(change),
  /** The new names by the old ones. */
  names: z.record(z.string(), z.string()),
});
/** An edit that is to keep the type at a hole. */
export type TypeEdit = z.output<typeof edit>;

const trial = edit.pick({ changes: true, names: true });
const kept = z.object({
  kept: z.boolean(),
  /** Why not: it breaks the syntax, changes the errors or the type, or could not be told in time. */
  why: z.enum(['syntax', 'errors', 'type', 'undecided']).nullable(),
});
export type Kept = z.output<typeof kept>;

const enclosing = rangeSchema.extend({ kind: z.string(), name: z.string() });
/** What a place stands in: `function`, `method`, `class`, `interface`, `type`, `enum`, `namespace`, or another top-level `statement`. */
export type Enclosing = z.output<typeof enclosing>;

const aroundAnswer = z.object({
  /** The innermost first. */
  enclosing: z.array(enclosing),
  /** What to read with the place: ranges of whole lines; better choices first, each with less than the one before. */
  readings: z.array(z.array(rangeSchema)),
  /** Whole lines of the types that the file declares at its top level, in its order; of a class what is before its first method. */
  types: z.array(rangeSchema),
});
export type Around = z.output<typeof aroundAnswer>;

const importsAnswer = z.object({ /** Relative ones, as they are written. */ specifiers: z.array(z.string()) });

const cutAnswer = z.object({ /** Null where the text begins with no type. */ type: z.string().nullable() });

/** Each question with what is asked and the items that come back, one after another. */
export const QUESTIONS = {
  hole: { asked: z.object({ ...holed, written: type.nullable() }), item: holeAnswer },
  candidates: { asked: z.object({ ...holed, truth: type.nullable(), candidates: z.array(type).max(MOST_ITEMS) }), item: verdict },
  sites: { asked: z.object({ language: z.enum(JUDGED_LANGUAGES), text: code }), item: sitesAnswer },
  around: { asked: z.object({ language: z.enum(JUDGED_LANGUAGES), text: code, offset }), item: aroundAnswer },
  propose: {
    asked: z.object({
      ...edited,
      /** Edits of which nothing lies in these ranges are left out. */
      within: z.array(rangeSchema).optional(),
      seed: z.int(), most: z.int().min(0).max(MOST_ITEMS),
    }),
    item: edit,
  },
  verify: { asked: z.object({ ...edited, tried: z.array(trial).max(MOST_ITEMS) }), item: kept },
  imports: { asked: z.object({ texts: z.array(code).max(MOST_ITEMS) }), item: importsAnswer },
  cut: { asked: z.object({ texts: z.array(z.string()).max(MOST_ITEMS), site: siteKind.nullable() }), item: cutAnswer },
} as const;

export type QuestionName = keyof typeof QUESTIONS;
export type Asked<N extends QuestionName> = z.output<(typeof QUESTIONS)[N]['asked']>;
export type Item<N extends QuestionName> = z.output<(typeof QUESTIONS)[N]['item']>;

/** The code that a type is left out of. */
export type Holed = Pick<Asked<'hole'>, 'language' | 'files' | 'folder' | 'before' | 'after'>;

/** From the process: that it can be asked; of a question what is known by now; that it is through, or why it cannot be answered. */
export const answerSchema = z.union([
  z.object({ started: z.literal(true) }),
  z.object({ ready: z.literal(true) }),
  z.object({ item: z.unknown() }),
  z.object({ done: z.literal(true) }),
  z.object({ wrong: z.string() }),
]);

/** A sentence about what does not fit. */
export function checkedJson<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const found = schema.safeParse(value);
  if (found.success) return found.data;
  const { path, message } = found.error.issues[0];
  throw new Error(/^[A-Z].*\.$/.test(message) ? message : `${path.join('.') || 'The message'}: ${message}`);
}
