/**
 * The Gemma family (Gemma Team 2024): Llama with norms stored minus 1, scaled embeddings and GeGLU. Gemma 2 and 3 are the same with more
 * options, in files of their own. Weight names and config keys are those of transformers' GemmaForCausalLM.
 */
import { quoteValue } from '../../checkpoints/checkpoint-error';
import { ACTIVATIONS } from '../parts/activation';
import type { Architecture, ModelShape } from '../architecture';
import type { Config } from '../config';
import { decoder, type BlockPart } from '../decoder';
import type { Norm } from '../parts/norm';
import { readRope } from '../parts/rope';
import type { Rotary } from '../parts/rotary';
import { readShape } from '../shape';
import type { Linear } from '../weights';

export interface GemmaConfig extends ModelShape {
  readonly normEpsilon: number;
  readonly tied: boolean;
  /** A name in ACTIVATIONS. */
  readonly activation: string;
  readonly attentionBias: boolean;
  /** What attention scores are multiplied by. */
  readonly scale: number;
  /** How each layer turns its heads, and how many positions its queries see (all earlier ones when left out). */
  readonly attention: readonly { readonly rotary: Rotary; readonly window?: number }[];
  /** Norms of what attention and MLP write (Gemma 2 and 3). */
  readonly outNorms?: boolean;
  /** Norms of each head's queries and keys (Gemma 3). */
  readonly headNorms?: boolean;
  readonly attentionSoftcap?: number;
  readonly logitSoftcap?: number;
}

/** Gemma 1, from its config.json. */
export function gemma(config: Config): Architecture {
  const shape = gemmaShape(config, {
    layers: 28, width: 3072, heads: 16, keyValueHeads: 16, headSize: 256, mlpWidth: 24576, vocabulary: 256000, context: 8192,
  });
  // Published configs say gelu and mean its approximation by tanh. transformers 4 reads hidden_activation first, 5 never.
  const named = config.string('hidden_act', 'gelu_pytorch_tanh');
  const activation = knownActivation(config, 'hidden_act', named === 'gelu' ? 'gelu_pytorch_tanh' : named);
  if (config.string('hidden_activation', activation) !== activation) {
    config.refuse('hidden_activation', `differs from hidden_act, ${quoteValue(named)}: versions of transformers disagree on which counts`);
  }
  const { rotary, context } = readRope(config, shape);
  const attention = Array.from({ length: shape.layers }, () => ({ rotary }));
  return gemmaLike('gemma', { ...shape, context, activation, scale: shape.headSize ** -0.5, attention });
}

/** What all Gemmas read alike, with the defaults of their classes. */
export function gemmaShape(config: Config, defaults: ModelShape): ModelShape & Pick<GemmaConfig, 'normEpsilon' | 'tied' | 'attentionBias'> {
  config.ignore('cache_implementation');
  return {
    ...readShape(config, defaults),
    normEpsilon: config.epsilon('rms_norm_eps', 1e-6),
    tied: config.boolean('tie_word_embeddings', true),
    attentionBias: config.boolean('attention_bias', false),
  };
}

/** `hidden_activation`, which Gemma 2 and 3 read alone. */
export function gemmaActivation(config: Config): string {
  return knownActivation(config, 'hidden_activation', config.string('hidden_activation', 'gelu_pytorch_tanh'));
}

function knownActivation(config: Config, key: string, name: string): string {
  return Object.hasOwn(ACTIVATIONS, name) ? name : config.refuse(key, `${quoteValue(name)} is not supported`);
}

/** `query_pre_attn_scalar`, whose root takes the place of the head size's. */
export function queryScale(config: Config): number {
  const scalar = config.number('query_pre_attn_scalar', 256);
  return scalar > 0 ? scalar ** -0.5 : config.refuse('query_pre_attn_scalar', 'is not positive');
}

/** A soft cap; null switches it off, where its default is on. */
export function softcap(config: Config, key: string, fallback?: number): number | undefined {
  const value = config.value(key);
  if (value === null || (value === undefined && fallback === undefined)) return undefined;
  const cap = config.number(key, fallback!);
  return cap > 0 ? cap : config.refuse(key, 'is not positive');
}

/** Of all Gemmas. `within` is what the names of all weights begin with in a checkpoint that holds more than the text model. */
export function gemmaLike(family: string, config: GemmaConfig, within = ''): Architecture {
  const { width, heads, keyValueHeads, headSize, mlpWidth, attentionBias, outNorms, headNorms } = config;
  const norm = (weight: string): Norm => ({ kind: 'rms', weight, epsilon: config.normEpsilon, plusOne: true });
  const embedding = `${within}model.embed_tokens.weight`;
  const blocks = config.attention.map(({ rotary, window }, layer): BlockPart => {
    const name = (suffix: string) => `${within}model.layers.${layer}.${suffix}`;
    const linear = (part: string, inputs: number, outputs: number, biased = false): Linear => {
      return { weight: name(`${part}.weight`), ...(biased && { bias: name(`${part}.bias`) }), inputs, outputs };
    };
    const project = (part: string, count: number) => linear(`self_attn.${part}`, width, count * headSize, attentionBias);
    const normOf = (part: string) => norm(name(`${part}.weight`));
    return {
      attention: {
        norm: normOf('input_layernorm'),
        project: { q: project('q_proj', heads), k: project('k_proj', keyValueHeads), v: project('v_proj', keyValueHeads) },
        ...(headNorms && { queryNorm: normOf('self_attn.q_norm'), keyNorm: normOf('self_attn.k_norm') }),
        rotary,
        scale: config.scale,
        softcap: config.attentionSoftcap,
        window,
        out: linear('self_attn.o_proj', heads * headSize, width, attentionBias),
        ...(outNorms && { outNorm: normOf('post_attention_layernorm') }),
      },
      mlp: {
        // Gemma 1 has Llama's names: there this is the norm in front of the MLP.
        norm: normOf(outNorms ? 'pre_feedforward_layernorm' : 'post_attention_layernorm'),
        project: { gate: linear('mlp.gate_proj', width, mlpWidth), up: linear('mlp.up_proj', width, mlpWidth) },
        activation: ACTIVATIONS[config.activation],
        down: linear('mlp.down_proj', mlpWidth, width),
        ...(outNorms && { outNorm: normOf('post_feedforward_layernorm') }),
      },
    };
  });
  return decoder({
    family,
    shape: config,
    checkpoint: { prefix: 'model.', unneeded: /rotary_emb\.inv_freq$|^(vision_tower|multi_modal_projector|language_model\.lm_head)\./ },
    embedding,
    // Not rounded to 16 bits, as transformers and TransformerLens do for models that run in 16 bits: everything here is float32.
    embeddingScale: Math.sqrt(width),
    blocks,
    finalNorm: norm(`${within}model.norm.weight`),
    unembedding: config.tied ? embedding : `${within}lm_head.weight`,
    logitSoftcap: config.logitSoftcap,
  });
}
