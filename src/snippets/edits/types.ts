import type { SyntaxTree } from '../syntax';

/** Every kind of edit, in the order in which they are proposed. */
export const EDIT_KINDS = [
  'repair-bracket',
  'repair-quote',
  'repair-colon',
  'repair-indentation',
  'drop-bracket',
  'drop-quote',
  'drop-colon',
  'over-indent',
  'dedent',
  'quote-number',
  'unquote-number',
  'quote-number-drop-bracket',
  'unquote-number-add-bracket',
  'change-type',
  'drop-conversion',
  'index-out-of-range',
  'missing-key',
  'divide-by-zero',
  'missing-attribute',
  'drop-argument',
  'add-argument',
  'misspell-import',
  'rename-use',
  'rename-all',
] as const;

export type EditKind = (typeof EDIT_KINDS)[number];

/** The characters [start, end) of the original become `replacement`; offsets are UTF-16. */
export interface Change {
  start: number;
  end: number;
  replacement: string;
}

/** One edit of a program, with both programs. */
export interface ProgramEdit {
  kind: EditKind;
  /** In words, for example "removed the closing parenthesis of print(…) on line 1". */
  description: string;
  /** The range of the original that holds all changes, UTF-16. */
  start: number;
  end: number;
  /** What stands in the variant instead of [start, end). */
  replacement: string;
  /** The changes one by one, in source order, without overlaps. */
  changes: Change[];
  original: string;
  variant: string;
  /** The 1-based line of the first change. */
  line: number;
}

/** What a family yields; the registry adds the rest and refuses edits that change nothing. */
export interface Proposal {
  kind: EditKind;
  description: string;
  changes: Change[];
}

/** A small family of edits: some kinds, and where in a program they apply. */
export interface EditFamily {
  kinds: readonly EditKind[];
  /** Proposals in a fixed order, the most natural first within each kind. `parse` reads a candidate. */
  propose(tree: SyntaxTree, parse: (code: string) => SyntaxTree): Iterable<Proposal>;
}
