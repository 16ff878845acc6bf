/** What a sparse autoencoder starts from: the scale and centre of its activations, and its first weights. */
import { floats, Session } from '../../graph';
import { Random } from '../../corpus/random';
import { saeEncoder, saeWeights, type SaeShape } from './graph';

export interface ActivationStatistics {
  /** What activations are multiplied by, so that their mean norm is √size (SAELens's expected_average_only_in). */
  scale: number;
  /** Of the scaled activations: the mean squared distance from their mean. */
  variance: number;
}

/** Rows that the geometric median and the first thresholds are found with. */
const SAMPLE_ROWS = 4096;
const WEISZFELD_STEPS = 30;

/** Statistics of rows [rows, size]; `weights` [rows] says how much each counts for the variance. */
export function activationStatistics(rows: Float32Array, size: number, weights: Float32Array): ActivationStatistics {
  const count = weights.length;
  const mean = new Float64Array(size);
  let [norms, total, squares] = [0, 0, 0];
  for (let row = 0; row < count; row++) {
    let square = 0;
    for (let i = 0; i < size; i++) {
      const value = rows[row * size + i];
      square += value * value;
      mean[i] += weights[row] * value;
    }
    norms += Math.sqrt(square);
    squares += weights[row] * square;
    total += weights[row];
  }
  const scale = Math.sqrt(size) / (norms / count);
  const centre = mean.reduce((sum, value) => sum + (value / total) ** 2, 0);
  if (!Number.isFinite(scale) || scale <= 0) throw new Error('The activations are all zero or not finite, so nothing can be trained on them.');
  return { scale, variance: scale ** 2 * (squares / total - centre) };
}

/** The point with the least mean distance to the rows [rows, size] (Weiszfeld's algorithm). */
export function geometricMedian(rows: Float32Array, size: number): Float32Array {
  const count = rows.length / size;
  let point = new Float64Array(size);
  for (let step = 0; step <= WEISZFELD_STEPS; step++) {
    const next = new Float64Array(size);
    let total = 0;
    for (let row = 0; row < count; row++) {
      let square = 0;
      for (let i = 0; i < size; i++) square += (rows[row * size + i] - point[i]) ** 2;
      const weight = step === 0 ? 1 : 1 / Math.max(1e-6, Math.sqrt(square)); // the first step takes the mean
      total += weight;
      for (let i = 0; i < size; i++) next[i] += weight * rows[row * size + i];
    }
    point = next.map((value) => value / total);
  }
  return Float32Array.from(point);
}

/**
 * First weights for scaled activations [rows, size]: b_dec their geometric median, W_dec unit rows, `fromData` of each the direction
 * from there to an activation (so that it is active somewhere from the start) and the rest random, the encoder the same
 * rows (W_dec's transpose in SAELens's orientation), b_enc zero; JumpReLU's thresholds all alike, where twice as many latents are
 * active as wanted.
 */
export async function initialSae(
  shape: SaeShape,
  rows: Float32Array,
  seed: number | string,
  fromData = 0,
): Promise<Map<string, Float32Array>> {
  const random = new Random(seed);
  const { inputs, latents } = shape;
  const sample = rows.subarray(0, SAMPLE_ROWS * inputs);
  const centre = geometricMedian(sample, inputs);
  const directions = new Float32Array(latents * inputs);
  for (let latent = 0; latent < latents; latent++) {
    const mixed = unit(Float64Array.from({ length: inputs }, () => random.normal()));
    if (fromData > 0) {
      const row = random.int(0, sample.length / inputs - 1);
      const towards = unit(Float64Array.from({ length: inputs }, (_, i) => sample[row * inputs + i] - centre[i]));
      mixed.forEach((value, i) => (mixed[i] = (1 - fromData) * value + fromData * towards[i]));
    }
    directions.set(unit(mixed), latent * inputs);
  }
  const weights = new Map<string, Float32Array>([
    ['encoder', directions],
    ['b_enc', new Float32Array(latents)],
    ['W_dec', directions.slice()],
    ['b_dec', centre],
  ]);
  if (shape.architecture === 'jumprelu') {
    weights.set('logThreshold', new Float32Array(latents)); // replaced once the pre-activations are known
    const threshold = await quantile(shape, weights, sample, Math.min(0.5, (2 * shape.active) / latents));
    weights.get('logThreshold')!.fill(Math.log(Math.max(shape.bandwidth, threshold)));
  }
  return weights;
}

function unit(row: Float64Array): Float64Array {
  const norm = Math.max(1e-12, Math.hypot(...row));
  return row.map((value) => value / norm);
}

type Weights = ReadonlyMap<string, Float32Array>;

/** The value that a share of all pre-activations exceed. */
async function quantile(shape: SaeShape, weights: Weights, rows: Float32Array, share: number): Promise<number> {
  const session = await Session.open(saeEncoder(shape));
  const sizes = saeWeights(shape);
  const few = rows.subarray(0, 256 * shape.inputs);
  const feeds = Object.fromEntries([...session.inputs.keys()].map((name) => [
    name, name === 'x' ? floats(few, [few.length / shape.inputs, shape.inputs]) : floats(weights.get(name)!, sizes.get(name)!),
  ]));
  const { pre } = await session.run(feeds);
  await session.release();
  const sorted = (pre.data as Float32Array).slice().sort();
  return sorted[Math.floor((1 - share) * (sorted.length - 1))];
}
