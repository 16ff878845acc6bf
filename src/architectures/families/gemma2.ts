/**
 * Gemma 2 (Gemma Team 2024, arXiv 2408.00118): Gemma with norms of what attention and MLP write, soft-capped attention scores and logits,
 * and sliding windows in every other layer.
 */
import type { Architecture } from '../architecture';
import type { Config } from '../config';
import { gemmaActivation, gemmaLike, gemmaShape, queryScale, softcap } from './gemma';
import { readRope } from '../parts/rope';
import { slidingLayers, slidingWindows } from '../parts/windows';

export function gemma2(config: Config): Architecture {
  const shape = gemmaShape(config, {
    layers: 26, width: 2304, heads: 8, keyValueHeads: 4, headSize: 256, mlpWidth: 9216, vocabulary: 256000, context: 8192,
  });
  // Published configs have them; transformers reads hidden_activation and sliding_window.
  config.ignore('hidden_act', 'sliding_window_size');
  const { rotary, context } = readRope(config, shape);
  const sliding = slidingLayers(config, shape.layers, (layer) => layer % 2 === 0);
  return gemmaLike('gemma2', {
    ...shape,
    context,
    activation: gemmaActivation(config),
    scale: queryScale(config),
    attention: slidingWindows(config, sliding).map((window) => ({ rotary, window })),
    outNorms: true,
    attentionSoftcap: softcap(config, 'attn_logit_softcapping', 50),
    logitSoftcap: softcap(config, 'final_logit_softcapping', 30),
  });
}
