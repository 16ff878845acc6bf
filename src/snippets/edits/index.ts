import { distanceOf, type Cause, type CausePlace } from '../cause';
import { sharedParser } from '../syntax/parse';
import type { PythonParser } from '../syntax/parse';
import type { SyntaxTree } from '../syntax/syntax';
import { addedArguments, attributes, droppedArguments, imports } from './calls';
import { brackets, colons, quotes } from './delimiters';
import { indentation } from './indentation';
import { conversions, numbers, types } from './literals';
import { divisions, lookups } from './lookups';
import { mends } from './mend';
import { pairs } from './pairs';
import { renamedEverywhere, renamedUses } from './renames';
import { removals } from './removals';
import { indentationRepairs, repairs } from './repairs';
import type { EditFamily, EditKind, ProgramEdit, Proposal } from './types';
import { EDIT_KINDS } from './types';

export { EDIT_KINDS, TYPE_EDIT_KINDS, isRepair } from './types';
export type { Change, EditKind, ProgramEdit } from './types';

/** Adding edits is adding a family here and its kinds to `EDIT_KINDS`. */
const FAMILIES: readonly EditFamily[] = [
  repairs,
  indentationRepairs,
  mends,
  brackets,
  quotes,
  colons,
  indentation,
  numbers,
  pairs,
  types,
  conversions,
  lookups,
  divisions,
  attributes,
  droppedArguments,
  addedArguments,
  imports,
  renamedUses,
  removals,
  renamedEverywhere,
];

/** How many edits of one kind are proposed when nothing is said: enough to choose from, few enough to run them all. */
export const DEFAULT_LIMIT_PER_KIND = 12;

export interface EditOptions {
  /** Only these kinds; all when left out. */
  kinds?: readonly EditKind[];
  /** At most so many of each kind (default `DEFAULT_LIMIT_PER_KIND`). */
  limitPerKind?: number;
  /** Only edits with a change that touches these characters (UTF-16, end excluded). */
  range?: { start: number; end: number };
}

/** Edits with regard to an error. */
export interface NearOptions extends EditOptions {
  /** Why the program fails: repairs are proposed there. */
  cause: Cause | null;
  /** Of each kind those nearest to these places are kept. */
  places: readonly CausePlace[];
}

/** Proposals of one kind that are looked at for the nearest. */
const MOST_OF_A_KIND = 400;

/**
 * Edits of a Python program, which may be broken already, ordered by kind (as in `EDIT_KINDS`), then as the kind's
 * family finds them, which is source order within equally natural edits. No two give the same variant.
 * @throws RangeError when the code is longer than `MAX_CODE_LENGTH`
 */
export async function proposeEdits(code: string, options: EditOptions = {}): Promise<ProgramEdit[]> {
  return proposeEditsSync(await sharedParser(), code, options);
}

/** As `proposeEdits`, with a parser from `createParser`. */
export function proposeEditsSync(parser: PythonParser, code: string, options: EditOptions = {}): ProgramEdit[] {
  return proposeOnTree(parser, parser.parse(code), { ...options, cause: null, places: [] });
}

/** As `proposeEdits`, of a program that is parsed, whose cause belongs to the same tree. */
export function proposeOnTree(parser: PythonParser, tree: SyntaxTree, options: NearOptions): ProgramEdit[] {
  const { kinds = EDIT_KINDS, limitPerKind = DEFAULT_LIMIT_PER_KIND, range, cause, places } = options;
  const looked = places.length > 0 ? Math.max(limitPerKind, MOST_OF_A_KIND) : limitPerKind;
  const wanted = new Map<EditKind, ProgramEdit[]>(kinds.map((kind) => [kind, []]));
  const variants = new Set([tree.code]);
  for (const family of FAMILIES) {
    const open = new Set(family.kinds.filter((kind) => wanted.has(kind) && limitPerKind > 0));
    if (open.size === 0) continue;
    for (const proposal of family.propose(tree, (candidate) => parser.parse(candidate), cause)) {
      if (!open.has(proposal.kind) || (range && !touches(proposal, range))) continue;
      const edit = applied(tree, proposal);
      if (variants.has(edit.variant)) continue;
      variants.add(edit.variant);
      const edits = wanted.get(proposal.kind)!;
      edits.push(edit);
      if (edits.length >= looked) open.delete(proposal.kind);
      if (open.size === 0) break;
    }
  }
  return EDIT_KINDS.flatMap((kind) => nearest(wanted.get(kind) ?? [], places).slice(0, limitPerKind));
}

/** The nearest to some places first; as they are where there are none. */
function nearest(edits: ProgramEdit[], places: readonly CausePlace[]): ProgramEdit[] {
  if (places.length === 0) return edits;
  const distances = new Map(edits.map((edit) => [edit, Math.min(99, distanceOf(places, edit.changes))]));
  return [...edits].sort((a, b) => distances.get(a)! - distances.get(b)!);
}

function touches({ changes }: Proposal, range: { start: number; end: number }): boolean {
  return changes.some(({ start, end }) => start < range.end && Math.max(end, start + 1) > range.start);
}

function applied(tree: SyntaxTree, { kind, description, changes }: Proposal): ProgramEdit {
  const original = tree.code;
  const { start } = changes[0];
  const end = changes.at(-1)!.end;
  let replacement = '';
  let at = start;
  for (const change of changes) {
    replacement += original.slice(at, change.start) + change.replacement;
    at = change.end;
  }
  const variant = original.slice(0, start) + replacement + original.slice(end);
  const blank = /^\s*(?=\S)/.exec(original.slice(start, end))?.[0].length ?? 0; // what goes with a last line is the break before it
  return { kind, description, start, end, replacement, changes, original, variant, line: tree.line(start + blank) };
}
