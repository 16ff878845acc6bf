/** A selection becomes a stretch that means the same characters. */
import { expect, test } from 'vitest';
import { placeAt, stretchOfSelection } from '../../../src/extension/explain/selected-stretch';
import { parsePlace, parseStretch } from '../../../src/protocol/reading/place';

const TEXT = 'a = 1\r\nb = a + 2\n\nc = 3\n';
const all = { start: 0, end: TEXT.length };

test('lines and columns from 1, cut to the explained code; nothing where only white space is left', () => {
  const start = TEXT.indexOf('a + 2');
  expect(stretchOfSelection(TEXT, { start, end: start + 5 }, all)).toBe('2:5-2:10');
  expect(stretchOfSelection(TEXT, { start, end: TEXT.length }, { start: 0, end: start + 1 })).toBe('2:5-2:6');
  expect(stretchOfSelection(TEXT, { start: 0, end: start }, { start: 7, end: 12 })).toBe('2:1-2:5');
  expect(parseStretch(stretchOfSelection(TEXT, all, all)!).from).toEqual({ kind: 'line', line: 1, column: 1 });
  expect(stretchOfSelection(TEXT, { start, end: start }, all)).toBeNull();
  expect(stretchOfSelection(TEXT, { start: start + 5, end: start + 7 }, all)).toBeNull();
  expect(stretchOfSelection(TEXT, { start: 0, end: 3 }, { start: 7, end: 12 })).toBeNull();
});

test('a cursor is at a character of the explained code, behind its end at the last one', () => {
  const within = { start: 7, end: 16 };
  expect(placeAt(TEXT, TEXT.indexOf('a + 2'), within)).toBe('2:5');
  expect(placeAt(TEXT, 7, within)).toBe('2:1');
  expect(placeAt(TEXT, 16, within)).toBe('2:9');
  expect(placeAt(TEXT, 6, within)).toBeNull();
  expect(placeAt(TEXT, 17, within)).toBeNull();
  expect(placeAt('', 0, { start: 0, end: 0 })).toBeNull();
  expect(parsePlace(placeAt(TEXT, TEXT.length, all)!)).toEqual({ kind: 'line', line: 4, column: 6 });
});
