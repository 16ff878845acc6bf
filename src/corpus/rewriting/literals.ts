import type { Random } from '../random';
import { join, lex, type Token } from './lexer';
import { WORDS, wordsLike } from './words';

/** Words inside strings that mean something to Python or its library. */
const KEPT_WORDS = new Set(
  `utf ascii latin strict ignore replace true false null r w a rb wb d s f x b o e n t int str float iso8859 cp1252
  txt csv json py md log html dat com org`.split(/\s+/),
);

const DIRECTED = new Set(['getattr', 'hasattr', 'setattr', 'encode', 'decode', '__import__', 'import_module']);

export interface LiteralOptions {
  /** Chance that a number that occurs is replaced (the same everywhere). */
  numbers: number;
  /** Chance that a word in a string is replaced (the same everywhere). */
  words: number;
  /** Chance that one place forgets the replacement, so that keys or values stop matching. */
  slips: number;
}

/** Replaces numbers by numbers of similar size and words in strings by other words. */
export function changeLiterals(code: string, random: Random, options: LiteralOptions): string {
  const tokens = lex(code);
  const numbers = new Map<string, string>();
  const strings = new Map<string, string>();
  const swap = (map: Map<string, string>, text: string, make: () => string): string => {
    if (!map.has(text)) map.set(text, make());
    return random.chance(options.slips) ? make() : map.get(text)!;
  };
  const word = (text: string): string => {
    const lower = text.toLowerCase();
    if (KEPT_WORDS.has(lower)) return text;
    const fresh = swap(strings, lower, () => {
      if (!random.chance(options.words)) return lower;
      if (lower.length === 1) return random.chance(0.7) ? lower : random.pick([...'abcdefghijklmnopqrstuvwxyz']);
      return random.pick(
        (random.chance(0.75) ? wordsLike(lower) : undefined) ?? (random.chance(0.3) ? [lower] : WORDS),
      );
    });
    if (fresh === lower) return text;
    if (text === text.toUpperCase()) return fresh.toUpperCase();
    return text[0] === text[0]!.toUpperCase() ? fresh[0]!.toUpperCase() + fresh.slice(1) : fresh;
  };
  return join(
    tokens.map((token, i): Token => {
      if (token.kind === 'number') {
        const text = swap(numbers, token.text, () =>
          random.chance(options.numbers) ? similarNumber(token.text, random) : token.text,
        );
        return { ...token, text };
      }
      if (token.kind === 'text') return { ...token, text: changeWords(token.text, word) };
      if (token.kind !== 'string' || isDirective(tokens, i)) return token;
      return { ...token, text: changeString(token.text, random, options, numbers, word) };
    }),
  );
}

function changeString(
  text: string,
  random: Random,
  options: LiteralOptions,
  numbers: Map<string, string>,
  word: (text: string) => string,
): string {
  const [, opener, content, closer] = /^(\w*(?:"""|'''|"|'))([\s\S]*?)("""|'''|"|')?$/.exec(text) ?? [];
  if (opener === undefined || content === undefined) return text;
  if (/^-?\d{1,9}(\.\d+)?$/.test(content)) {
    const fresh = numbers.get(content) ?? (random.chance(options.numbers) ? similarNumber(content, random) : content);
    numbers.set(content, fresh);
    return opener + fresh + (closer ?? '');
  }
  return opener + changeWords(content, word) + (closer ?? '');
}

/** Replaces the plain words of a string, leaving escapes, `%` directives, `{}` fields and file endings alone. */
function changeWords(text: string, word: (text: string) => string): string {
  const parts = /\{[^{}]*\}|\\.|%[-\d.]*\w|\.\w+$|[A-Za-z]+/g;
  return text.replace(parts, (part) => (/^[A-Za-z]/.test(part) ? word(part) : part));
}

/** Strings that name an attribute, a codec, a mode or a pattern keep their text. */
function isDirective(tokens: readonly Token[], index: number): boolean {
  const text = tokens[index]!.text;
  if (/^[rR]/.test(text) || /%[YmdHMSBbjA]/.test(text)) return true;
  const names = tokens.slice(Math.max(0, index - 5), index).map((token) => token.text);
  return names.some((name) => DIRECTED.has(name));
}

function similarNumber(text: string, random: Random): string {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
  const [whole, fraction] = text.split('.');
  if (fraction !== undefined) {
    const value = Number(text) * (0.4 + 1.6 * random.float());
    return value.toFixed(fraction.length);
  }
  const value = Number(whole);
  const sign = text.startsWith('-') ? '-' : '';
  const size = Math.abs(value);
  if (size <= 2) return random.chance(0.8) ? text : String(random.int(0, 3));
  if (size < 10) return sign + String(random.int(2, 9));
  if (size % 100 === 0 && random.chance(0.7)) return sign + String(random.int(1, 9) * 10 ** (whole!.length - 1));
  const digits = String(size).length;
  if (digits > 15) return text;
  return sign + String(random.int(10 ** (digits - 1), 10 ** digits - 1));
}
