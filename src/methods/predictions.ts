/** Predictions of many prompts: those of similar length share a run. */
import { readOut, type Model } from '../model';
import type { AnswerTokens } from '../snippets/prompts';
import { predict, rankAnswers, type Prediction } from './prediction';

/** Tokens in one run, padding included: bounds memory, and is enough to keep the processor busy. */
const TOKENS_AT_ONCE = 2048;

/** As `predict` for each prompt, in the order of the prompts. */
export async function predictMany(
  model: Model,
  prompts: readonly (readonly number[])[],
  answers: readonly AnswerTokens[],
  { topK = 10, signal, onProgress }: { topK?: number; signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<Prediction[]> {
  const predictions = new Array<Prediction>(prompts.length);
  const single = answers.every(({ ids }) => ids.length === 1);
  let done = 0;
  for (const batch of single ? batches(prompts) : prompts.map((_, i) => [i])) {
    signal?.throwIfAborted();
    if (single) {
      const run = await model.run(batch.map((i) => prompts[i]), { signal });
      const rows = batch.map((i, row) => row * run.layout.positions + prompts[i].length - 1);
      const readouts = await readOut(model, run.resid, rows, { topK, answers: answers.map(({ ids }) => ids[0]), signal });
      batch.forEach((i, row) => (predictions[i] = rankAnswers(answers, readouts[row])));
    } else {
      predictions[batch[0]] = await predict(model, prompts[batch[0]], answers, { topK, signal });
    }
    done += batch.length;
    onProgress?.(done, prompts.length);
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
  }
  return predictions;
}

/** Indices of prompts that run together, by length. */
function batches(prompts: readonly (readonly number[])[]): number[][] {
  const order = prompts.map((_, i) => i).sort((a, b) => prompts[a].length - prompts[b].length);
  const result: number[][] = [];
  for (const i of order) {
    const last = result.at(-1);
    if (last && (last.length + 1) * prompts[i].length <= TOKENS_AT_ONCE) last.push(i);
    else result.push([i]);
  }
  return result;
}
