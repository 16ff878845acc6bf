/**
 * The Gemma family (Gemma Team 2024): Llama with norms stored minus 1, scaled embeddings and GeGLU. Gemma 2 and 3 are the same with more
 * options, in files of their own. Weight names and config keys are those of transformers' GemmaForCausalLM.
 */
import { ACTIVATIONS } from './activation';
import type { Architecture, ModelShape } from './architecture';
import { readConfig, type ConfigKeys } from './config';
import { decoder, type BlockPart } from './decoder';
import type { Norm } from './norm';
import { inverseFrequencies, type Rotary } from './rotary';
import type { Linear } from './weights';

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

/** Keys that all Gemmas read. */
export const GEMMA_HANDLED = [
  'hidden_size', 'num_hidden_layers', 'num_attention_heads', 'num_key_value_heads', 'head_dim', 'intermediate_size', 'vocab_size',
  'max_position_embeddings', 'rms_norm_eps', 'rope_theta', 'rope_parameters', 'rope_scaling', 'attention_bias', 'tie_word_embeddings',
  'hidden_activation',
];
/** Keys of all Gemmas that change nothing, or may only be as here. */
export const GEMMA_IGNORED = ['cache_implementation'];
export const GEMMA_DEFAULTS = { use_bidirectional_attention: false, quantization_config: null };

const KEYS = { handled: [...GEMMA_HANDLED, 'hidden_act'], ignored: GEMMA_IGNORED, defaults: GEMMA_DEFAULTS } satisfies ConfigKeys;

/** Reads a config.json; throws an Error naming the key that cannot be honoured. */
export function gemmaConfig(json: unknown): GemmaConfig {
  const config = readConfig('gemma', json, KEYS);
  const shape = gemmaShape(config, {
    layers: 28, width: 3072, heads: 16, keyValueHeads: 16, headSize: 256, mlpWidth: 24576, vocabulary: 256000, context: 8192,
  });
  // Published configs say gelu and mean its approximation by tanh. transformers 4 reads hidden_activation first, 5 never.
  const named = config.string('hidden_act', 'gelu_pytorch_tanh');
  const activation = named === 'gelu' ? 'gelu_pytorch_tanh' : named;
  if (config.string('hidden_activation', activation) !== activation) {
    config.refuse('hidden_activation', `differs from hidden_act, ${JSON.stringify(named)}: versions of transformers disagree on which counts`);
  }
  const rotary: Rotary = { size: shape.headSize, pairs: 'halves', frequencies: inverseFrequencies(shape.headSize, config.ropeTheta(10000)) };
  return {
    ...shape,
    activation: knownActivation(config, activation),
    scale: shape.headSize ** -0.5,
    attention: Array.from({ length: shape.layers }, () => ({ rotary })),
  };
}

type Config = ReturnType<typeof readConfig>;

/** What all Gemmas read alike, with the defaults of their classes. */
export function gemmaShape(config: Config, defaults: ModelShape): ModelShape & Pick<GemmaConfig, 'normEpsilon' | 'tied' | 'attentionBias'> {
  const heads = config.positive('num_attention_heads', defaults.heads);
  const keyValueHeads = config.positive('num_key_value_heads', defaults.keyValueHeads);
  const headSize = config.positive('head_dim', defaults.headSize);
  if (heads % keyValueHeads !== 0) config.refuse('num_key_value_heads', `${keyValueHeads} does not divide the ${heads} heads`);
  if (headSize % 2 !== 0) config.refuse('head_dim', 'an odd size has no rotary embedding');
  return {
    layers: config.positive('num_hidden_layers', defaults.layers),
    width: config.positive('hidden_size', defaults.width),
    heads,
    keyValueHeads,
    headSize,
    mlpWidth: config.positive('intermediate_size', defaults.mlpWidth),
    vocabulary: config.positive('vocab_size', defaults.vocabulary),
    context: config.positive('max_position_embeddings', defaults.context),
    normEpsilon: config.number('rms_norm_eps', 1e-6),
    tied: config.boolean('tie_word_embeddings', true),
    attentionBias: config.boolean('attention_bias', false),
  };
}

/** `hidden_activation`, which Gemma 2 and 3 read alone. */
export function gemmaActivation(config: Config): string {
  return knownActivation(config, config.string('hidden_activation', 'gelu_pytorch_tanh'));
}

function knownActivation(config: Config, name: string): string {
  return Object.hasOwn(ACTIVATIONS, name) ? name : config.refuse('hidden_activation', `${JSON.stringify(name)} is not supported`);
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

/** Which layers have sliding windows: `layer_types`, or where they are not given `slides`. */
export function slidingLayers(config: Config, layers: number, slides: (layer: number) => boolean): boolean[] {
  const types = config.value('layer_types') ?? null;
  if (types === null) return Array.from({ length: layers }, (_, layer) => slides(layer));
  const known = (type: unknown) => type === 'sliding_attention' || type === 'full_attention';
  if (!Array.isArray(types) || types.length !== layers || !types.every(known)) {
    config.refuse('layer_types', `needs one of sliding_attention and full_attention for each of the ${layers} layers`);
  }
  return (types as string[]).map((type) => type === 'sliding_attention');
}

/** The `sliding_window` of layers that have one. */
export function slidingWindow(config: Config, sliding: readonly boolean[]): number {
  if (config.value('sliding_window') === null && sliding.includes(true)) config.refuse('sliding_window', 'is null, but some layers have sliding windows');
  return config.positive('sliding_window', 4096);
}

/** Of all Gemmas. */
export function gemma(family: string, config: GemmaConfig): Architecture {
  const { width, heads, keyValueHeads, headSize, mlpWidth, attentionBias, outNorms, headNorms } = config;
  const norm = (weight: string): Norm => ({ kind: 'rms', weight, epsilon: config.normEpsilon, plusOne: true });
  const blocks = config.attention.map(({ rotary, window }, layer): BlockPart => {
    const name = (suffix: string) => `model.layers.${layer}.${suffix}`;
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
    checkpoint: { prefix: 'model.', unneeded: /rotary_emb\.inv_freq$/ },
    embedding: 'model.embed_tokens.weight',
    // Not rounded to 16 bits, as transformers and TransformerLens do for models that run in 16 bits: everything here is float32.
    embeddingScale: Math.sqrt(width),
    blocks,
    finalNorm: norm('model.norm.weight'),
    unembedding: config.tied ? 'model.embed_tokens.weight' : 'lm_head.weight',
    logitSoftcap: config.logitSoftcap,
  });
}
