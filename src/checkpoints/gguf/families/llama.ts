/** Llama (and Mistral, which is the same), Qwen2, Qwen3 and Phi-3. */
import { common, MODEL_NAMES, sizes, wholeHeadsRotate, type Change, type Config, type Family, type Source } from './family';
import { ropeParameters } from './rope';

const ATTENTION = {
  attn_norm: 'input_layernorm',
  attn_q: 'self_attn.q_proj',
  attn_k: 'self_attn.k_proj',
  attn_v: 'self_attn.v_proj',
  attn_output: 'self_attn.o_proj',
};

const GATED_MLP = { ffn_gate: 'mlp.gate_proj', ffn_up: 'mlp.up_proj', ffn_down: 'mlp.down_proj' };

/**
 * Rows of queries and keys in transformers' order. ggml rotates neighbours and transformers the two halves of a head, so
 * llama.cpp's converter interleaves the halves: row (head, i, half) of the file is row (head, half, i).
 */
function uninterleaved(headSize: number): Change {
  const from = (row: number) => {
    const within = row % headSize;
    const half = within < headSize / 2 ? 0 : 1;
    return row - within + 2 * (within - (half * headSize) / 2) + half;
  };
  return { kind: 'rows', from };
}

export const llama: Family = {
  config(source) {
    const { options, header } = source;
    const { headSize, config } = sizes(source);
    wholeHeadsRotate(source, headSize);
    options.only({ expert_count: 0, expert_used_count: 0 });
    return {
      ...common(source, 'LlamaForCausalLM', 'llama'),
      ...config,
      head_dim: headSize,
      hidden_act: 'silu',
      rms_norm_eps: options.required('attention.layer_norm_rms_epsilon'),
      rope_parameters: ropeParameters(source, headSize),
      attention_bias: header.tensors.has('blk.0.attn_q.bias'),
      mlp_bias: header.tensors.has('blk.0.ffn_up.bias'),
    };
  },
  names: { model: MODEL_NAMES, layers: 'model.layers.', layer: { ...ATTENTION, ffn_norm: 'post_attention_layernorm', ...GATED_MLP } },
  inConfig: ['rope_freqs.weight'],
  change(name, config) {
    return /^attn_[qk]\./.test(name) ? uninterleaved(config['head_dim'] as number) : undefined;
  },
};

function qwen(source: Source, architecture: string, modelType: string): Config {
  const { headSize, config } = sizes(source);
  wholeHeadsRotate(source, headSize);
  return {
    ...common(source, architecture, modelType),
    ...config,
    hidden_act: 'silu',
    rms_norm_eps: source.options.required('attention.layer_norm_rms_epsilon'),
    rope_parameters: ropeParameters(source, headSize),
    use_sliding_window: false,
  };
}

export const qwen2: Family = {
  config(source) {
    const config = qwen(source, 'Qwen2ForCausalLM', 'qwen2');
    if (source.options.whole('attention.key_length') !== undefined) {
      source.options.only({ 'attention.key_length': (config['hidden_size'] as number) / (config['num_attention_heads'] as number) });
    }
    return config;
  },
  names: { model: MODEL_NAMES, layers: 'model.layers.', layer: { ...ATTENTION, ffn_norm: 'post_attention_layernorm', ...GATED_MLP } },
};

export const qwen3: Family = {
  config(source) {
    const config = qwen(source, 'Qwen3ForCausalLM', 'qwen3');
    return { ...config, head_dim: sizes(source).headSize, attention_bias: false };
  },
  names: {
    model: MODEL_NAMES,
    layers: 'model.layers.',
    layer: {
      ...ATTENTION,
      attn_q_norm: 'self_attn.q_norm',
      attn_k_norm: 'self_attn.k_norm',
      ffn_norm: 'post_attention_layernorm',
      ...GATED_MLP,
    },
  },
};

export const phi3: Family = {
  config(source) {
    const { options } = source;
    const { headSize, config } = sizes(source);
    wholeHeadsRotate(source, headSize);
    const window = options.whole('attention.sliding_window') ?? 0;
    return {
      ...common(source, 'Phi3ForCausalLM', 'phi3'),
      ...config,
      hidden_act: 'silu',
      rms_norm_eps: options.required('attention.layer_norm_rms_epsilon'),
      original_max_position_embeddings: options.whole('rope.scaling.original_context_length') ?? config['max_position_embeddings'],
      rope_parameters: { ...ropeParameters(source, headSize), partial_rotary_factor: 1 },
      sliding_window: window === 0 ? null : window,
    };
  },
  names: {
    model: MODEL_NAMES,
    layers: 'model.layers.',
    layer: {
      attn_norm: 'input_layernorm',
      attn_qkv: 'self_attn.qkv_proj',
      attn_output: 'self_attn.o_proj',
      ffn_norm: 'post_attention_layernorm',
      ffn_up: 'mlp.gate_up_proj',
      ffn_down: 'mlp.down_proj',
    },
  },
};
