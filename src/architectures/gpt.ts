/** What GPT-2 and its descendants (GPT-BigCode, CodeGen, GPT-J) have in common: config keys, and the names around their blocks. */
import { readActivation } from './parts/activation';
import type { CheckpointNames, ModelShape } from './architecture';
import { MOST_LAYERS, MOST_WIDTH, type Config } from './config';
import type { MlpPart } from './decoder';

/** Older checkpoints hold the causal mask, and GPT-2's own lacks the prefix. */
export const GPT_CHECKPOINT: CheckpointNames = { prefix: 'transformer.', unneeded: /\.attn\.(?:bias|masked_bias|causal_mask)$/ };

export interface GptConfig extends ModelShape {
  readonly normEpsilon: number;
  readonly activation: MlpPart['activation'];
  readonly tied: boolean;
}

/** What the families read alike, with the defaults of their classes. */
export function gptConfig(
  config: Config,
  defaults: Pick<ModelShape, 'layers' | 'width' | 'heads' | 'context' | 'vocabulary'> & { readonly activation: string; readonly tied: boolean },
): GptConfig {
  // n_ctx was never more than another word for n_positions.
  config.ignore('n_ctx', 'resid_pdrop', 'embd_pdrop', 'attn_pdrop', 'gradient_checkpointing');
  config.ignore('summary_activation', 'summary_first_dropout', 'summary_proj_to_labels', 'summary_type', 'summary_use_proj');
  const width = config.positive('n_embd', defaults.width, MOST_WIDTH);
  const heads = config.positive('n_head', defaults.heads);
  if (width % heads !== 0) config.refuse('n_head', `${heads} heads do not divide the width of ${width}`);
  return {
    layers: config.positive('n_layer', defaults.layers, MOST_LAYERS),
    width,
    heads,
    keyValueHeads: heads,
    headSize: width / heads,
    mlpWidth: config.positive('n_inner', 4 * width),
    vocabulary: config.positive('vocab_size', defaults.vocabulary),
    context: config.positive('n_positions', defaults.context),
    normEpsilon: config.epsilon('layer_norm_epsilon', 1e-5),
    activation: readActivation(config, 'activation_function', defaults.activation),
    tied: config.boolean('tie_word_embeddings', defaults.tied),
  };
}
