/**
 * The text models of Gemma 3 (Gemma Team 2025, arXiv 2503.19786): Gemma 2 with norms of queries and keys instead of soft caps, and five
 * layers with sliding windows for each that sees everything, which turns its heads by another base.
 */
import type { Architecture, ModelShape } from '../architecture';
import { readConfig, type Config } from '../config';
import { gemmaActivation, gemmaLike, gemmaShape, queryScale, softcap, type GemmaConfig } from './gemma';
import { readRope, type Rope } from '../parts/rope';
import { slidingLayers, slidingWindows } from '../parts/windows';

export function gemma3Text(config: Config): Architecture {
  return gemmaLike('gemma3_text', readText(config));
}

/** The text model of a Gemma 3 that also sees pictures (4B and larger). */
export function gemma3(config: Config): Architecture {
  config.ignore('vision_config', 'mm_tokens_per_image', 'boi_token_index', 'eoi_token_index', 'image_token_index');
  config.only('tie_word_embeddings', true);
  return gemmaLike('gemma3', readConfig('gemma3_text', config.value('text_config'), readText), 'language_model.');
}

function readText(config: Config): GemmaConfig {
  const shape = gemmaShape(config, {
    layers: 26, width: 2304, heads: 8, keyValueHeads: 4, headSize: 256, mlpWidth: 9216, vocabulary: 262208, context: 131072,
  });
  config.ignore('hidden_act', '_sliding_window_pattern');
  config.only('attn_logit_softcapping', null); // transformers reads it here and does not apply it
  const every = config.positive('sliding_window_pattern', 6);
  const sliding = slidingLayers(config, shape.layers, (layer) => (layer + 1) % every !== 0);
  const windows = slidingWindows(config, sliding);
  const { local, global } = ropes(config, shape);
  return {
    ...shape,
    context: Math.min(local.context, global.context),
    activation: gemmaActivation(config),
    scale: queryScale(config),
    attention: sliding.map((slides, layer) => ({ rotary: (slides ? local : global).rotary, window: windows[layer] })),
    outNorms: true,
    headNorms: true,
    logitSoftcap: softcap(config, 'final_logit_softcapping'),
  };
}

/** `rope_parameters` of each kind of layer; or (transformers 4) a base of their own for local layers, and scaling for global ones. */
function ropes(config: Config, { headSize, context }: ModelShape): { local: Rope; global: Rope } {
  const { sliding_attention: sliding, full_attention: full, ...others } = (config.value('rope_parameters') ?? {}) as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other !== undefined) config.refuse('rope_parameters', `${other} is not supported; it needs full_attention and sliding_attention`);
  const of = (parameters: unknown) => readRope(config, { headSize, context, theta: 1e6, parameters });
  return {
    local: of({ rope_theta: config.number('rope_local_base_freq', 10000), ...(sliding as object | null) }),
    global: of(full ?? config.value('rope_scaling') ?? {}),
  };
}
