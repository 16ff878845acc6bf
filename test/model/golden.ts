/** Reference fixtures made by test/golden. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { readSafetensorsHeader, readTensor } from '../../src/checkpoints/safetensors';

export const GOLDEN = path.resolve('test/fixtures/golden');

export interface Expected {
  names: string[];
  floats(name: string): Promise<Float32Array>;
  integers(name: string): Promise<number[]>;
}

export async function readExpected(fixture: string): Promise<Expected> {
  const file = path.join(GOLDEN, fixture, 'expected.safetensors');
  const { tensors } = await readSafetensorsHeader(file);
  const bytes = await readFile(file);
  return {
    names: [...tensors.keys()],
    floats: (name) => readTensor(tensors.get(name)!),
    integers: async (name) => {
      const { offset, length } = tensors.get(name)!;
      return Array.from({ length: length / 8 }, (_, i) => Number(bytes.readBigInt64LE(offset + i * 8)));
    },
  };
}

/** Largest difference relative to the largest expected value. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string, tolerance = 1e-4): void {
  expect(actual.length, what).toBe(expected.length);
  let [difference, size] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
    size = Math.max(size, Math.abs(expected[i]));
  }
  expect(difference / size, `${what}: relative difference`).toBeLessThan(tolerance);
}
