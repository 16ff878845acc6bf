/** Models for the benchmarks. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { architectureFor } from '../src/architectures';
import { writeSafetensors } from '../src/checkpoints/write-safetensors';
import { initialWeights } from '../src/training/lm/initialise';

/** A Llama of GPT-2-small's size: 12 layers of width 768 (7.1 M weights a block, as GPT-2's), 32,000 tokens. */
export const GPT2_SMALL_SIZE = {
  model_type: 'llama', hidden_size: 768, num_hidden_layers: 12, num_attention_heads: 12, intermediate_size: 2048, vocab_size: 32000,
  max_position_embeddings: 64, rms_norm_eps: 1e-5, rope_theta: 10000, tie_word_embeddings: false,
};

/** Writes a model of this config.json with seeded random weights to a temporary folder, and removes it after `use`. */
export async function withRandomModel<T>(config: object, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-bench-'));
  try {
    const architecture = architectureFor(config);
    const tensors = [...initialWeights(architecture, 'bench')].map(([name, data]) => ({ name, data, shape: architecture.weights.get(name)! }));
    await writeSafetensors(path.join(folder, 'model.safetensors'), tensors);
    await writeFile(path.join(folder, 'config.json'), JSON.stringify(config));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
