/** Rows: one annotation left out of a window of code, with what a model is to put back. The lines of a types data set. */

export const LANGUAGES = ['typescript', 'tsx', 'python'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * What a type is: a keyword of the language; one name that the window declares, a generic's parameter or an import among them; one name of
 * the language's library; one name that the window does not declare; or anything longer.
 */
export const KINDS = ['keyword', 'declared', 'library', 'outside', 'compound'] as const;
export type Kind = (typeof KINDS)[number];

export const SITES = ['parameter', 'return', 'variable', 'property'] as const;
export type SiteKind = (typeof SITES)[number];

export interface TypeRow {
  id: string;
  language: Language;
  /** The window before and after the type; the space after the colon is before it. */
  prefix: string;
  suffix: string;
  type: string;
  kind: Kind;
  site: SiteKind;
  /** The name that is annotated; of a return type the function's. */
  name: string;
  /** Where it comes from, if it was not generated. */
  package?: string;
  version?: string;
  licence?: string;
  file?: string;
  /** Of the type in that file. */
  start?: number;
  /** What is said without a model (see baselines.ts), in rows that are only measured. */
  baseline?: string;
}

/** UTF-16 offsets. */
export interface Range {
  start: number;
  end: number;
}

/** One annotation of a file. */
export interface Site extends Range {
  /** `start` to `end` is the type; this is what goes if the annotation does, with its colon; null where the code needs it. */
  cut: Range | null;
  site: SiteKind;
  name: string;
  /** `named` is one identifier that the file, its package or another one declares. */
  kind: 'keyword' | 'library' | 'named' | 'compound';
  /** The user's types that it names. */
  uses: readonly string[];
  /** The function or the declaration around it. */
  unit: Range;
}

/** What a window needs to know of a type that is declared outside it. */
export interface Declaration {
  /** The declaration without the bodies of its methods, cut to a few members. */
  head: string;
  /** How a file says that the type comes from another one. */
  importLine: string;
  /** A type parameter's head is that of what it is a parameter of. */
  parameter: boolean;
}

/** A source file as windows are cut from it. */
export interface SourceModule {
  language: Language;
  file: string;
  text: string;
  sites: readonly Site[];
  comments: readonly Range[];
  /** All identifiers, in source order. */
  names: readonly Range[];
  /** Where the file itself declares a type's name, or imports it. */
  declaredAt: ReadonlyMap<string, readonly number[]>;
  /** The types that its annotations name, by their names in the file; an unknown one is in none. */
  declarations: ReadonlyMap<string, Declaration>;
}
