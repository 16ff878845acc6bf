/** Changes of a code that was put together from parts of its file, as changes of the file, and where the parts are then. */
import type { CodePart } from '../../protocol/reading/code-parts';
import type { Change } from '../../snippets/edits';

interface Range {
  start: number;
  end: number;
}

/** Changes of the code so that each is one of a single part: the first piece of one that goes over several has all that it puts in. */
export function withinParts(parts: readonly CodePart[], changes: readonly Change[]): Change[] {
  return changes.flatMap(({ start, end, replacement }) => {
    const cuts = [start, ...parts.map(({ at }) => at).filter((at) => at > start && at < end), end];
    return cuts.slice(1).map((to, i) => ({ start: cuts[i], end: to, replacement: i === 0 ? replacement : '' }));
  });
}

/** What of the file was read. @param length of the code */
export function readRanges(parts: readonly CodePart[], length: number): Range[] {
  return parts.map(({ at, start }, i) => ({ start, end: start + (parts[i + 1]?.at ?? length) - at }));
}

/** The range in the file of one in a single part of the code. */
export function rangeInPart(parts: readonly CodePart[], { start, end }: Range): Range {
  const part = parts.findLast(({ at }) => at <= start)!;
  return { start: part.start + start - part.at, end: part.start + end - part.at };
}

/** The range in the code of one in the file; null where not all of it was read, or it is just behind a part. @param length of the code */
export function rangeInCode(parts: readonly CodePart[], length: number, { start, end }: Range): Range | null {
  const i = parts.findLastIndex((part) => part.start <= start);
  if (i < 0) return null;
  const { at, start: from } = parts[i];
  const long = (parts[i + 1]?.at ?? length) - at;
  const isIn = end - from <= long && (start - from < long || i === parts.length - 1);
  return isIn ? { start: at + start - from, end: at + end - from } : null;
}

/**
 * Where parts lie after changes.
 * @param changes of the code, each of a single part
 * @param inFile the same in the file, whose text is given
 */
export function movedParts(parts: readonly CodePart[], changes: readonly Change[], inFile: readonly Change[], text: string): CodePart[] {
  return parts.map((part) => {
    const [before, above] = [changes.filter(({ start }) => start < part.at), inFile.filter(({ start }) => start < part.start)];
    const lines = above.reduce((sum, { start, end, replacement }) => sum + ends(replacement) - ends(text.slice(start, end)), 0);
    return { ...part, at: part.at + grown(before), start: part.start + grown(above), line: part.line + lines };
  });
}

const ends = (text: string) => text.match(/\r\n?|\n/g)?.length ?? 0;

const grown = (changes: readonly Change[]) =>
  changes.reduce((sum, { start, end, replacement }) => sum + replacement.length - (end - start), 0);
