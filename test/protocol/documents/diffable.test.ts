/** JSON that is compared line by line. */
import { expect, test } from 'vitest';
import { diffable } from '../../../src/protocol/documents/diffable';

const NOTES = { pinned: ['L4H2@3'], names: { 'L4H2@3': 'copies "the number"' }, groups: [{ name: 'At the end', members: ['L4H2@3', 'L5H0@3'] }] };

test('it is the same JSON, whatever is in it', () => {
  for (const value of [NOTES, [], {}, 'a\n"b"', null, 3.5, [undefined, [[1, 2], [null, 3]]], { a: undefined, b: [{ c: {} }], 'ключ\u2028': true }]) {
    expect(JSON.parse(diffable(value))).toEqual(JSON.parse(JSON.stringify(value)));
  }
});

test('another name is one line that differs; numbers stay in a line, however many', () => {
  const result = (name: string) => ({ lens: Array.from({ length: 3 }, () => Array.from({ length: 90 }, (_, i) => i / 7)), notes: { circuit: { ...NOTES, names: { 'L4H2@3': name }, groups: Array.from({ length: 9 }, () => NOTES.groups[0]) } } });
  const [before, after] = [diffable(result('a')).split('\n'), diffable(result('b')).split('\n')];
  expect(before).toHaveLength(after.length);
  expect(before.filter((line, i) => line !== after[i])).toEqual(['      "names": {"L4H2@3": "a"},']);
  expect(before.filter((line) => line.length > 120)).toHaveLength(3);
});
