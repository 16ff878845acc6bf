/**
 * StarCoder2 (Lozhkov et al. 2024, arXiv 2402.19173): LayerNorm, biases, rotary position embedding, grouped queries and a sliding window.
 * Weight names and config keys are those of transformers' Starcoder2ForCausalLM.
 */
import { readActivation } from './activation';
import type { Architecture, ModelShape } from './architecture';
import { readConfig } from './config';
import { decoder, type BlockPart, type MlpPart } from './decoder';
import { layerNorm } from './norm';
import { readRope } from './rope';
import type { Rotary } from './rotary';
import { biased, unbiased } from './weights';

export interface Starcoder2Config extends ModelShape {
  readonly normEpsilon: number;
  readonly activation: MlpPart['activation'];
  readonly rotary: Rotary;
  readonly window?: number;
  readonly bias: boolean;
  readonly tied: boolean;
}

/** Reads a config.json; throws an Error naming the key that cannot be honoured. */
export function starcoder2Config(json: unknown): Starcoder2Config {
  return readConfig('starcoder2', json, (config) => {
    config.ignore('residual_dropout', 'embedding_dropout');
    config.only('mlp_type', 'default');
    config.only('norm_type', 'layer_norm');
    const width = config.positive('hidden_size', 3072);
    const heads = config.positive('num_attention_heads', 24);
    const headSize = config.positive('head_dim', Math.floor(width / heads));
    const keyValueHeads = config.positive('num_key_value_heads', 2);
    if (heads % keyValueHeads !== 0) config.refuse('num_key_value_heads', `${keyValueHeads} does not divide the ${heads} heads`);
    const rope = readRope(config, { headSize, context: config.positive('max_position_embeddings', 4096) });
    return {
      layers: config.positive('num_hidden_layers', 30),
      width,
      heads,
      keyValueHeads,
      headSize,
      mlpWidth: config.positive('intermediate_size', 12288),
      vocabulary: config.positive('vocab_size', 49152),
      context: rope.context,
      normEpsilon: config.number('norm_epsilon', 1e-5),
      activation: readActivation(config, 'hidden_act', 'gelu_pytorch_tanh'),
      rotary: rope.rotary,
      window: (config.value('sliding_window') ?? null) === null ? undefined : config.positive('sliding_window', 4096),
      bias: config.boolean('use_bias', true),
      tied: config.boolean('tie_word_embeddings', true),
    };
  });
}

export function starcoder2(config: Starcoder2Config): Architecture {
  const { width, mlpWidth, heads, keyValueHeads, headSize, layers, normEpsilon, activation, rotary, window } = config;
  const linear = config.bias ? biased : unbiased;
  const blocks = Array.from({ length: layers }, (_, layer): BlockPart => {
    const name = (module: string) => `model.layers.${layer}.${module}`;
    return {
      attention: {
        norm: layerNorm(name('input_layernorm'), normEpsilon),
        project: {
          q: linear(name('self_attn.q_proj'), width, heads * headSize),
          k: linear(name('self_attn.k_proj'), width, keyValueHeads * headSize),
          v: linear(name('self_attn.v_proj'), width, keyValueHeads * headSize),
        },
        rotary,
        scale: headSize ** -0.5,
        window,
        out: linear(name('self_attn.o_proj'), heads * headSize, width),
      },
      mlp: {
        norm: layerNorm(name('post_attention_layernorm'), normEpsilon),
        project: { up: linear(name('mlp.c_fc'), width, mlpWidth) },
        activation,
        down: linear(name('mlp.c_proj'), mlpWidth, width),
      },
    };
  });
  return decoder({
    family: 'starcoder2',
    shape: config,
    checkpoint: { prefix: 'model.', unneeded: /\.rotary_emb\.inv_freq$/ },
    embedding: 'model.embed_tokens.weight',
    blocks,
    finalNorm: layerNorm('model.norm', normEpsilon),
    unembedding: config.tied ? 'model.embed_tokens.weight' : 'lm_head.weight',
  });
}
