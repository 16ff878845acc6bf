/** A range of a document that moves with the edits around it. */

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
    if (to < start || (to === start && from < start)) {
      start += grown;
      end += grown;
    } else {
      start = Math.min(start, from);
      end = Math.max(end, to) + grown;
    }
  }
  return { start, end };
}
