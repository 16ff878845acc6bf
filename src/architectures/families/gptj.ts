/**
 * GPT-J (Wang & Komatsuzaki 2021): attention and MLP read the same norm of the same residual stream, neighbours are turned together in the
 * first `rotary_dim` numbers of each head, and the unembedding has a bias. CodeGen differs in its attention's weights alone. Weight names
 * and config keys are those of transformers' GPTJForCausalLM.
 */
import type { Architecture } from '../architecture';
import type { Config } from '../config';
import { decoder, type AttentionPart, type BlockPart } from '../decoder';
import { GPT_CHECKPOINT, gptConfig, type GptConfig } from '../gpt';
import { layerNorm } from '../parts/norm';
import { inverseFrequencies, type Rotary } from '../parts/rotary';
import { biased, unbiased } from '../weights';

export interface GptJConfig extends GptConfig {
  readonly rotarySize: number;
}

/** Of GPT-J and CodeGen. */
export function readGptJ(config: Config): GptJConfig {
  config.only('rotary', true);
  config.only('scale_attn_weights', true);
  const gpt = gptConfig(config, { layers: 28, width: 4096, heads: 16, context: 2048, vocabulary: 50400, activation: 'gelu_new', tied: false });
  // transformers cannot run models with null, which is meant to turn the whole head.
  const rotarySize = config.value('rotary_dim') === null ? config.refuse('rotary_dim', 'is null') : config.positive('rotary_dim', 64);
  if (rotarySize % 2 !== 0 || rotarySize > gpt.headSize) {
    config.refuse('rotary_dim', `${rotarySize} is not an even number up to the head's size, ${gpt.headSize}`);
  }
  return { ...gpt, rotarySize };
}

export function gptJ(file: Config): Architecture {
  const config = readGptJ(file);
  const { width } = config;
  return parallelGpt('gptj', config, (name) => ({
    project: {
      q: unbiased(name('attn.q_proj'), width, width),
      k: unbiased(name('attn.k_proj'), width, width),
      v: unbiased(name('attn.v_proj'), width, width),
    },
  }));
}

/** GPT-J with another projection. */
export function parallelGpt(
  family: string,
  config: GptJConfig,
  projection: (name: (module: string) => string) => Pick<AttentionPart, 'project'>,
): Architecture {
  const { width, mlpWidth, headSize, rotarySize, layers, normEpsilon, activation, tied } = config;
  const rotary: Rotary = { size: rotarySize, pairs: 'neighbours', frequencies: inverseFrequencies(rotarySize, 10000) };
  const blocks = Array.from({ length: layers }, (_, layer): BlockPart => {
    const name = (module: string) => `transformer.h.${layer}.${module}`;
    return {
      attention: {
        norm: layerNorm(name('ln_1'), normEpsilon),
        ...projection(name),
        rotary,
        scale: headSize ** -0.5,
        out: unbiased(name('attn.out_proj'), width, width),
      },
      mlp: {
        project: { up: biased(name('mlp.fc_in'), width, mlpWidth) },
        activation,
        down: biased(name('mlp.fc_out'), mlpWidth, width),
      },
    };
  });
  return decoder({
    family,
    shape: config,
    checkpoint: GPT_CHECKPOINT,
    embedding: 'transformer.wte.weight',
    parallel: true,
    blocks,
    finalNorm: layerNorm('transformer.ln_f', normEpsilon),
    unembedding: tied ? 'transformer.wte.weight' : 'lm_head.weight',
    unembeddingBias: 'lm_head.bias',
  });
}
