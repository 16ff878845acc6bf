import { createHash } from 'node:crypto';

export interface NormaliseOptions {
  /** Keep line breaks and the depth of each line, which decide whether Python can read the program at all. */
  layout?: boolean;
}

/**
 * A program without what does not matter for telling two programs apart: comments, spaces between tokens, blank
 * lines, and which quotation mark a string uses. Identifiers, numbers and the text inside strings stay.
 */
export function normalise(code: string, { layout = false }: NormaliseOptions = {}): string {
  let out = '';
  let lineStart = true;
  for (let at = 0; at < code.length; ) {
    const char = code[at];
    if (char === '\n') {
      lineStart = true;
      at++;
    } else if (char === ' ' || char === '\t' || char === '\r') {
      const start = at;
      while (at < code.length && /[ \t\r]/.test(code[at])) at++;
      if (lineStart && layout && at < code.length && !/[\n#]/.test(code[at])) out += `\n${at - start}`;
      else if (!lineStart && isWord(out.at(-1)) && isWord(code[at])) out += ' ';
      if (code[at] !== '\n' && code[at] !== '#') lineStart = false;
    } else if (char === '#') {
      while (at < code.length && code[at] !== '\n') at++;
    } else {
      if (lineStart && (layout || isWord(out.at(-1)))) out += '\n';
      lineStart = false;
      if (char === '"' || char === "'") {
        const end = stringEnd(code, at);
        out += code.slice(at, end).replace(/^('''|"""|')|('''|"""|')$/g, '"');
        at = end;
      } else {
        out += char;
        at++;
      }
    }
  }
  return out;
}

/** A short hash of the normalised program. */
export function programHash(code: string, options?: NormaliseOptions): string {
  return createHash('sha1').update(normalise(code, options)).digest('base64').slice(0, 16);
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /\w/.test(char);
}

/** Where the string that starts at `at` ends; an unterminated one ends with its line (or the program). */
function stringEnd(code: string, at: number): number {
  const quote = code[at];
  const triple = quote.repeat(3);
  if (code.startsWith(triple, at)) {
    const end = code.indexOf(triple, at + 3);
    return end < 0 ? code.length : end + 3;
  }
  let end = at + 1;
  while (end < code.length && code[end] !== quote && code[end] !== '\n') end += code[end] === '\\' ? 2 : 1;
  return code[end] === quote ? end + 1 : Math.min(end, code.length);
}
