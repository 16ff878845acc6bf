/**
 * GPT-2 (Radford et al. 2019): LayerNorm, learned positions, and weights stored [inputs, outputs]. Weight names and config keys are those
 * of transformers' GPT2LMHeadModel.
 */
import type { Architecture } from '../architecture';
import type { Config } from '../config';
import { decoder, type BlockPart } from '../decoder';
import { oneAfterAnother } from '../fused';
import { GPT_CHECKPOINT, gptConfig, type GptConfig } from '../gpt';
import { layerNorm } from '../parts/norm';
import { biased } from '../weights';

interface Gpt2Config extends GptConfig {
  /** Whether scores are divided by the root of the head size, and by the layer's number, counted from 1. */
  readonly scaled: boolean;
  readonly scaledByLayer: boolean;
}

function readGpt2(config: Config): Gpt2Config {
  // It scales keys before the product instead of after it, which matters in 16 bits only.
  config.ignore('reorder_and_upcast_attn');
  config.ignore('n_special', 'predict_special_tokens'); // GPT-2 medium
  if ((config.value('attention_head_type') ?? 'multihead') !== 'multihead') {
    config.refuse('attention_head_type', 'belongs to code that comes with the model. For SantaCoder take bigcode/gpt_bigcode-santacoder, the same weights');
  }
  return {
    ...gptConfig(config, { layers: 12, width: 768, heads: 12, context: 1024, vocabulary: 50257, activation: 'gelu_new', tied: true }),
    scaled: config.boolean('scale_attn_weights', true),
    scaledByLayer: config.boolean('scale_attn_by_inverse_layer_idx', false),
  };
}

export function gpt2(file: Config): Architecture {
  const config = readGpt2(file);
  const { width, mlpWidth, headSize, layers, normEpsilon, activation } = config;
  const blocks = Array.from({ length: layers }, (_, layer): BlockPart => {
    const name = (module: string) => `transformer.h.${layer}.${module}`;
    const linear = (module: string, inputs: number, outputs: number) => ({ ...biased(name(module), inputs, outputs), inputsFirst: true });
    return {
      attention: {
        norm: layerNorm(name('ln_1'), normEpsilon),
        project: { fused: linear('attn.c_attn', width, 3 * width), split: oneAfterAnother(config) },
        scale: (config.scaled ? headSize ** -0.5 : 1) / (config.scaledByLayer ? layer + 1 : 1),
        out: linear('attn.c_proj', width, width),
      },
      mlp: {
        norm: layerNorm(name('ln_2'), normEpsilon),
        project: { up: linear('mlp.c_fc', width, mlpWidth) },
        activation,
        down: linear('mlp.c_proj', mlpWidth, width),
      },
    };
  });
  return decoder({
    family: 'gpt2',
    shape: config,
    checkpoint: GPT_CHECKPOINT,
    embedding: 'transformer.wte.weight',
    positionEmbedding: 'transformer.wpe.weight',
    blocks,
    finalNorm: layerNorm('transformer.ln_f', normEpsilon),
    unembedding: config.tied ? 'transformer.wte.weight' : 'lm_head.weight',
  });
}
