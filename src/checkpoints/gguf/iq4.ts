/**
 * IQ4_NL and IQ4_XS: nibbles that index a table of sixteen values, not evenly spaced, times a scale. IQ4_NL has a scale for 32 numbers,
 * IQ4_XS 256 numbers in groups of 32 with a six-bit scale each. Layouts: ggml-common.h, `block_iq4_nl` and `block_iq4_xs`.
 */
import { halfValues } from './halves';

/** ggml's `kvalues_iq4nl`. */
const VALUES = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

/** Scale, then 16 bytes of nibbles. */
export function iq4Nl(blocks: Uint8Array, out: Float32Array, count: number): void {
  const half = halfValues();
  for (let block = 0, at = 0; block < count; block++, at += 18) {
    nibbles(blocks, at + 2, half[blocks[at]! | (blocks[at + 1]! << 8)]!, out, block * 32);
  }
}

/** Scale, 16 bits with the upper two of each group's scale, four bytes with the lower four, 128 bytes of nibbles. */
export function iq4Xs(blocks: Uint8Array, out: Float32Array, count: number): void {
  const half = halfValues();
  for (let block = 0, at = 0; block < count; block++, at += 136) {
    const scale = half[blocks[at]! | (blocks[at + 1]! << 8)]!;
    const high = blocks[at + 2]! | (blocks[at + 3]! << 8);
    for (let group = 0; group < 8; group++) {
      const low = (blocks[at + 4 + (group >> 1)]! >> ((group & 1) * 4)) & 15;
      const step = scale * ((low | (((high >> (2 * group)) & 3) << 4)) - 32);
      nibbles(blocks, at + 8 + group * 16, step, out, block * 256 + group * 32);
    }
  }
}

/** 32 numbers from 16 bytes: the low nibbles are the first 16, the high ones the last. */
function nibbles(blocks: Uint8Array, at: number, step: number, out: Float32Array, to: number): void {
  for (let i = 0; i < 16; i++) {
    const byte = blocks[at + i]!;
    out[to + i] = step * VALUES[byte & 15]!;
    out[to + i + 16] = step * VALUES[byte >> 4]!;
  }
}
