/**
 * Phi-3, 3.5 and 4 (Abdin et al. 2024, arXiv 2404.14219): Llama with one map for queries, keys and values and one for the MLP's two
 * factors, a sliding window where the config gives one, and LongRoPE under several names.
 */
import { slice, type Tensor } from '../../graph';
import type { Architecture } from '../architecture';
import type { Config } from '../config';
import { oneAfterAnother } from '../fused';
import { llamaLike, readLlama, type LlamaDefaults } from './llama';
import { unbiased } from '../weights';
import { slidingWindows } from '../parts/windows';

export const PHI3_DEFAULTS: LlamaDefaults = {
  layers: 32, width: 3072, heads: 32, mlpWidth: 8192, vocabulary: 32064, context: 4096, normEpsilon: 1e-5,
  rope: { part: 1, original: 4096, types: { su: 'longrope', yarn: 'longrope' } },
};

export function phi3(config: Config): Architecture {
  config.ignore('resid_pdrop', 'embd_pdrop');
  config.ignore('auto_map'); // code of before transformers had the family
  config.only('full_attn_mod', 1);
  config.only('interpolate_factor', 1);
  config.only('attention_bias', false);
  config.only('mlp_bias', false);
  config.only('lm_head_bias', false);
  const shape = readLlama(config, PHI3_DEFAULTS);
  const { width, heads, keyValueHeads, headSize, mlpWidth } = shape;
  const slides = (config.value('sliding_window') ?? null) !== null;
  return llamaLike('phi3', shape, {
    windows: slidingWindows(config, Array.from({ length: shape.layers }, () => slides)),
    projections: (block) => ({
      attention: {
        fused: unbiased(`${block}self_attn.qkv_proj`, width, (heads + 2 * keyValueHeads) * headSize),
        split: oneAfterAnother(shape),
      },
      mlp: {
        fused: unbiased(`${block}mlp.gate_up_proj`, width, 2 * mlpWidth),
        split: (product: Tensor) => ({ pre: slice(product, 2, 0, mlpWidth), preLinear: slice(product, 2, mlpWidth, 2 * mlpWidth) }),
      },
    }),
  });
}
