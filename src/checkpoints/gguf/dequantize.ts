/**
 * ggml's block formats as fp32. A block holds 32 numbers with one scale (and minimum), a K-quant 256 with a scale for each
 * 16 or 32 of them. Every product here is exact in fp64 or rounded once, to fp32, where ggml's own code rounds; so the
 * result is that of `gguf.quants.dequantize` bit for bit.
 */
import { halfValues } from './halves';
import { iq4Nl, iq4Xs } from './iq4';
import { dequantizeK } from './k-quants';
import { BLOCKS, type QuantizedType } from './tensor-types';

/**
 * Dequantises whole blocks.
 * @param blocks a whole number of blocks of `type`
 * @param out as many numbers as the blocks hold
 */
export function dequantize(type: QuantizedType, blocks: Uint8Array, out: Float32Array): void {
  const { bytes, numbers } = BLOCKS[type];
  const count = blocks.length / bytes;
  if (!Number.isInteger(count) || out.length !== count * numbers) {
    throw new RangeError(`${blocks.length} bytes of ${type} do not hold ${out.length} numbers.`);
  }
  switch (type) {
    case 'Q4_0': return q4(blocks, out, count, false);
    case 'Q4_1': return q4(blocks, out, count, true);
    case 'Q5_0': return q5(blocks, out, count, false);
    case 'Q5_1': return q5(blocks, out, count, true);
    case 'Q8_0': return q8(blocks, out, count);
    case 'IQ4_NL': return iq4Nl(blocks, out, count);
    case 'IQ4_XS': return iq4Xs(blocks, out, count);
    default: return dequantizeK(type, blocks, out, count);
  }
}

/** Scale, then (with `minimum`) a minimum to add, then 16 bytes: the low nibbles are the first 16 numbers, the high ones the last. */
function q4(blocks: Uint8Array, out: Float32Array, count: number, minimum: boolean): void {
  const half = halfValues();
  for (let block = 0, at = 0, to = 0; block < count; block++, to += 32) {
    const scale = half[blocks[at]! | (blocks[at + 1]! << 8)]!;
    const offset = minimum ? half[blocks[at + 2]! | (blocks[at + 3]! << 8)]! : 0;
    at += minimum ? 4 : 2;
    for (let i = 0; i < 16; i++, at++) {
      const byte = blocks[at]!;
      out[to + i] = minimum ? scale * (byte & 15) + offset : scale * ((byte & 15) - 8);
      out[to + i + 16] = minimum ? scale * (byte >> 4) + offset : scale * ((byte >> 4) - 8);
    }
  }
}

/** As `q4`, with the fifth bit of each number in 32 bits before the nibbles. */
function q5(blocks: Uint8Array, out: Float32Array, count: number, minimum: boolean): void {
  const half = halfValues();
  for (let block = 0, at = 0, to = 0; block < count; block++, to += 32) {
    const scale = half[blocks[at]! | (blocks[at + 1]! << 8)]!;
    const offset = minimum ? half[blocks[at + 2]! | (blocks[at + 3]! << 8)]! : 0;
    at += minimum ? 4 : 2;
    const high = blocks[at]! | (blocks[at + 1]! << 8) | (blocks[at + 2]! << 16) | (blocks[at + 3]! << 24);
    at += 4;
    for (let i = 0; i < 16; i++, at++) {
      const byte = blocks[at]!;
      const first = (byte & 15) | (((high >>> i) & 1) << 4);
      const last = (byte >> 4) | (((high >>> (i + 16)) & 1) << 4);
      out[to + i] = minimum ? scale * first + offset : scale * (first - 16);
      out[to + i + 16] = minimum ? scale * last + offset : scale * (last - 16);
    }
  }
}

/** Scale, then 32 signed bytes. */
function q8(blocks: Uint8Array, out: Float32Array, count: number): void {
  const half = halfValues();
  const signed = new Int8Array(blocks.buffer, blocks.byteOffset, blocks.length);
  for (let block = 0, at = 0, to = 0; block < count; block++, at += 34) {
    const scale = half[blocks[at]! | (blocks[at + 1]! << 8)]!;
    for (let i = 0; i < 32; i++, to++) out[to] = scale * signed[at + 2 + i]!;
  }
}
