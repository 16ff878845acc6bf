/** What Gemma's configs mean, and what is refused. The numbers are in golden.test.ts. */
import { describe, expect, test } from 'vitest';
import { architectureFor } from '../../../src/architectures';

const tiny = { hidden_size: 20, num_hidden_layers: 2, num_attention_heads: 4, num_key_value_heads: 2, head_dim: 8, intermediate_size: 24, vocab_size: 61 };
const open = (type: string, change: Record<string, unknown> = {}) => architectureFor({ model_type: type, ...tiny, ...change });

test.each([
  ['gemma', { layers: 28, width: 3072, heads: 16, keyValueHeads: 16, headSize: 256, mlpWidth: 24576, vocabulary: 256000, context: 8192 }],
  ['gemma2', { layers: 26, width: 2304, heads: 8, keyValueHeads: 4, headSize: 256, mlpWidth: 9216, vocabulary: 256000, context: 8192 }],
  ['gemma3_text', { layers: 26, width: 2304, heads: 8, keyValueHeads: 4, headSize: 256, mlpWidth: 9216, vocabulary: 262208, context: 131072 }],
])('%s: what a config leaves out is as in its class', (type, shape) => {
  const { shape: own, weights } = architectureFor({ model_type: type });
  expect(own).toMatchObject(shape);
  expect(weights.has('lm_head.weight')).toBe(false);
});

const parameters = (config: unknown) => [...architectureFor(config).weights.values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
const common = { attention_bias: false, head_dim: 256, rms_norm_eps: 1e-6, bos_token_id: 2, eos_token_id: 1, pad_token_id: 0 };

/** Of the models' files on the Hub, with the number of parameters that the Hub shows for their safetensors. */
test.each<[string, number, Record<string, unknown>]>([
  ['Gemma 2B', 2_506_172_416, {
    ...common, model_type: 'gemma', hidden_act: 'gelu', hidden_activation: 'gelu_pytorch_tanh', hidden_size: 2048, intermediate_size: 16384,
    max_position_embeddings: 8192, num_attention_heads: 8, num_hidden_layers: 18, num_key_value_heads: 1, rope_scaling: null,
    rope_theta: 10000, vocab_size: 256000,
  }],
  ['Gemma 2 2B', 2_614_341_888, {
    ...common, model_type: 'gemma2', attn_logit_softcapping: 50, cache_implementation: 'hybrid', final_logit_softcapping: 30,
    hidden_act: 'gelu_pytorch_tanh', hidden_activation: 'gelu_pytorch_tanh', hidden_size: 2304, intermediate_size: 9216,
    max_position_embeddings: 8192, num_attention_heads: 8, num_hidden_layers: 26, num_key_value_heads: 4, query_pre_attn_scalar: 256,
    rope_theta: 10000, sliding_window: 4096, torch_dtype: 'float32', use_cache: true, vocab_size: 256000,
  }],
  ['Gemma 3 1B', 999_885_952, {
    ...common, model_type: 'gemma3_text', attn_logit_softcapping: null, cache_implementation: 'hybrid', final_logit_softcapping: null,
    hidden_activation: 'gelu_pytorch_tanh', hidden_size: 1152, intermediate_size: 6912, max_position_embeddings: 32768,
    num_attention_heads: 4, num_hidden_layers: 26, num_key_value_heads: 1, query_pre_attn_scalar: 256, rope_local_base_freq: 10000,
    rope_scaling: null, rope_theta: 1000000, sliding_window: 512, sliding_window_pattern: 6, vocab_size: 262144,
  }],
])('%s has %i parameters', (_name, count, config) => {
  expect(parameters(config)).toBe(count);
});

describe('refused, naming the key', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['gemma', { hidden_act: 'gelu', hidden_activation: 'silu' }, "'hidden_activation' of the gemma family: differs from hidden_act"],
    ['gemma', { hidden_act: 'cubic' }, '\'hidden_act\' of the gemma family: "cubic" is not supported'],
    ['gemma', { use_bidirectional_attention: true }, "'use_bidirectional_attention'"],
    ['gemma', { head_dim: 7 }, '7 numbers cannot be turned in pairs'],
    ['gemma2', { num_key_value_heads: 3 }, "'num_key_value_heads'"],
    ['gemma2', { final_logit_softcapping: 0 }, "'final_logit_softcapping' of the gemma2 family: is not positive"],
    ['gemma2', { query_pre_attn_scalar: -1 }, "'query_pre_attn_scalar'"],
    ['gemma2', { sliding_window: null }, "'sliding_window' of the gemma2 family: is null"],
    ['gemma2', { layer_types: ['full_attention'] }, "'layer_types'"],
    ['gemma2', { quantization_config: { bits: 4 } }, "'quantization_config'"],
    ['gemma3_text', { attn_logit_softcapping: 50 }, "'attn_logit_softcapping'"],
    ['gemma3_text', { rope_parameters: { rope_type: 'default', rope_theta: 1e6 } }, "'rope_parameters' of the gemma3_text family: rope_type is not supported"],
    ['gemma3_text', { rope_parameters: { full_attention: { rope_type: 'spiral' } } }, 'spiral'],
    ['gemma3', { text_config: 3 }, 'config.json'],
  ])('%s %j', (type, change, message) => {
    const config = type === 'gemma3' ? { model_type: type, ...change } : { model_type: type, ...tiny, ...change };
    expect(() => architectureFor(config)).toThrow(message);
  });
  test('no window is needed where no layer slides', () => {
    expect(() => open('gemma2', { sliding_window: null, layer_types: ['full_attention', 'full_attention'] })).not.toThrow();
  });
});
