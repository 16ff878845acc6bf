/** Qwen3 (Yang et al. 2025, arXiv 2505.09388): Llama with norms of each head's queries and keys, and windows as Qwen2 has them. */
import type { Architecture } from '../architecture';
import type { Config } from '../config';
import { llamaLike, readLlama } from './llama';
import { qwenWindows } from './qwen2';

export function qwen3(config: Config): Architecture {
  const shape = readLlama(config, {
    layers: 32, width: 4096, heads: 32, keyValueHeads: 32, headSize: 128, mlpWidth: 22016, vocabulary: 151936, context: 32768,
  });
  const attentionBias = config.boolean('attention_bias', false);
  return llamaLike('qwen3', shape, {
    headNorms: true,
    queryKeyValueBias: attentionBias,
    attentionOutBias: attentionBias,
    windows: qwenWindows(config, shape.layers),
  });
}
