/** A plan of analogous pairs: what may be replaced in a program and in its near twin, so that both go on to differ by the same edit. */
import { misspellings } from '../edits/words';
import type { PythonParser } from '../syntax/parse';
import type { SyntaxTree } from '../syntax/syntax';
import { textKinds } from './kinds-of-text';
import { runsOf, type ProgramPair, type Run, type Side } from './pair';
import { isReserved, ownNames, type OwnNames } from './renamable';
import { itemsOf, Replaceable, type Item, type Key, type Slot } from './slots';
import { partsOf, written } from './word-forms';

/** Where a slot's replacement stands: [start, end) of the analog for [from, to) of the pair. */
export interface SlotPlace {
  from: number;
  to: number;
  start: number;
  end: number;
}

/** A pair like another one, with other words and numbers. */
export interface Analog extends ProgramPair {
  /** For each side its slots, in source order. */
  places: Record<Side, readonly SlotPlace[]>;
}

/** A misspelt name: the n-th slip of another name. */
export interface Slip {
  of: string;
  nth: number;
  /** Those of the name that is meant, with offsets in it. */
  slots: readonly Slot[];
}

export interface AnalogPlan {
  pair: ProgramPair;
  trees: Record<Side, SyntaxTree>;
  /** The side whose syntax is read; what the other one has for itself is only what the edit put there. */
  read: Side;
  runs: readonly Run[];
  slots: Record<Side, readonly Slot[]>;
  /** All that is replaced, in the order of the program. */
  keys: readonly Key[];
  slips: ReadonlyMap<string, Slip>;
  /** Words of both programs in small letters, none of which stands for another. */
  taken: ReadonlySet<string>;
}

/** What each key becomes; a key that it lacks stays. Slips follow by themselves. */
export type Substitution = ReadonlyMap<Key, string>;

/** @throws RangeError when a program is longer than `MAX_CODE_LENGTH`; when the changes do not lead from the original to the variant */
export function planAnalogs(parser: PythonParser, pair: ProgramPair): AnalogPlan {
  const runs = runsOf(pair);
  const trees = { original: parser.parse(pair.original), variant: parser.parse(pair.variant) };
  const read: Side = trees.variant.errorCount < trees.original.errorCount ? 'variant' : 'original';
  const other: Side = read === 'original' ? 'variant' : 'original';
  const names = { original: ownNames(trees.original), variant: ownNames(trees.variant) };
  const slipped = slipsOf(names);
  const items = { original: itemsIn(trees.original), variant: itemsIn(trees.variant) };
  const changed = items[other].filter((item) => runs.some((run) => !run.kept && within(item, run[other])));
  const known = joined(names[read], names[other], slipped);
  const raw = [...rawWords(trees.original), ...rawWords(trees.variant)];
  const replaceable = new Replaceable([...items[read], ...changed], known, raw, new Set(slipped.keys()));

  const slots: Record<Side, Slot[]> = { original: [], variant: [] };
  const cut = new Set<Key>();
  for (const slot of replaceable.slots(items[read])) {
    const run = runs.find((one) => within(slot, one[read]));
    if (!run) cut.add(slot.key);
    else if (run.kept) {
      const shift = run[other].start - run[read].start;
      const mirrored = { ...slot, start: slot.start + shift, end: slot.end + shift };
      if (sameEnds(trees[read].code, slot, trees[other].code, mirrored)) {
        slots[read].push(slot);
        slots[other].push(mirrored);
      } else cut.add(slot.key);
    } else slots[read].push(slot);
  }
  for (const slot of replaceable.slots(items[other])) {
    const run = runs.find((one) => !one.kept && overlaps(slot, one[other]));
    if (run && within(slot, run[other])) slots[other].push(slot);
    else if (run) cut.add(slot.key);
  }
  const kept = (list: Slot[]) => list.filter(({ key }) => !cut.has(key)).sort((a, b) => a.start - b.start);
  const left = { original: kept(slots.original), variant: kept(slots.variant) };
  const keys = [...new Set([...left[read], ...left[other]].map(({ key }) => key))];
  const taken = new Set([...items.original, ...items.variant].flatMap(({ text }) => text.toLowerCase().split(/[\d_]+/)));
  const nameSlots = (name: string) => replaceable.slots([{ start: 0, end: name.length, text: name, kind: 'code', whole: false, step: false }]);
  const slips = new Map([...slipped].map(([name, slip]) => [name, { ...slip, slots: nameSlots(slip.of) }]));
  return { pair, trees, read, runs, slots: left, keys: keys.filter((key) => !key.startsWith('slip ')), slips, taken };
}

const itemsIn = (tree: SyntaxTree): Item[] => itemsOf(tree.code, textKinds(tree));

/**
 * The pair with other words; undefined where a slip of the pen is none in them,
 * or is one of the other words. With nothing to replace it is the pair itself.
 */
export function analogOf(plan: AnalogPlan, substitution: Substitution): Analog | undefined {
  const replace = (slot: Slot, text: string) => replacement(plan, slot, text, substitution);
  const side = (name: Side) => rewritten(plan.pair[name], plan.slots[name], replace);
  const [original, variant] = [side('original'), side('variant')];
  if (!original || !variant || !isOneToOne([original, variant])) return undefined;
  const places = { original: original.places, variant: variant.places };
  const changes = plan.runs.filter(({ kept }) => !kept).map((run) => ({
    start: inAnalog(places.original, run.original.start),
    end: inAnalog(places.original, run.original.end),
    replacement: variant.code.slice(inAnalog(places.variant, run.variant.start), inAnalog(places.variant, run.variant.end)),
  }));
  return { original: original.code, variant: variant.code, changes, places };
}

