/** The text of a type with its white space in one form. */

const PIECES = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|`(?:[^`\\]|\\[^])*`|\s+|[^\s"'`]+|["'`]/g;
const WORD = /[\w$\u0080-\uffff]/;

/** White space goes but between two words, and in strings stays. */
export function normalType(type: string): string {
  let text = '';
  let space = false;
  for (const [piece] of type.trim().matchAll(PIECES)) {
    if (/^\s/.test(piece)) space = true;
    else {
      if (space && WORD.test(text.at(-1) ?? '') && WORD.test(piece[0])) text += ' ';
      text += piece;
      space = false;
    }
  }
  return text;
}
