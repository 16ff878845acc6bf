/** What the numbers of an explanation say, in sentences. */
import { holdingSentence, largestSentence, movingSentence, type HeldDifference } from './patching';
import { reason, unmoved, verdict, type ActualSummary, type PredictionSummary, type VariantSummary } from './answer';
import { CLEAR_DIFFERENCE } from '../methods/prediction/metric';
import type { MetricBasis } from '../vocabulary/metric-bases';
import { fixed } from './number';
import { percent } from './percent';

export interface PredictionFindingsInput {
  /** Whether the question is about a place, so that nothing is run. */
  open?: boolean;
  prediction: PredictionSummary;
  /** Null when the program was not run. */
  actual: ActualSummary | null;
  counterfactual: VariantSummary | null;
  /** That the answers together have little of the probability; null where they have enough. */
  caution: string | null;
  /** Of a prediction that is wrong, the mended program, where the model predicts the same of it. */
  mended?: { description: string; prediction: PredictionSummary } | null;
  /** Of the variants that were run and read, how many the model is right about; null where none were. */
  reads?: { right: number; total: number } | null;
}

/** A patching between the answers of two programs. */
export type PatchingSummary = HeldDifference & ComparedAnswers;

export interface ComparedAnswers {
  positive: string;
  negative: string;
  basis: MetricBasis;
  /** What both answers begin with, so that it was put after both prompts; empty where they differ at once. */
  shared: string;
  clean: number;
  corrupted: number;
}

export function predictionFindings(input: PredictionFindingsInput): string[] {
  const { prediction, actual, counterfactual } = input;
  return [
    [verdict(prediction, actual, input.open), reason(prediction, actual, counterfactual, input.open)].filter((text) => text !== null).join(' '),
    unmoved(prediction, input.mended ?? null),
    input.caution,
    share(input.reads),
  ].filter((sentence) => sentence !== null);
}

/** @param actual what is true of the original; null when it was not run */
export function patchingFindings(patching: PatchingSummary, actual: string | null): string[] {
  return [comparison(patching, actual), ...sits(patching)].filter((sentence) => sentence !== null);
}

/**
 * The layer from which the predicted answer leads the others to the end; null where it does not.
 * @param logits at the prompt's last position: [row][label], of the answers' first tokens; row 0 is the embedding, l + 1 follows layer l
 */
export function overtaking(label: string, labels: readonly string[], logits: readonly (readonly number[])[]): string | null {
  const leaders = logits.map((row) => labels[row.indexOf(Math.max(...row))]);
  // With answers of several tokens their first tokens may be in another order than the answers.
  if (leaders.at(-1) !== label) return null;
  let row = leaders.length - 1;
  while (row > 0 && leaders[row - 1] === label) row--;
  // The embedding knows the last token only, so whatever leads there was no answer to the program.
  const others = labels.length === 2 ? labels.find((other) => other !== label)! : 'the other answers';
  if (row <= 1) return `At the last token, ${label} is ahead of ${others} from ${row === 0 ? 'the embedding' : 'layer 0'} on.`;
  const end = row === leaders.length - 1 ? ', the last' : ' and stays ahead';
  return `At the last token, ${label} overtakes ${leaders[row - 1]} at layer ${row - 1}${end}.`;
}

/** What the metric compares where that is not plain, and whether it tells the two programs apart. */
export function comparison(patching: ComparedAnswers, actual: string | null): string | null {
  const { positive, negative, basis, shared, clean, corrupted } = patching;
  const parts: string[] = [];
  if (basis === 'mistake') parts.push(`Patching compares what the model predicts, ${positive}, with what is true${negative === actual ? '' : ' of the variant'}, ${negative}.`);
  if (basis === 'chosen') parts.push(`Patching compares the answers that were chosen, ${positive} and ${negative}.`);
  if (basis === 'runner-up') {
    parts.push(`Both programs have the same answer, so patching measures the model's first choice, ${positive}, against its second, ${negative}.`);
  }
  if (shared !== '') {
    parts.push(`Both answers, ${positive} and ${negative}, begin with \`${shared}\`, so that is put after both prompts, and patching compares what comes next.`);
  }
  const metric = `logit(${positive}) - logit(${negative})`;
  const values = `${fixed(clean)} in the original and ${fixed(corrupted)} in the variant`;
  if (Math.abs(clean - corrupted) < CLEAR_DIFFERENCE) {
    parts.push(`${metric} is ${values}, less than ${CLEAR_DIFFERENCE} logits apart: by these two answers the model hardly tells the programs apart, so shares of that difference would say nothing.`);
  } else if (clean < corrupted) parts.push(`${metric} is ${values}: the model leans the wrong way between the two.`);
  else if (clean > 0 === corrupted > 0) {
    const preferred = clean > 0 ? [positive, negative] : [negative, positive];
    parts.push(`${metric} is ${values}: it prefers ${preferred[0]} to ${preferred[1]} in both, so patching shows what moves that preference, and not what decides it.`);
  }
  return parts.join(' ') || null;
}

/** How often the model is right about the variants that it read. */
function share(reads: PredictionFindingsInput['reads']): string | null {
  if (!reads || reads.total < 2) return null;
  return `Of ${reads.total} variants that the model read to find this one it is right about ${reads.right === 0 ? 'none' : `${reads.right} (${percent(reads.right / reads.total)})`}.`;
}

function sits(patching: PatchingSummary): (string | null)[] {
  if (patching.effect === null || Math.abs(patching.clean - patching.corrupted) < CLEAR_DIFFERENCE) return [];
  // With several layers patched at once there is no layer until which a token holds it.
  const isStream = patching.site.startsWith('hook_resid') && (patching.window ?? 1) === 1;
  return isStream ? [holdingSentence(patching), movingSentence(patching)] : [largestSentence(patching)];
}
