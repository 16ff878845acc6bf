/** A model's sizes, by the keys that Llama and most families since have. */
import type { ModelShape } from './architecture';
import { MOST_LAYERS, MOST_WIDTH, type Config } from './config';

/** What a class has where config.json says nothing. Left out: as many key-value heads as heads, and heads that divide the width. */
export interface ShapeDefaults extends Omit<ModelShape, 'keyValueHeads' | 'headSize'> {
  readonly keyValueHeads?: number;
  readonly headSize?: number;
}

export function readShape(config: Config, defaults: ShapeDefaults): ModelShape {
  const heads = config.positive('num_attention_heads', defaults.heads);
  const width = config.positive('hidden_size', defaults.width, MOST_WIDTH);
  const ungrouped = config.value('num_key_value_heads') === null;
  const keyValueHeads = ungrouped ? heads : config.positive('num_key_value_heads', defaults.keyValueHeads ?? heads);
  if (heads % keyValueHeads !== 0) config.refuse('num_key_value_heads', `${keyValueHeads} does not divide the ${heads} heads`);
  return {
    layers: config.positive('num_hidden_layers', defaults.layers, MOST_LAYERS),
    width,
    heads,
    keyValueHeads,
    headSize: config.positive('head_dim', defaults.headSize ?? width / heads, MOST_WIDTH),
    mlpWidth: config.positive('intermediate_size', defaults.mlpWidth),
    vocabulary: config.positive('vocab_size', defaults.vocabulary),
    context: config.positive('max_position_embeddings', defaults.context),
  };
}
