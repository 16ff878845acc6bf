/** GPT-2, GPT-BigCode, StarCoder2, GPT-NeoX, CodeGen and GPT-J: defaults, published configs, and what is refused. */
import { describe, expect, test } from 'vitest';
import { architectureFor } from '../../../src/architectures';
import type { Checkpoint } from '../../../src/checkpoints/checkpoint';
import type { StoredTensor } from '../../../src/checkpoints/safetensors';
import { locateWeights } from '../../../src/model/weights';

/** Layers, width, heads, key-value heads, head size, MLP width, vocabulary, context. */
const shapeOf = (config: object) => {
  const { layers, width, heads, keyValueHeads, headSize, mlpWidth, vocabulary, context } = architectureFor(config).shape;
  return [layers, width, heads, keyValueHeads, headSize, mlpWidth, vocabulary, context];
};

test.each([
  ['gpt2', [12, 768, 12, 12, 64, 3072, 50257, 1024]],
  ['gpt_bigcode', [12, 768, 12, 1, 64, 3072, 50257, 1024]],
  ['starcoder2', [30, 3072, 24, 2, 128, 12288, 49152, 4096]],
  ['gpt_neox', [44, 6144, 64, 64, 96, 24576, 50432, 2048]],
  ['codegen', [28, 4096, 16, 16, 256, 16384, 50400, 2048]],
  ['gptj', [28, 4096, 16, 16, 256, 16384, 50400, 2048]],
])("%s without any key has transformers' defaults", (type, shape) => {
  expect(shapeOf({ model_type: type })).toEqual(shape);
});

const summary = {
  summary_activation: null, summary_first_dropout: 0.1, summary_proj_to_labels: true, summary_type: 'cls_index', summary_use_proj: true,
};
const gpt = { ...summary, attn_pdrop: 0.1, embd_pdrop: 0.1, resid_pdrop: 0.1, initializer_range: 0.02, layer_norm_epsilon: 1e-5, use_cache: true };
const task = { 'text-generation': { do_sample: true, max_length: 50 } };

test.each([
  [
    'gpt2',
    {
      ...gpt, model_type: 'gpt2', activation_function: 'gelu_new', architectures: ['GPT2LMHeadModel'], bos_token_id: 50256, eos_token_id: 50256,
      n_ctx: 1024, n_embd: 768, n_head: 12, n_layer: 12, n_positions: 1024, task_specific_params: task, vocab_size: 50257,
    },
    [12, 768, 12, 12, 64, 3072, 50257, 1024],
  ],
  [
    'bigcode/gpt_bigcode-santacoder',
    {
      ...gpt, model_type: 'gpt_bigcode', activation_function: 'gelu_pytorch_tanh', attention_softmax_in_fp32: true, multi_query: true,
      n_embd: 2048, n_head: 16, n_inner: 8192, n_layer: 24, n_positions: 2048, runner_max_sequence_length: null,
      scale_attention_softmax_in_fp32: true, scale_attn_weights: true, transformers_version: '4.28.0.dev0', vocab_size: 49280,
    },
    [24, 2048, 16, 1, 128, 8192, 49280, 2048],
  ],
  [
    'Salesforce/codegen-350M-mono',
    {
      ...gpt, model_type: 'codegen', activation_function: 'gelu_new', gradient_checkpointing: false, n_ctx: 2048, n_embd: 1024, n_head: 16,
      n_inner: null, n_layer: 20, n_positions: 2048, rotary_dim: 32, scale_attn_weights: true, task_specific_params: task,
      tie_word_embeddings: false, tokenizer_class: 'GPT2Tokenizer', torch_dtype: 'float16', vocab_size: 51200,
    },
    [20, 1024, 16, 16, 64, 4096, 51200, 2048],
  ],
  [
    'EleutherAI/gpt-j-6b',
    {
      ...gpt, model_type: 'gptj', activation_function: 'gelu_new', gradient_checkpointing: false, n_embd: 4096, n_head: 16, n_inner: null,
      n_layer: 28, n_positions: 2048, rotary: true, rotary_dim: 64, scale_attn_weights: true, task_specific_params: task,
      tie_word_embeddings: false, tokenizer_class: 'GPT2Tokenizer', vocab_size: 50400,
    },
    [28, 4096, 16, 16, 256, 16384, 50400, 2048],
  ],
  [
    'EleutherAI/gpt-neox-20b',
    {
      model_type: 'gpt_neox', attention_probs_dropout_prob: 0, hidden_act: 'gelu_fast', hidden_dropout_prob: 0, hidden_size: 6144,
      initializer_range: 0.02, intermediate_size: 24576, layer_norm_eps: 1e-5, max_position_embeddings: 2048, num_attention_heads: 64,
      num_hidden_layers: 44, rotary_emb_base: 10000, rotary_pct: 0.25, tie_word_embeddings: false, torch_dtype: 'float16', vocab_size: 50432,
    },
    [44, 6144, 64, 64, 96, 24576, 50432, 2048],
  ],
  [
    'bigcode/starcoder2-3b',
    {
      model_type: 'starcoder2', attention_dropout: 0.1, residual_dropout: 0.1, embedding_dropout: 0.1, hidden_act: 'gelu_pytorch_tanh',
      hidden_size: 3072, initializer_range: 0.018042, intermediate_size: 12288, max_position_embeddings: 16384, mlp_type: 'default',
      norm_epsilon: 1e-5, norm_type: 'layer_norm', num_attention_heads: 24, num_hidden_layers: 30, num_key_value_heads: 2,
      rope_theta: 999999.4420358813, sliding_window: 4096, use_bias: true, use_cache: true, vocab_size: 49152,
    },
    [30, 3072, 24, 2, 128, 12288, 49152, 16384],
  ],
] as const)('the config of %s', (_, config, shape) => {
  expect(shapeOf(config)).toEqual(shape);
});