/** The offset in an analog of an offset in the pair that lies in no slot. */
export function inAnalog(places: readonly SlotPlace[], offset: number): number {
  const before = lastAt(places, offset, 'to');
  return before ? before.end + offset - before.to : offset;
}

/** The offset in the pair of an offset in an analog; in a slot, behind its first character, that of the slot. */
export function inPair(places: readonly SlotPlace[], offset: number): { offset: number; inside: boolean } {
  const place = lastAt(places, offset, 'start');
  if (!place) return { offset, inside: false };
  if (offset >= place.end) return { offset: offset - place.end + place.to, inside: false };
  return { offset: place.from, inside: offset > place.start };
}

/** The last place that ends in the pair, or begins in the analog, at an offset or before it. */
function lastAt(places: readonly SlotPlace[], offset: number, of: 'to' | 'start'): SlotPlace | undefined {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle][of] <= offset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : places[low - 1];
}

/** What stands in a slot; undefined where a name has no slip of the pen. */
function replacement(plan: AnalogPlan, { key, form }: Slot, text: string, substitution: Substitution): string | undefined {
  const slip = plan.slips.get(text);
  if (slip && key === `slip ${text}`) {
    const meant = rewritten(slip.of, slip.slots, (slot, part) => replacement(plan, slot, part, substitution))!.code;
    if (meant === slip.of) return text;
    const found = misspellings(meant, plan.taken).filter((word) => stems(word) !== stems(meant));
    return found[Math.min(slip.nth, found.length - 1)];
  }
  const next = substitution.get(key);
  if (next === undefined) return text;
  return form ? written(next, form) : next;
}

type Replace = (slot: Slot, text: string) => string | undefined;

interface Rewritten {
  code: string;
  /** What it was. */
  from: string;
  places: SlotPlace[];
}

function rewritten(code: string, slots: readonly Slot[], replace: Replace): Rewritten | undefined {
  const places: SlotPlace[] = [];
  let result = '';
  let at = 0;
  for (const slot of slots) {
    result += code.slice(at, slot.start);
    const text = replace(slot, code.slice(slot.start, slot.end));
    if (text === undefined) return undefined;
    places.push({ from: slot.start, to: slot.end, start: result.length, end: result.length + text.length });
    result += text;
    at = slot.end;
  }
  return { code: result + code.slice(at), places, from: code };
}

/** Whether no two different words have become one. */
function isOneToOne(sides: readonly Rewritten[]): boolean {
  const before = new Map<string, string>();
  return sides.every(({ code, from, places }) =>
    places.every((place) => {
      const [was, is] = [from.slice(place.from, place.to), code.slice(place.start, place.end)];
      const known = before.get(is) ?? was;
      before.set(is, known);
      return known === was;
    }),
  );
}

/** Names that are spelled almost as another one, which the other program or the same one has: what they are slips of. */
function slipsOf(names: Record<Side, OwnNames>): Map<string, { of: string; nth: number }> {
  const all = (side: Side) => new Set([...names[side].own, ...names[side].unknown, ...names[side].foreign]);
  const sides = [all('original'), all('variant')];
  const given = new Set([...names.original.own, ...names.variant.own]);
  const known = [...given].filter((name) => sides.every((side) => side.has(name)));
  const slips = new Map<string, { of: string; nth: number }>();
  for (const name of new Set([...sides[0], ...sides[1]])) {
    const once = !sides.every((side) => side.has(name));
    const unknown = [names.original, names.variant].some((side) => side.unknown.has(name)) && !given.has(name);
    if (isReserved(name) || (!once && !unknown)) continue;
    for (const of of known) {
      const nth = misspellings(of, new Set()).indexOf(name);
      if (stems(of) === stems(name) || (nth < 0 && !oneSignOff(name, of))) continue;
      slips.set(name, { of, nth: Math.max(0, nth) });
      break;
    }
  }
  return slips;
}

const stems = (name: string): string => partsOf(name).map(({ stem }) => stem).join('_');

/** Whether a sign is put in, left out, changed, or in the place of its neighbour; short names are too easily alike. */
function oneSignOff(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const rest = (text: string, from: number) => text.slice(start + from);
  const swapped = a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, 2) === rest(b, 2);
  return swapped || rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1);
}

/** What both programs say of names; of one whose syntax is broken only what is not known without. No slip is foreign. */
function joined(read: OwnNames, other: OwnNames, slips: ReadonlyMap<string, unknown>): OwnNames {
  const known = new Set([...read.own, ...read.unknown, ...read.foreign]);
  const union = (kind: keyof OwnNames) => {
    const more = [...other[kind]].filter((name) => !known.has(name));
    return new Set([...read[kind], ...more].filter((name) => !slips.has(name)));
  };
  return { own: union('own'), unknown: union('unknown'), foreign: union('foreign') };
}

/** Words in raw strings, most often patterns. */
function rawWords({ code, lexical }: SyntaxTree): string[] {
  return lexical.strings.filter(({ prefix }) => /r/i.test(prefix)).flatMap(({ start, end }) => code.slice(start, end).match(/[\p{L}_]+/gu) ?? []);
}

interface Stretch {
  start: number;
  end: number;
}

const within = (inner: Stretch, outer: Stretch): boolean => outer.start <= inner.start && inner.end <= outer.end;
const overlaps = (a: Stretch, b: Stretch): boolean => a.start < b.end && b.start < a.end;

/** Whether a word ends at the same places in both programs, and no edit went on with it. */
function sameEnds(code: string, { start, end }: Stretch, other: string, there: Stretch): boolean {
  const goesOn = (text: string | undefined) => text !== undefined && /[\p{L}\p{N}_]/u.test(text);
  return goesOn(code[start - 1]) === goesOn(other[there.start - 1]) && goesOn(code[end]) === goesOn(other[there.end]);
}
