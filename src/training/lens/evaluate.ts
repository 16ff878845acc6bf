/** How far a lens is from the model's own prediction, on programs that it was not trained on. */
import { floats, Session } from '../../graph';
import type { LensDivergence } from '../../methods/lenses/tuned-lens-folder';
import type { Translator } from '../../methods/lenses/tuned-lens';
import type { Model } from '../../model';
import { siteName } from '../../vocabulary/sites';
import { ActivationReader } from '../sae/activations';
import { lensDivergence } from './graph';
import { lensTrainingSites } from './train';

export interface LensMeasures {
  /** Tokens of all prompts. */
  tokens: number;
  /** For each lens given, by layer. */
  lenses: LensDivergence[][];
}

/** Prompts that are read at once: all layers of all their tokens lie in memory. */
const PROMPTS_AT_ONCE = 32;
/** Rows at once, which bounds the memory of [rows, vocabulary] inside the graph. */
const ROWS_AT_ONCE = 256;

/** @param prompts token ids, of which every token counts, and each last one by itself as well */
export async function evaluateLenses(
  model: Model,
  lenses: readonly (readonly Translator[])[],
  prompts: readonly (readonly number[])[],
  { threads, signal }: { threads?: number; signal?: AbortSignal } = {},
): Promise<LensMeasures> {
  const { width, layers } = model.shape;
  const names = lensTrainingSites(model).map(siteName);
  const reader = await ActivationReader.open(model, lensTrainingSites(model), threads);
  const { folder, ...graph } = lensDivergence(model);
  const session = await Session.open(graph, { folder, threads });
  const sums = lenses.map(() => Array.from({ length: layers }, (): LensDivergence => ({ tokens: 0, last: 0 })));
  let tokens = 0;
  try {
    for (let start = 0; start < prompts.length; start += PROMPTS_AT_ONCE) {
      signal?.throwIfAborted();
      const some = prompts.slice(start, start + PROMPTS_AT_ONCE);
      const activations = await reader.read(some, some.map((ids) => Array.from(ids.keys())));
      const lasts = new Set<number>();
      let total = 0;
      for (const { length } of some) lasts.add((total += length) - 1);
      for (let from = 0; from < total; from += ROWS_AT_ONCE) {
        const to = Math.min(total, from + ROWS_AT_ONCE);
        const rowsOf = (name: string) => floats(activations.get(name)!.subarray(from * width, to * width), [to - from, width]);
        const final = rowsOf(names[layers]);
        for (let layer = 0; layer < layers; layer++) {
          const rows = rowsOf(names[layer]);
          for (const [i, lens] of lenses.entries()) {
            const divergence = (await session.run({ rows, final, ...lens[layer] })).divergence.data as Float32Array;
            divergence.forEach((value, row) => {
              sums[i][layer].tokens += value;
              if (lasts.has(from + row)) sums[i][layer].last += value;
            });
          }
        }
      }
      tokens += total;
    }
  } finally {
    await session.release();
    await reader.release();
  }
  return { tokens, lenses: sums.map((by) => by.map((sum) => ({ tokens: sum.tokens / tokens, last: sum.last / prompts.length }))) };
}
