import type { Cause } from '../cause';
import type { SyntaxTree } from '../syntax/syntax';

/** Every kind of edit, in the order in which they are proposed. */
export const EDIT_KINDS = [
  'repair-bracket',
  'repair-quote',
  'repair-colon',
  'repair-indentation',
  'repair-syntax',
  'repair-name',
  'repair-scope',
  'repair-attribute',
  'repair-conversion',
  'repair-key',
  'repair-index',
  'repair-await',
  'repair-self',
  'repair-argument',
  'repair-return',
  'repair-none',
  'repair-guard',
  'repair-import',
  'repair-recursion',
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
  'change-value',
  'remove-comment',
  'remove-annotation',
  'remove-statement',
  'rename-all',
] as const;

/**
 * Kinds of edits that keep a type, which a language's judge makes and verifies: renames in several styles, what misleads, and
 * edits of several of these kinds at once.
 */
export const TYPE_EDIT_KINDS = [
  'rename-misleading', 'rename-neutral', 'rename-swapped', 'rename-scrambled', 'rename-letter', 'add-distractor', 'several-edits',
] as const;

export type EditKind = (typeof EDIT_KINDS)[number] | (typeof TYPE_EDIT_KINDS)[number];

/** Whether edits of a kind are meant to mend a program that fails. */
export function isRepair(kind: EditKind): boolean {
  return kind.startsWith('repair-');
}

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
  /** The new names by the old ones, of an edit that renames. */
  names?: Readonly<Record<string, string>>;
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
  /**
   * Proposals in a fixed order, the most natural first within each kind. `parse` reads a candidate; `cause` is why the program fails,
   * where that is known.
   */
  propose(tree: SyntaxTree, parse: (code: string) => SyntaxTree, cause: Cause | null): Iterable<Proposal>;
}
