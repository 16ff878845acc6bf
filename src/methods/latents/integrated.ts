/**
 * Integrated gradients for latents: instead of the gradient in the base run, its mean along the straight way on which one SAE's latents
 * and error go from their values in the base run to those in the source run, all its positions together and one SAE at a time (Marks et
 * al. 2024, arXiv 2403.19647, eq. 3). The effects of one SAE's nodes then sum to what putting all of them in place does.
 */
import { add, floats, sub, type FloatArray } from '../../graph';
import type { LogitMetric, Model } from '../../model';
import type { LoadedSae } from '../../sae';
import { latentGradients, type LatentGradientOptions } from './gradients';

/** Tokens in one run: bounds memory. */
const TOKENS_AT_ONCE = 2048;

/**
 * The mean of the gradients at the SAE's output where it is moved by k / steps of `change`, k = 0 … steps - 1, [rows, dIn].
 * @param atBase the gradient of the run that nothing moves
 * @param change of the output from the base's nodes to the source's, [rows, dIn]
 */
export async function meanGradient(
  model: Model,
  prompt: readonly number[],
  metric: LogitMetric,
  sae: LoadedSae,
  { atBase, change }: { readonly atBase: FloatArray; readonly change: FloatArray },
  { steps, ...options }: Omit<LatentGradientOptions, 'shift'> & { readonly steps: number },
): Promise<FloatArray> {
  const sum = Float64Array.from(atBase.data);
  const size = sum.length;
  const moving = change.data.some((value) => value !== 0);
  if (!moving) return atBase;
  const atOnce = Math.max(1, Math.floor(TOKENS_AT_ONCE / prompt.length));
  for (let first = 1; first < steps; first += atOnce) {
    const shares = Array.from({ length: Math.min(atOnce, steps - first) }, (_, i) => (first + i) / steps);
    const by = new Float32Array(shares.length * size);
    shares.forEach((share, row) => change.data.forEach((value, i) => (by[row * size + i] = share * value)));
    const shift = { sae, by: floats(by, [shares.length * change.shape[0], change.shape[1]]) };
    const { saes } = await latentGradients(model, shares.map(() => prompt), metric, { ...options, shift });
    const { output } = saes.find((one) => one.sae === sae)!;
    output.data.forEach((value, i) => (sum[i % size] += value));
  }
  return floats(Float32Array.from(sum, (value) => value / steps), atBase.shape);
}

/**
 * What giving the source's latents to the base, and with `error` its error, changes in the SAE's output, [rows, dIn]; rows of x and
 * source belong together.
 */
export async function outputChange(sae: LoadedSae, x: FloatArray, source: FloatArray, error: boolean): Promise<FloatArray> {
  const key = error ? 'change to source with error' : 'change to source';
  const { change } = await sae.run(key, { x, source }, {}, (trace, given) => {
    const [base, other] = [trace.encode(given.x), trace.encode(given.source)];
    const latents = sub(trace.decode(other, given.x), trace.decode(base, given.x));
    if (!error) return { change: latents };
    const errors = sub(sub(given.source, trace.decode(other, given.source)), sub(given.x, trace.decode(base, given.x)));
    return { change: add(latents, errors) };
  });
  return change as FloatArray;
}
