/**
 * Edits of a Python program that are to keep the type at a hole, in the form in which the judge makes them for TypeScript: names changed
 * where they mean the same, other annotations removed, unused declarations added.
 */
import { uniformFrom } from '../../random';
import { changed, moved, ordered } from '../judge/changes';
import { NameMaker } from '../judge/edits/names';
import { removalEdits } from '../judge/edits/removal-edits';
import { renameEdits, type Target } from '../judge/edits/rename-edits';
import type { Change, Kept, Range, TypeEdit } from '../judge/messages';
import { UNJUDGED, type Labeller } from '../outcomes/unjudged';
import { KEYWORDS, BUILTINS } from '../syntax/keywords';
import type { PythonParser } from '../syntax/parse';
import { ancestor, childOf, type SyntaxNode, type SyntaxTree } from '../syntax/syntax';
import { annotationsOf } from './annotations';
import { distractors } from './distractors';
import { joinKeywords } from './keywords';
import { resolved, type Binding, type Resolved } from './scopes';
import { USUAL_PYTHON_NAMES } from './usual-names';

export interface PythonEditsAsked {
  /** With a hole, empty where nothing is written: behind the colon of a parameter or variable, or the arrow of a function. */
  text: string;
  hole: Range;
  /** Edits of which nothing lies in these ranges are left out. */
  within?: readonly Range[];
  seed?: number;
  most?: number;
}

/** Stands in an empty hole, as any value has this type. */
const ANY_TYPE = 'object';
const WORDS = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** The text with something in its hole, which Python can run. */
export function filled({ text, hole }: Pick<PythonEditsAsked, 'text' | 'hole'>): { text: string; hole: Range; by: number } {
  if (text.slice(hole.start, hole.end).trim() !== '') return { text, hole, by: 0 };
  const by = ANY_TYPE.length - (hole.end - hole.start);
  return { text: text.slice(0, hole.start) + ANY_TYPE + text.slice(hole.end), hole: { start: hole.start, end: hole.end + by }, by };
}

/**
 * Edits that nothing has run yet, the same ones for the same seed: several names at once, removed annotations, distractors, then names
 * one by one, that of what the hole is the type of first. None of code that the grammar refuses.
 */
export function pythonTypeEdits(parser: PythonParser, { seed = 0, most = Infinity, within, ...asked }: PythonEditsAsked): TypeEdit[] {
  const { text, hole, by } = filled(asked);
  const tree = parser.parse(text);
  if (tree.errorCount > 0) return [];
  const random = uniformFrom(seed);
  const words = new Set(text.match(WORDS) ?? []);
  const taken = (name: string) => words.has(name) || KEYWORDS.has(name) || BUILTINS.has(name);
  const all = resolved(tree);
  joinKeywords(tree, all);
  const back = (at: number) => (at >= hole.end ? at - by : at);
  const isWithin = (ranges: readonly Range[]) =>
    !within || ranges.some(({ start, end }) => within.some((one) => one.start <= back(start) && back(end) <= one.end));
  const annotations = annotationsOf(tree);
  const own = annotations.find(({ type }) => type.start <= hole.start && hole.end <= type.end);
  const distance = ({ at }: Target) => (at.end <= hole.start ? hole.start - at.end : at.start - hole.end);
  const types = new Map(annotations.flatMap(({ named, written }) => (named && written ? [[all.meaning(named), written] as const] : [])));
  const targets = all.bindings.filter(({ fixed, places }) => !fixed && places.length > 0 && isWithin(places))
    .map((binding) => target(tree, binding, types.get(binding) ?? '')).sort((a, b) => distance(a) - distance(b));
  const mine = own?.named ? all.meaning(own.named) : undefined;
  const isOwn = ({ at }: Target) => mine !== undefined && mine.bound[0].start === at.start;
  const maker = new NameMaker(taken, random, USUAL_PYTHON_NAMES);
  const swappable = ({ changes }: TypeEdit) => meansTheSame(parser, text, all, changes);
  const { singles, several } = renameEdits(targets, { hole, isOwn, maker, random, swappable });
  const written = asked.text.slice(asked.hole.start, asked.hole.end).trim();
  const temptation = own?.named && { name: tree.text(own.named), site: own.site, type: written };
  const edits = [
    ...several, ...removalEdits(annotations.filter(({ removal }) => removal && isWithin([removal])), hole),
    ...(temptation ? distractors(tree, hole, temptation, taken, random) : []).filter(({ changes }) => isWithin(changes)), ...singles,
  ];
  const unique = new Map(edits.map((edit) => [JSON.stringify(edit.changes), edit])).values();
  return [...unique].slice(0, most).map((edit) => ({
    ...edit, changes: edit.changes.map((change) => ({ ...change, start: back(change.start), end: back(change.end) })),
  }));
}

