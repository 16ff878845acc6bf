/**
 * config.json as models have it on the Hub, with all their keys, and as later versions of transformers save it. They stand in:
 * mlc-ai/mlc-llm, python/mlc_llm/model/model_preset.py (01ced33); Retruth/deontic, nlp_models/pythia/README.md, as transformers 4.45
 * printed it; DeepSeek-Coder and Phi-3 in public logs of training runs with transformers 4.48.
 */
import { describe, expect, test } from 'vitest';
import { architectureFor } from '../../../src/architectures';

/** Keys that nearly all of them have. */
const common = { bos_token_id: 1, eos_token_id: 2, initializer_range: 0.02, torch_dtype: 'bfloat16', transformers_version: '4.42.3', use_cache: true };
const llama = { ...common, attention_bias: false, attention_dropout: 0, hidden_act: 'silu', mlp_bias: false, model_type: 'llama', pretraining_tp: 1 };
const gpt = {
  ...common, attn_pdrop: 0.1, embd_pdrop: 0.1, resid_pdrop: 0.1, layer_norm_epsilon: 1e-5, summary_activation: null, summary_first_dropout: 0.1,
  summary_proj_to_labels: true, summary_type: 'cls_index', summary_use_proj: true,
};
const gemma = {
  ...common, attention_bias: false, attention_dropout: 0, cache_implementation: 'hybrid', hidden_activation: 'gelu_pytorch_tanh',
  max_position_embeddings: 8192, pad_token_id: 0, rms_norm_eps: 1e-6, rope_theta: 10000, sliding_window: 4096, vocab_size: 256000,
};
const gemma2 = { ...gemma, attn_logit_softcapping: 50, final_logit_softcapping: 30, hidden_act: 'gelu_pytorch_tanh', model_type: 'gemma2' };
const phi = { AutoConfig: 'configuration_phi3.Phi3Config', AutoModelForCausalLM: 'modeling_phi3.Phi3ForCausalLM' };
/** The published factors, 48 of each, are numbers from 1 to 65. */
const factors = Array.from({ length: 48 }, (_, i) => 1 + i);

