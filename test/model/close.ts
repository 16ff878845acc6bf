import { expect } from 'vitest';

/** The largest difference, relative to the largest expected value, is below the tolerance. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string, tolerance = 1e-4): void {
  expect(actual.length, what).toBe(expected.length);
  let [difference, size] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    size = Math.max(size, Math.abs(expected[i]));
  }
  expect(difference / size, `${what}: relative difference`).toBeLessThan(tolerance);
}
