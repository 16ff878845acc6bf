/**
 * What is put into code so that a type can stand at a place, as `: `. The code that is read has it and the user's file has not: all
 * places that are shown, or that a user names, are the file's. Ranges are UTF-16, in the order of the text, and lie in the text that is
 * read.
 */
import { moved } from '../../snippets/judge/changes';
import type { Change } from '../../snippets/edits';
import { wordChanges } from '../../snippets/twins/align';

interface Range {
  start: number;
  end: number;
}

/** The offset in the file of one in the text; of what was put in, where that was. */
export function offsetInFile(inserted: readonly Range[], offset: number): number {
  return inserted.reduce((at, put) => at - Math.max(0, Math.min(offset, put.end) - put.start), offset);
}

/** A text, which begins so far into the whole, without what was put in. */
export function withoutInserted(text: string, inserted: readonly Range[], from = 0): string {
  const cut = (kept: string, start: number, end: number) => kept.slice(0, Math.max(0, start)) + kept.slice(Math.max(0, end));
  return inserted.reduceRight((kept, { start, end }) => cut(kept, start - from, end - from), text);
}

/** Another version of a text without what was put in: with it, where the text is the same there; null where it is another one. */
export function withInserted(text: string, inserted: readonly Range[], other: string): { text: string; inserted: Range[] } | null {
  const changes = wordChanges(withoutInserted(text, inserted), other);
  let made = other;
  const put: Range[] = [];
  for (const one of inserted) {
    const at = offsetInFile(inserted, one.start);
    const there = moved({ start: at, end: at }, changes);
    if (!there) return null;
    const start = there.start + put.reduce((sum, { start: from, end }) => sum + end - from, 0);
    made = made.slice(0, start) + text.slice(one.start, one.end) + made.slice(start);
    put.push({ start, end: start + one.end - one.start });
  }
  return { text: made, inserted: put };
}

/** Where what was put in lies after changes of the text; null where they touch it. */
export function movedInserted(inserted: readonly Range[], changes: readonly Change[]): Range[] | null {
  const now = inserted.map((one) => moved(one, changes));
  return now.some((one) => one === null) ? null : (now as Range[]);
}
