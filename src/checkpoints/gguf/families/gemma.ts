/** Gemma 1, 2 and 3 (text). Their norms multiply by 1 + weight; llama.cpp stores the sum. */
import { common, MODEL_NAMES, sizes, wholeHeadsRotate, type Family, type Source } from './family';
import { ropeParameters } from './rope';

const LAYER = {
  attn_norm: 'input_layernorm',
  attn_q: 'self_attn.q_proj',
  attn_k: 'self_attn.k_proj',
  attn_v: 'self_attn.v_proj',
  attn_output: 'self_attn.o_proj',
  ffn_gate: 'mlp.gate_proj',
  ffn_up: 'mlp.up_proj',
  ffn_down: 'mlp.down_proj',
};

const FOUR_NORMS = {
  post_attention_norm: 'post_attention_layernorm',
  ffn_norm: 'pre_feedforward_layernorm',
  post_ffw_norm: 'post_feedforward_layernorm',
};

const change: Family['change'] = (name) => (name.endsWith('norm.weight') ? { kind: 'plus-one' } : undefined);

function shared(source: Source, architecture: string, modelType: string) {
  const { headSize, config } = sizes(source);
  wholeHeadsRotate(source, headSize);
  return {
    ...common(source, architecture, modelType),
    ...config,
    head_dim: headSize,
    rms_norm_eps: source.options.required('attention.layer_norm_rms_epsilon'),
    attention_bias: false,
  };
}

/** GGUF does not store what attention is scaled by: llama.cpp, too, goes by the number of layers of the published models. */
function attentionScalar(config: Record<string, unknown>, layersOf27B: number): number {
  const [width, heads] = [config['hidden_size'] as number, config['num_attention_heads'] as number];
  return config['num_hidden_layers'] === layersOf27B ? width / heads : (config['head_dim'] as number);
}

/** Every `period`th layer sees everything, the others a window. */
function layerTypes(config: Record<string, unknown>, period: number): string[] {
  const type = (_: unknown, layer: number) => ((layer + 1) % period === 0 ? 'full_attention' : 'sliding_attention');
  return Array.from({ length: config['num_hidden_layers'] as number }, type);
}

export const gemma: Family = {
  config(source) {
    const config = shared(source, 'GemmaForCausalLM', 'gemma');
    return { ...config, hidden_act: 'gelu_pytorch_tanh', rope_parameters: ropeParameters(source, config.head_dim) };
  },
  names: { model: MODEL_NAMES, layers: 'model.layers.', layer: { ...LAYER, ffn_norm: 'post_attention_layernorm' } },
  change,
};

export const gemma2: Family = {
  config(source) {
    const { options } = source;
    const config = shared(source, 'Gemma2ForCausalLM', 'gemma2');
    return {
      ...config,
      hidden_activation: 'gelu_pytorch_tanh',
      rope_parameters: ropeParameters(source, config.head_dim),
      query_pre_attn_scalar: attentionScalar(config, 46),
      attn_logit_softcapping: options.required('attn_logit_softcapping'),
      final_logit_softcapping: options.required('final_logit_softcapping'),
      sliding_window: options.size('attention.sliding_window'),
      layer_types: layerTypes(config, 2),
    };
  },
  names: { model: MODEL_NAMES, layers: 'model.layers.', layer: { ...LAYER, ...FOUR_NORMS } },
  change,
};

export const gemma3: Family = {
  config(source) {
    const { options } = source;
    const config = shared(source, 'Gemma3ForCausalLM', 'gemma3_text');
    options.only({ 'rope.freq_base_swa': 10000 });
    return {
      ...config,
      hidden_activation: 'gelu_pytorch_tanh',
      rope_parameters: {
        full_attention: ropeParameters(source, config.head_dim),
        sliding_attention: { rope_type: 'default', rope_theta: 10000 },
      },
      query_pre_attn_scalar: attentionScalar(config, 62),
      attn_logit_softcapping: null,
      final_logit_softcapping: options.number('final_logit_softcapping') ?? null,
      sliding_window: options.size('attention.sliding_window'),
      layer_types: layerTypes(config, 6),
      use_bidirectional_attention: false,
    };
  },
  names: {
    model: MODEL_NAMES,
    layers: 'model.layers.',
    layer: { ...LAYER, ...FOUR_NORMS, attn_q_norm: 'self_attn.q_norm', attn_k_norm: 'self_attn.k_norm' },
  },
  change,
};
