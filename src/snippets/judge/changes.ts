/** Changes of a text: several at once, and where a range of the text lies afterwards. */
import type { Change, Range } from './messages';

const inOrder = (a: Change, b: Change) => a.start - b.start || a.end - b.end;

/** In the order of the text; null where two overlap. */
export function ordered(changes: readonly Change[]): Change[] | null {
  const sorted = [...changes].sort(inOrder);
  return sorted.some(({ start }, i) => i > 0 && start < sorted[i - 1].end) ? null : sorted;
}

/** @param changes in the order of the text, without overlaps */
export function changed(text: string, changes: readonly Change[]): string {
  let result = '';
  let from = 0;
  for (const { start, end, replacement } of changes) {
    result += text.slice(from, start) + replacement;
    from = end;
  }
  return result + text.slice(from);
}

/** Where a range lies in the changed text; null where a change touches it. */
export function moved({ start, end }: Range, changes: readonly Change[]): Range | null {
  if (changes.some((change) => change.start < end && change.end > start)) return null;
  const by = changes.reduce((sum, change) => sum + (change.end <= start ? change.replacement.length - (change.end - change.start) : 0), 0);
  return { start: start + by, end: end + by };
}
