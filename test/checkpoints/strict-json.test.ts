import { expect, test } from 'vitest';
import { quoteName, quoteValue } from '../../src/checkpoints/checkpoint-error';
import { parseJson } from '../../src/checkpoints/strict-json';

const nested = (depth: number, inside = '') => `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`;

test('JSON of a file is read, however many brackets are in its texts, and not if it is nested deeply', () => {
  for (const value of [null, 7, 'a', { a: [1, { b: '}]"[{\\' }] }, { [nested(100)]: `\\"${nested(100)}` }, []]) expect(parseJson(JSON.stringify(value))).toEqual(value);
  expect(parseJson(` ${nested(64, '1')}\n`)).toHaveLength(1);
  for (const text of [nested(65), nested(5000), '[{"a":'.repeat(100), '['.repeat(1_000_000)]) expect(() => parseJson(text)).toThrow('is nested too deeply (over 64 levels)');
  for (const text of ['', '{', '"[', '"\\"', '[1,]', ']', 'nul']) expect(() => parseJson(text)).toThrow('is not valid JSON');
});

test('what an untrusted file says is quoted in part, with nothing in it that controls a terminal', () => {
  expect(quoteName('a')).toBe('"a"');
  expect(quoteName(`\x1b[31m\u202e\u{e0001}`)).toBe('"\\u001b[31m\\u{202e}\\u{e0001}"');
  expect(quoteName('x'.repeat(1000))).toHaveLength(123);
  expect(quoteValue({ a: '\u2066' })).toBe('{"a":"\\u{2066}"}');
  expect(quoteValue(Array.from({ length: 1000 }, () => 1))).toHaveLength(121);
  expect([quoteValue(undefined), quoteValue(3n), quoteValue(null)]).toEqual(['undefined', '3', 'null']);
});
