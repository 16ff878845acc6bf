/** A string literal found by reading characters; offsets are UTF-16. */
export interface LexicalString {
  /** Where the prefix (`f`, `rb`, …) or the opening quote starts. */
  start: number;
  /** After the closing quote; for an unterminated string the end of its line (or of the text, if triple-quoted). */
  end: number;
  prefix: string;
  /** The opening quote: one or three characters. */
  quote: string;
  terminated: boolean;
}

/** A bracket outside strings and comments. */
export interface LexicalBracket {
  at: number;
  char: string;
  /** The offset of its partner; null when it has none or a wrong one. */
  partner: number | null;
}

export interface LexicalComment {
  start: number;
  end: number;
}

/** What can be said of a program without a grammar, also when it is broken. */
export interface LexicalScan {
  /** In source order; strings inside f-string fields follow the string that holds them. */
  strings: LexicalString[];
  brackets: LexicalBracket[];
  comments: LexicalComment[];
}

export const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const STRING_START = /(br|rb|fr|rf|tr|rt|[rbuft])?("""|'''|"|')/iy;
const WORD = /[\p{ID_Continue}]/u;
/** f-strings nested deeper are read as plain strings. */
const MAX_FIELD_DEPTH = 20;

/** The code and how many more steps its f-string fields may take: hostile nesting would otherwise be exponential. */
interface Source {
  code: string;
  strings: LexicalString[];
  budget: number;
  depth: number;
}

/**
 * Finds strings (with nested f-string fields, as Python 3.12 reads them), brackets with their partners and comments.
 * Linear in the length of the code: where f-strings nest too deeply to say, they are read as plain strings.
 */
export function scanLexical(code: string): LexicalScan {
  const scan: LexicalScan = { strings: [], brackets: [], comments: [] };
  const source: Source = { code, strings: scan.strings, budget: 8 * code.length + 10_000, depth: 0 };
  const open: LexicalBracket[] = [];
  let at = 0;
  while (at < code.length) {
    const char = code[at];
    if (char === '#') {
      const end = lineEnd(code, at);
      scan.comments.push({ start: at, end });
      at = end;
      continue;
    }
    const string = stringAt(source, at);
    if (string) {
      at = string.end;
      continue;
    }
    if (char in CLOSERS) {
      const bracket: LexicalBracket = { at, char, partner: null };
      scan.brackets.push(bracket);
      open.push(bracket);
    } else if (char === ')' || char === ']' || char === '}') {
      const bracket: LexicalBracket = { at, char, partner: null };
      scan.brackets.push(bracket);
      const last = open.at(-1);
      if (last && CLOSERS[last.char] === char) {
        open.pop();
        bracket.partner = last.at;
        last.partner = at;
      }
    }
    at++;
  }
  return scan;
}

/** The end of the line of `at`, without its line break. */
export function lineEnd(code: string, at: number): number {
  while (at < code.length && code[at] !== '\n' && code[at] !== '\r') at++;
  return at;
}

/** The string literal that starts at `at`, added to the strings; undefined when none does. */
function stringAt(source: Source, at: number): LexicalString | undefined {
  const { code, strings } = source;
  const char = code[at];
  if (char !== '"' && char !== "'" && (!'rbuftRBUFT'.includes(char) || (at > 0 && WORD.test(code[at - 1])))) {
    return undefined;
  }
  STRING_START.lastIndex = at;
  const match = STRING_START.exec(code);
  if (!match) return undefined;
  const prefix = match[1] ?? '';
  const quote = match[2];
  const string: LexicalString = { start: at, end: at, prefix, quote, terminated: false };
  const body = at + match[0].length;
  strings.push(string);
  const known = strings.length;
  let end = /[ft]/i.test(prefix) && source.depth < MAX_FIELD_DEPTH ? formattedEnd(source, body, quote) : null;
  if (end === null) {
    strings.length = known; // not a well-formed f-string: read it as a plain one
    end = plainEnd(code, body, quote);
  }
  string.terminated = end !== null;
  string.end = end ?? (quote.length === 3 ? code.length : lineEnd(code, body));
  return string;
}

function plainEnd(code: string, at: number, quote: string): number | null {
  for (; at < code.length; at++) {
    if (code[at] === '\\') {
      if (code[at + 1] === '\r' && code[at + 2] === '\n') at++;
      at++;
    } else if (code.startsWith(quote, at)) return at + quote.length;
    else if (quote.length === 1 && (code[at] === '\n' || code[at] === '\r')) return null;
  }
  return null;
}

/** The end of an f-string whose body starts at `at`; null when it or one of its fields does not end. */
function formattedEnd(source: Source, at: number, quote: string): number | null {
  const { code } = source;
  while (at < code.length && source.budget-- > 0) {
    if (code.startsWith(quote, at)) return at + quote.length;
    const char = code[at];
    if (quote.length === 1 && (char === '\n' || char === '\r')) return null;
    if (char === '\\') at += 2;
    else if (char === '{' && code[at + 1] === '{') at += 2;
    else if (char === '{') {
      source.depth++;
      const end = fieldEnd(source, at + 1, quote);
      source.depth--;
      if (end === null) return null;
      at = end;
    } else at++;
  }
  return null;
}

/** After the `}` of an f-string field whose expression starts at `at`. */
function fieldEnd(source: Source, at: number, quote: string): number | null {
  const { code } = source;
  let depth = 0;
  let format = false;
  while (at < code.length && source.budget-- > 0) {
    const char = code[at];
    if (format) {
      if (char === '{') depth++;
      else if (char === '}' && depth-- === 0) return at + 1;
      else if (quote.length === 1 && (char === '\n' || char === quote)) return null;
      at++;
      continue;
    }
    if (char === '#' && quote.length === 1) return null;
    const string = stringAt(source, at);
    if (string) {
      if (!string.terminated) return null;
      at = string.end;
      continue;
    }
    if (char in CLOSERS) depth++;
    else if (char === '}' && depth === 0) return at + 1;
    else if (char === ')' || char === ']' || char === '}') depth--;
    else if (char === ':' && depth === 0) format = true;
    at++;
  }
  return null;
}
