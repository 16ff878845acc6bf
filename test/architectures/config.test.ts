/** config.json as it is published, and as it must not be. */
import { describe, expect, test } from 'vitest';
import { architectureFor, type Architecture } from '../../src/architectures';
import { Config, readConfig } from '../../src/architectures/config';
import { slidingLayers, slidingWindows } from '../../src/architectures/parts/windows';

const parameters = ({ weights }: Architecture) => [...weights.values()].reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);

/** Of the models' files on the Hub, with the number of parameters that the Hub shows for their safetensors. */
const PUBLISHED: readonly (readonly [string, number, Record<string, unknown>])[] = [
  ['SmolLM2 135M', 134_515_008, {
    model_type: 'llama', attention_bias: false, hidden_act: 'silu', hidden_size: 576, intermediate_size: 1536, is_llama_config: true,
    max_position_embeddings: 8192, num_attention_heads: 9, num_hidden_layers: 30, num_key_value_heads: 3, pretraining_tp: 1,
    rms_norm_eps: 1e-5, rope_interleaved: false, rope_scaling: null, rope_theta: 100000, tie_word_embeddings: true, torch_dtype: 'bfloat16',
    vocab_size: 49152, 'transformers.js_config': { kv_cache_dtype: { q4f16: 'float16', fp16: 'float16' } },
  }],
  ['DeepSeek-Coder 1.3B', 1_346_471_936, {
    model_type: 'llama', attention_bias: false, hidden_act: 'silu', hidden_size: 2048, intermediate_size: 5504,
    max_position_embeddings: 16384, num_attention_heads: 16, num_hidden_layers: 24, num_key_value_heads: 16, pretraining_tp: 1,
    rms_norm_eps: 1e-6, rope_scaling: { factor: 4.0, type: 'linear' }, rope_theta: 100000, tie_word_embeddings: false, vocab_size: 32256,
  }],
  ['Llama 3.2 1B', 1_235_814_400, {
    model_type: 'llama', head_dim: 64, hidden_size: 2048, intermediate_size: 8192, max_position_embeddings: 131072, mlp_bias: false,
    num_attention_heads: 32, num_hidden_layers: 16, num_key_value_heads: 8, rms_norm_eps: 1e-5, rope_theta: 500000, vocab_size: 128256,
    rope_scaling: { factor: 32, high_freq_factor: 4, low_freq_factor: 1, original_max_position_embeddings: 8192, rope_type: 'llama3' },
    tie_word_embeddings: true,
  }],
  ['Mistral 7B 0.1', 7_241_732_096, {
    model_type: 'mistral', hidden_act: 'silu', hidden_size: 4096, intermediate_size: 14336, max_position_embeddings: 32768,
    num_attention_heads: 32, num_hidden_layers: 32, num_key_value_heads: 8, rms_norm_eps: 1e-5, rope_theta: 10000, sliding_window: 4096,
    tie_word_embeddings: false, vocab_size: 32000,
  }],
  ['Qwen2.5-Coder 0.5B', 494_032_768, {
    model_type: 'qwen2', hidden_act: 'silu', hidden_size: 896, intermediate_size: 4864, max_position_embeddings: 32768,
    max_window_layers: 24, num_attention_heads: 14, num_hidden_layers: 24, num_key_value_heads: 2, rms_norm_eps: 1e-6, rope_theta: 1000000,
    sliding_window: 32768, tie_word_embeddings: true, use_mrope: false, use_sliding_window: false, vocab_size: 151936,
  }],
  ['Qwen3 0.6B', 596_049_920, {
    model_type: 'qwen3', attention_bias: false, head_dim: 128, hidden_act: 'silu', hidden_size: 1024, intermediate_size: 3072,
    max_position_embeddings: 40960, max_window_layers: 28, num_attention_heads: 16, num_hidden_layers: 28, num_key_value_heads: 8,
    rms_norm_eps: 1e-6, rope_scaling: null, rope_theta: 1000000, sliding_window: null, tie_word_embeddings: true,
    use_sliding_window: false, vocab_size: 151936,
  }],
  ['Phi-3-mini 4k', 3_821_079_552, {
    model_type: 'phi3', attention_bias: false, auto_map: { AutoConfig: 'configuration_phi3.Phi3Config' }, embd_pdrop: 0, hidden_act: 'silu',
    hidden_size: 3072, intermediate_size: 8192, max_position_embeddings: 4096, num_attention_heads: 32, num_hidden_layers: 32,
    num_key_value_heads: 32, original_max_position_embeddings: 4096, resid_pdrop: 0, rms_norm_eps: 1e-5, rope_scaling: null,
    rope_theta: 10000, sliding_window: 2047, tie_word_embeddings: false, vocab_size: 32064,
  }],
];

