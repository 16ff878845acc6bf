/**
 * GPT-BigCode (Li et al. 2023, StarCoder, arXiv 2305.06161; Ben Allal et al. 2023, SantaCoder, arXiv 2301.03988): GPT-2 with one key and
 * value for all heads, or, without `multi_query`, with queries, keys and values stored head by head. Weight names and config keys are those
 * of transformers' GPTBigCodeForCausalLM.
 */
import type { Architecture } from '../architecture';
import type { Config } from '../config';
import { decoder, type BlockPart } from '../decoder';
import { headByHead, oneAfterAnother } from '../fused';
import { GPT_CHECKPOINT, gptConfig, type GptConfig } from '../gpt';
import { layerNorm } from '../parts/norm';
import { biased } from '../weights';

interface GptBigCodeConfig extends GptConfig {
  readonly scaled: boolean;
  readonly multiQuery: boolean;
}

function readGptBigCode(config: Config): GptBigCodeConfig {
  // num_key_value_heads says again what multi_query says, and transformers sets it from that.
  config.ignore('num_key_value_heads', 'attention_softmax_in_fp32', 'scale_attention_softmax_in_fp32');
  config.ignore('inference_runner', 'validate_runner_input', 'pre_allocate_kv_cache', 'max_sequence_length', 'max_batch_size', 'pad_key_length');
  const defaults = { layers: 12, width: 768, heads: 12, context: 1024, vocabulary: 50257, activation: 'gelu_pytorch_tanh', tied: true };
  const gpt = gptConfig(config, defaults);
  const multiQuery = config.boolean('multi_query', true);
  return { ...gpt, keyValueHeads: multiQuery ? 1 : gpt.heads, scaled: config.boolean('scale_attn_weights', true), multiQuery };
}

export function gptBigCode(file: Config): Architecture {
  const config = readGptBigCode(file);
  const { width, mlpWidth, keyValueHeads, headSize, layers, normEpsilon, activation } = config;
  const split = config.multiQuery ? oneAfterAnother(config) : headByHead(config);
  const blocks = Array.from({ length: layers }, (_, layer): BlockPart => {
    const name = (module: string) => `transformer.h.${layer}.${module}`;
    return {
      attention: {
        norm: layerNorm(name('ln_1'), normEpsilon),
        project: { fused: biased(name('attn.c_attn'), width, width + 2 * keyValueHeads * headSize), split },
        scale: config.scaled ? headSize ** -0.5 : 1,
        out: biased(name('attn.c_proj'), width, width),
      },
      mlp: {
        norm: layerNorm(name('ln_2'), normEpsilon),
        project: { up: biased(name('mlp.c_fc'), width, mlpWidth) },
        activation,
        down: biased(name('mlp.c_proj'), mlpWidth, width),
      },
    };
  });
  return decoder({
    family: 'gpt_bigcode',
    shape: config,
    checkpoint: GPT_CHECKPOINT,
    embedding: 'transformer.wte.weight',
    positionEmbedding: 'transformer.wpe.weight',
    blocks,
    finalNorm: layerNorm('transformer.ln_f', normEpsilon),
    unembedding: config.tied ? 'transformer.wte.weight' : 'lm_head.weight',
  });
}
