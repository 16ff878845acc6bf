/** Places are named as editors count them, also behind lines that were not read. */
import { expect, it } from 'vitest';
import { placeInFile } from '../../../src/protocol/reading/open-place';

const source = { file: 'a.ts', code: 'let x\r\nlet y: number\n', start: 100, end: 121, firstLine: 7, lastLine: 8 };

it.each([[{ start: 104, end: 104 }, '7:5'], [{ start: 114, end: 120 }, '8:8-8:14'], [{ start: 107, end: 107 }, '8:1'], [{ start: 114, end: 122 }, '8:8']])('%j', (place, words) => {
  expect(placeInFile({ source, place })).toBe(words);
});

it('none', () => expect(placeInFile({ source })).toBeNull());
