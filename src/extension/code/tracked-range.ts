/** A range of a document that moves with the edits around it. */

import { ownStart, type Placed } from '../../protocol/reading/code-parts';

export interface OffsetRange {
  start: number;
  end: number;
}

/** One change, in offsets before it. */
export interface OffsetChange {
  rangeOffset: number;
  rangeLength: number;
  text: string;
}

/**
 * The range after changes, which VS Code orders so that an earlier one does not move a later one.
 * What is typed at its end belongs to it.
 */
export function trackedRange(range: OffsetRange, changes: readonly OffsetChange[]): OffsetRange {
  let { start, end } = range;
  for (const { rangeOffset: from, rangeLength, text } of changes) {
    const to = from + rangeLength;
    const grown = text.length - rangeLength;
    if (from > end) continue;
    const lineAbove = from === start && rangeLength === 0 && /[\r\n]$/.test(text); // Enter before the first character
    if (to < start || (to === start && from < start) || lineAbove) {
      start += grown;
      end += grown;
    } else {
      start = Math.min(start, from);
      end = Math.max(end, to) + grown;
    }
  }
  return { start, end };
}

/** Where explained code is now, as `relocated`; code that is not one piece of its text is looked for only where its beginning was. */
export function relocatedCode(text: string, source: Placed & OffsetRange, start: number): OffsetRange | null {
  const { code, parts } = source;
  if (!parts) return relocated(text, code, start);
  const moved = start - source.start;
  const own = ownStart(source);
  const there = parts.every((part, i) => part.start < own || text.startsWith(code.slice(part.at, parts[i + 1]?.at), part.start + moved));
  return there ? { start, end: source.end + moved } : null;
}

/** Where a piece of code is now: where it was, or else its occurrence nearest to there; null when it is in the text no more. */
export function relocated(text: string, code: string, start: number): OffsetRange | null {
  if (text.startsWith(code, start)) return { start, end: start + code.length };
  const before = start > 0 ? text.lastIndexOf(code, start) : -1;
  const after = text.indexOf(code, start);
  const found = [before, after].filter((at) => at >= 0).sort((a, b) => Math.abs(a - start) - Math.abs(b - start))[0];
  return found === undefined ? null : { start: found, end: found + code.length };
}
