/** Qwen2 and Qwen2.5 (Yang et al. 2024, arXiv 2407.10671): Llama with biases of queries, keys and values, and windows in upper layers. */
import type { Architecture } from '../architecture';
import type { Config } from '../config';
import { llamaLike, readLlama } from './llama';
import { slidingLayers, slidingWindows } from '../parts/windows';

export function qwen2(config: Config): Architecture {
  config.only('use_mrope', false);
  const shape = readLlama(config, {
    layers: 32, width: 4096, heads: 32, keyValueHeads: 32, mlpWidth: 22016, vocabulary: 151936, context: 32768,
  });
  return llamaLike('qwen2', shape, { queryKeyValueBias: true, windows: qwenWindows(config, shape.layers) });
}

/** With `use_sliding_window`, layers from `max_window_layers` on have one, unless `layer_types` says which. */
export function qwenWindows(config: Config, layers: number): (number | undefined)[] {
  const used = config.boolean('use_sliding_window', false);
  const first = config.number('max_window_layers', 28);
  const sliding = slidingLayers(config, layers, (layer) => used && layer >= first);
  if (!used && sliding.includes(true)) config.refuse('layer_types', 'has sliding_attention, but use_sliding_window is false');
  return slidingWindows(config, sliding);
}
