/** GPT-2, GPT-BigCode (StarCoder), StarCoder2 and GPT-NeoX (Pythia): layer norms and biases. */
import { common, MODEL_NAMES, sizes, wholeHeadsRotate, type Change, type Family, type Source } from './family';
import { ropeParameters } from './rope';

const GPT2_NAMES: Family['names'] = {
  model: { token_embd: 'transformer.wte', position_embd: 'transformer.wpe', output_norm: 'transformer.ln_f', output: 'lm_head' },
  layers: 'transformer.h.',
  layer: {
    attn_norm: 'ln_1',
    attn_qkv: 'attn.c_attn',
    attn_output: 'attn.c_proj',
    ffn_norm: 'ln_2',
    ffn_up: 'mlp.c_fc',
    ffn_down: 'mlp.c_proj',
  },
};

function gpt2Config(source: Source, architecture: string, modelType: string, activation: string) {
  const { options } = source;
  const width = options.size('embedding_length');
  return {
    ...common(source, architecture, modelType),
    n_embd: width,
    n_layer: options.size('block_count'),
    n_head: options.size('attention.head_count'),
    n_inner: options.size('feed_forward_length'),
    n_positions: options.size('context_length'),
    activation_function: activation,
    layer_norm_epsilon: options.required('attention.layer_norm_epsilon'),
    scale_attn_weights: true,
  };
}

export const gpt2: Family = {
  config(source) {
    const config = gpt2Config(source, 'GPT2LMHeadModel', 'gpt2', 'gelu_new');
    source.options.only({ 'attention.head_count_kv': config.n_head });
    return config;
  },
  names: GPT2_NAMES,
  // transformers keeps GPT-2's matrices as [in, out].
  change: (name) => (/^(?:attn_qkv|attn_output|ffn_up|ffn_down)\.weight$/.test(name) ? { kind: 'transposed' } : undefined),
};

export const starcoder: Family = {
  config(source) {
    const config = gpt2Config(source, 'GPTBigCodeForCausalLM', 'gpt_bigcode', 'gelu_pytorch_tanh');
    source.options.only({ 'attention.head_count_kv': 1 });
    return { ...config, multi_query: true };
  },
  names: GPT2_NAMES,
};

export const starcoder2: Family = {
  config(source) {
    const { options } = source;
    const { headSize, config } = sizes(source);
    wholeHeadsRotate(source, headSize);
    return {
      ...common(source, 'Starcoder2ForCausalLM', 'starcoder2'),
      ...config,
      hidden_act: 'gelu_pytorch_tanh',
      norm_epsilon: options.required('attention.layer_norm_epsilon'),
      rope_parameters: ropeParameters(source, headSize),
      use_bias: true,
      // llama.cpp neither stores nor uses StarCoder2's window of 4,096 tokens.
      sliding_window: null,
    };
  },
  names: {
    model: MODEL_NAMES,
    layers: 'model.layers.',
    layer: {
      attn_norm: 'input_layernorm',
      attn_q: 'self_attn.q_proj',
      attn_k: 'self_attn.k_proj',
      attn_v: 'self_attn.v_proj',
      attn_output: 'self_attn.o_proj',
      ffn_norm: 'post_attention_layernorm',
      ffn_up: 'mlp.c_fc',
      ffn_down: 'mlp.c_proj',
    },
  },
};

/** GPT-NeoX has queries, keys and values head by head, llama.cpp one after another: row (part, head, i) of the file is (head, part, i). */
function headByHead(heads: number, headSize: number): Change {
  const from = (row: number) => {
    const head = Math.floor(row / (3 * headSize));
    const part = Math.floor(row / headSize) % 3;
    return (part * heads + head) * headSize + (row % headSize);
  };
  return { kind: 'rows', from };
}

export const gptneox: Family = {
  config(source) {
    const { options } = source;
    const { headSize, config } = sizes(source);
    const { num_key_value_heads, ...rest } = config;
    if (num_key_value_heads !== config['num_attention_heads']) options.refuse('attention.head_count_kv', 'is not the number of heads');
    const rotated = options.size('rope.dimension_count');
    return {
      ...common(source, 'GPTNeoXForCausalLM', 'gpt_neox'),
      ...rest,
      hidden_act: 'gelu',
      layer_norm_eps: options.required('attention.layer_norm_epsilon'),
      rope_parameters: { ...ropeParameters(source, rotated), partial_rotary_factor: rotated / headSize },
      use_parallel_residual: options.flag('use_parallel_residual') ?? true,
      attention_bias: true,
    };
  },
  names: {
    model: { token_embd: 'gpt_neox.embed_in', output_norm: 'gpt_neox.final_layer_norm', output: 'embed_out' },
    layers: 'gpt_neox.layers.',
    layer: {
      attn_norm: 'input_layernorm',
      attn_qkv: 'attention.query_key_value',
      attn_output: 'attention.dense',
      ffn_norm: 'post_attention_layernorm',
      ffn_up: 'mlp.dense_h_to_4h',
      ffn_down: 'mlp.dense_4h_to_h',
    },
  },
  change(name, config) {
    const [width, heads] = [config['hidden_size'] as number, config['num_attention_heads'] as number];
    return name.startsWith('attn_qkv.') ? headByHead(heads, width / heads) : undefined;
  },
};
