/** Integrated gradients: runs at points of the straight line between the embeddings of two programs (EAP-IG, Hanna et al. 2024). */
import { floats } from '../../graph';
import { truncateCache, type Model, type RunResult } from '../../model';
import { blockSite, siteName, type Site } from '../../vocabulary/sites';
import type { ProgramRuns } from './program-runs';
import type { PairOfRuns } from './written';

/** Two programs between which a circuit is looked for, and how. */
export interface PairOptions {
  /** Token ids of the run whose gradient is taken, and of the run whose activations would come. */
  readonly base: readonly number[];
  readonly source: readonly number[];
  /** Which position of the source each position of the base corresponds to; null where there is none, where nothing would change. */
  readonly sourceOf: readonly (number | null)[];
  /** The metric is logit[positive] - logit[negative] at the last position. */
  readonly metric: { readonly positive: number; readonly negative: number };
  /** Points of the line between both embeddings; the gradient at the base alone where left out. */
  readonly steps?: number;
  /** Where runs of both are kept for whatever else is asked of them. */
  readonly runs?: ProgramRuns;
  readonly signal?: AbortSignal;
}

/** Positions with a counterpart from the first one on at which a prompt is another: before it, causal models write the same. */
export function differing({ base, source, sourceOf }: Pick<PairOptions, 'base' | 'source' | 'sourceOf'>): number[] {
  const first = base.findIndex((token, at) => sourceOf[at] !== at || source[at] !== token);
  return first < 0 ? [] : sourceOf.flatMap((from, at) => (from !== null && at >= first ? [at] : []));
}

/**
 * Runs of the base's prompt from embeddings between the source's (where there is a counterpart) and its own, a row a point: at the middles
 * of `steps` equal parts.
 * They run from the first position on at which both programs can differ: what stands before is as in the base.
 * @param runs have read hook_resid_pre of layer 0, the base's with its cache
 * @param read what the runs read
 * @throws a sentence where there is no such number of points
 */
export async function pointsBetween(
  model: Model,
  { base, source }: PairOfRuns,
  { base: prompt, source: there, sourceOf, signal }: PairOptions,
  steps: number,
  read: readonly Site[],
): Promise<RunResult> {
  if (!(Number.isInteger(steps) && steps > 0)) throw new Error('Integrated gradients need a whole number of points, at least 1.');
  const name = siteName(blockSite(0, 'hook_resid_pre'));
  const [own, other] = [base.sites.get(name)!, source.sites.get(name)!.data];
  const { width } = model.shape;
  const [first = 0] = differing({ base: prompt, source: there, sourceOf });
  const size = (prompt.length - first) * width;
  const data = new Float32Array(steps * size);
  for (let step = 0; step < steps; step++) {
    const share = (step + 0.5) / steps;
    const row = data.subarray(step * size, (step + 1) * size);
    row.set(own.data.subarray(first * width));
    for (let at = first; at < prompt.length; at++) {
      const from = sourceOf[at];
      if (from === null) continue;
      for (let i = 0; i < width; i++) {
        const value = other[from * width + i];
        row[(at - first) * width + i] = value + share * (own.data[at * width + i] - value);
      }
    }
  }
  const prompts = Array.from({ length: steps }, () => prompt.slice(first));
  const resid = floats(data, [steps, prompt.length - first, width]);
  const past = first > 0 ? truncateCache(base.cache!, first) : undefined;
  return model.run(prompts, { from: { layer: 0, resid }, past, read, signal });
}
