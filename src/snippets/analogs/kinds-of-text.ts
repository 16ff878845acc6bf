/** Kinds of text in a program, character by character: what may be written otherwise, and what means something by itself. */
import { asidesOf } from '../syntax/asides';
import type { LexicalString } from '../syntax/lexical';
import type { SyntaxTree } from '../syntax/syntax';

/**
 * code: outside of strings, or in a field of one; text: what a string says; aside: comments and docstrings; set: escapes, formats,
 * prefixes, quotes.
 */
export type TextKind = 'code' | 'text' | 'aside' | 'set';

/** The kind of each character (UTF-16). Linear in the code; broken code is read as `scanLexical` reads it. */
export function textKinds(tree: SyntaxTree): TextKind[] {
  const { code, lexical } = tree;
  const kinds = Array.from<TextKind>({ length: code.length }).fill('code');
  const paint = (start: number, end: number, kind: TextKind) => kinds.fill(kind, start, end);
  const inner = new Map(lexical.strings.map((string) => [string.start, string]));
  for (const string of lexical.strings) paintString(code, string, inner, paint); // those in fields come after the string that holds them
  for (const { start, end } of [...lexical.comments, ...asidesOf(tree, 'docstrings')]) paint(start, end, 'aside');
  return kinds;
}

type Paint = (start: number, end: number, kind: TextKind) => void;

const ESCAPE = /\\(?:N\{[^}]*\}|x[\da-f]{2}|u[\da-f]{4}|U[\da-f]{8}|[0-7]{1,3}|[^])/iy;
/** As `%` has them; with a name, that is a name of the program. */
const PERCENT = /%(?:\((\w*)\))?[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?[a-zA-Z%](?![a-zA-Z])/y;
/** As `str.format` has them: what is before a dot, a bracket, a colon or an exclamation mark may be a name. */
const FORMAT = /\{(\w*)[^{}]*(?:\{\w*\}[^{}]*)*\}/y;

function paintString(code: string, string: LexicalString, inner: ReadonlyMap<number, LexicalString>, paint: Paint): void {
  const { start, prefix, quote, terminated } = string;
  const end = terminated ? string.end - quote.length : string.end;
  const body = start + prefix.length + quote.length;
  paint(start, string.end, 'set');
  if (/r/i.test(prefix)) return; // most often a pattern, where every letter means something
  paint(body, end, 'text');
  const fields = /[ft]/i.test(prefix);
  const sticky = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    const match = pattern.exec(code);
    return match && at + match[0].length <= end ? match : null;
  };
  for (let at = body; at < end; ) {
    const pair = code[at] === code[at + 1] && '{}'.includes(code[at]);
    const escape = code[at] === '\\' ? sticky(ESCAPE, at) : null;
    const field = !pair && code[at] === '{' ? (fields ? at : sticky(FORMAT, at)) : null;
    const percent = code[at] === '%' ? sticky(PERCENT, at) : null;
    if (field === at) {
      at = paintField(code, at, end, inner, paint);
      continue;
    }
    const found = escape ?? (field as RegExpExecArray | null) ?? percent;
    const length = found?.[0].length ?? (pair ? 2 : 1);
    if (found) paint(at, at + length, 'set');
    const name = found !== escape ? found?.[1] : undefined;
    if (name) paint(code.indexOf(name, at), code.indexOf(name, at) + name.length, 'code');
    at += length;
  }
}

/** A field of an f-string from its brace on; gives where it ends. */
function paintField(code: string, open: number, end: number, inner: ReadonlyMap<number, LexicalString>, paint: Paint): number {
  let depth = 0;
  let at = open + 1;
  paint(open, at, 'set');
  while (at < end) {
    const nested = inner.get(at);
    if (nested) {
      at = Math.max(nested.end, at + 1);
      continue;
    }
    const char = code[at];
    if (char === '}' && depth === 0) return at + 1;
    if (char === ':' && depth === 0) return paintSpec(code, at, end, inner, paint);
    if (char === '!' && depth === 0 && code[at + 1] !== '=') paint(at, at + 2, 'set');
    else paint(at, at + 1, 'code');
    if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    at++;
  }
  return end;
}

function paintSpec(code: string, start: number, end: number, inner: ReadonlyMap<number, LexicalString>, paint: Paint): number {
  let at = start;
  while (at < end && code[at] !== '}') {
    paint(at, at + 1, 'set');
    at = code[at] === '{' ? paintField(code, at, end, inner, paint) : at + 1;
  }
  return Math.min(at + 1, end);
}
