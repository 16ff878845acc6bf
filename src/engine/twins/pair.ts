/** A pair: a program and its near twin, aligned, with the metric that tells them apart and the runs between which activations are put. */
import { normalizedEffect, SMALLEST_DIFFERENCE } from '../../methods/patching/patching';
import type { AnswerMetric, ChosenAnswers } from '../../methods/prediction/metric';
import type { PatchingDirection, PatchingMetric } from '../../protocol/documents/explanation';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import type { Alignment } from '../../snippets/twins/align';
import type { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';
import type { Comparison } from './against';
import type { Program } from '../reading/program';
import { rounded } from '../session/rounded';
import { metricOf, type Read } from './twins';

/** A run whose activations are replaced, and the run that they come from. Positions are those of the tokens that each run reads. */
export interface PairedRuns {
  base: number[];
  source: number[];
  /** For each position of the base the one of the source that stands beside it; null where there is none. */
  sourceOf: (number | null)[];
  /** For each position of the original that of the base; null where there is none. */
  baseOf: (number | null)[];
}

export class Pair {
  /**
   * @throws a sentence when no logit tells the two answers apart, or a chosen one is no answer
   * @param answers two labels to compare; those that the programs give when left out
   */
  static of(question: readonly AnswerTokens[], original: Read & { program: Program }, variant: Comparison, answers?: ChosenAnswers): Pair {
    return new Pair(original.program, variant, metricOf(question, original, variant, answers));
  }

  private constructor(
    readonly original: Program,
    readonly variant: Comparison,
    readonly metric: AnswerMetric,
  ) {}

  /**
   * Denoising puts the original's activations into the variant's run; noising the variant's into the original's. Tokens that both answers
   * begin with stand behind both prompts, so that the metric is read where the answers part.
   */
  runs(direction: PatchingDirection): PairedRuns {
    const { original, variant: { program, alignment }, metric: { shared } } = this;
    return pairedRuns({ original: original.ids, variant: program.ids, alignment, shared }, direction);
  }

  /** The tokens whose logits are subtracted. */
  get logits(): { positive: number; negative: number } {
    return { positive: this.metric.positiveToken, negative: this.metric.negativeToken };
  }
}

/** Both runs of two programs that are aligned, behind each of which `shared` tokens stand. */
export function pairedRuns(
  { original, variant, alignment, shared }: Record<'original' | 'variant' | 'shared', readonly number[]> & { alignment: Alignment },
  direction: PatchingDirection,
): PairedRuns {
  const behind = shared.map((_, i) => ({ original: original.length + i, variant: variant.length + i }));
  const originalIds = [...original, ...shared];
  const variantIds = [...variant, ...shared];
  const denoising = direction === 'denoising';
  const base = denoising ? variantIds : originalIds;
  const sourceOf: (number | null)[] = base.map(() => null);
  const baseOf: (number | null)[] = originalIds.map((_, position) => (denoising ? null : position));
  for (const column of [...alignment.columns, ...behind]) {
    const [at, from] = denoising ? [column.variant, column.original] : [column.original, column.variant];
    if (at !== null) sourceOf[at] = from;
    if (denoising && column.original !== null) baseOf[column.original] = column.variant;
  }
  return { base, source: denoising ? originalIds : variantIds, sourceOf, baseOf };
}

/** A metric as a share of the difference between clean and corrupted, rounded; null where these are too close to divide by. */
export function shareOf(value: number, clean: number, corrupted: number): number | null {
  return Math.abs(clean - corrupted) >= SMALLEST_DIFFERENCE ? rounded(normalizedEffect(value, clean, corrupted)) : null;
}

/** The metric as documents have it: in words, and with the tokens that are read before it. */
export function explainedMetric({ shared, ...metric }: AnswerMetric, tokenizer: CodeTokenizer): PatchingMetric {
  const quoted = (...ids: number[]) => JSON.stringify(ids.map((id) => tokenizer.tokenText(id)).join(''));
  const { positiveToken, negativeToken } = metric;
  const where =
    shared.length === 0
      ? 'at the last position; of each answer the first token'
      : `behind ${quoted(...shared)}, with which both answers begin; of each answer the token that comes next`;
  return { description: `logit[${quoted(positiveToken)}] - logit[${quoted(negativeToken)}] ${where}`, ...metric };
}
