/**
 * The Llama family (Touvron et al. 2023): RMSNorm, rotary position embedding, grouped-query attention, SwiGLU.
 * Weight names and config keys are those of transformers' LlamaForCausalLM.
 */
import { ACTIVATIONS } from './activation';
import type { Architecture, ModelShape } from './architecture';
import { readConfig, type ConfigKeys } from './config';
import { decoder, type BlockPart } from './decoder';
import type { Norm } from './norm';
import { inverseFrequencies, type Rotary } from './rotary';
import type { Linear } from './weights';

const KEYS = {
  handled: [
    'hidden_size', 'num_hidden_layers', 'num_attention_heads', 'num_key_value_heads', 'head_dim', 'intermediate_size',
    'vocab_size', 'max_position_embeddings', 'rms_norm_eps', 'rope_theta', 'rope_parameters', 'tie_word_embeddings',
  ],
  // Keys that change something, when they are not as here.
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
  const { width, heads, keyValueHeads, headSize, mlpWidth, layers } = config;
  const norm = (weight: string): Norm => ({ kind: 'rms', weight, epsilon: config.normEpsilon });
  const rotary: Rotary = { size: headSize, pairs: 'halves', frequencies: inverseFrequencies(headSize, config.ropeTheta) };
  const blocks = Array.from({ length: layers }, (_, layer): BlockPart => {
    const name = (suffix: string) => `model.layers.${layer}.${suffix}.weight`;
    const linear = (suffix: string, inputs: number, outputs: number): Linear => ({ weight: name(suffix), inputs, outputs });
    return {
      attention: {
        norm: norm(name('input_layernorm')),
        project: {
          q: linear('self_attn.q_proj', width, heads * headSize),
          k: linear('self_attn.k_proj', width, keyValueHeads * headSize),
          v: linear('self_attn.v_proj', width, keyValueHeads * headSize),
        },
        rotary,
        scale: headSize ** -0.5,
        out: linear('self_attn.o_proj', heads * headSize, width),
      },
      mlp: {
        norm: norm(name('post_attention_layernorm')),
        project: { gate: linear('mlp.gate_proj', width, mlpWidth), up: linear('mlp.up_proj', width, mlpWidth) },
        activation: ACTIVATIONS.silu,
        down: linear('mlp.down_proj', mlpWidth, width),
      },
    };
  });
  return decoder({
    family: 'llama',
    shape: config,
    checkpoint: { prefix: 'model.', unneeded: /\.rotary_emb\.inv_freq$/ },
    embedding: 'model.embed_tokens.weight',
    blocks,
    finalNorm: norm('model.norm.weight'),
    unembedding: config.tied ? 'model.embed_tokens.weight' : 'lm_head.weight',
  });
}
