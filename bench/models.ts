/** Models for the benchmarks. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { llama, type LlamaConfig } from '../src/architectures';
import { writeSafetensors } from '../src/checkpoints/write-safetensors';
import { initialWeights } from '../src/training/initialise';

/** A Llama of GPT-2-small's size: 12 layers of width 768 (7.1 M weights a block, as GPT-2's), 32,000 tokens. */
export const GPT2_SMALL_SIZE: LlamaConfig = {
  layers: 12, width: 768, heads: 12, keyValueHeads: 12, headSize: 64, mlpWidth: 2048, vocabulary: 32000, context: 64,
  normEpsilon: 1e-5, ropeTheta: 10000, tied: false,
};

/** Writes a model with seeded random weights to a temporary folder, and removes it after `use`. */
export async function withRandomModel<T>(config: LlamaConfig, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-bench-'));
  try {
    const architecture = llama(config);
    const tensors = [...initialWeights(architecture, 'bench')].map(([name, data]) => ({ name, data, shape: architecture.weights.get(name)! }));
    await writeSafetensors(path.join(folder, 'model.safetensors'), tensors);
    const json = {
      model_type: 'llama', hidden_size: config.width, num_hidden_layers: config.layers, num_attention_heads: config.heads,
      num_key_value_heads: config.keyValueHeads, head_dim: config.headSize, intermediate_size: config.mlpWidth,
      vocab_size: config.vocabulary, max_position_embeddings: config.context, rms_norm_eps: config.normEpsilon,
      rope_theta: config.ropeTheta, tie_word_embeddings: config.tied,
    };
    await writeFile(path.join(folder, 'config.json'), JSON.stringify(json));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
