/**
 * The K-quants: 256 numbers a block, in groups of 16 (Q2_K, Q3_K, Q6_K) or 32 (Q4_K, Q5_K), each group with a small whole
 * scale (and minimum) that the block's halves multiply. Layouts: ggml-common.h, `block_q2_K` and on.
 */
import { halfValues } from './halves';
import type { QuantizedType } from './tensor-types';

type KQuant = Extract<QuantizedType, `${string}_K`>;

/** @param count blocks; `blocks` and `out` hold as many */
export function dequantizeK(type: KQuant, blocks: Uint8Array, out: Float32Array, count: number): void {
  switch (type) {
    case 'Q2_K': return q2(blocks, out, count);
    case 'Q3_K': return q3(blocks, out, count);
    case 'Q4_K': return q4or5(blocks, out, count, false);
    case 'Q5_K': return q4or5(blocks, out, count, true);
    case 'Q6_K': return q6(blocks, out, count);
  }
}

/** 16 bytes (scale low, minimum high), 64 bytes of quants, scale and minimum of the block. */
function q2(blocks: Uint8Array, out: Float32Array, count: number): void {
  const half = halfValues();
  for (let block = 0, at = 0, to = 0; block < count; block++, at += 84) {
    const scale = half[blocks[at + 80]! | (blocks[at + 81]! << 8)]!;
    const minimum = half[blocks[at + 82]! | (blocks[at + 83]! << 8)]!;
    for (let group = 0; group < 16; group++) {
      const packed = blocks[at + group]!;
      const step = scale * (packed & 15);
      const offset = minimum * (packed >> 4);
      const quants = at + 16 + (group >> 3) * 32 + (group & 1) * 16;
      const shift = group & 6; // two bits for each pair of groups
      for (let i = 0; i < 16; i++, to++) out[to] = step * ((blocks[quants + i]! >> shift) & 3) - offset;
    }
  }
}

/** 32 bytes of high bits, 64 of quants, 12 of scales, the block's scale. A high bit that is clear subtracts four. */
function q3(blocks: Uint8Array, out: Float32Array, count: number): void {
  const half = halfValues();
  for (let block = 0, at = 0, to = 0; block < count; block++, at += 110) {
    const scale = half[blocks[at + 108]! | (blocks[at + 109]! << 8)]!;
    const scales = at + 96;
    for (let group = 0; group < 16; group++) {
      const low = (blocks[scales + (group & 7)]! >> (group < 8 ? 0 : 4)) & 15;
      const high = (blocks[scales + 8 + (group & 3)]! >> (2 * (group >> 2))) & 3;
      const step = scale * ((low | (high << 4)) - 32);
      const lane = (group & 1) * 16;
      const quants = at + 32 + (group >> 3) * 32 + lane;
      const shift = group & 6;
      const bit = group >> 1;
      for (let i = 0; i < 16; i++, to++) {
        const missing = (blocks[at + lane + i]! >> bit) & 1 ? 0 : 4;
        out[to] = step * (((blocks[quants + i]! >> shift) & 3) - missing);
      }
    }
  }
}

/** Scale and minimum, 12 bytes of eight six-bit scales and minima, for Q5_K 32 bytes of fifth bits, 128 bytes of nibbles. */
function q4or5(blocks: Uint8Array, out: Float32Array, count: number, fifth: boolean): void {
  const half = halfValues();
  const size = fifth ? 176 : 144;
  for (let block = 0, at = 0, to = 0; block < count; block++, at += size) {
    const scale = half[blocks[at]! | (blocks[at + 1]! << 8)]!;
    const minimum = half[blocks[at + 2]! | (blocks[at + 3]! << 8)]!;
    const packed = at + 4;
    for (let group = 0; group < 8; group++) {
      const low = blocks[packed + (group & 3)]!;
      const high = blocks[packed + 4 + (group & 3)]!;
      const rest = blocks[packed + 8 + (group & 3)]!;
      const step = scale * (group < 4 ? low & 63 : (rest & 15) | ((low >> 6) << 4));
      const offset = minimum * (group < 4 ? high & 63 : (rest >> 4) | ((high >> 6) << 4));
      const quants = at + (fifth ? 48 : 16) + (group >> 1) * 32;
      const shift = (group & 1) * 4;
      if (fifth) {
        for (let i = 0; i < 32; i++, to++) {
          const bit = (blocks[at + 16 + i]! >> group) & 1;
          out[to] = step * (((blocks[quants + i]! >> shift) & 15) | (bit << 4)) - offset;
        }
      } else {
        for (let i = 0; i < 32; i++, to++) out[to] = step * ((blocks[quants + i]! >> shift) & 15) - offset;
      }
    }
  }
}

/** 128 bytes of low nibbles, 64 of high bit pairs, 16 signed scales, the block's scale. */
function q6(blocks: Uint8Array, out: Float32Array, count: number): void {
  const half = halfValues();
  const signed = new Int8Array(blocks.buffer, blocks.byteOffset, blocks.length);
  for (let block = 0, at = 0, to = 0; block < count; block++, at += 210) {
    const scale = half[blocks[at + 208]! | (blocks[at + 209]! << 8)]!;
    for (let group = 0; group < 16; group++) {
      const step = scale * signed[at + 192 + group]!;
      const side = group >> 3; // each half of the block has its own 64 bytes of nibbles and 32 of pairs
      const row = (group >> 1) & 3; // the four rows of 32 numbers in a half
      const lane = (group & 1) * 16;
      const nibbles = at + side * 64 + (row & 1) * 32 + lane;
      const pairs = at + 128 + side * 32 + lane;
      const shift = row < 2 ? 0 : 4;
      for (let i = 0; i < 16; i++, to++) {
        const low = (blocks[nibbles + i]! >> shift) & 15;
        const high = (blocks[pairs + i]! >> (2 * row)) & 3;
        out[to] = step * ((low | (high << 4)) - 32);
      }
    }
  }
}