/** Layers, width, heads, key-value heads, head size, MLP width, vocabulary, context; and the parameters in millions. */
const MODELS: readonly (readonly [string, Record<string, unknown>, readonly number[], number])[] = [
  ['gpt2-medium', {
    ...gpt, activation_function: 'gelu_new', architectures: ['GPT2LMHeadModel'], model_type: 'gpt2', n_ctx: 1024, n_embd: 1024, n_head: 16,
    n_layer: 24, n_positions: 1024, n_special: 0, predict_special_tokens: true, vocab_size: 50257,
    task_specific_params: { 'text-generation': { do_sample: true, max_length: 50 } },
  }, [24, 1024, 16, 16, 64, 4096, 50257, 1024], 354.8],
  ['bigcode/starcoder2-7b', {
    ...common, activation_function: 'gelu', architectures: ['Starcoder2ForCausalLM'], attention_dropout: 0.1, attention_softmax_in_fp32: true,
    embedding_dropout: 0.1, hidden_act: 'gelu_pytorch_tanh', hidden_size: 4608, intermediate_size: 18432, layer_norm_epsilon: 1e-5,
    max_position_embeddings: 16384, mlp_type: 'default', model_type: 'starcoder2', norm_epsilon: 1e-5, norm_type: 'layer_norm',
    num_attention_heads: 36, num_hidden_layers: 32, num_key_value_heads: 4, residual_dropout: 0.1, rope_theta: 1000000,
    scale_attention_softmax_in_fp32: true, scale_attn_weights: true, sliding_window: 4096, use_bias: true, vocab_size: 49152,
  }, [32, 4608, 36, 4, 128, 18432, 49152, 16384], 7173.9],
  ['EleutherAI/pythia-6.9b-deduped, by transformers 4.45', {
    ...common, _name_or_path: 'EleutherAI/pythia-6.9b-deduped', architectures: ['GPTNeoXForCausalLM'], attention_bias: true,
    attention_dropout: 0, classifier_dropout: 0.1, hidden_act: 'gelu', hidden_dropout: 0, hidden_size: 4096, intermediate_size: 16384,
    layer_norm_eps: 1e-5, max_position_embeddings: 2048, model_type: 'gpt_neox', num_attention_heads: 32, num_hidden_layers: 32,
    partial_rotary_factor: 0.25, rope_scaling: null, rope_theta: 10000, rotary_emb_base: 10000, rotary_pct: 0.25, tie_word_embeddings: false,
    use_parallel_residual: true, vocab_size: 50432,
  }, [32, 4096, 32, 32, 128, 16384, 50432, 2048], 6857.3],
  ['codellama/CodeLlama-7b-hf', {
    ...common, _name_or_path: 'codellama/CodeLlama-7b-hf', architectures: ['LlamaForCausalLM'], hidden_act: 'silu', hidden_size: 4096,
    intermediate_size: 11008, max_position_embeddings: 16384, model_type: 'llama', num_attention_heads: 32, num_hidden_layers: 32,
    num_key_value_heads: 32, pretraining_tp: 1, rms_norm_eps: 1e-5, rope_scaling: null, rope_theta: 1000000, tie_word_embeddings: false,
    vocab_size: 32016,
  }, [32, 4096, 32, 32, 128, 11008, 32016, 16384], 6738.5],
  ['deepseek-ai/deepseek-coder-1.3b-instruct, by transformers 4.48', {
    ...llama, _attn_implementation_autoset: true, architectures: ['LlamaForCausalLM'], head_dim: 128, hidden_size: 2048,
    intermediate_size: 5504, max_position_embeddings: 16384, num_attention_heads: 16, num_hidden_layers: 24, num_key_value_heads: 16,
    rms_norm_eps: 1e-6, rope_scaling: { factor: 4, rope_type: 'linear', type: 'linear' }, rope_theta: 100000, tie_word_embeddings: false,
    vocab_size: 32256,
  }, [24, 2048, 16, 16, 128, 5504, 32256, 16384], 1346.5],
  ['HuggingFaceTB/SmolLM2-360M', {
    ...llama, architectures: ['LlamaForCausalLM'], hidden_size: 960, intermediate_size: 2560, is_llama_config: true,
    max_position_embeddings: 8192, num_attention_heads: 15, num_hidden_layers: 32, num_key_value_heads: 5, pad_token_id: 2, rms_norm_eps: 1e-5,
    rope_interleaved: false, rope_scaling: null, rope_theta: 100000, tie_word_embeddings: true, vocab_size: 49152,
    'transformers.js_config': { kv_cache_dtype: { q4f16: 'float16', fp16: 'float16' } },
  }, [32, 960, 15, 5, 64, 2560, 49152, 8192], 361.8],
  ['meta-llama/Llama-3.1-8B', {
    ...llama, eos_token_id: [128001, 128008, 128009], hidden_size: 4096, intermediate_size: 14336, max_position_embeddings: 131072,
    num_attention_heads: 32, num_hidden_layers: 32, num_key_value_heads: 8, rms_norm_eps: 1e-5, rope_theta: 500000, vocab_size: 128256,
    rope_scaling: { factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 8192, rope_type: 'llama3' },
    tie_word_embeddings: false,
  }, [32, 4096, 32, 8, 128, 14336, 128256, 131072], 8030.3],
  ['mistralai/Mistral-7B-Instruct-v0.3', {
    ...common, architectures: ['MistralForCausalLM'], attention_dropout: 0, hidden_act: 'silu', hidden_size: 4096, intermediate_size: 14336,
    max_position_embeddings: 32768, model_type: 'mistral', num_attention_heads: 32, num_hidden_layers: 32, num_key_value_heads: 8,
    rms_norm_eps: 1e-5, rope_theta: 1000000, sliding_window: null, tie_word_embeddings: false, vocab_size: 32768,
  }, [32, 4096, 32, 8, 128, 14336, 32768, 32768], 7248.0],
  ['Qwen/Qwen2-1.5B-Instruct, the shape of Qwen2.5-Coder 1.5B', {
    ...common, architectures: ['Qwen2ForCausalLM'], attention_dropout: 0, hidden_act: 'silu', hidden_size: 1536, intermediate_size: 8960,
    max_position_embeddings: 32768, max_window_layers: 28, model_type: 'qwen2', num_attention_heads: 12, num_hidden_layers: 28,
    num_key_value_heads: 2, rms_norm_eps: 1e-6, rope_theta: 1000000, sliding_window: 32768, tie_word_embeddings: true,
    use_sliding_window: false, vocab_size: 151936,
  }, [28, 1536, 12, 2, 128, 8960, 151936, 32768], 1543.7],
  ['google/gemma-2b, whose hidden_act says gelu', {
    ...common, architectures: ['GemmaForCausalLM'], attention_bias: false, attention_dropout: 0, head_dim: 256, hidden_act: 'gelu',
    hidden_size: 2048, intermediate_size: 16384, max_position_embeddings: 8192, model_type: 'gemma', num_attention_heads: 8,
    num_hidden_layers: 18, num_key_value_heads: 1, pad_token_id: 0, rms_norm_eps: 1e-6, rope_scaling: null, rope_theta: 10000,
    vocab_size: 256000,
  }, [18, 2048, 8, 1, 256, 16384, 256000, 8192], 2506.2],
  ['google/gemma-2-9b, by transformers 4.45', {
    ...gemma2, head_dim: 256, hidden_size: 3584, intermediate_size: 14336, num_attention_heads: 16, num_hidden_layers: 42,
    num_key_value_heads: 8, query_pre_attn_scalar: 256, sliding_window_size: 4096,
  }, [42, 3584, 16, 8, 256, 14336, 256000, 8192], 9241.7],
  ['google/gemma-2-27b', {
    ...gemma2, _attn_implementation: 'eager', head_dim: 128, hidden_size: 4608, intermediate_size: 36864, num_attention_heads: 32,
    num_hidden_layers: 46, num_key_value_heads: 16, query_pre_attn_scalar: 144,
  }, [46, 4608, 32, 16, 128, 36864, 256000, 8192], 27227.1],
  ['google/gemma-3-1b-it', {
    ...gemma, attn_logit_softcapping: null, eos_token_id: [1, 106], final_logit_softcapping: null, head_dim: 256, hidden_size: 1152,
    intermediate_size: 6912, max_position_embeddings: 32768, model_type: 'gemma3_text', num_attention_heads: 4, num_hidden_layers: 26,
    num_key_value_heads: 1, query_pre_attn_scalar: 256, rope_local_base_freq: 10000, rope_scaling: null, rope_theta: 1000000,
    sliding_window: 512, sliding_window_pattern: 6, vocab_size: 262144,
  }, [26, 1152, 4, 1, 256, 6912, 262144, 32768], 999.9],
  ['microsoft/Phi-3-mini-4k-instruct, by transformers 4.48', {
    ...common, _attn_implementation_autoset: true, architectures: ['Phi3ForCausalLM'], attention_bias: false, attention_dropout: 0,
    auto_map: phi, embd_pdrop: 0, hidden_act: 'silu', hidden_size: 3072, intermediate_size: 8192, max_position_embeddings: 4096,
    model_type: 'phi3', num_attention_heads: 32, num_hidden_layers: 32, num_key_value_heads: 32, original_max_position_embeddings: 4096,
    pad_token_id: 32000, resid_pdrop: 0, rms_norm_eps: 1e-5, rope_scaling: null, rope_theta: 10000, sliding_window: 2047,
    tie_word_embeddings: false, vocab_size: 32064,
  }, [32, 3072, 32, 32, 96, 8192, 32064, 4096], 3821.1],
  ['microsoft/Phi-3.5-mini-instruct, up to where its angles change', {
    ...common, architectures: ['Phi3ForCausalLM'], attention_dropout: 0, auto_map: phi, embd_pdrop: 0, hidden_act: 'silu', hidden_size: 3072,
    intermediate_size: 8192, max_position_embeddings: 131072, model_type: 'phi3', num_attention_heads: 32, num_hidden_layers: 32,
    num_key_value_heads: 32, original_max_position_embeddings: 4096, pad_token_id: 32000, resid_pdrop: 0, rms_norm_eps: 1e-5,
    rope_scaling: { long_factor: factors, short_factor: factors, type: 'longrope' }, rope_theta: 10000, sliding_window: 262144,
    tie_word_embeddings: false, vocab_size: 32064,
  }, [32, 3072, 32, 32, 96, 8192, 32064, 4096], 3821.1],
];

