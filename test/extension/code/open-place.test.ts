/** A place in a text follows the edits around it, and only code that its answer depends on makes it out of date. */
import { describe, expect, it } from 'vitest';
import { countedCode, openPlace, readsAround, trackedPlace } from '../../../src/extension/code/open-place';

const change = (rangeOffset: number, rangeLength: number, text: string) => ({ rangeOffset, rangeLength, text });
const cursor = { ask: 'next-token' as const, start: 10, end: 10 };
const hole = { ask: 'type' as const, start: 10, end: 16, fim: true };

it('counts all before a cursor, and all of the text where what is behind is read', () => {
  expect(countedCode(cursor, 40)).toEqual({ start: 0, end: 10 });
  expect(countedCode(hole, 40)).toEqual({ start: 0, end: 40 });
});

it.each([
  ['automatic', true, '\n  return x;\n', true],
  ['automatic', true, ' \n\n', false],
  ['automatic', false, ')', false],
  ['before', true, ')', false],
] as const)('of a cursor, %s, model with sentinels %s, %j behind it: read around %s', (setting, fillsHoles, behind, around) => {
  expect(readsAround(setting, fillsHoles, behind)).toBe(around);
});

describe('after changes', () => {
  it.each([
    ['typed at the cursor', change(10, 0, 'abc'), 10, 10],
    ['typed behind it', change(30, 2, ''), 10, 10],
    ['typed before it', change(3, 0, 'xy\n'), 13, 13],
    ['deleted before it', change(6, 4, ''), 6, 6],
    ['replaced across it', change(8, 6, 'q'), 9, 9],
  ])('%s', (_, made, start, end) => {
    expect(trackedPlace(cursor, [made])).toEqual({ ...cursor, start, end });
  });
  it.each([
    ['at its beginning, which is before it', change(10, 0, ': '), 12, 18],
    ['at its end, which is behind it', change(16, 0, ' '), 10, 16],
    ['inside', change(12, 2, 'wide'), 10, 18],
    ['around all of it', change(5, 20, ''), 5, 5],
  ])('a stretch, %s', (_, made, start, end) => {
    expect(trackedPlace(hole, [made])).toEqual({ ...hole, start, end });
  });
});

it('is what a result says of its own', () => {
  expect(openPlace('next-token', { start: 3, end: 3 })).toEqual({ ask: 'next-token', start: 3, end: 3 });
  expect(openPlace('next-token', { start: 3, end: 5, behind: true, others: [' x'] })).toEqual({ ask: 'next-token', start: 3, end: 5, fim: true, answers: [' x'] });
  expect(openPlace('python-error', { start: 3, end: 3 })).toBeNull();
});
