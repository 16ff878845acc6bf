import { expect, test } from 'vitest';
import { fixed, signed } from '../../src/findings/number';

test('a minus sign is one, and a zero has none', () => {
  expect([-1.5, -0.001, 0, 2].map((value) => fixed(value))).toEqual(['−1.50', '0.00', '0.00', '2.00']);
  expect([-1.5, -0.001, 0.004, 2].map((value) => signed(value))).toEqual(['−1.50', '+0.00', '+0.00', '+2.00']);
  expect(fixed(-0.04, 1)).toBe('0.0');
});
