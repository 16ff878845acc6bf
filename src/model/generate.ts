/** Generation: each new token runs alone behind the cached keys and values of those before it. */
import type { Hook, Model } from './model';
import { readOut } from './readout';

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
  signal?: AbortSignal;
  onToken?: (id: number) => void;
}

/** Continues a prompt; returns the new token ids. Ends early at the model's context limit. */
export async function generate(model: Model, prompt: readonly number[], options: GenerateOptions): Promise<number[]> {
  const { maxTokens, stop = [], temperature = 0, topK = 40, random, hooks, signal } = options;
  if (temperature > 0 && !random) throw new Error('Sampling needs a source of random numbers: give `random`, or a temperature of 0.');
  const generated: number[] = [];
  let run = await model.run([prompt], { cache: true, hooks: hooks?.(0), signal });
  let last = prompt.length - 1;
  while (generated.length < maxTokens) {
    const [{ top }] = await readOut(model, run.resid, [last], { topK: temperature > 0 ? topK : 1, signal });
    const id = temperature > 0 ? sample(top, temperature, random!) : top[0].id;
    if (stop.includes(id)) break;
    generated.push(id);
    options.onToken?.(id);
    if (generated.length === maxTokens || run.cache!.length >= model.shape.context) break;
    run = await model.run([[id]], { past: run.cache, cache: true, hooks: hooks?.(run.cache!.length), signal });
    last = 0;
  }
  return generated;
}

function sample(top: readonly { id: number; logit: number }[], temperature: number, random: () => number): number {
  const weights = top.map(({ logit }) => Math.exp((logit - top[0].logit) / temperature));
  let at = random() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, weight] of weights.entries()) {
    at -= weight;
    if (at < 0) return top[i].id;
  }
  return top[0].id;
}