test.each([
  [{ model_type: 'gpt2', attention_head_type: 'multiquery' }, "'attention_head_type' of the gpt2 family: belongs to code that comes with the model. For SantaCoder take bigcode/gpt_bigcode-santacoder"],
  [{ model_type: 'gpt2', add_cross_attention: true }, "'add_cross_attention' of the gpt2 family"],
  [{ model_type: 'gpt2', n_embd: 100 }, "'n_head' of the gpt2 family: 12 heads do not divide the width of 100"],
  [{ model_type: 'gpt2', activation_function: 'mish' }, "'activation_function' of the gpt2 family: \"mish\" is not supported"],
  [{ model_type: 'gpt_bigcode', quantization_config: { bits: 4 } }, "'quantization_config' of the gpt_bigcode family"],
  [{ model_type: 'starcoder2', norm_type: 'rms' }, "'norm_type' of the starcoder2 family"],
  [{ model_type: 'starcoder2', num_key_value_heads: 5 }, "'num_key_value_heads' of the starcoder2 family"],
  [{ model_type: 'gpt_neox', rotary_pct: 0.29 }, "27 of a head's 96 numbers cannot be turned in pairs"],
  [{ model_type: 'gpt_neox', num_attention_heads: 63 }, "'num_attention_heads' of the gpt_neox family"],
  [{ model_type: 'codegen', n_embd: 30, n_head: 6, rotary_dim: 2 }, "'n_head' of the codegen family: 6 is not a multiple of 4"],
  [{ model_type: 'gptj', rotary_dim: null }, "'rotary_dim' of the gptj family"],
  [{ model_type: 'gptj', rotary_dim: 258 }, "'rotary_dim' of the gptj family: 258 is not an even number up to the head's size, 256"],
  [{ model_type: 'gptj', rotary: false }, "'rotary' of the gptj family"],
])('refuses %j', (config, message) => {
  expect(() => architectureFor(config)).toThrow(message);
});

describe('names of weights', () => {
  const architecture = architectureFor({ model_type: 'gpt2', n_embd: 8, n_head: 2, n_layer: 1, n_positions: 4, vocab_size: 5 });
  const located = (change: (shapes: Map<string, readonly number[]>) => void) => {
    const shapes = new Map([...architecture.weights].map(([name, shape]) => [name.replace('transformer.', ''), shape]));
    change(shapes);
    const tensors = new Map<string, StoredTensor>();
    for (const [name, shape] of shapes) {
      const length = 4 * shape.reduce((a, b) => a * b, 1);
      tensors.set(name, { name, dtype: 'F32', shape: [...shape], file: '/model/model.safetensors', offset: 0, length });
    }
    const files = [{ name: 'model.safetensors', path: '/model/model.safetensors' }];
    const checkpoint: Checkpoint = { folder: '/model', tensors, bytes: 0, files };
    return locateWeights(architecture, checkpoint);
  };

  test('without their prefix, with masks and a tied head', () => {
    const weights = located((shapes) => {
      shapes.set('h.0.attn.bias', [1, 1, 4, 4]).set('h.0.attn.masked_bias', []).set('lm_head.weight', [5, 8]);
    });
    for (const [name, shape] of architecture.weights) expect(weights.find(name)?.shape, name).toEqual(shape);
  });

  test.each<[string, (shapes: Map<string, readonly number[]>) => void]>([
    ["holds a weight 'score.weight' that the gpt2 family does not know", (shapes) => shapes.set('score.weight', [2, 8])],
    ["holds the weight 'transformer.wte.weight' twice, as 'wte.weight' and as 'transformer.wte.weight'", (shapes) => shapes.set('transformer.wte.weight', [5, 8])],
    ["the weight 'transformer.wpe.weight' is missing", (shapes) => shapes.delete('wpe.weight')],
    ["the weight 'transformer.wte.weight' has the shape [7, 8]; config.json asks for [5, 8]", (shapes) => shapes.set('wte.weight', [7, 8])],
  ])('%s', (message, change) => {
    expect(() => located(change)).toThrow(message);
  });
});
