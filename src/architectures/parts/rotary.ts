/** Rotary position embedding (Su et al. 2021), in the variants that the families use. */
import { add, cast, concat, constant, cos, END, mul, reshape, sin, slice, split, sub, unsqueeze, type Tensor } from '../../graph';

export interface Rotary {
  /** How many numbers of each head are turned, the first ones; even. */
  readonly size: number;
  /** Which two numbers are turned together: i and i + size / 2 (`halves`), or 2i and 2i + 1 (`neighbours`, GPT-J). */
  readonly pairs: 'halves' | 'neighbours';
  /** Radians a position, [size / 2]. */
  readonly frequencies: Float32Array;
  /** What sines and cosines are multiplied by (YaRN, LongRoPE); 1 when left out. */
  readonly magnitude?: number;
}

/** θ^(-2i/size) for i < size/2 (Su et al. 2021, eq. 15). */
export function inverseFrequencies(size: number, theta: number): Float32Array {
  return Float32Array.from({ length: size / 2 }, (_, i) => theta ** (-(2 * i) / size));
}

/** Turns the heads of x [b, t, h, d] by their positions, int32 [b, t]. */
export function rotate(x: Tensor, positions: Tensor, { size, pairs, frequencies, magnitude = 1 }: Rotary): Tensor {
  const angles = mul(unsqueeze(cast(positions, 'float32'), [2, 3]), constant(frequencies, [frequencies.length])); // [b, t, 1, size / 2]
  const scaled = (y: Tensor) => (magnitude === 1 ? y : mul(y, magnitude));
  const [c, s] = [scaled(cos(angles)), scaled(sin(angles))];
  const headSize = x.shape[3] as number;
  const turned = size === headSize ? x : slice(x, 3, 0, size);
  const rest = size === headSize ? [] : [slice(x, 3, size, END)];
  if (pairs === 'halves') {
    const [first, second] = split(turned, 3, [size / 2, size / 2]);
    return concat([sub(mul(first, c), mul(second, s)), add(mul(second, c), mul(first, s)), ...rest], 3);
  }
  const [b, t, h] = x.shape;
  const paired = reshape(turned, [b, t, h, size / 2, 2]);
  const part = (i: number) => reshape(slice(paired, 4, i, i + 1), [b, t, h, size / 2]);
  const [first, second] = [part(0), part(1)];
  const rows = [sub(mul(first, c), mul(second, s)), add(mul(second, c), mul(first, s))].map((row) => unsqueeze(row, [4]));
  return concat([reshape(concat(rows, 4), [b, t, h, size]), ...rest], 3);
}
