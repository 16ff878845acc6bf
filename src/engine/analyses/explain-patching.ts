/** Patching between a program and its near twin, with positions named by the original's tokens. */
import type { AnswerMetric, ChosenAnswers } from '../../methods/metric';
import { normalizedEffect, patchPositions, SMALLEST_DIFFERENCE, type PatchingEstimate, type PatchingResult, type PatchSite } from '../../methods/patching/patching';
import type { Prediction } from '../../methods/prediction';
import type { ExplainedPatching, PatchingDirection, PatchingMetric, SharedTokens } from '../../protocol/explanation';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import type { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';
import type { Comparison } from '../twins/against';
import type { LoadedModel } from '../session/load';
import type { Program } from '../reading/program';
import type { Progress } from '../session/progress';
import { rounded } from '../session/rounded';
import { metricOf } from '../twins/twins';

/** Called as the sweep begins, about ten times a second, and when it is done; a patch that has not been made yet is estimated, or null. */
export type OnSweep = (patching: ExplainedPatching, done: number, total: number) => void;

const SWEEP_INTERVAL_MS = 100;

export interface PatchingRequest {
  site: PatchSite;
  direction: PatchingDirection;
  /** The two answers to compare; those that the programs give when left out. */
  pair?: ChosenAnswers;
  /** Whether every cell is really patched. */
  exact?: boolean;
  signal?: AbortSignal;
  onProgress?: Progress;
  onSweep?: OnSweep;
  /** What an earlier sweep of the same found. */
  known?: PatchingResult;
  /** Told what this one found. */
  onResult?: (result: PatchingResult) => void;
}

export async function explainPatching(
  { model, tokenizer }: LoadedModel,
  answers: readonly AnswerTokens[],
  original: { program: Program; prediction: Prediction; outcome: Outcome | null },
  variant: Comparison,
  options: PatchingRequest,
): Promise<ExplainedPatching | { none: string }> {
  let metric;
  try {
    metric = metricOf(answers, original, variant, options.pair);
  } catch (error) {
    return { none: (error as Error).message };
  }
  const { site, direction, exact, signal, onProgress, onSweep, known, onResult } = options;
  // Tokens that both answers begin with stand behind both prompts, so that the metric is read where the answers part.
  const { shared } = metric;
  const { length } = original.program.ids;
  const behind = shared.map((_, i) => ({ original: length + i, variant: variant.program.ids.length + i }));
  const columns = [...variant.alignment.columns, ...behind];
  const originalIds = [...original.program.ids, ...shared];
  const variantIds = [...variant.program.ids, ...shared];
  // Denoising patches the variant's run with the original's activations; noising the original's run with the variant's.
  const denoising = direction === 'denoising';
  const sourceOf: (number | null)[] = (denoising ? variantIds : originalIds).map(() => null);
  for (const column of columns) {
    const base = denoising ? column.variant : column.original;
    if (base !== null) sourceOf[base] = denoising ? column.original : column.variant;
  }
  const baseOf: (number | null)[] = originalIds.map((_, position) => (denoising ? null : position));
  if (denoising) for (const column of columns) if (column.original !== null) baseOf[column.original] = column.variant;

  const explained = ({ baseMetric, sourceMetric, metric: values, measured, estimate }: PatchingResult): ExplainedPatching => {
    const [clean, corrupted] = denoising ? [sourceMetric, baseMetric] : [baseMetric, sourceMetric];
    const difference = values.map((row) => baseOf.map((base) => (base === null || Number.isNaN(row[base]) ? null : row[base])));
    const share = (value: number | null) => (value === null ? null : rounded(normalizedEffect(value, clean, corrupted)));
    const effect = Math.abs(clean - corrupted) >= SMALLEST_DIFFERENCE ? difference.map((row) => row.map(share)) : null;
    const logitDifference = difference.map((row) => row.map((value) => (value === null ? null : rounded(value))));
    const made = estimate && measured.map((row) => baseOf.map((base) => base === null || row[base]));
    const part = (from: number, to?: number) => ({
      effect: effect && effect.map((row) => row.slice(from, to)),
      logitDifference: logitDifference.map((row) => row.slice(from, to)),
      ...(made && { measured: made.map((row) => row.slice(from, to)) }),
    });
    return {
      site,
      direction,
      metric: explainedMetric(metric, tokenizer),
      clean: rounded(clean),
      corrupted: rounded(corrupted),
      ...part(0, length),
      ...(estimate && { estimate: roundedEstimate(estimate) }),
      ...(shared.length > 0 && { behind: { tokens: tokensOf(shared, tokenizer), ...part(length) } }),
    };
  };

  let told = -Infinity;
  const result = await patchPositions(model, {
    base: denoising ? variantIds : originalIds,
    source: denoising ? originalIds : variantIds,
    sourceOf,
    metric: { positive: metric.positiveToken, negative: metric.negativeToken },
    site,
    exact,
    known,
    signal,
    onProgress: (done, total, soFar) => {
      onProgress?.('Patching', done, total);
      if (!onSweep || (done > 0 && done < total && performance.now() - told < SWEEP_INTERVAL_MS)) return;
      told = performance.now();
      onSweep(explained(soFar), done, total);
    },
  });
  onResult?.(result);
  return explained(result);
}

function roundedEstimate(estimate: PatchingEstimate): PatchingEstimate {
  const orNull = (value: number | null) => (value === null ? null : rounded(value));
  return { ...estimate, correlation: orNull(estimate.correlation), largestMiss: orNull(estimate.largestMiss) };
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

function tokensOf(ids: readonly number[], tokenizer: CodeTokenizer): SharedTokens['tokens'] {
  return ids.map((id) => ({ id, text: tokenizer.tokenText(id) }));
}
