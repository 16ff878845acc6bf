/** Where a variant differs from the original, as edits that can be drawn into the code. */
import { codeOffset, fileRange, ownStart } from '../../protocol/reading/code-parts';
import type { Explanation } from '../../protocol/documents/explanation';

export interface GhostEdit {
  /** What the variant lacks: a range of the file, empty where it only adds. */
  start: number;
  end: number;
  /** What it has instead. */
  inserted: string;
}

/** Longer insertions are shown by their beginning; the panel has all of it. */
const GHOST_LENGTH = 80;

/** Short, as editors beside a panel are narrow; the hover says more. */
export const GHOST_LABEL = '⟵ variant';

/** What is drawn for an insertion: white space alone, and at an end, would not be seen. */
export function ghostText(inserted: string): string {
  const signs: Record<string, string> = { '\n': '↵', '\t': '⇥', ' ': '·' };
  const shown = inserted.replace(/\r\n?/g, '\n').replace(/^[ \t\n]+|[ \t\n]+$|[\n\t]/g, (space) => [...space].map((sign) => signs[sign]).join(''));
  return shown.length > GHOST_LENGTH ? `${shown.slice(0, GHOST_LENGTH)}…` : shown;
}

/** From the alignment: each run of tokens without an equal counterpart is one edit, less what its ends have in common. */
export function ghostEdits({ source, tokens, counterfactual }: Explanation): GhostEdit[] {
  if (!counterfactual) return [];
  const { code, tokens: others, alignment, parts: otherParts } = counterfactual;
  if (source.parts && !otherParts) {
    const edit = trimmed(source.code.trimEnd(), code.trimEnd(), 0);
    return placed(source, edit.map((one) => wholeLines(one, source.code)));
  }
  const edits: GhostEdit[] = [];
  // Where the last pair of equal tokens ended, in the original's and in the variant's code.
  let [from, otherFrom] = [0, 0];
  let differs = false;
  const close = (to: number, otherTo: number) => {
    if (differs) edits.push(...trimmed(source.code.slice(from, to), code.slice(otherFrom, otherTo), from));
    differs = false;
  };
  // The variant's ranges are in its own file: the same one for an edit, its own text for a program that the user gave.
  const firstOther = others.find(({ start }) => start !== null)?.start ?? 0;
  const otherStart = counterfactual.kind === null ? firstOther : source.start;
  const ofOther = { start: otherStart, parts: otherParts };
  const pairs = alignment.columns.map(({ original, variant }) => {
    return [original === null ? null : tokens[original], variant === null ? null : others[variant]];
  });
  const lastOfCode = pairs.findLastIndex((pair) => pair.some((token) => (token?.start ?? null) !== null));
  for (const [a, b] of pairs.slice(0, lastOfCode + 1)) {
    const equal = a !== null && b !== null && a.id === b.id;
    if (!equal) {
      differs ||= (a?.start ?? b?.start ?? null) !== null;
      continue;
    }
    if (a.start === null && b.start === null) continue; // the beginning of the sequence, or what stands for a place in the code
    if (a.start === null || b.start === null) {
      differs = true; // a line break of the one's code beside that of the other's question
      continue;
    }
    close(codeOffset(source, a.start), codeOffset(ofOther, b.start));
    [from, otherFrom] = [codeOffset(source, a.end! - 1) + 1, codeOffset(ofOther, b.end! - 1) + 1];
  }
  close(source.code.trimEnd().length, code.trimEnd().length);
  return placed(source, edits.map((edit) => wholeLines(edit, source.code)));
}

/** Edits of the code in the file, as far as they are in the cell that was chosen. */
function placed(source: Explanation['source'], edits: GhostEdit[]): GhostEdit[] {
  return edits
    .map(({ inserted, ...range }) => ({ ...fileRange(source, range), inserted }))
    .filter(({ start }) => start >= ownStart(source));
}

/**
 * The same edit a few characters earlier, where lines are removed as a whole: tokens begin with the space before them, so a removed
 * line begins at its last space and ends before that of the next line, which reads as if it were a part of both.
 */
function wholeLines(edit: GhostEdit, code: string): GhostEdit {
  const { start, end } = edit;
  if (edit.inserted !== '' || !code.slice(start, end).includes('\n')) return edit;
  let back = 0;
  while (back < start && code[start - back - 1] === code[end - back - 1] && code[start - back - 1] !== '\n') back++;
  const isLine = (start === back || code[start - back - 1] === '\n') && code[end - back - 1] === '\n';
  return isLine ? { ...edit, start: edit.start - back, end: edit.end - back } : edit;
}

function trimmed(removed: string, inserted: string, at: number): GhostEdit[] {
  const shorter = Math.min(removed.length, inserted.length);
  let start = 0;
  while (start < shorter && removed[start] === inserted[start]) start++;
  let back = 0;
  while (back < shorter - start && removed.at(-1 - back) === inserted.at(-1 - back)) back++;
  const edit = { start: at + start, end: at + removed.length - back, inserted: inserted.slice(start, inserted.length - back) };
  return edit.start === edit.end && edit.inserted === '' ? [] : [edit];
}
