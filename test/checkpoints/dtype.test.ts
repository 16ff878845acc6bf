import { describe, expect, test } from 'vitest';
import { narrow, widen } from '../../src/checkpoints/dtype';
import { Random } from '../../src/corpus/random';

/** A half's value from its definition. */
function halfValue(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function widenAll(dtype: 'F16' | 'BF16'): { stored: Uint16Array; bits: Uint32Array; values: Float32Array } {
  const stored = Uint16Array.from({ length: 0x10000 }, (_, i) => i);
  const bits = new Uint32Array(0x10000);
  widen(stored, dtype, bits);
  return { stored, bits, values: new Float32Array(bits.buffer) };
}

function narrowValues(values: number[], dtype: 'F16' | 'BF16'): number[] {
  const bits = new Uint32Array(Float32Array.from(values).buffer);
  const stored = new Uint16Array(bits.length);
  narrow(bits, dtype, stored);
  return [...stored];
}

describe('widening', () => {
  test('every half has the value its bits define', () => {
    const { values } = widenAll('F16');
    for (let half = 0; half < 0x10000; half++) expect(Object.is(values[half], halfValue(half)), `${half}`).toBe(true);
  });

  test('a bfloat16 is the upper half of an fp32', () => {
    const { bits } = widenAll('BF16');
    for (let i = 0; i < 0x10000; i++) if (bits[i] !== i * 0x10000) throw new Error(`${i} became ${bits[i]}`);
  });
});

describe('narrowing', () => {
  test.each(['F16', 'BF16'] as const)('%s: what was widened comes back bit for bit', (dtype) => {
    const { stored, bits, values } = widenAll(dtype);
    const back = new Uint16Array(stored.length);
    narrow(bits, dtype, back);
    for (let i = 0; i < stored.length; i++) {
      if (!Number.isNaN(values[i])) expect(back[i]).toBe(stored[i]);
      else expect(back[i]! & 0x7fff).toBeGreaterThan(dtype === 'F16' ? 0x7c00 : 0x7f80);
    }
  });

  test.each(['F16', 'BF16'] as const)('%s: no other number is nearer, and ties go to the even one', (dtype) => {
    const { values } = widenAll(dtype);
    const largest = dtype === 'F16' ? 0x7bff : 0x7f7f;
    const random = new Random(7);
    for (let trial = 0; trial < 20_000; trial++) {
      const low = random.int(0, largest - 1);
      const [a, b] = [values[low]!, values[low + 1]!];
      const at = random.chance(0.2) ? 0.5 : random.float();
      const value = Math.fround(a + (b - a) * at);
      const expected = value - a < b - value || (value - a === b - value && low % 2 === 0) ? low : low + 1;
      expect(narrowValues([value, -value], dtype)).toEqual([expected, expected | 0x8000]);
    }
  });

  test('halves: limits', () => {
    expect(narrowValues([65519.99, 65520, 1e30, Infinity, -Infinity, -0, 2 ** -25, 1.0001 * 2 ** -25], 'F16')).toEqual([
      0x7bff, 0x7c00, 0x7c00, 0x7c00, 0xfc00, 0x8000, 0, 1,
    ]);
  });

  test('bfloat16: limits', () => {
    expect(narrowValues([3.4e38, Infinity, -Infinity, -0, 1.4e-45, 1], 'BF16')).toEqual([
      0x7f80, 0x7f80, 0xff80, 0x8000, 0, 0x3f80,
    ]);
  });
});
