import { expect, test } from 'vitest';
import { annotationAt } from '../../../src/extension/code/annotation-at';

/** The place is where the bar stands. */
test.each([
  ['function f(a: str|ing) {', true],
  ['function f(a: Map<string, num|ber>) {', true],
  ['function f(a: string): vo|id {', true],
  ['  name?: str|ing;', true],
  ['const x: Item|[] = [];', true],
  ['def f(a: i|nt = 2) -> str:', true],
  ['def f(a: int) -> st|r:', true],
  ['    age: in|t', true],
  ['function f(a|: string) {', false],
  ['const x = a ? b : c|at;', false],
  ['    case "a": ret|urn 1;', false],
  ['  return { "a": va|lue };', false],
  ['for (const x of xs) retu|rn x;', false],
  ['else: pas|s', false],
  ['', false],
])('%s', (marked, expected) => {
  expect(annotationAt(marked.replace('|', ''), Math.max(0, marked.indexOf('|')))).toBe(expected);
});

test('a long line is passed over', () => {
  expect(annotationAt(`let a: ${'x'.repeat(3000)}`, 10)).toBe(false);
});
