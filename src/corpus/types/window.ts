/**
 * Windows: a stretch of a file of whole lines around one annotation, with the heads of the types that it needs and that are declared
 * elsewhere above it, other annotations and comments as they are or removed, and the user's types named as they are or anew.
 */
import type { Random } from '../random';
import type { Kind, Range, Site, SourceModule, TypeRow } from './row';
import { USER_NAMES } from './vocabulary';

export interface Manner {
  /** Characters of the window. */
  size: number;
  /** The chance of each other annotation to stay. */
  keep: number;
  comments: boolean;
  /** Whether the user's types get other names. */
  rename: boolean;
}

/** How a window for training is made. */
export function drawManner(random: Random): Manner {
  return { size: random.int(420, 900), keep: random.pick([0, 0.5, 1]), comments: random.chance(0.5), rename: random.chance(0.5) };
}

/** How one that is only measured is: as the file is. */
export const asItIs = (random: Random): Manner => ({ size: random.int(500, 850), keep: 1, comments: true, rename: false });

export type Window = Pick<TypeRow, 'prefix' | 'suffix' | 'type' | 'kind'>;

interface Edit extends Range {
  text: string;
}

/** The window around an annotation. */
export function windowOf(module: SourceModule, site: Site, manner: Manner, random: Random): Window {
  const { text } = module;
  const range = stretch(text, site, manner.size, random);
  const inside = ({ start, end }: Range) => start >= range.start && end <= range.end;
  const cuts: Edit[] = module.sites
    .filter((other) => other !== site && other.cut && inside(other) && !(other.start < site.end && other.end > site.start))
    .filter(() => manner.keep < 1 && !random.chance(manner.keep))
    .map((other) => ({ ...other.cut!, text: '' }));
  const comments: Edit[] = manner.comments ? [] : module.comments.filter(inside).map((comment) => ({ ...lineOf(text, comment), text: '' }));
  const removed = outermost([...cuts, ...comments], site);

  const heads = headsFor(module, site, range, removed, random);
  const edits = manner.rename ? [...removed, ...renames(module, range, removed, heads, random)] : removed;
  edits.sort((a, b) => a.start - b.start);
  const given = applied(text, { start: range.start, end: site.start }, edits);
  const rest = applied(text, { start: site.end, end: range.end }, edits);
  const type = applied(text, site, edits);
  const above = heads.length > 0 ? `${heads.map(({ text: head }) => head).join('\n')}\n\n` : '';
  return { prefix: above + given, suffix: rest, type, kind: kindOf(module, site, range, heads) };
}

/** Whole lines around the annotation: its unit where that fits, and what stands before and after it. */
function stretch(text: string, site: Site, size: number, random: Random): Range {
  const lineStart = (at: number) => text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = (at: number) => {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  };
  const unit = { start: lineStart(site.unit.start), end: lineEnd(site.unit.end) };
  let { start, end } = unit;
  if (end - start > size) {
    const near = site.start - unit.start < size / 2; // of a long function its head is kept where the annotation is near it
    start = near ? unit.start : Math.max(unit.start, lineStart(site.start - Math.floor(size * (0.3 + 0.4 * random.float()))));
    end = Math.max(lineEnd(site.end), lineStart(Math.min(unit.end, start + size)) - 1);
    return { start, end };
  }
  const spare = size - (end - start);
  const before = Math.floor(spare * random.float());
  // A line that is cut off is left out: the first whole one after the cut.
  const from = Math.max(0, start - before);
  const first = from === 0 ? 0 : text.indexOf('\n', from - 1) + 1;
  start = Math.min(start, first);
  const to = Math.min(text.length, end + spare - before);
  end = Math.max(end, to === text.length ? to : text.lastIndexOf('\n', to));
  return { start, end };
}

/** A comment with its line where it has one of its own, and with the spaces before it. */
function lineOf(text: string, { start, end }: Range): Range {
  let from = start;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
  const alone = (from === 0 || text[from - 1] === '\n') && text[end] === '\n';
  return alone ? { start: from, end: end + 1 } : { start: from, end };
}

