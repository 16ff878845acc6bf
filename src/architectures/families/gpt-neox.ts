/**
 * GPT-NeoX (Black et al. 2022, arXiv 2204.06745), the family of Pythia: attention and MLP read the residual stream side by side, each
 * through a norm of its own, or one after the other. Weight names and config keys are those of transformers' GPTNeoXForCausalLM.
 */
import { readActivation } from '../parts/activation';
import type { Architecture, ModelShape } from '../architecture';
import { MOST_LAYERS, MOST_WIDTH, type Config } from '../config';
import { decoder, type BlockPart, type MlpPart } from '../decoder';
import { headByHead } from '../fused';
import { layerNorm } from '../parts/norm';
import { readRope } from '../parts/rope';
import type { Rotary } from '../parts/rotary';
import { biased, unbiased } from '../weights';

interface GptNeoXConfig extends ModelShape {
  readonly normEpsilon: number;
  readonly activation: MlpPart['activation'];
  readonly rotary: Rotary;
  readonly parallel: boolean;
  readonly attentionBias: boolean;
  readonly tied: boolean;
}

function readGptNeoX(config: Config): GptNeoXConfig {
  config.ignore('hidden_dropout', 'classifier_dropout', 'attention_probs_dropout_prob', 'hidden_dropout_prob');
  const width = config.positive('hidden_size', 6144, MOST_WIDTH);
  const heads = config.positive('num_attention_heads', 64);
  if (width % heads !== 0) config.refuse('num_attention_heads', `${heads} heads do not divide the width of ${width}`);
  const headSize = width / heads;
  const rope = readRope(config, {
    headSize,
    context: config.positive('max_position_embeddings', 2048),
    theta: config.number('rotary_emb_base', 10000),
    part: config.number('rotary_pct', 0.25),
  });
  return {
    layers: config.positive('num_hidden_layers', 44, MOST_LAYERS),
    width,
    heads,
    keyValueHeads: heads,
    headSize,
    mlpWidth: config.positive('intermediate_size', 24576),
    vocabulary: config.positive('vocab_size', 50432),
    normEpsilon: config.epsilon('layer_norm_eps', 1e-5),
    activation: readActivation(config, 'hidden_act', 'gelu'),
    ...rope,
    parallel: config.boolean('use_parallel_residual', true),
    attentionBias: config.boolean('attention_bias', true),
    tied: config.boolean('tie_word_embeddings', false),
  };
}

export function gptNeoX(file: Config): Architecture {
  const config = readGptNeoX(file);
  const { width, mlpWidth, headSize, layers, normEpsilon, activation, rotary, parallel } = config;
  const attentionLinear = config.attentionBias ? biased : unbiased;
  const blocks = Array.from({ length: layers }, (_, layer): BlockPart => {
    const name = (module: string) => `gpt_neox.layers.${layer}.${module}`;
    return {
      attention: {
        norm: layerNorm(name('input_layernorm'), normEpsilon),
        project: { fused: attentionLinear(name('attention.query_key_value'), width, 3 * width), split: headByHead(config) },
        rotary,
        scale: headSize ** -0.5,
        out: attentionLinear(name('attention.dense'), width, width),
      },
      mlp: {
        norm: layerNorm(name('post_attention_layernorm'), normEpsilon),
        project: { up: biased(name('mlp.dense_h_to_4h'), width, mlpWidth) },
        activation,
        down: biased(name('mlp.dense_4h_to_h'), mlpWidth, width),
      },
    };
  });
  return decoder({
    family: 'gpt_neox',
    shape: config,
    checkpoint: {
      prefix: 'gpt_neox.',
      renamed: { 'embed_out.weight': 'lm_head.weight' }, // the other way round since transformers 5.14
      unneeded: /\.attention\.(?:bias|masked_bias|rotary_emb\.inv_freq)$/,
    },
    embedding: 'gpt_neox.embed_in.weight',
    parallel,
    blocks,
    finalNorm: layerNorm('gpt_neox.final_layer_norm', normEpsilon),
    unembedding: config.tied ? 'gpt_neox.embed_in.weight' : 'lm_head.weight',
  });
}
