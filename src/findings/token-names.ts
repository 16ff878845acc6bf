/** Names of tokens for sentences: a token alone (`1`) says little, the word that it is part of (`130`) says where it is. */

export interface NamedToken {
  text: string;
  /** Its range in the prompt, UTF-16. */
  start: number;
  end: number;
  /** Its line in the user's file; null for a token of the template alone. */
  line: number | null;
}

const WORD = /[\p{ID_Continue}.]/u;

/** A name for each token, such as "`130`", "`1` in `130`", "`(` on line 2" or "the last token". */
export function tokenNames(prompt: string, tokens: readonly NamedToken[]): string[] {
  const words = tokens.map((token) => wordAround(prompt, token));
  const count = new Map<string, number>();
  const seen = new Map<string, string>();
  for (const { word, key } of words) {
    if (seen.has(key)) continue;
    seen.set(key, word);
    count.set(word, (count.get(word) ?? 0) + 1);
  }
  return tokens.map((token, i) => {
    if (i === tokens.length - 1) return 'the last token';
    const own = token.text.trim();
    if (own === '') return blank(token);
    if (token.start === token.end && token.start === 0) return `the beginning token ${code(own)}`;
    const { word } = words[i];
    const name = own === word ? code(own) : `${code(own)} in ${code(word)}`;
    if (token.line === null) return `${name} of the question`;
    return (count.get(word) ?? 0) > 1 ? `${name} on line ${token.line}` : name;
  });
}

function blank({ text, line }: NamedToken): string {
  const what = text.includes('\n') ? 'the line break' : text === '' ? 'the beginning of the text' : 'the space';
  if (text === '') return what;
  return line === null ? `${what} of the question` : `${what} on line ${line}`;
}

/** The identifier or number that a token lies in, or the token itself; `key` tells equal words at different places apart. */
function wordAround(prompt: string, { text, start, end }: NamedToken): { word: string; key: string } {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(prompt[from])) from++;
  while (to > from && /\s/.test(prompt[to - 1])) to--;
  if (from < to && WORD.test(prompt[from]) && prompt[from] !== '.') while (from > 0 && inWord(prompt, from - 1)) from--;
  if (from < to && WORD.test(prompt[to - 1]) && prompt[to - 1] !== '.') while (to < prompt.length && inWord(prompt, to)) to++;
  const word = prompt.slice(from, to);
  return from < to && word.length <= 24 ? { word, key: `${from}` } : { word: text.trim(), key: `${start}` };
}

/** Identifiers and numbers; a point only within a number. */
function inWord(prompt: string, at: number): boolean {
  const char = prompt[at];
  if (char === '.') return /\d/.test(prompt[at - 1] ?? '') && /\d/.test(prompt[at + 1] ?? '');
  return WORD.test(char);
}

function code(text: string): string {
  return `\`${text}\``;
}
