import type { Change } from '../edits/types';
import type { Token } from '../tokenizer/ranges';

/** Two token sequences side by side; the numbers are token indices. */
export interface Alignment {
  /** In order; null where a token has no counterpart: a deletion (`variant` null) or an insertion (`original` null). */
  columns: { original: number | null; variant: number | null }[];
  /** Whether every token has a counterpart. */
  sameLength: boolean;
}

/** Larger differing parts are refused; a part of 4,000 tokens against 4,000 fits. */
export const MAX_ALIGNMENT_CELLS = 20_000_000;

/**
 * Aligns the tokens of a text with those of its changed version: the most tokens with equal ids are matched in order
 * (a shortest edit script); among such alignments the one that matches the most tokens which the changes left in place,
 * so that the difference stays where the edit was. Between matches, tokens are paired one to one as far as they go.
 * @param changes what turned the original text into the variant text, in the original's UTF-16 offsets, in order
 * @throws RangeError when the differing parts are larger than `MAX_ALIGNMENT_CELLS`
 */
export function alignTokens(
  original: readonly Token[],
  variant: readonly Token[],
  changes: readonly Change[],
): Alignment {
  const expected = expectedStarts(original, changes);
  const inPlace = (i: number, j: number): boolean =>
    original[i].id === variant[j].id &&
    expected[i] === variant[j].start &&
    original[i].end - original[i].start === variant[j].end - variant[j].start;

  let from = 0;
  while (from < original.length && from < variant.length && inPlace(from, from)) from++;
  let back = 0;
  while (
    back < original.length - from &&
    back < variant.length - from &&
    inPlace(original.length - 1 - back, variant.length - 1 - back)
  ) {
    back++;
  }

  const columns: Alignment['columns'] = [];
  const pair = (i: number, j: number): void => void columns.push({ original: i, variant: j });
  for (let i = 0; i < from; i++) pair(i, i);
  let i = from;
  let j = from;
  const fill = (toI: number, toJ: number): void => {
    while (i < toI && j < toJ) pair(i++, j++);
    while (i < toI) columns.push({ original: i++, variant: null });
    while (j < toJ) columns.push({ original: null, variant: j++ });
  };
  for (const match of matches(original, variant, from, back, inPlace)) {
    fill(match.i, match.j);
    pair(i++, j++);
  }
  fill(original.length - back, variant.length - back);
  for (let k = back; k > 0; k--) pair(original.length - k, variant.length - k);
  return { columns, sameLength: columns.every((column) => column.original !== null && column.variant !== null) };
}

/** Where each original token must start in the variant; -1 when a change touches it. */
function expectedStarts(tokens: readonly Token[], changes: readonly Change[]): Int32Array {
  const starts = new Int32Array(tokens.length);
  for (const [i, { start, end }] of tokens.entries()) {
    let shift = 0;
    let touched = false;
    for (const change of changes) {
      if (start === end && start === 0) break; // the beginning-of-text token stays first
      if (change.end <= start) shift += change.replacement.length - (change.end - change.start);
      else if (change.start < end) touched = true;
      else break;
    }
    starts[i] = touched ? -1 : start + shift;
  }
  return starts;
}

/** A heaviest common subsequence of the parts between the first `from` and the last `back` tokens. */
function matches(
  original: readonly Token[],
  variant: readonly Token[],
  from: number,
  back: number,
  inPlace: (i: number, j: number) => boolean,
): { i: number; j: number }[] {
  const rows = original.length - back - from;
  const width = variant.length - back - from;
  if (rows === 0 || width === 0) return [];
  if (rows * width > MAX_ALIGNMENT_CELLS) {
    throw new RangeError(
      `The programs differ in parts of ${rows} and ${width} tokens, too many to align. Compare shorter programs.`,
    );
  }
  const equal = Math.min(rows, width) + 1; // an equal id outweighs any number of tokens in place
  const weight = (i: number, j: number): number =>
    original[from + i].id !== variant[from + j].id ? 0 : equal + (inPlace(from + i, from + j) ? 1 : 0);
  const stride = width + 1;
  const best = new Uint32Array((rows + 1) * stride); // best[i, j]: of the tokens from i and j on
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = width - 1; j >= 0; j--) {
      const at = i * stride + j;
      const w = weight(i, j);
      best[at] = Math.max(best[at + stride], best[at + 1], w > 0 ? best[at + stride + 1] + w : 0);
    }
  }
  const found: { i: number; j: number }[] = [];
  let i = 0;
  let j = 0;
  while (i < rows && j < width) {
    const at = i * stride + j;
    const w = weight(i, j);
    if (w > 0 && best[at] === best[at + stride + 1] + w) found.push({ i: from + i++, j: from + j++ });
    else if (best[at] === best[at + stride]) i++;
    else j++;
  }
  return found;
}

/** The one change that turns a text into another: what is left between their common beginning and end. */
export function singleChange(original: string, variant: string): Change[] {
  if (original === variant) return [];
  const shorter = Math.min(original.length, variant.length);
  let start = 0;
  while (start < shorter && original[start] === variant[start]) start++;
  let back = 0;
  while (back < shorter - start && original.at(-1 - back) === variant.at(-1 - back)) back++;
  return [{ start, end: original.length - back, replacement: variant.slice(start, variant.length - back) }];
}

/** What was changed in a text, word by word, in order: by a shortest edit script. @throws RangeError as `alignTokens` */
export function wordChanges(original: string, variant: string): Change[] {
  const ids = new Map<string, number>();
  const words = (text: string): Token[] => Array.from(text.matchAll(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu), ({ 0: word, index }) => {
    if (!ids.has(word)) ids.set(word, ids.size);
    return { id: ids.get(word)!, text: word, start: index, end: index + word.length };
  });
  const [before, after] = [words(original), words(variant)];
  const changes: Change[] = [];
  let at = 0;
  let open: Change | null = null;
  for (const column of alignTokens(before, after, singleChange(original, variant)).columns) {
    const old = column.original === null ? null : before[column.original];
    const made = column.variant === null ? null : after[column.variant];
    if (old && made && old.id === made.id) open = null;
    else {
      if (!open) changes.push((open = { start: at, end: at, replacement: '' }));
      if (old) open.end = old.end;
      if (made) open.replacement += made.text;
    }
    if (old) at = old.end;
  }
  return changes;
}