/** The edits that keep the program, as far as its syntax and scopes tell, and how many did not. */
export async function keptPythonEdits(
  parser: PythonParser, asked: PythonEditsAsked, label?: Labeller,
): Promise<{ edits: TypeEdit[]; dropped: Record<NonNullable<Kept['why']>, number> }> {
  const edits = pythonTypeEdits(parser, asked);
  const verdicts = await verifiedPythonEdits(parser, asked, edits, label);
  const dropped = { syntax: 0, errors: 0, type: 0, undecided: 0 };
  for (const { why } of verdicts) if (why) dropped[why]++;
  return { edits: edits.filter((_, i) => verdicts[i].kept), dropped };
}

/** Whether each list of edits keeps the program when all of it is made: its syntax, and what each name means. */
export async function keptTogether(
  parser: PythonParser, asked: Pick<PythonEditsAsked, 'text' | 'hole'>, lists: readonly (readonly TypeEdit[])[],
): Promise<boolean[]> {
  const { text, hole, by } = filled(asked);
  const tree = parser.parse(text);
  const all = resolved(tree);
  joinKeywords(tree, all);
  const later = (at: number) => (at >= hole.end - by ? at + by : at);
  const inFilled = ({ start, end, replacement }: Change) => ({ start: later(start), end: later(end), replacement });
  const joined = lists.map((list) => ({ ...list[0], changes: ordered(list.flatMap(({ changes }) => changes)) ?? [] }));
  const verdicts = await verifiedPythonEdits(parser, asked, joined);
  return lists.map((list, i) => {
    const renames = ordered(list.filter(({ kind }) => kind === 'rename').flatMap(({ changes }) => changes));
    return verdicts[i].kept && joined[i].changes.length > 0 && renames !== null && meansTheSame(parser, text, all, renames.map(inFilled));
  });
}

/** Whether each place still means what it meant: a name that is there already may hide another one. */
function meansTheSame(parser: PythonParser, text: string, { bindings }: Resolved, changes: readonly Change[]): boolean {
  const tree = parser.parse(changed(text, changes));
  const after = resolved(tree);
  joinKeywords(tree, after);
  const grown = ({ start, end, replacement }: Change) => replacement.length - (end - start);
  const later = (at: number) => at + changes.filter(({ end }) => end <= at).reduce((sum, change) => sum + grown(change), 0);
  const groups = (of: readonly Binding[], to: (at: number) => number) =>
    of.map(({ places }) => places.map(({ start }) => to(start)).join()).sort();
  return groups(bindings, later).join(';') === groups(after.bindings, (at) => at).join(';');
}

function target(tree: SyntaxTree, { name, of, places, bound }: Binding, type: string): Target {
  const classes = new Set(places.map(({ start }) => classAround(tree, start)));
  // In a class Python writes its name before names that begin with two underscores, and outside of it does not.
  const fit = (to: string) => (classes.size > 1 && to.startsWith('__') ? to.slice(1) : to);
  const rename = (to: string): Change[] => places.map(({ start, end }) => ({ start, end, replacement: fit(to) }));
  return { name, of, type, at: { start: bound[0]?.start ?? places[0].start, end: bound[0]?.end ?? places[0].end }, rename };
}

function classAround(tree: SyntaxTree, offset: number): SyntaxNode | undefined {
  const leaf = tree.leaves.find(({ start, end }) => start <= offset && offset < end);
  for (let at = leaf && ancestor(leaf, 'class_definition'); at; at = ancestor(at, 'class_definition')) {
    const body = childOf(at, 'body');
    if (body && body.start <= offset && offset < body.end) return at;
  }
  return undefined;
}

/**
 * Whether edits keep what the program is: the grammar accepts it as it did, the hole is still there, and, where programs are run, it
 * ends as it did. What cannot be run to an end tells nothing and keeps.
 */
export async function verifiedPythonEdits(
  parser: PythonParser, asked: Pick<PythonEditsAsked, 'text' | 'hole'>, edits: readonly TypeEdit[], label?: Labeller,
): Promise<Kept[]> {
  const versions = edits.map(({ changes }) => {
    const inOrder = ordered(changes);
    const hole = inOrder && moved(asked.hole, inOrder);
    return hole ? filled({ text: changed(asked.text, inOrder), hole }).text : null;
  });
  const parses = versions.map((version) => version !== null && parser.parse(version).errorCount === 0);
  const running = versions.filter((version, i): version is string => version !== null && parses[i]);
  const outcomes = label ? await label([filled(asked).text, ...running]) : [];
  const ends = new Map(running.map((version, i) => [version, outcomes[i + 1]?.label]));
  const expected = outcomes[0]?.label;
  return versions.map((version, i): Kept => {
    if (version === null || !parses[i]) return { kept: false, why: 'syntax' };
    const label = ends.get(version);
    const isTold = expected !== undefined && label !== undefined && !UNJUDGED.includes(expected);
    return isTold && label !== expected ? { kept: false, why: UNJUDGED.includes(label) ? 'undecided' : 'errors' } : { kept: true, why: null };
  });
}
