/** The chance that one sample is the truth: exactly, from the model's distributions, and by really drawing samples. */
import { truncateCache, type Model } from '../../model';
import type { SamplingAsked } from '../../protocol/studies/study';

type How = Pick<SamplingAsked, 'temperature' | 'topP'>;

/**
 * What samples are drawn from: softmax(logits / temperature), of which with `topP` below 1 only the most probable tokens are kept that have
 * so much together (Holtzman et al. 2020, arXiv 1904.09751), the one that reaches it among them.
 */
export function distribution(logits: Float32Array, { temperature, topP }: How): Float64Array {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const weights = Float64Array.from(logits, (logit) => Math.exp((logit - most) / temperature));
  const total = weights.reduce((a, b) => a + b, 0);
  const chances = weights.map((weight) => weight / total);
  if (topP >= 1) return chances;
  const order = Uint32Array.from(chances.keys()).sort((a, b) => chances[b] - chances[a] || a - b);
  let kept = 0;
  let end = 0;
  while (end < order.length && kept < topP) kept += chances[order[end++]];
  const some = new Float64Array(chances.length);
  for (const id of order.subarray(0, end)) some[id] = chances[id] / kept;
  return some;
}

/** That the answer's tokens follow the prompt, one after the other. */
export async function sampleChance(
  model: Model, prompt: readonly number[], answer: readonly number[], how: How, signal?: AbortSignal,
): Promise<number> {
  const run = await model.run([[...prompt, ...answer.slice(0, -1)]], { signal });
  const rows = answer.map((_, i) => prompt.length - 1 + i);
  const { data, shape: [, vocabulary] } = await model.logits(run, rows);
  return answer.reduce((chance, id, i) => chance * distribution(data.subarray(i * vocabulary, (i + 1) * vocabulary), how)[id], 1);
}

/**
 * How many of so many samples are the answer. What samples have in common is run once: they are drawn together at each token, and only
 * those that agree with the answer so far go on, as the others are wrong already.
 */
export async function drawSamples(
  model: Model, prompt: readonly number[], answer: readonly number[], count: number, how: How, uniform: () => number, signal?: AbortSignal,
): Promise<number> {
  let run = await model.run([prompt], { cache: true, signal });
  let last = prompt.length - 1;
  let agreeing = count;
  for (const [i, id] of answer.entries()) {
    const { data } = await model.logits(run, [last]);
    const chances = distribution(data, how);
    let same = 0;
    for (let sample = 0; sample < agreeing; sample++) if (drawn(chances, uniform()) === id) same++;
    agreeing = same;
    if (agreeing === 0 || i === answer.length - 1) break;
    const past = truncateCache(run.cache!, prompt.length + i);
    run = await model.run([[id]], { past, cache: true, signal });
    last = 0;
  }
  return agreeing;
}

function drawn(chances: Float64Array, at: number): number {
  let rest = at;
  for (let id = 0; id < chances.length; id++) {
    rest -= chances[id];
    if (rest < 0) return id;
  }
  return chances.findLastIndex((chance) => chance > 0);
}
