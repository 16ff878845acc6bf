import { describe, expect, test } from 'vitest';
import { drawn, editedPositions, everyLayer, groups } from '../../../src/methods/patching/plan';

describe('groups', () => {
  const all = everyLayer(Array.from({ length: 40 }, (_, i) => i), 6);

  test('hold every cell once, each group by layer, and no group starts before its first position', () => {
    const result = groups(all, 40, 6);
    const cells = result.flat();
    expect(cells).toHaveLength(all.length);
    expect(new Set(cells.map(({ layer, position }) => `${layer} ${position}`)).size).toBe(all.length);
    for (const group of result) expect(group.map(({ layer }) => layer)).toEqual(group.map(({ layer }) => layer).sort((a, b) => a - b));
    const starts = result.map((group) => Math.min(...group.map(({ position }) => position)));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  test('hold one position where that fills a run, and more towards the end of the prompt', () => {
    const result = groups(everyLayer(Array.from({ length: 400 }, (_, i) => i), 6), 400, 6);
    const positions = (group: (typeof result)[number]) => new Set(group.map(({ position }) => position)).size;
    expect(positions(result[0])).toBe(1);
    expect(positions(result.at(-1)!)).toBeGreaterThan(4);
  });

  test('hold more positions where only the last layer is patched', () => {
    const last = all.filter(({ layer }) => layer === 5);
    expect(groups(last, 40, 6).length).toBeLessThan(groups(all, 40, 6).length / 2);
  });
});

test('edited are tokens that differ, and those behind an insertion or a deletion', () => {
  expect(editedPositions([1, 2, 9, 4], [1, 2, 3, 4], [0, 1, 2, 3])).toEqual([2]);
  expect(editedPositions([1, 2, 4], [1, 2, 3, 4], [0, 1, 3])).toEqual([2]); // the source has one more
  expect(editedPositions([1, 2, 3, 4], [1, 2, 4], [0, 1, null, 2])).toEqual([3]); // the base has one more
  expect(editedPositions([1, 2], [1, 2], [0, 1])).toEqual([]);
});

test('what is drawn at random is the same each time, each at most once, and spread over all', () => {
  const items = Array.from({ length: 100 }, (_, i) => i);
  expect(drawn(items, 10)).toEqual(drawn(items, 10));
  expect(new Set(drawn(items, 100)).size).toBe(100);
  expect(drawn(items, 500)).toHaveLength(100);
  const some = drawn(items, 20);
  expect(some.filter((item) => item < 50).length).toBeGreaterThan(4);
  expect(some.filter((item) => item >= 50).length).toBeGreaterThan(4);
});
