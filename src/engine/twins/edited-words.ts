/** The name of a variant that the user wrote: what was changed, and on which line. */
import { brief } from '../../snippets/edits/words';
import { fileLine, type Placed } from '../../protocol/reading/code-parts';

/** `your own variant: 21 → "21" on line 3`. Lines are the file's. */
export function editedWords(source: Omit<Placed, 'start'>, edited: string): string {
  const { code } = source;
  const { start, removed, added } = changeBetween(code, edited);
  const lineOf = (offset: number) => fileLine(source, code.slice(0, offset).split(/\r\n|\r|\n/).length);
  // A line that is taken out or put in begins after the end of the one before.
  const first = lineOf(start + /^\s*/.exec(removed || '')![0].length);
  const last = lineOf(start + removed.trimEnd().length);
  const manyLines = /[\r\n]/.test(removed.trim()) || /[\r\n]/.test(added.trim());
  const where = first === last || removed.trim() === '' ? `line ${first}` : `lines ${first}–${last}`;
  if (manyLines) return `your own variant: other code on ${where}`;
  if (removed.trim() === '' && added.trim() === '') return `your own variant: white space changed on ${where}`;
  if (removed.trim() === '') return `your own variant: ${brief(added)} added on ${where}`;
  if (added.trim() === '') return `your own variant: ${brief(removed)} removed on ${where}`;
  return `your own variant: ${brief(removed)} → ${brief(added)} on ${where}`;
}

/** One replacement that makes one text of the other, of whole words. */
function changeBetween(before: string, after: string): { start: number; removed: string; added: string } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const isWord = (text: string, at: number) => /[\p{L}\p{N}_]/u.test(text[at] ?? '');
  const endsInWord = (text: string) => isWord(text, start) && isWord(text, start - 1);
  if (endsInWord(before) || endsInWord(after)) while (isWord(before, start - 1)) start--;
  const splits = (text: string) => isWord(text, text.length - same - 1) && isWord(text, text.length - same);
  if (splits(before) || splits(after)) while (same > 0 && isWord(before, before.length - same)) same--;
  return { start, removed: before.slice(start, before.length - same), added: after.slice(start, after.length - same) };
}