/** Edits without those inside others, or over the annotation. */
function outermost(edits: readonly Edit[], site: Range): Edit[] {
  const apart = edits.filter(({ start, end }) => end <= site.start || start >= site.end);
  const sorted = apart.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Edit[] = [];
  for (const edit of sorted) if (kept.length === 0 || edit.start >= kept.at(-1)!.end) kept.push(edit);
  return kept;
}

function applied(text: string, { start, end }: Range, edits: readonly Edit[]): string {
  let out = '';
  let at = start;
  for (const edit of edits) {
    if (edit.start < at || edit.end > end) continue;
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return out + text.slice(at, end);
}

interface Head {
  name: string;
  text: string;
}

/** The declarations that a window lacks: those that its annotation needs, and some that other annotations name. */
function headsFor(module: SourceModule, site: Site, range: Range, removed: readonly Edit[], random: Random): Head[] {
  const isRemoved = (at: number) => removed.some(({ start, end }) => at >= start && at < end);
  const seen = (at: number) => at >= range.start && at < range.end && !isRemoved(at) && !(at >= site.start && at < site.end);
  const declared = (name: string) => (module.declaredAt.get(name) ?? []).some(seen);
  const needed = new Set(site.uses.filter((name) => !declared(name)));
  const inside = (other: Site) => other.start >= range.start && other.end <= range.end;
  const others = module.sites.filter((other) => other !== site && inside(other) && !isRemoved(other.start));
  const more = [...new Set(others.flatMap(({ uses }) => uses))].filter((name) => !needed.has(name) && !declared(name));
  const few = random.sample(more, random.int(0, 2)).filter((name) => !module.declarations.get(name)?.parameter);
  // What the annotation needs must not be told by its place among them.
  return random.shuffle([...needed, ...few]).flatMap((name) => {
    const declaration = module.declarations.get(name);
    if (!declaration) return [];
    const { head, importLine, parameter } = declaration;
    return [{ name, text: !parameter && (head === '' || random.chance(0.25)) ? importLine : head }];
  });
}

function kindOf(module: SourceModule, site: Site, range: Range, heads: readonly Head[]): Kind {
  if (site.kind !== 'named') return site.kind;
  const [name] = site.uses;
  const within = (at: number) => at >= range.start && at < range.end && !(at >= site.start && at < site.end);
  if (heads.some((head) => head.name === name)) return 'declared';
  return (module.declaredAt.get(name) ?? []).some(within) ? 'declared' : 'outside';
}

/** New names for the user's types that the window mentions, in its heads too. */
function renames(module: SourceModule, range: Range, removed: readonly Edit[], heads: Head[], random: Random): Edit[] {
  const inside = ({ start, end }: Range) => start >= range.start && end <= range.end;
  const inWindow = module.names.filter(inside);
  const spelt = new Set(inWindow.map(({ start, end }) => module.text.slice(start, end)));
  const canGo = (name: string) => !module.declarations.get(name)!.parameter && name.length > 1 && spelt.has(name);
  const users = [...module.declarations.keys()].filter(canGo);
  const mentioned = new Set(heads.flatMap(({ text }) => text.match(/[A-Za-z_$][\w$]*/g) ?? []));
  const free = random.sample(USER_NAMES.filter((name) => !spelt.has(name) && !mentioned.has(name)), users.length);
  const renamed = new Map(users.slice(0, free.length).map((name, i) => [name, free[i]]));
  for (const head of heads) head.text = head.text.replace(/[A-Za-z_$][\w$]*/g, (word) => renamed.get(word) ?? word);
  const wordsIn = ({ start, end }: Range) =>
    [...module.text.slice(start, end).matchAll(/[A-Za-z_$][\w$]*/g)].map(({ index, 0: word }) => {
      return { start: start + index, end: start + index + word.length };
    });
  const comments = module.comments.filter(inside).flatMap(wordsIn);
  return [...inWindow, ...comments].flatMap(({ start, end }) => {
    const text = renamed.get(module.text.slice(start, end));
    return text === undefined || removed.some((edit) => edit.start <= start && edit.end >= end) ? [] : [{ start, end, text }];
  });
}
