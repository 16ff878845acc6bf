import type { SyntaxNode, SyntaxTree } from '../syntax/syntax';
import { KEYWORDS, BUILTINS } from '../syntax/keywords';

/** The text on one line, at most 28 characters, for descriptions. */
export function brief(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length > 28 ? `${characters.slice(0, 26).join('')}…` : line;
}

/** "print(…)" for a call's argument list or the call itself, "the call" when the function has no short name. */
export function callName(tree: SyntaxTree, call: SyntaxNode): string {
  const callee = call.children.find((child) => child.field === 'function');
  return callee ? `${brief(tree.text(callee))}(…)` : 'the call';
}

/** Every word of the program, names in strings and comments included: a fresh name is none of them. */
export function wordsOf(code: string): Set<string> {
  return new Set(code.match(/[\p{ID_Start}_][\p{ID_Continue}]*/gu) ?? []);
}

/**
 * Slips of the pen, the most natural first: letters swapped, dropped, doubled, a plural gained or lost. None is in
 * `taken`, a keyword or a builtin; all are identifiers if `word` is one.
 */
export function misspellings(word: string, taken: ReadonlySet<string>): string[] {
  const letters = Array.from(word);
  const n = letters.length;
  const slips: string[] = [];
  const middle = Math.max(1, n >> 1);
  const swap = (i: number): string =>
    [...letters.slice(0, i), letters[i + 1], letters[i], ...letters.slice(i + 2)].join('');
  const drop = (i: number): string => [...letters.slice(0, i), ...letters.slice(i + 1)].join('');
  const plural = word.endsWith('s') && n > 3 ? word.slice(0, -1) : `${word}s`;
  if (n >= 4) {
    // Which slip comes first depends on the word, so that many programs show many kinds of slips.
    const first = [swap(middle), drop(middle), drop(n - 1), plural, swap(n - 2)];
    const turn = letters.reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % first.length;
    slips.push(...first.slice(turn), ...first.slice(0, turn));
    slips.push([...letters.slice(0, middle + 1), ...letters.slice(middle)].join(''));
  } else {
    slips.push(plural, n > 1 ? drop(n - 1) : '', n > 2 ? swap(1) : '', word + letters[n - 1], `${word}2`, `${word}_`);
  }
  if (n === 1) slips.unshift(...neighbours(word));
  return [...new Set(slips)].filter((slip) => /^[\p{ID_Start}_]/u.test(slip) && isFree(slip, word, taken));
}

/** Other one-letter names: for `i` these are `j`, `k`, … */
function neighbours(letter: string): string[] {
  const groups = ['ijklmn', 'xyzwuv', 'abcdefgh', 'pqrst'];
  const group = groups.find((members) => members.includes(letter));
  if (!group) return [];
  const at = group.indexOf(letter);
  return Array.from(group.slice(at + 1) + group.slice(0, at));
}

/** Whether `name` can stand for something new in a program with the words `taken`. */
export function isFree(name: string, word: string, taken: ReadonlySet<string>): boolean {
  return (
    name !== word && name.normalize('NFKC') !== word && !taken.has(name) && !KEYWORDS.has(name) && !BUILTINS.has(name)
  );
}

const NOUNS = (
  'value result item total count entry record number text current element amount index label score name key output ' +
  'price limit line word pair target source data rows node step size'
).split(' ');
const VERBS = 'compute process handle build collect prepare update evaluate resolve convert'.split(' ');
const CLASSES = 'Record Entry Widget Handler Account Shape Worker Session Report Device'.split(' ');

/** Natural names that the program does not use, in an order that depends on `word` only. */
export function freshNames(
  word: string,
  role: 'variable' | 'function' | 'class',
  taken: ReadonlySet<string>,
): string[] {
  const pool = role === 'function' ? VERBS : role === 'class' ? CLASSES : NOUNS;
  let hash = 7;
  for (const char of word) hash = (hash * 31 + char.codePointAt(0)!) >>> 0;
  const turn = hash % pool.length;
  const order = [...pool.slice(turn), ...pool.slice(0, turn)];
  return [...order, ...order.map((name) => `new_${name}`)].filter((name) => isFree(name, word, taken));
}

/** The quote that the program uses most, for strings that edits write. */
export function usualQuote(tree: SyntaxTree): '"' | "'" {
  let double = 0;
  for (const string of tree.lexical.strings) double += string.quote[0] === '"' ? 1 : -1;
  return double >= 0 ? '"' : "'";
}

/** A quote for a string written at `node`: inside an f-string field not the quote of that f-string. */
export function quoteAt(tree: SyntaxTree, node: SyntaxNode): '"' | "'" {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'string' && at.children[0]?.type === 'string_start') {
      return tree.text(at.children[0]).includes('"') ? "'" : '"';
    }
  }
  return usualQuote(tree);
}
