/** Renames as edits, in every style: one by one, and several at once. What can be renamed, and where, is the language's. */
import { moved, ordered } from '../changes';
import type { Change, Range, Style, TypeEdit } from '../messages';
import { STYLES } from '../messages';
import { together } from './together';
import { shuffled, type Named, type NameMaker, type NewName } from './names';

export interface Target extends Named {
  /** Where it is declared. */
  at: Range;
  /** The changes that give it another name. */
  rename: (name: string) => Change[];
}

export interface Renaming {
  hole: Range;
  /** Whether it is what the hole is the type of. */
  isOwn: (target: Target) => boolean;
  maker: NameMaker;
  random: () => number;
  /** Whether names can be swapped so: one may hide the other. All can, when left out, and who verifies them finds out. */
  swappable?: (edit: TypeEdit) => boolean;
}

/** Names that are tried for what the hole is the type of, each usually of another type. */
const MOST_OWN_NAMES = 3;

const MOST_SWAPS_TRIED = 6;

/** Each target in each style, what the hole is the type of first; and with the first ones of a style several at once. */
export function renameEdits(
  targets: readonly Target[], { hole, isOwn, maker, random, swappable = () => true }: Renaming,
): { singles: TypeEdit[]; several: TypeEdit[] } {
  const renamed = (target: Target, { name, usual }: NewName, style: Style): TypeEdit | null => {
    const tempting = usual && (target.of === 'function' ? `, which usually returns ${usual}` : `, which is usually of type ${usual}`);
    const description = `renamed the ${target.of} \`${target.name}\` to \`${name}\`${tempting ?? ''}`;
    const changes = target.rename(name);
    return fitting({ kind: 'rename', style, of: target.of, name: target.name, description, changes, names: { [target.name]: name } }, hole);
  };
  const singles = STYLES.flatMap((style) => [...targets.filter(isOwn), ...targets.filter((target) => !isOwn(target))].flatMap((target) => {
    if (style === 'swapped') return swaps(target, targets, renamed, hole, random, swappable);
    return maker.make(style, target, isOwn(target) ? MOST_OWN_NAMES : 1).map((name) => renamed(target, name, style));
  })).filter((one) => one !== null);
  return { singles, several: together(singles, hole) };
}

/** Null where it would touch the hole, or itself. */
export function fitting(edit: TypeEdit, hole: Range): TypeEdit | null {
  const changes = ordered(edit.changes);
  return changes && changes.length > 0 && moved(hole, changes) ? { ...edit, changes } : null;
}

/** One name with another one of the same kind, one of another type if there is one. */
function swaps(
  target: Target,
  targets: readonly Target[],
  renamed: (target: Target, name: NewName, style: Style) => TypeEdit | null,
  hole: Range,
  random: () => number,
  swappable: (edit: TypeEdit) => boolean,
): (TypeEdit | null)[] {
  const VALUES = ['parameter', 'variable'];
  const isKin = ({ of }: Target) => of === target.of || (VALUES.includes(of) && VALUES.includes(target.of));
  const others = targets.filter((other) => other.name !== target.name && isKin(other));
  const candidates = shuffled(others.filter(({ type }) => type !== target.type || type === ''), random).concat(shuffled(others, random));
  for (const other of candidates.slice(0, MOST_SWAPS_TRIED)) {
    const [one, two] = [renamed(target, { name: other.name }, 'swapped'), renamed(other, { name: target.name }, 'swapped')];
    if (!one || !two) continue;
    const description = `swapped the names \`${target.name}\` and \`${other.name}\``;
    const edit = fitting({ ...one, description, changes: [...one.changes, ...two.changes], names: { ...one.names, ...two.names } }, hole);
    // The other one is looked at by itself, with this one among its candidates.
    if (edit && swappable(edit)) return target.at.start > other.at.start ? [] : [edit];
  }
  return [];
}
