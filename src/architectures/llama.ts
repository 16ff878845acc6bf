/**
 * The Llama family (Touvron et al. 2023): RMSNorm, rotary position embedding, grouped-query attention, SwiGLU.
 * Weight names and config keys are those of transformers' LlamaForCausalLM.
 */
import { add, cast, END, gather, matmul, mul, rmsNormalize, sigmoid, slice, weight, type Tensor, reshape, transpose, unsqueeze } from '../graph';
import type { Architecture, BlockInputs, BlockTrace, ModelShape } from './architecture';
import { attention, inverseFrequencies, rotate } from './attention';
import { readConfig, type ConfigKeys } from './config';

const KEYS = {
  handled: [
    'hidden_size', 'num_hidden_layers', 'num_attention_heads', 'num_key_value_heads', 'head_dim', 'intermediate_size',
    'vocab_size', 'max_position_embeddings', 'rms_norm_eps', 'rope_theta', 'rope_parameters', 'tie_word_embeddings',
  ],
  // Keys that change nothing in a forward pass.
  ignored: [
    '_name_or_path', 'architectures', 'model_type', 'torch_dtype', 'dtype', 'transformers_version', 'use_cache', 'initializer_range',
    'bos_token_id', 'eos_token_id', 'pad_token_id', 'attention_dropout', 'return_dict', 'output_hidden_states', 'output_attentions',
    'is_decoder', 'is_encoder_decoder', 'id2label', 'label2id', 'problem_type', 'chunk_size_feed_forward',
  ],
  // Keys that do, when they are not as here.
  defaults: {
    hidden_act: 'silu', attention_bias: false, mlp_bias: false, rope_scaling: null, pretraining_tp: 1, sliding_window: null,
    cross_attention_hidden_size: null, add_cross_attention: false, tie_encoder_decoder: false, quantization_config: null,
  },
} satisfies ConfigKeys;

export interface LlamaConfig extends ModelShape {
  readonly normEpsilon: number;
  readonly ropeTheta: number;
  readonly tied: boolean;
}

/** Reads a config.json; throws an Error naming the key that cannot be honoured. */
export function llamaConfig(json: unknown): LlamaConfig {
  const config = readConfig('llama', json, KEYS);
  const heads = config.positive('num_attention_heads', 32);
  const width = config.positive('hidden_size', 4096);
  const headSize = config.positive('head_dim', width / heads);
  const keyValueHeads = config.positive('num_key_value_heads', heads);
  if (heads % keyValueHeads !== 0) config.refuse('num_key_value_heads', `${keyValueHeads} does not divide the ${heads} heads`);
  if (headSize % 2 !== 0) config.refuse('head_dim', 'an odd size has no rotary embedding');
  return {
    layers: config.positive('num_hidden_layers', 32),
    width,
    heads,
    keyValueHeads,
    headSize,
    mlpWidth: config.positive('intermediate_size', 11008),
    vocabulary: config.positive('vocab_size', 32000),
    context: config.positive('max_position_embeddings', 2048),
    normEpsilon: config.number('rms_norm_eps', 1e-6),
    ropeTheta: config.ropeTheta(10000),
    tied: config.boolean('tie_word_embeddings', false),
  };
}

