/**
 * StarCoder2 (Lozhkov et al. 2024, arXiv 2402.19173): LayerNorm, biases, rotary position embedding, grouped queries and a sliding window.
 * Weight names and config keys are those of transformers' Starcoder2ForCausalLM.
 */
import { readActivation } from '../parts/activation';
import type { Architecture, ModelShape } from '../architecture';
import type { Config } from '../config';
import { decoder, type BlockPart, type MlpPart } from '../decoder';
import { layerNorm } from '../parts/norm';
import { readRope } from '../parts/rope';
import type { Rotary } from '../parts/rotary';
import { readShape } from '../shape';
import { biased, unbiased } from '../weights';

interface Starcoder2Config extends ModelShape {
  readonly normEpsilon: number;
  readonly activation: MlpPart['activation'];
  readonly rotary: Rotary;
  readonly window?: number;
  readonly bias: boolean;
  readonly tied: boolean;
}

function readStarcoder2(config: Config): Starcoder2Config {
  config.ignore('residual_dropout', 'embedding_dropout');
  // The 7B has StarCoder's keys as well, which transformers does not read here: its activation is hidden_act, its epsilon norm_epsilon.
  config.ignore('activation_function', 'layer_norm_epsilon', 'scale_attn_weights', 'attention_softmax_in_fp32', 'scale_attention_softmax_in_fp32');
  config.only('mlp_type', 'default');
  config.only('norm_type', 'layer_norm');
  const shape = readShape(config, {
    layers: 30, width: 3072, heads: 24, keyValueHeads: 2, mlpWidth: 12288, vocabulary: 49152, context: 4096,
  });
  return {
    ...shape,
    ...readRope(config, shape),
    normEpsilon: config.epsilon('norm_epsilon', 1e-5),
    activation: readActivation(config, 'hidden_act', 'gelu_pytorch_tanh'),
    window: (config.value('sliding_window') ?? null) === null ? undefined : config.positive('sliding_window', 4096),
    bias: config.boolean('use_bias', true),
    tied: config.boolean('tie_word_embeddings', true),
  };
}

export function starcoder2(file: Config): Architecture {
  const config = readStarcoder2(file);
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
