/**
 * The Llama family (Touvron et al. 2023, arXiv 2302.13971): RMSNorm, rotary position embedding, grouped-query attention, SwiGLU. Mistral,
 * Qwen and Phi-3 are the same with other options, in files of their own. Weight names and config keys are those of transformers'
 * LlamaForCausalLM.
 */
import { readActivation } from '../parts/activation';
import type { Architecture, ModelShape } from '../architecture';
import type { Config } from '../config';
import { decoder, type AttentionPart, type BlockPart, type MlpPart } from '../decoder';
import type { Norm } from '../parts/norm';
import { readRope, type RopeOptions } from '../parts/rope';
import type { Rotary } from '../parts/rotary';
import { readShape, type ShapeDefaults } from '../shape';
import { biased, unbiased } from '../weights';

export interface LlamaConfig extends ModelShape {
  readonly normEpsilon: number;
  readonly tied: boolean;
  readonly activation: MlpPart['activation'];
  readonly rotary: Rotary;
}

/** What the families differ in. */
export interface LlamaOptions {
  /** Which linear maps have a bias; none when left out. */
  readonly queryKeyValueBias?: boolean;
  readonly attentionOutBias?: boolean;
  readonly mlpBias?: boolean;
  /** Norms of each head's queries and keys. */
  readonly headNorms?: boolean;
  /** How many positions each layer's queries see, themselves included; all earlier ones where it is undefined. */
  readonly windows?: readonly (number | undefined)[];
  /** The maps into attention and MLP, by the name of the block they are in, where they are not one each. */
  readonly projections?: (block: string) => { readonly attention: AttentionPart['project']; readonly mlp: MlpPart['project'] };
}

export interface LlamaDefaults extends ShapeDefaults {
  readonly normEpsilon?: number;
  readonly rope?: Pick<RopeOptions, 'part' | 'original' | 'types'>;
}

export const LLAMA_DEFAULTS: LlamaDefaults = { layers: 32, width: 4096, heads: 32, mlpWidth: 11008, vocabulary: 32000, context: 2048 };

export function llama(config: Config): Architecture {
  config.ignore('pretraining_tp'); // in how many parts matrices were multiplied
  config.ignore('is_llama_config'); // SmolLM2
  config.only('rope_interleaved', false);
  const attentionBias = config.boolean('attention_bias', false);
  return llamaLike('llama', readLlama(config, LLAMA_DEFAULTS), {
    queryKeyValueBias: attentionBias,
    attentionOutBias: attentionBias,
    mlpBias: config.boolean('mlp_bias', false),
  });
}

/** What the families read alike, with the defaults of their classes. */
export function readLlama(config: Config, defaults: LlamaDefaults): LlamaConfig {
  const shape = readShape(config, defaults);
  return {
    ...shape,
    ...readRope(config, { ...shape, ...defaults.rope }),
    normEpsilon: config.epsilon('rms_norm_eps', defaults.normEpsilon ?? 1e-6),
    tied: config.boolean('tie_word_embeddings', false),
    activation: readActivation(config, 'hidden_act', 'silu'),
  };
}

export function llamaLike(family: string, config: LlamaConfig, options: LlamaOptions = {}): Architecture {
  const { width, heads, keyValueHeads, headSize, mlpWidth, layers, normEpsilon, activation, rotary, tied } = config;
  const { queryKeyValueBias, attentionOutBias, mlpBias, headNorms, windows, projections } = options;
  const norm = (module: string): Norm => ({ kind: 'rms', weight: `${module}.weight`, epsilon: normEpsilon });
  const blocks = Array.from({ length: layers }, (_, layer): BlockPart => {
    const name = (module: string) => `model.layers.${layer}.${module}`;
    const linear = (module: string, inputs: number, outputs: number, bias?: boolean) =>
      (bias ? biased : unbiased)(name(module), inputs, outputs);
    const project = (module: string, count: number) => linear(`self_attn.${module}`, width, count * headSize, queryKeyValueBias);
    const { attention, mlp } = projections?.(name('')) ?? {
      attention: { q: project('q_proj', heads), k: project('k_proj', keyValueHeads), v: project('v_proj', keyValueHeads) },
      mlp: { gate: linear('mlp.gate_proj', width, mlpWidth, mlpBias), up: linear('mlp.up_proj', width, mlpWidth, mlpBias) },
    };
    return {
      attention: {
        norm: norm(name('input_layernorm')),
        project: attention,
        ...(headNorms && { queryNorm: norm(name('self_attn.q_norm')), keyNorm: norm(name('self_attn.k_norm')) }),
        rotary,
        scale: headSize ** -0.5,
        window: windows?.[layer],
        out: linear('self_attn.o_proj', heads * headSize, width, attentionOutBias),
      },
      mlp: {
        norm: norm(name('post_attention_layernorm')),
        project: mlp,
        activation,
        down: linear('mlp.down_proj', mlpWidth, width, mlpBias),
      },
    };
  });
  return decoder({
    family,
    shape: config,
    checkpoint: { prefix: 'model.', unneeded: /\.rotary_emb\.inv_freq$/ },
    embedding: 'model.embed_tokens.weight',
    blocks,
    finalNorm: norm('model.norm'),
    unembedding: tied ? 'model.embed_tokens.weight' : 'lm_head.weight',
  });
}
