/** The geometry of an SAE's decoder. */
import { div, gather, ints, matmul, mul, reduceSum, add, sqrt, topK, type FloatArray } from '../graph';
import type { LoadedSae } from './loaded-sae';

/**
 * What one unit of each of some latents adds to the reconstruction, [latents.length, dOut]. Where inputs are scaled by their own norm or
 * deviation, that scale, which differs from row to row, is left at 1.
 */
export async function decoderDirections(sae: LoadedSae, latents: readonly number[]): Promise<FloatArray> {
  const { normalizeActivations, normScalingFactor } = sae.config;
  const { result } = await sae.run('directions', { ids: ints(latents, [latents.length]) }, {}, (trace, { ids }) => {
    const rows = gather(trace.directions(), ids);
    return { result: normalizeActivations === 'expected_average_only_in' ? div(rows, normScalingFactor) : rows };
  });
  return result as FloatArray;
}

/** How some latents of a transcoder read: `directions` [latents.length, dIn] of what it reads, and `biases` [latents.length]. */
export async function encoderReadings(sae: LoadedSae, latents: readonly number[]): Promise<{ directions: FloatArray; biases: FloatArray }> {
  requireTranscoder(sae);
  const { directions, biases } = await sae.run('encoder readings', { ids: ints(latents, [latents.length]) }, {}, (trace, { ids }) => (
    { directions: trace.encoderDirections(ids), biases: trace.encoderBiases(ids) }
  ));
  return { directions: directions as FloatArray, biases: biases as FloatArray };
}

/** Of an SAE what is subtracted from its input, or scales it, would have its part. */
function requireTranscoder({ isTranscoder, folder }: LoadedSae): void {
  if (!isTranscoder) throw new Error(`${folder} is no transcoder.`);
}

export interface NearestLatents {
  /** [rows, count], the most similar first; -1 where there are fewer other latents. */
  readonly latents: Int32Array;
  /** Cosines of the decoder directions; 0 where there is no latent. */
  readonly cosines: Float32Array;
}

/** Keeps a direction of zeros from a division by zero. */
const TINY = 1e-12;

/** The other latents of the SAE whose decoder directions have the largest cosines with those of some latents. */
export async function nearestLatents(sae: LoadedSae, latents: readonly number[], count: number): Promise<NearestLatents> {
  const most = Math.min(count + 1, sae.config.dSae);
  const { values, indices } = await sae.run(`nearest ${most}`, { ids: ints(latents, [latents.length]) }, {}, (trace, { ids }) => {
    const directions = trace.directions();
    const unit = div(directions, sqrt(add(reduceSum(mul(directions, directions), -1, true), TINY)));
    return { ...topK(matmul(gather(unit, ids), unit, { transposeB: true }), most) };
  });
  const nearest = { latents: new Int32Array(latents.length * count).fill(-1), cosines: new Float32Array(latents.length * count) };
  latents.forEach((own, row) => {
    let at = 0;
    for (let i = 0; i < most && at < count; i++) {
      const other = Number(indices.data[row * most + i]);
      if (other === own) continue;
      nearest.latents[row * count + at] = other;
      nearest.cosines[row * count + at++] = Number(values.data[row * most + i]);
    }
  });
  return nearest;
}
