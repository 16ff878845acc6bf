import { describe, expect, it } from 'vitest';
import { relocated, trackedRange } from '../../../src/extension/code/tracked-range';

const text = '0123456789';
const range = { start: 3, end: 6 };
const change = (rangeOffset: number, rangeLength: number, replacement: string) => [{ rangeOffset, rangeLength, text: replacement }];

describe('a range that moves with edits', () => {
  it.each([
    ['an insertion before it', change(1, 0, 'ab'), { start: 5, end: 8 }],
    ['a deletion before it', change(0, 2, ''), { start: 1, end: 4 }],
    ['a deletion that ends where it starts', change(1, 2, ''), { start: 1, end: 4 }],
    ['an insertion at its start, which belongs to it', change(3, 0, 'ab'), { start: 3, end: 8 }],
    ['Enter before its first character, which moves it', change(3, 0, '\n'), { start: 4, end: 7 }],
    ['an edit inside', change(4, 1, 'abc'), { start: 3, end: 8 }],
    ['typing at its end, which belongs to it', change(6, 0, 'a'), { start: 3, end: 7 }],
    ['an edit after it', change(7, 2, ''), range],
    ['an edit across its start', change(2, 2, ''), { start: 2, end: 4 }],
    ['an edit across its end', change(5, 3, 'x'), { start: 3, end: 6 }],
    ['all of the text replaced', change(0, text.length, 'abc'), { start: 0, end: 3 }],
  ])('%s', (_, changes, expected) => expect(trackedRange(range, changes)).toEqual(expected));

  it('several changes, the last one in the document first', () => {
    expect(trackedRange(range, [...change(8, 1, ''), ...change(4, 0, 'xx'), ...change(0, 1, '')])).toEqual({ start: 2, end: 7 });
  });
});

describe('code that was moved', () => {
  it.each([
    ['stays where it is', 'abc x = 1 def', 4, 4],
    ['is found further down', 'new line\nx = 1\n', 0, 9],
    ['is found further up', 'x = 1\nmore', 9, 0],
    ['is found at the nearest of several places', 'x = 1\n-----------------\nx = 1\n', 22, 24],
  ])('%s', (_, text, start, expected) => expect(relocated(text, 'x = 1', start)).toEqual({ start: expected, end: expected + 5 }));

  it('is gone', () => expect(relocated('x = 2', 'x = 1', 0)).toBeNull());
});