test.each(PUBLISHED)('%s has %i parameters', (_name, count, config) => {
  expect(parameters(architectureFor(config))).toBe(count);
});

describe('refuses', () => {
  const heads = { num_attention_heads: 4, num_key_value_heads: 2 };
  const small = { ...heads, hidden_size: 16, intermediate_size: 24, num_hidden_layers: 2, vocab_size: 61 };
  const [sliding, full] = ['sliding_attention', 'full_attention'];
  test.each([
    ['an unknown key', 'llama', { residual_multiplier: 0.22 }, "'residual_multiplier' of the llama family: 0.22 is not supported"],
    ['an option of another family', 'llama', { sliding_window: 4096 }, "'sliding_window' of the llama family: 4096 is not supported"],
    ['quantised weights', 'qwen2', { quantization_config: { bits: 4 } }, "'quantization_config' of the qwen2 family"],
    ['a text for a number', 'mistral', { num_hidden_layers: '2' }, '\'num_hidden_layers\' of the mistral family: "2" is not a number'],
    ['a size of 0', 'llama', { vocab_size: 0 }, "'vocab_size' of the llama family: 0 is not a positive whole number"],
    ['an absurd size', 'llama', { num_hidden_layers: 1e9 }, "'num_hidden_layers' of the llama family: 1000000000 is not"],
    ['heads that do not fit', 'llama', { num_attention_heads: 3, num_key_value_heads: 3 }, "'head_dim' of the llama family: 5.333"],
    ['key-value heads that do not divide the heads', 'qwen3', { num_key_value_heads: 3 }, '3 does not divide the 4 heads'],
    ['an unknown activation', 'llama', { hidden_act: 'relu6' }, '"relu6" is not supported'],
    ['an activation that Object has', 'llama', { hidden_act: 'constructor' }, '"constructor" is not supported'],
    ['windows that contradict each other', 'qwen2', { layer_types: [sliding, full] }, 'but use_sliding_window is false'],
    ['a layer too few', 'qwen2', { use_sliding_window: true, layer_types: [full] }, 'for each of the 2 layers'],
    ['a kind of layer', 'qwen3', { use_sliding_window: true, layer_types: [full, 'chunked'] }, 'needs one of sliding_attention and'],
    ['a window of 0', 'mistral', { sliding_window: 0 }, "'sliding_window' of the mistral family: 0 is not a positive"],
    ['a bias of the unembedding', 'phi3', { lm_head_bias: true }, "'lm_head_bias' of the phi3 family: true is not supported"],
  ])('%s', (_name, model_type, change, message) => {
    expect(() => architectureFor({ ...small, model_type, ...change })).toThrow(message);
  });
  test('an unknown family', () => {
    expect(() => architectureFor({ model_type: 'mamba' })).toThrow('the model type "mamba" is not supported; known types: ');
    expect(() => architectureFor({ model_type: 'toString' })).toThrow('is not supported');
    expect(() => architectureFor([])).toThrow('the model type undefined is not supported');
  });
});

test('a key that nothing asks for is refused, unless it switches something off', () => {
  const read = (json: object) => readConfig('test', json, (config) => config.positive('known', 3));
  expect(read({ known: 5, _name_or_path: 'x', a: null, b: false, c: [], d: {} })).toBe(5);
  expect(read({ known: null })).toBe(3);
  expect(() => read({ known: 5, unknown: 0 })).toThrow("config.json: 'unknown' of the test family: 0 is not supported");
});

test('windows: null has none, and a missing key the default of its class', () => {
  const windows = (json: Record<string, unknown>) => slidingWindows(new Config('test', json), [true, false]);
  expect(windows({ sliding_window: 8 })).toEqual([8, undefined]);
  expect(windows({})).toEqual([4096, undefined]);
  expect(() => windows({ sliding_window: null })).toThrow('is null, but some layers have sliding windows');
  expect(slidingWindows(new Config('test', { sliding_window: null }), [false, false])).toEqual([undefined, undefined]);
  expect(slidingLayers(new Config('test', {}), 3, (layer) => layer > 1)).toEqual([false, false, true]);
});
