import { expect, test } from 'vitest';
import { groupsByLength } from '../../src/model';

test('prompts of similar lengths come together, and a group keeps to its tokens unless it is one long prompt', () => {
  const prompts = [5, 2, 9, 2, 3, 30].map((length) => new Array<number>(length).fill(0));
  expect(groupsByLength(prompts, 10)).toEqual([[1, 3, 4], [0], [2], [5]]);
  expect(groupsByLength(prompts, 1000)).toEqual([[1, 3, 4, 0, 2, 5]]);
  expect(groupsByLength([], 10)).toEqual([]);
});
