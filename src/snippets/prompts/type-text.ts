/** The text of a type where nothing but what follows it says where it ends, as a model writes it that goes on with the code. */

const OPENING = '([{<';
const CLOSING = ')]}>';
/** Behind a type at the top level: the next parameter, a default or value, a body, an end of a statement or line. */
const ENDS = ',=;:)]}\n#';

/**
 * Where the type at the beginning of a text ends: before the first sign outside of brackets that no type goes on with.
 * @returns null where it goes on to the end of the text
 */
export function typeEnd(text: string): number | null {
  let depth = 0;
  let begun = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const arrow = sign === '=' && text[at + 1] === '>';
    if (arrow || (sign === '>' && text[at - 1] === '=')) continue;
    // A brace behind a whole type begins a body, one behind a sign such as | an object's type.
    const body = sign === '{' && /[\p{L}\p{N}_$)\]}>'"`]\s*$/u.test(text.slice(0, at));
    if (depth === 0 && begun && (ENDS.includes(sign) || body)) return at;
    if (depth === 0 && !begun && ')]}\n,;='.includes(sign)) return at;
    if (OPENING.includes(sign)) depth++;
    else if (CLOSING.includes(sign)) depth = Math.max(0, depth - 1);
    if (sign.trim() !== '') begun = true;
  }
  return null;
}
