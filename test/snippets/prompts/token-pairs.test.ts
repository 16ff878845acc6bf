/** Pairs of tokens, read from a program as a person would. */
import { beforeAll, expect, test } from 'vitest';
import { createParser, type PythonParser } from '../../../src/snippets/syntax/parse';
import { tokenPairs } from '../../../src/snippets/prompts/token-pairs';
import type { TokenPairKind } from '../../../src/vocabulary/token-pairs';

let parser: PythonParser;
beforeAll(async () => {
  parser = await createParser();
});

/** Pairs of a kind in a program behind some words, as `text@position > text@position …`; spaces belong to the word behind them. */
function pairsOf(code: string, before = 'Q '): (kind: TokenPairKind) => string[] {
  const text = `${before}${code}\nEND`;
  const ids = new Map<string, number>();
  const idOf = (word: string) => ids.get(word) ?? (ids.set(word, ids.size), ids.get(word)!);
  const tokens = [...text.matchAll(/\n *| ?\w+| ?[^\w\s]/g)].map((match) => ({ id: idOf(match[0]), start: match.index, end: match.index + match[0].length, text: match[0] }));
  const pairs = tokenPairs(parser.parse(code), { pieces: [{ start: before.length, end: before.length + code.length, at: 0 }] }, tokens);
  const name = (at: number) => `${tokens[at].text.trim() || '↵'}@${at}`;
  return (kind) => [...pairs[kind]].map(([query, keys]) => `${name(query)} > ${keys.map(name).join(' ')}`);
}

test('previous, duplicate and induction, of all tokens', () => {
  const of = pairsOf('a\na b\na b a', '');
  expect(of('previous').slice(0, 3)).toEqual(['↵@1 > a@0', 'a@2 > ↵@1', 'b@3 > a@2']);
  expect(of('duplicate')).toEqual(['a@2 > a@0', '↵@4 > ↵@1', 'a@5 > a@0 a@2', 'b@6 > b@3', '↵@8 > ↵@1 ↵@4']); // ` a` is another token than `a`
  expect(of('induction')).toEqual(['a@2 > ↵@1', '↵@4 > a@2', 'a@5 > ↵@1 b@3', 'b@6 > ↵@4', '↵@8 > a@2 a@5']);
  expect(of('identifier').at(-1)).toBe('a@7 > a@0 a@2 a@5'); // but the same name
});

test('names, where they were given their meaning last, and the import that they come from', () => {
  const of = pairsOf('import os as system, re\nfrom math import pi\nx = pi\nx = x + system\nprint(re.x)');
  expect(of('identifier')).toEqual(['x@17 > x@13', 'x@19 > x@13 x@17', 'system@21 > system@4']); // re.x is an attribute
  expect(of('definition')).toEqual(['x@19 > x@17', 'system@21 > system@4']);
  const first = 'import@1 os@2 as@3 system@4 ,@5 re@6';
  expect(of('import')).toEqual(['pi@15 > from@8 math@9 import@10 pi@11', `system@21 > ${first}`, `re@25 > ${first}`]);
});

test('brackets, the header around, and what stands above', () => {
  const of = pairsOf('def f(n):\n  k = [n]\n  return k\nprint(f(1))');
  expect(of('bracket')).toEqual([')@5 > (@3', ']@12 > [@10', ')@22 > (@20', ')@23 > (@18']);
  const header = 'def@1 f@2 (@3 n@4 )@5 :@6';
  expect(of('signature')).toEqual(['k@8', '=@9', '[@10', 'n@11', ']@12', 'return@14', 'k@15'].map((query) => `${query} > ${header}`));
  expect(of('definition')).toEqual(['n@11 > n@4', 'k@15 > k@8', 'f@19 > f@2']);
  expect(of('column')).toEqual(['k@8 > def@1', '=@9 > f@2', '[@10 > n@4', 'n@11 > )@5', ']@12 > :@6', 'return@14 > k@8', '(@18 > return@14', 'f@19 > return@14', '(@20 > return@14', ')@22 > k@15']);
});

test('broken code has the pairs that can be told', () => {
  const of = pairsOf('def f(:\n  x = (1\nprint(f(x)');
  expect(of('bracket')).toEqual([')@16 > (@14']);
  expect(of('previous')).toHaveLength(18);
});
