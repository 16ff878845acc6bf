/** Forward and gradient checks for ops. */
import { expect } from 'vitest';
import {
  floats, grad, input, lower, mul, reduceSum, Session, type NdArray, type Tensor, type FloatArray,
} from '../../src/graph';
import { Random } from '../../src/corpus/random';

export type Fn = (...inputs: Tensor[]) => Tensor;

export function randomFloats(seed: string, shape: readonly number[], scale = 1): FloatArray {
  const random = new Random(seed);
  const size = shape.reduce((a, b) => a * b, 1);
  return floats(Float32Array.from({ length: size }, () => random.normal() * scale), shape);
}

/** Runs a function of tensors on values; `symbolic` names the sizes that are only known at run time. */
export async function evaluate(fn: Fn, values: readonly NdArray[], symbolic?: readonly (readonly (number | string)[])[]): Promise<NdArray> {
  const inputs = values.map((value, i) => input(`x${i}`, value.dtype, symbolic?.[i] ?? value.shape));
  const session = await Session.open(lower({ inputs: named(inputs), outputs: { y: fn(...inputs) } }));
  const { y } = await session.run(named(values));
  await session.release();
  return y;
}

function named<T>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item, i) => [`x${i}`, item]));
}

/**
 * Checks the gradients of a random projection of `fn`'s output against central differences along random directions
 * (one a differentiable input). Float32 throughout, so the step is large and the tolerance 1 %.
 */
export async function checkGradients(fn: Fn, values: readonly NdArray[], symbolic?: readonly (readonly (number | string)[])[]): Promise<void> {
  const y = await evaluate(fn, values, symbolic);
  const weights = randomFloats('projection', y.shape);
  for (const [at, value] of values.entries()) {
    if (value.dtype !== 'float32') continue;
    const inputs = values.map((v, i) => input(`x${i}`, v.dtype, symbolic?.[i] ?? v.shape));
    const out = fn(...inputs);
    const projection = input('projection', 'float32', out.shape);
    const product = mul(out, projection);
    const loss = out.shape.length === 0 ? product : reduceSum(product, out.shape.map((_, i) => i));
    const graph = lower({ inputs: { ...named(inputs), projection }, outputs: { gradient: grad(loss, [inputs[at]])[0] } });
    const session = await Session.open(graph);
    const { gradient } = await session.run({ ...named(values), projection: weights });
    await session.release();
    expect(gradient.shape).toEqual([...value.shape]);
    for (const seed of ['a', 'b', 'c']) {
      const direction = randomFloats(seed, value.shape);
      const step = 4e-3;
      const moved = (sign: number) =>
        values.map((v, i) => (i === at ? floats((v.data as Float32Array).map((x, j) => x + sign * step * direction.data[j]), v.shape) : v));
      // Differences are summed in double precision from the unprojected outputs to keep float32 noise low.
      const [up, down] = [await evaluate(fn, moved(1), symbolic), await evaluate(fn, moved(-1), symbolic)];
      let numeric = 0;
      weights.data.forEach((w, j) => (numeric += (w * (Number(up.data[j]) - Number(down.data[j]))) / (2 * step)));
      let analytic = 0;
      direction.data.forEach((d, j) => (analytic += d * Number(gradient.data[j])));
      const size = Math.hypot(...direction.data.map((d, j) => d * Number(gradient.data[j])));
      expect(Math.abs(analytic - numeric), `input ${at}: ${analytic} against ${numeric}`).toBeLessThan(0.01 * Math.max(size, Math.abs(numeric)) + 3e-3);
    }
  }
}
