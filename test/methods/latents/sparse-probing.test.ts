import { expect, test } from 'vitest';
import { auc, sparseProbe } from '../../../src/methods/latents/sparse-probing';
import { Random } from '../../../src/corpus/random';

const ROWS = 600;
const WIDTH = 12;

function rows(plant: (x: Float32Array, row: number, label: number) => void) {
  const random = new Random('probing');
  const labels = Uint8Array.from({ length: ROWS }, (_, i) => i % 2);
  const x = Float32Array.from({ length: ROWS * WIDTH }, () => random.normal());
  labels.forEach((label, row) => plant(x, row, label));
  return { x, width: WIDTH, labels, split: ROWS / 2 };
}

test('the one number that tells is found, and tells', () => {
  const { chosen, test: told } = sparseProbe(rows((x, row, label) => (x[row * WIDTH + 7] += 5 * label)), 1);
  expect(chosen).toEqual([7]);
  expect(told).toBeGreaterThan(0.99);
});

test('what several numbers tell together takes several', () => {
  const probed = rows((x, row, label) => [1, 4, 9].forEach((i) => (x[row * WIDTH + i] -= 1.2 * label)));
  const [one, three] = [sparseProbe(probed, 1), sparseProbe(probed, 3)];
  expect([...three.chosen].sort((a, b) => a - b)).toEqual([1, 4, 9]);
  expect(three.test).toBeGreaterThan(one.test + 0.05);
});

test('numbers without a bearing on it tell no better than chance', () => {
  for (const k of [1, 5, WIDTH]) expect(Math.abs(sparseProbe(rows(() => undefined), k).test - 0.5)).toBeLessThan(0.1);
});

test('the area under the curve: by pairs, equal scores half', () => {
  expect(auc([0, 1, 2, 3], Uint8Array.of(0, 0, 1, 1))).toBe(1);
  expect(auc([3, 1, 2, 3], Uint8Array.of(0, 0, 1, 1))).toBe((0 + 1 + 0.5 + 1) / 4);
  expect(() => sparseProbe({ x: new Float32Array(4), width: 1, labels: Uint8Array.of(1, 1, 0, 1), split: 2 }, 1)).toThrow('both classes');
});
