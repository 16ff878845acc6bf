/** Matching a checkpoint to an architecture. */
import path from 'node:path';
import type { Architecture } from '../architectures';
import type { Checkpoint } from '../checkpoints/checkpoint';
import type { WeightLocation } from '../graph';

/** Tensors that checkpoints carry and a forward pass does not need. */
const UNNEEDED = /rotary_emb\.inv_freq$|^lm_head\.weight$/;

/** Where each of the architecture's weights lies. Refuses a checkpoint that misses one or holds one the architecture does not know. */
export function locateWeights(architecture: Architecture, checkpoint: Checkpoint): (name: string) => WeightLocation | undefined {
  const { folder, tensors } = checkpoint;
  for (const [name, shape] of architecture.weights) {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`${folder}: the weight '${name}' is missing. The checkpoint does not fit its config.json.`);
    if (tensor.shape.join() !== shape.join()) {
      throw new Error(`${folder}: the weight '${name}' has the shape [${tensor.shape.join(', ')}]; config.json asks for [${shape.join(', ')}].`);
    }
    if (tensor.dtype !== 'F32' && tensor.dtype !== 'F16' && tensor.dtype !== 'BF16') {
      throw new Error(`${folder}: the weight '${name}' is stored as ${tensor.dtype}; only F32, F16 and BF16 can be run.`);
    }
  }
  for (const name of tensors.keys()) {
    if (!architecture.weights.has(name) && !UNNEEDED.test(name)) {
      throw new Error(`${folder}: holds a weight '${name}' that the ${architecture.family} family does not know, so its results would be wrong.`);
    }
  }
  return (name) => {
    const tensor = tensors.get(name);
    if (!tensor) return undefined;
    const { dtype, shape, offset, length } = tensor;
    return { dtype: dtype as WeightLocation['dtype'], shape, file: path.relative(folder, tensor.file), offset, length };
  };
}
