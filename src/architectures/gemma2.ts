/**
 * Gemma 2 (Gemma Team 2024, arXiv 2408.00118): Gemma with norms of what attention and MLP write, soft-capped attention scores and logits,
 * and sliding windows in every other layer.
 */
import { readConfig, type ConfigKeys } from './config';
import { GEMMA_DEFAULTS, GEMMA_HANDLED, GEMMA_IGNORED, gemmaActivation, gemmaShape, queryScale, slidingLayers, slidingWindow, softcap, type GemmaConfig } from './gemma';
import { inverseFrequencies, type Rotary } from './rotary';

const KEYS = {
  handled: [
    ...GEMMA_HANDLED, 'query_pre_attn_scalar', 'sliding_window', 'layer_types', 'final_logit_softcapping', 'attn_logit_softcapping',
  ],
  // Published configs have them; transformers reads hidden_activation and sliding_window.
  ignored: [...GEMMA_IGNORED, 'hidden_act', 'sliding_window_size'],
  defaults: GEMMA_DEFAULTS,
} satisfies ConfigKeys;

/** Reads a config.json; throws an Error naming the key that cannot be honoured. */
export function gemma2Config(json: unknown): GemmaConfig {
  const config = readConfig('gemma2', json, KEYS);
  const shape = gemmaShape(config, {
    layers: 26, width: 2304, heads: 8, keyValueHeads: 4, headSize: 256, mlpWidth: 9216, vocabulary: 256000, context: 8192,
  });
  const rotary: Rotary = { size: shape.headSize, pairs: 'halves', frequencies: inverseFrequencies(shape.headSize, config.ropeTheta(10000)) };
  const sliding = slidingLayers(config, shape.layers, (layer) => layer % 2 === 0);
  const window = slidingWindow(config, sliding);
  return {
    ...shape,
    activation: gemmaActivation(config),
    scale: queryScale(config),
    attention: sliding.map((slides) => ({ rotary, ...(slides && { window }) })),
    outNorms: true,
    attentionSoftcap: softcap(config, 'attn_logit_softcapping', 50),
    logitSoftcap: softcap(config, 'final_logit_softcapping', 30),
  };
}
