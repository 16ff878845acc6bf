/** Generation: each new token runs alone behind the cached keys and values of those before it. */
import type { Hook, Model, RunResult } from './model';
import { readOut, type RowReadout } from './readout';

export interface GenerateOptions {
  maxTokens: number;
  /** Generation ends before one of these. */
  stop?: readonly number[];
  /** 0 always takes the most probable token; larger values sample more freely. */
  temperature?: number;
  /** Tokens to sample from. */
  topK?: number;
  /** Uniform numbers in [0, 1); needed for a temperature above 0. */
  random?: () => number;
  /** Edits for a run whose first token stands at this position: the prompt's at 0, each new token behind it. */
  hooks?: (start: number) => readonly Hook[];
  /** The prompt's run, where it was made already, with its cache. */
  prefilled?: RunResult;
  signal?: AbortSignal;
  /** @param probability among all tokens, whatever is sampled from */
  onToken?: (id: number, probability: number) => void;
}

/** Continues a prompt; returns the new token ids. Ends early at the model's context limit. */
export async function generate(model: Model, prompt: readonly number[], options: GenerateOptions): Promise<number[]> {
  const { maxTokens, stop = [], temperature = 0, topK = 40, random, hooks, prefilled, signal } = options;
  if (temperature > 0 && !random) throw new Error('Sampling needs a source of random numbers: give `random`, or a temperature of 0.');
  const generated: number[] = [];
  let run = prefilled ?? await model.run([prompt], { cache: true, hooks: hooks?.(0), signal });
  let last = prompt.length - 1;
  while (generated.length < maxTokens) {
    const [{ top }] = await readOut(model, run.resid, [last], { topK: temperature > 0 ? topK : 1, signal });
    const { id, probability } = temperature > 0 ? sample(top, temperature, random!) : top[0];
    if (stop.includes(id)) break;
    generated.push(id);
    options.onToken?.(id, probability);
    if (generated.length === maxTokens || run.cache!.length >= model.shape.context) break;
    run = await model.run([[id]], { past: run.cache, cache: true, hooks: hooks?.(run.cache!.length), signal });
    last = 0;
  }
  return generated;
}

function sample(top: RowReadout['top'], temperature: number, random: () => number): RowReadout['top'][number] {
  const weights = top.map(({ logit }) => Math.exp((logit - top[0].logit) / temperature));
  let at = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, weight] of weights.entries()) {
    at -= weight;
    if (at < 0) return top[i];
  }
  return top[0];
}
