/** Predictions of many prompts: those of similar length share a run, and those that begin alike what they share. */
import { readOut, truncateCache, type KeyValueCache, type Model } from '../../model';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import { predictBehind, rankAnswers, type Prediction } from './prediction';

/** Tokens in one run, padding included: bounds memory, and is enough to keep the processor busy. */
const TOKENS_AT_ONCE = 2048;
/** Reading so many tokens twice takes no longer than another run. */
const TOKENS_AGAIN = 512;

export interface PredictManyOptions {
  topK?: number;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** As `predict` for each prompt, in the order of the prompts. */
export async function predictMany(
  model: Model,
  prompts: readonly (readonly number[])[],
  answers: readonly AnswerTokens[],
  { topK = 10, signal, onProgress }: PredictManyOptions = {},
): Promise<Prediction[]> {
  const predictions = new Array<Prediction>(prompts.length);
  const single = answers.every(({ ids }) => ids.length === 1);
  let done = 0;
  for await (const some of (single ? together : inTurn)(model, prompts, answers, { topK, signal })) {
    for (const [i, prediction] of some) predictions[i] = prediction;
    done += some.length;
    onProgress?.(done, prompts.length);
    await new Promise((resolve) => setImmediate(resolve)); // lets a cancellation arrive
  }
  return predictions;
}

/**
 * Where all answers have one token: the predictions of one run after the other, each with its prompt's index. Many prompts are read from
 * where they part from the one that has most in common with the others.
 */
async function* together(
  model: Model,
  prompts: readonly (readonly number[])[],
  answers: readonly AnswerTokens[],
  { topK, signal }: { topK: number; signal?: AbortSignal },
): AsyncGenerator<[number, Prediction][]> {
  const few = prompts.reduce((sum, { length }) => sum + length, 0) <= TOKENS_AT_ONCE;
  const reference = few ? [] : prompts[likest(prompts)];
  const shared = prompts.map((prompt) => Math.min(sharedLength(reference, prompt), prompt.length - 1));
  const { cache } = few ? {} : await model.run([reference], { cache: true, signal });
  for (const { start, batch } of batches(prompts, shared)) {
    signal?.throwIfAborted();
    const past = cache && start > 0 ? truncateCache(cache, start) : undefined;
    const run = await model.run(batch.map((i) => prompts[i].slice(start)), { past, signal });
    const rows = batch.map((i, row) => row * run.layout.positions + prompts[i].length - start - 1);
    const readouts = await readOut(model, run.resid, rows, { topK, answers: answers.map(({ ids }) => ids[0]), signal });
    yield batch.map((i, row) => [i, rankAnswers(answers, readouts[row])]);
  }
}

/** Where answers have several tokens: prompt by prompt in the order of their tokens, so that each shares its beginning with the last. */
async function* inTurn(
  model: Model,
  prompts: readonly (readonly number[])[],
  answers: readonly AnswerTokens[],
  options: { topK: number; signal?: AbortSignal },
): AsyncGenerator<[number, Prediction][]> {
  const order = prompts.map((_, i) => i).sort((a, b) => compare(prompts[a], prompts[b]));
  let before: { prompt: readonly number[]; cache: KeyValueCache } | undefined;
  for (const i of order) {
    options.signal?.throwIfAborted();
    const prompt = prompts[i];
    const shared = before ? Math.min(sharedLength(before.prompt, prompt), prompt.length - 1) : 0;
    const past = before && shared > 0 ? truncateCache(before.cache, shared) : undefined;
    const { prediction, cache } = await predictBehind(model, prompt, answers, { ...options, past });
    before = cache && { prompt, cache };
    yield [[i, prediction]];
  }
}

/** How many tokens two prompts begin with alike. */
function sharedLength(a: readonly number[], b: readonly number[]): number {
  const parted = a.findIndex((id, i) => id !== b[i]);
  return parted < 0 ? a.length : parted;
}

/** By the first token that differs; the shorter first where one begins with the other. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = sharedLength(a, b);
  return at === a.length || at === b.length ? a.length - b.length : a[at] - b[at];
}

/** The prompt that begins most like all the others. */
function likest(prompts: readonly (readonly number[])[]): number {
  const likeness = prompts.map((prompt) => prompts.reduce((sum, other) => sum + sharedLength(prompt, other), 0));
  return likeness.indexOf(Math.max(...likeness));
}

interface Batch {
  /** From where on the prompts are read. */
  start: number;
  batch: number[];
}

/** Indices of prompts that run together: those that share as much with the reference, or that are as long. */
function batches(prompts: readonly (readonly number[])[], shared: readonly number[]): Batch[] {
  const order = prompts.map((_, i) => i).sort((a, b) => shared[b] - shared[a] || prompts[a].length - prompts[b].length);
  const result: Batch[] = [];
  let longest = 0;
  for (const i of order) {
    const last = result.at(-1);
    longest = Math.max(longest, prompts[i].length);
    const again = last ? (last.start - shared[i]) * last.batch.length : 0; // tokens that the others would be read from earlier
    if (last && again <= TOKENS_AGAIN && (last.batch.length + 1) * (longest - shared[i]) <= TOKENS_AT_ONCE) {
      last.batch.push(i);
      last.start = shared[i];
    } else {
      result.push({ start: shared[i], batch: [i] });
      longest = prompts[i].length;
    }
  }
  return result;
}
