/** Taking the common indentation off a block of code, with where each line then lies. */
import { scanLexical } from '../syntax/lexical';
import { lineStartsOf } from '../syntax/syntax';

/**
 * The code from `start` to `end` without the white space that all of its lines begin with, and for each line where it begins in the code
 * and in the text; null where there is none to take off. The first line's counts where only its white space was not selected. Lines
 * inside of strings keep theirs, as that is their text.
 */
export function dedented(text: string, start: number, end: number): { code: string; lines: { at: number; start: number }[] } | null {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1;
  const from = text.slice(lineStart, start).trim() === '' ? lineStart : start;
  const code = text.slice(from, end);
  const { strings } = scanLexical(code);
  const inString = (offset: number) => strings.some((string) => string.start < offset && offset < string.end);
  const lines = lineStartsOf(code).map((at, i, all) => ({ at, end: all[i + 1] ?? code.length, fixed: inString(at) }));
  const indents = lines.filter((line) => !line.fixed).map((line) => /^[ \t]*(?=[^\s#])/.exec(code.slice(line.at, line.end))?.[0]);
  const known = indents.filter((indent) => indent !== undefined);
  const common = known.reduce<string | undefined>((all, indent) => (all === undefined ? indent : sharedStart(all, indent)), undefined) ?? '';
  if (common === '') return null;
  let result = '';
  const places = lines.map((line) => {
    const own = code.slice(line.at, line.end);
    const cut = line.fixed ? 0 : sharedStart(own, common).length;
    const place = { at: result.length, start: from + line.at + cut };
    result += own.slice(cut);
    return place;
  });
  return { code: result, lines: places };
}

function sharedStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
