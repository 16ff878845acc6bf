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

function codePoint(character: string): string {
  return `⟨U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** At most `length` code points, the last one an ellipsis when something was cut. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length ? text : `${characters.slice(0, Math.max(0, length - 1)).join('')}…`;
}

/** A probability for reading; its spaces do not break. */
export function percent(probability: number): string {
  if (!Number.isFinite(probability)) return '–';
  if (probability > 0 && probability < 0.001) return '<\u00a00.1\u00a0%';
  if (probability < 1 && probability > 0.999) return '>\u00a099.9\u00a0%';
  return `${(100 * probability).toFixed(1)}\u00a0%`;
}

/** A number for reading, with a real minus sign. */
export function decimal(value: number | null, digits = 2): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? (0).toFixed(digits) : text).replace('-', '−');
}

/** Words that begin small and have no end, as a sentence. */
export function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
