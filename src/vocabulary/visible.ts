/** How text from code and tokens is shown: nothing in it may be invisible, reorder its surroundings or break a line. */

const SIGNS: Record<string, string> = { ' ': '·', '\n': '↵', '\t': '⇥', '\r': '␍' };
// Controls, formats (which hold the bidirectional controls), lone surrogates, private use, separators other than a space.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Zs}]/gu;

/** A token's text on one line: white space as a sign, what cannot be seen as its code point. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => SIGNS[character] ?? codePoint(character));
}

/** A label on one line, with its spaces as they are. */
export function plain(text: string): string {
  return text.replace(UNSEEN, (character) => (character === ' ' ? ' ' : (SIGNS[character] ?? codePoint(character))));
}

/** As `plain`, of text that is written for reading: spaces that do not break, as in "12.5 %", stay. */
export function prose(text: string): string {
  return text.split('\u00a0').map(plain).join('\u00a0');
}

/** Code as it stands, with spaces, tabs and line breaks kept and everything else that cannot be seen as its code point. */
export function shownCode(text: string): string {
  return text.replace(UNSEEN, (character) => (/^[ \n\t]$/.test(character) ? character : codePoint(character)));
}

/** As `shownCode`, of a sentence around code: spaces that do not break, as in "12.5 %", stay. */
export function shownProse(text: string): string {
  return text.split('\u00a0').map(shownCode).join('\u00a0');
}

function codePoint(character: string): string {
  return `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
