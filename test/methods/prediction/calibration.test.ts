import { expect, test } from 'vitest';
import { calibrationError } from '../../../src/methods/prediction/calibration';

const rows = (count: number, probability: number, right: number) => Array.from({ length: count }, (_, i) => ({ probability, right: i < right }));

test('the calibration error is the gap in each bin, by how many fall into it', () => {
  expect(calibrationError(rows(10, 0.7, 7))).toBeCloseTo(0);
  expect(calibrationError(rows(10, 0.9, 4))).toBeCloseTo(0.5);
  // 0.9 too sure by 0.5 and 0.3 too unsure by 0.2, in bins of their own.
  expect(calibrationError([...rows(10, 0.9, 4), ...rows(30, 0.3, 15)])).toBeCloseTo(0.25 * 0.5 + 0.75 * 0.2);
  // Within one bin gaps of either sign cancel; within two they do not.
  expect(calibrationError([...rows(10, 0.96, 10), ...rows(10, 0.94, 9)])).toBeCloseTo(0);
  expect(calibrationError([...rows(10, 1, 10), ...rows(10, 0, 0)])).toBe(0);
  expect(calibrationError([])).toBe(0);
});
