/** Initial weights. */
import type { Architecture } from '../../architectures';
import { Random } from '../../corpus/random';

/**
 * Normal with standard deviation 0.02, divided by √(2 · layers) for the matrices that write to the residual stream
 * (Radford et al. 2019); ones for the norms.
 */
export function initialWeights(architecture: Architecture, seed: number | string): Map<string, Float32Array> {
  const writing = /(o_proj|down_proj)\.weight$/;
  const weights = new Map<string, Float32Array>();
  for (const [name, shape] of architecture.weights) {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    if (shape.length === 1) data.fill(1);
    else {
      const random = new Random(`${seed}/${name}`);
      const deviation = 0.02 / (writing.test(name) ? Math.sqrt(2 * architecture.shape.layers) : 1);
      for (let i = 0; i < data.length; i++) data[i] = random.normal() * deviation;
    }
    weights.set(name, data);
  }
  return weights;
}
