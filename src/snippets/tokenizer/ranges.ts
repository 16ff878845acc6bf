import type { AlignedText } from './aligned-text';

/** A token and the characters that it covers: UTF-16 offsets, `end` excluded. */
export interface Token {
  id: number;
  /** Its own text; bytes that are not whole characters are shown as `\xe4`. */
  text: string;
  start: number;
  end: number;
}

export interface TokenRange {
  start: number;
  end: number;
}

/**
 * The exact range of every token of a word, in the text that the word was made of. A token may hold part of a character: its range covers
 * every character (Unicode code point) that has at least one of its bytes, so neighbouring tokens may share a character. Where the
 * tokenizer composes the text first, a "character" is a base letter with its combining marks. A token of characters that the tokenizer
 * inserted (the space that SentencePiece puts first) has an empty range.
 * @param tokens the UTF-8 bytes that each token spells
 * @throws when they do not spell the word
 */
export function tokenRanges(word: AlignedText, tokens: readonly Uint8Array[]): TokenRange[] {
  const { text, starts, ends } = word;
  const bytes = new TextEncoder().encode(text);
  const ranges: TokenRange[] = [];
  let at = 0;
  /** The character that byte `at` belongs to, and where its bytes end. */
  let unit = 0;
  let unitEnd = utf8Length(text.codePointAt(0));
  const next = (): void => {
    unit += text.codePointAt(unit)! > 0xffff ? 2 : 1;
    unitEnd += utf8Length(text.codePointAt(unit));
  };
  for (const token of tokens) {
    if (!startsWith(bytes, at, token)) throw noToken(text.slice(unit));
    at += token.length;
    const start = starts[unit];
    let end = ends[unit];
    while (unitEnd < at) {
      next();
      end = ends[unit];
    }
    ranges.push({ start, end });
    if (unitEnd === at) next();
  }
  if (at < bytes.length) throw noToken(text.slice(unit));
  return ranges;
}

function noToken(rest: string): Error {
  return new Error(`The tokenizer's vocabulary has no token for ${JSON.stringify(Array.from(rest.slice(0, 2))[0])}, so the text cannot be read. Use the tokenizer that belongs to the model.`);
}

function startsWith(bytes: Uint8Array, at: number, token: Uint8Array): boolean {
  if (token.length === 0 || at + token.length > bytes.length) return false;
  for (let i = 0; i < token.length; i++) if (bytes[at + i] !== token[i]) return false;
  return true;
}

/** UTF-8 bytes of a code point; 0 behind the end of a text. */
function utf8Length(code: number | undefined): number {
  return code === undefined ? 0 : code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
