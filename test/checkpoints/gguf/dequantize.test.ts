import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dequantize } from '../../../src/checkpoints/gguf/dequantize';
import { BLOCKS, isQuantized, type QuantizedType, type TensorType } from '../../../src/checkpoints/gguf/tensor-types';

const GOLDEN = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/gguf/blocks.json'), 'utf8')) as Record<
  QuantizedType,
  { blocks: string; values: string }
>;

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

describe('dequantize', () => {
  it('has a golden test for every type', () => {
    const types = (Object.keys(BLOCKS) as TensorType[]).filter(isQuantized);
    expect(Object.keys(GOLDEN).sort()).toEqual([...types].sort());
  });

  it.each(Object.keys(GOLDEN) as QuantizedType[])('%s: bit for bit what gguf.quants has', (type) => {
    const blocks = bytes(GOLDEN[type].blocks);
    const expected = new Uint32Array(bytes(GOLDEN[type].values).buffer);
    const values = new Float32Array(expected.length);
    // In the middle of a larger buffer, at an odd place, as a piece of a file may be.
    const shifted = new Uint8Array(blocks.length + 3);
    shifted.set(blocks, 3);
    dequantize(type, shifted.subarray(3), values);
    expect(new Set(values).size).toBeGreaterThan(60);
    expect([...new Uint32Array(values.buffer)]).toEqual([...expected]);
  });

  it('refuses bytes that are not whole blocks', () => {
    expect(() => dequantize('Q4_0', new Uint8Array(17), new Float32Array(32))).toThrow('17 bytes of Q4_0 do not hold 32 numbers.');
    expect(() => dequantize('Q4_0', new Uint8Array(18), new Float32Array(31))).toThrow('18 bytes of Q4_0 do not hold 31 numbers.');
  });
});
