import { quoteName } from './checkpoint-error';

/** A safetensors header nests three deep; a bottomless one would exhaust memory while it is parsed. */
const MAX_DEPTH = 16;

/**
 * Parses JSON whose top level is an object, refusing duplicate keys at any depth: two readers may disagree on which of
 * them counts, and a file that means two things is not to be trusted. Throws a SyntaxError with a short reason.
 */
export function parseStrictObject(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SyntaxError('is not valid UTF-8');
  }
  refuseDuplicateKeys(text);
  const value = parse(text);
  if (!isObject(value)) throw new SyntaxError('is not a JSON object');
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SyntaxError('is not valid JSON');
  }
}

/** Deeper than any file of a model; what walks through a value may then call itself for each level. */
const MOST_NESTED = 64;

/**
 * Parses JSON of a file that is not trusted, but may have what JSON allows.
 * @throws SyntaxError whose message says what the file is: "is not valid JSON", "is nested too deeply"
 */
export function parseJson(text: string): unknown {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      do at = text.indexOf('"', at + 1);
      while (at >= 0 && isEscaped(text, at));
      if (at < 0) break; // a string without an end: the parser says so
    } else if (char === BRACE || char === BRACKET) {
      if (++depth > MOST_NESTED) throw new SyntaxError(`is nested too deeply (over ${MOST_NESTED} levels)`);
    } else if (char === BRACE + 2 || char === BRACKET + 2) {
      depth--;
    }
  }
  return parse(text);
}

const [QUOTE, BRACE, BRACKET] = Array.from('"{[', (char) => char.charCodeAt(0));

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') first--;
  return (at - first) % 2 === 1;
}

/** Looks at strings and brackets only; whether the rest is JSON is for the parser to say. */
function refuseDuplicateKeys(text: string): void {
  const open: (Set<string> | null)[] = []; // the keys of each open object; null for an array
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') {
      if (open.push(char === '{' ? new Set() : null) > MAX_DEPTH) throw new SyntaxError('is nested too deeply');
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === '"') {
      const start = at;
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++;
      const keys = open.at(-1);
      if (keys && isBeforeColon(text, at + 1)) {
        const key = String(parse(text.slice(start, at + 1)));
        if (keys.has(key)) throw new SyntaxError(`has the key ${quoteName(key)} twice`);
        keys.add(key);
      }
    }
  }
}

function isBeforeColon(text: string, at: number): boolean {
  while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++;
  return text[at] === ':';
}