test.each(MODELS)('%s', (_name, config, shape, millions) => {
  const { shape: own, weights } = architectureFor(config);
  const { layers, width, heads, keyValueHeads, headSize, mlpWidth, vocabulary, context } = own;
  expect([layers, width, heads, keyValueHeads, headSize, mlpWidth, vocabulary, context]).toEqual(shape);
  const parameters = [...weights.values()].reduce((sum, sizes) => sum + sizes.reduce((a, b) => a * b, 1), 0);
  expect(parameters / 1e6).toBeCloseTo(millions, 0);
});

describe('a config that nobody published is refused before much is done', () => {
  const list = Array.from({ length: 1e5 }, () => 'x');
  test.each<[string, Record<string, unknown>, string]>([
    ['llama', { num_hidden_layers: 1e7 }, '10000000 is not a positive whole number up to 1000'],
    ['gpt2', { n_layer: 1001 }, '1001 is not a positive whole number up to 1000'],
    ['gpt_neox', { num_hidden_layers: 1e7 }, '10000000 is not a positive whole number up to 1000'],
    ['llama', { head_dim: 1e7 }, '10000000 is not a positive whole number up to 100000'],
    ['gptj', { n_embd: 1e7 }, '10000000 is not a positive whole number up to 100000'],
    ['qwen2', { vocab_size: 1e12 }, '1000000000000 is not a positive whole number up to 10000000'],
    ['llama', { rms_norm_eps: -1 }, '-1 is not from 0 to 1'],
    ['gpt2', { layer_norm_epsilon: 1 }, '1 is not from 0 to 1'],
  ])('%s %j', (model_type, change, message) => {
    expect(() => architectureFor({ model_type, ...change })).toThrow(message);
  });
  test('in one line, however long the value is', () => {
    const refusal = (config: object) => {
      try {
        architectureFor(config);
      } catch (error) {
        return (error as Error).message.length;
      }
      throw new Error('accepted');
    };
    for (const change of [{ unknown: list }, { hidden_act: list }, { rope_scaling: { type: list } }, { rope_scaling: { type: 'linear', factor: list } }]) {
      expect(refusal({ model_type: 'llama', ...change })).toBeLessThan(300);
    }
    expect(refusal({ model_type: list })).toBeLessThan(500);
  });
});
