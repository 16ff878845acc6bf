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

/** What `tokenRanges` asks of a vocabulary. */
export interface TokenSpeller {
  /** The UTF-8 bytes that a token stands for; undefined for an unknown id. */
  bytesOf(id: number): Uint8Array | undefined;
  /** Whether the spaces before and after the token disappear with it, as special tokens may ask. */
  strips(id: number): { left: boolean; right: boolean };
  /** Whether texts are brought into Unicode's composed form (NFC) before they are tokenized. */
  readonly composes: boolean;
}

/** The UTF-8 bytes of a text, each with the range of the character that it belongs to. */
interface SpelledText {
  bytes: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
}

/**
 * The exact range of every token in `text` (ids as the tokenizer gave them, without added beginning or end tokens).
 * A byte-level token may hold part of a character: its range covers every character (Unicode code point) that has at
 * least one of its bytes, so neighbouring tokens may share a character. Where the tokenizer composes the text first,
 * a "character" is a base letter with its combining marks.
 * @throws when the ids do not spell the text
 */
export function tokenRanges(text: string, ids: readonly number[], speller: TokenSpeller): TokenRange[] {
  const spelled = spell(text, speller.composes);
  const { bytes, starts, ends } = spelled;
  const ranges: TokenRange[] = [];
  let at = 0;
  let skipSpaces = false;
  for (const id of ids) {
    const token = speller.bytesOf(id);
    if (!token) throw new RangeError(`The token id ${id} is not in the vocabulary.`);
    const strips = speller.strips(id);
    if (skipSpaces || strips.left) at = afterSpaces(spelled, text, at, token);
    if (!startsWith(bytes, at, token)) {
      const character = at < bytes.length ? starts[at] : text.length;
      throw new Error(
        `Token ${ranges.length} (id ${id}) does not spell the text at character ${character}. ` +
          'The tokenizer changes or drops text, so its tokens cannot be placed; use a byte-level tokenizer.',
      );
    }
    const start = at < bytes.length ? starts[at] : text.length;
    ranges.push(token.length === 0 ? { start, end: start } : { start, end: ends[at + token.length - 1] });
    at += token.length;
    skipSpaces = strips.right;
  }
  if (skipSpaces) at = afterSpaces(spelled, text, at, new Uint8Array());
  if (at < bytes.length) {
    throw new Error(
      `The tokens end at character ${starts[at]} of ${text.length}: the vocabulary has no token for what follows. ` +
        'Use a tokenizer whose vocabulary holds all 256 bytes.',
    );
  }
  return ranges;
}

function startsWith(bytes: Uint8Array, at: number, token: Uint8Array): boolean {
  for (let i = 0; i < token.length; i++) if (bytes[at + i] !== token[i]) return false;
  return true;
}

/** Where `token` starts when the spaces at `at` were dropped. */
function afterSpaces({ bytes, starts, ends }: SpelledText, text: string, at: number, token: Uint8Array): number {
  while (at < bytes.length && /^\s+$/.test(text.slice(starts[at], ends[at]))) {
    if (token.length > 0 && startsWith(bytes, at, token)) break;
    at++;
  }
  return at;
}

/** A letter with its marks or conjoining vowels and finals (Hangul): it composes with nothing outside of it. */
const COMPOSING_UNIT = /(?:[\u1100-\u115f\uac00-\ud7a3][\u1160-\u11ff]+|[^])\p{M}*/gu;

function spell(text: string, composes: boolean): SpelledText {
  const units: { text: string; start: number; end: number }[] = [];
  if (composes && text.normalize('NFC') !== text) {
    for (const match of text.matchAll(COMPOSING_UNIT)) {
      const end = match.index + match[0].length;
      units.push({ text: match[0].normalize('NFC'), start: match.index, end });
    }
  } else {
    let start = 0;
    for (const character of text) units.push({ text: character, start, end: (start += character.length) });
  }
  const bytes = new TextEncoder().encode(units.map((unit) => unit.text).join(''));
  const starts = new Uint32Array(bytes.length);
  const ends = new Uint32Array(bytes.length);
  let at = 0;
  for (const unit of units) {
    const next = at + utf8Length(unit.text);
    starts.fill(unit.start, at, next);
    ends.fill(unit.end, at, next);
    at = next;
  }
  return { bytes, starts, ends };
}

/** UTF-8 bytes of a text; a lone surrogate counts as U+FFFD (3 bytes), as `TextEncoder` writes it. */
function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
