import { expect, test } from 'vitest';
import { agreement } from '../../../src/methods/circuits/agreement';

test('ranks, not sizes; equal values share their rank; signs', () => {
  expect(agreement([[1, 1], [2, 10], [3, 1000]])).toEqual({ correlation: 1, sameSign: 3, of: 3 });
  expect(agreement([[-1, 3], [2, 2], [4, -1]])).toEqual({ correlation: -1, sameSign: 1, of: 3 });
  // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / √(4.5 · 5).
  expect(agreement([[0, 0], [1, 1], [1, 2], [5, 3]]).correlation).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  expect(agreement([[1, 2], [1, 3]])).toEqual({ correlation: null, sameSign: 2, of: 2 });
  expect(agreement([])).toEqual({ correlation: null, sameSign: 0, of: 0 });
});
