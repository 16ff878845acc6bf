/** Edits that are to keep the type at a hole: names changed where they mean the same, other annotations removed, declarations added. */
import ts from 'typescript';
import { uniformFrom } from '../../../random';
import type { Asked, Change, Range, TypeEdit } from '../messages';
import { ownerOf, typeNodeAt } from '../place';
import { parsed, sitesOf } from '../sites';
import { distractors } from './distractors';
import { NameMaker } from './names';
import { removalEdits } from './removal-edits';
import { renameEdits, type Target } from './rename-edits';
import { renamables, type Renamable } from './renames';

/**
 * Edits that nothing has verified yet, the same ones for the same seed: by styles, those of what the hole is the type of first, then those
 * of what lies nearest. What is written in the hole, and the types that it names, stay.
 */
export function proposed({ text, hole, within, seed, most, ...source }: Asked<'propose'>): TypeEdit[] {
  const random = uniformFrom(seed);
  const { file, found } = renamables(source, text, hole);
  const words = new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []);
  const taken = (name: string) => words.has(name) || ts.identifierToKeywordKind(ts.factory.createIdentifier(name)) !== undefined;
  const kept = new Set(text.slice(hole.start, hole.end).match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []);
  const isWithin = (ranges: readonly Range[]) =>
    !within || ranges.some(({ start, end }) => within.some((one) => one.start <= start && end <= one.end));
  const targets = mergedTargets(found.filter(({ name, of }) => !(of === 'type' && kept.has(name))))
    .filter((target) => isWithin(target.rename(PLACEHOLDER) ?? []));
  const owner = ownerAt(source.language, text, hole);
  const isOwn = ({ at }: Target) => owner !== null && owner.start <= at.start && at.end <= owner.end;
  const { singles } = renameEdits(targets, { hole, isOwn, maker: new NameMaker(taken, random), random });
  const own = { name: owner?.name ?? '', site: owner?.site ?? null, type: text.slice(hole.start, hole.end).trim() };
  const removed = removalEdits(sitesOf(source.language, text).sites.filter(({ removal }) => removal && isWithin([removal])), hole).filter(({ of }) => of !== 'several');
  const added = distractors(file, hole, own, taken, random).filter((edit) => edit && isWithin(edit.changes));
  const all = [...removed, ...added, ...singles];
  return [...new Map(all.filter((one) => one !== null).map((one) => [JSON.stringify(one.changes), one])).values()].slice(0, most);
}

/** Stands for a new name while it is not known which. */
const PLACEHOLDER = '__judged_name__';

/**
 * What can be renamed, with all places of its name. Declarations that are merged are one, and so are properties of one name in the types of
 * a union, which some code names together.
 */
function mergedTargets(found: readonly Renamable[]): Target[] {
  const places = new Map<Renamable, Change[]>();
  for (const target of found) {
    let changes = target.rename(PLACEHOLDER);
    if (!changes) continue;
    let first = target;
    for (const [other, known] of places) {
      // A variable that is taken out of an object has one place with the object's property, and is not it.
      const meets = known.some(({ start }) => changes!.some((change) => change.start === start));
      if (other.name !== target.name || other.of !== target.of || !meets) continue;
      changes = [...new Map([...known, ...changes].map((change) => [change.start, change])).values()];
      places.delete(other);
      first = first === target ? other : first;
    }
    places.set(first, changes);
  }
  return [...places].map(([one, changes]) => ({
    ...one,
    rename: (name) => changes.map((change) => ({ ...change, replacement: change.replacement.replace(PLACEHOLDER, () => name) })),
  }));
}

/** The name of what the hole is the type of, with its place. */
function ownerAt(language: Asked<'propose'>['language'], text: string, hole: Range): (Range & { name: string; site: string }) | null {
  const marked = `${text.slice(0, hole.start)}any${text.slice(hole.end)}`;
  const type = typeNodeAt(parsed(language, marked), { start: hole.start, end: hole.start + 3 });
  const owner = type && ownerOf(type);
  const name = (owner?.node as { name?: ts.Node } | undefined)?.name;
  return owner && name ? { start: name.getStart(), end: name.end, name: owner.name, site: owner.site } : null;
}
