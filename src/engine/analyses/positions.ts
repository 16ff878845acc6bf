/** Where latents are attributed: the positions that were asked for, checked, or those that patching finds relevant. */
import { normalizedEffect, patchPositions, SMALLEST_DIFFERENCE, type PatchingOptions } from '../../methods/patching/patching';
import type { Model } from '../../model';
import type { Program } from '../reading/program';

/** A position is relevant where a patch of the residual stream before some layer moves at least this share of the difference. */
const RELEVANT = 0.1;

/**
 * Positions of the original, ascending; null for all.
 * @throws a sentence for one that does not exist or has no counterpart, and where none can be said to be relevant
 */
export async function chosenPositions(
  model: Model,
  asked: readonly number[] | 'relevant' | null,
  { tokens }: Program,
  sweep: PatchingOptions,
): Promise<number[] | null> {
  if (asked === null) return null;
  if (asked === 'relevant') return relevantPositions(model, sweep);
  if (asked.length === 0) throw new Error('No position is chosen. Choose some, or leave the choice out for all.');
  for (const position of asked) {
    const token = tokens[position];
    if (!token) throw new Error(`There is no position ${position}; the code and the question have the positions 0 to ${tokens.length - 1}.`);
    if (!sweep.sourceOf.includes(position)) {
      throw new Error(
        `Position ${position} (${JSON.stringify(token.text)}) has no counterpart in the variant, so that nothing can be put in its place. ` +
          'Choose others, or compare with a variant that keeps the tokens.',
      );
    }
  }
  return [...new Set(asked)].sort((a, b) => a - b);
}

async function relevantPositions(model: Model, sweep: PatchingOptions): Promise<number[]> {
  const { baseMetric, sourceMetric, metric, measured } = await patchPositions(model, { ...sweep, site: 'hook_resid_pre' });
  const yourself = 'Choose positions yourself, or take all.';
  if (Math.abs(sourceMetric - baseMetric) < SMALLEST_DIFFERENCE) {
    throw new Error(`The two programs' logit differences are too close for patching to tell which positions are relevant. ${yourself}`);
  }
  const share = (value: number | null) => (value === null ? 0 : Math.abs(normalizedEffect(value, sourceMetric, baseMetric)));
  const moves = (at: number) => metric.some((row, layer) => measured[layer][at] && share(row[at]) >= RELEVANT);
  const relevant = sweep.sourceOf.flatMap((from, at) => (from !== null && moves(at) ? [from] : []));
  if (relevant.length === 0) throw new Error(`No patch at a single position moves as much as ${100 * RELEVANT} % of the difference. ${yourself}`);
  return relevant.sort((a, b) => a - b);
}