export function llama(config: LlamaConfig): Architecture {
  const { width, heads, keyValueHeads, headSize, mlpWidth, vocabulary, layers, normEpsilon } = config;
  const embedding = 'model.embed_tokens.weight';
  const unembedding = config.tied ? embedding : 'lm_head.weight';
  const frequencies = inverseFrequencies(headSize, config.ropeTheta);

  const weights = new Map<string, readonly number[]>([[embedding, [vocabulary, width]], ['model.norm.weight', [width]]]);
  if (!config.tied) weights.set(unembedding, [vocabulary, width]);
  for (let layer = 0; layer < layers; layer++) {
    const names: Record<string, readonly number[]> = {
      'input_layernorm.weight': [width],
      'self_attn.q_proj.weight': [heads * headSize, width],
      'self_attn.k_proj.weight': [keyValueHeads * headSize, width],
      'self_attn.v_proj.weight': [keyValueHeads * headSize, width],
      'self_attn.o_proj.weight': [width, heads * headSize],
      'post_attention_layernorm.weight': [width],
      'mlp.gate_proj.weight': [mlpWidth, width],
      'mlp.up_proj.weight': [mlpWidth, width],
      'mlp.down_proj.weight': [width, mlpWidth],
    };
    for (const [name, shape] of Object.entries(names)) weights.set(`model.layers.${layer}.${name}`, shape);
  }

  // One traced tensor a weight, so that a graph over several parts shares it.
  const traced = new Map<string, Tensor>();
  const parameter = (name: string): Tensor => {
    if (!traced.has(name)) traced.set(name, weight(name, weights.get(name)!));
    return traced.get(name)!;
  };
  const linear = (x: Tensor, name: string) => matmul(x, parameter(name), { transposeB: true });
  const norm = (x: Tensor, name: string) => mul(rmsNormalize(x, normEpsilon).y, parameter(name));

  function block(layer: number, { resid, positions, keyPositions, past, lastOnly }: BlockInputs): BlockTrace {
    const name = (suffix: string) => `model.layers.${layer}.${suffix}.weight`;
    const split = (x: Tensor, count: number) => reshape(x, [...x.shape.slice(0, 2), count, headSize]);
    const headsFirst = (x: Tensor) => transpose(x, [0, 2, 1, 3]);
    const going = (x: Tensor) => (lastOnly ? slice(x, 1, -1, END) : x);

    const normed = norm(resid, name('input_layernorm'));
    const q = split(linear(going(normed), name('self_attn.q_proj')), heads);
    const k = split(linear(normed, name('self_attn.k_proj')), keyValueHeads);
    const v = split(linear(normed, name('self_attn.v_proj')), keyValueHeads);
    const angles = mul(unsqueeze(cast(positions, 'float32'), [2, 3]), frequencies); // [b, t, 1, head / 2]
    const keys = headsFirst(rotate(k, angles));
    const values = headsFirst(v);
    const queries = headsFirst(rotate(q, going(angles)));
    const { pattern, mixed } = attention({ queries, keys, values, positions: going(positions), keyPositions, past });
    const z = transpose(mixed, [0, 2, 1, 3]);
    const attnOut = linear(reshape(z, [...z.shape.slice(0, 2), heads * headSize]), name('self_attn.o_proj'));
    const residMid = add(going(resid), attnOut);

    const normedMid = norm(residMid, name('post_attention_layernorm'));
    const pre = linear(normedMid, name('mlp.gate_proj'));
    const preLinear = linear(normedMid, name('mlp.up_proj'));
    const post = mul(mul(pre, sigmoid(pre)), preLinear);
    const mlpOut = linear(post, name('mlp.down_proj'));
    return {
      sites: {
        hook_resid_pre: resid,
        'attn.hook_q': q,
        'attn.hook_k': k,
        'attn.hook_v': v,
        'attn.hook_pattern': pattern,
        'attn.hook_z': z,
        hook_attn_out: attnOut,
        hook_resid_mid: residMid,
        'mlp.hook_pre': pre,
        'mlp.hook_pre_linear': preLinear,
        'mlp.hook_post': post,
        hook_mlp_out: mlpOut,
        hook_resid_post: add(residMid, mlpOut),
      },
      keys,
      values,
    };
  }

  return {
    family: 'llama',
    shape: config,
    weights,
    embed: (tokens) => gather(parameter(embedding), tokens),
    block,
    finalNorm: (resid) => rmsNormalize(resid, normEpsilon).y,
    unembed(normalized, tokens) {
      const rows = parameter(unembedding);
      return matmul(mul(normalized, parameter('model.norm.weight')), tokens ? gather(rows, tokens) : rows, { transposeB: true });
    },
  };
}
