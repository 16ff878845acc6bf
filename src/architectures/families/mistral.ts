/** Mistral (Jiang et al. 2023, arXiv 2310.06825): Llama with a sliding window in every layer, or none where `sliding_window` is null. */
import type { Architecture } from '../architecture';
import type { Config } from '../config';
import { llamaLike, readLlama } from './llama';
import { slidingWindows } from '../parts/windows';

export function mistral(config: Config): Architecture {
  const shape = readLlama(config, {
    layers: 32, width: 4096, heads: 32, keyValueHeads: 8, mlpWidth: 14336, vocabulary: 32000, context: 131072,
  });
  const slides = config.value('sliding_window') !== null;
  return llamaLike('mistral', shape, { windows: slidingWindows(config, Array.from({ length: shape.layers }, () => slides)) });
}
