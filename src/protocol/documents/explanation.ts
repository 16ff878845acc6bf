/** A result as views are given it: the parts of an explanation side by side. */
import type { ExplainedLens } from '../analyses/lens';
import type { ExplainedPatching } from '../analyses/patching';
import type { ListedVariant } from '../analyses/variants';
import type { VariantSearch } from '../reading/variant-search';
import type { ActualOutcome, Counterfactual, ExplainedPrediction, ReadProgram } from '../reading/reading';
import { allFindings, type Result } from './result';

export type { ExplainedLens, LensAnswer } from '../analyses/lens';
export type { BehindToken, ExplainedPatching, PatchingDirection, PatchingMetric, SharedTokens } from '../analyses/patching';
export type { ListedVariant } from '../analyses/variants';
export type {
  ActualOutcome, Continuation, Counterfactual, ExplainedPrediction, ExplainedSource, PromptToken, ReadProgram, TokenProbability,
  VariantRelation,
} from '../reading/reading';

export interface Explanation extends ReadProgram {
  prediction: ExplainedPrediction;
  /** The two answers that the reader asked to be compared, where that was so. */
  chosen?: readonly [string, string];
  /** What Python did; null when the program was not run. */
  actual: ActualOutcome | null;
  /** Null where it was not asked for. */
  lens: ExplainedLens | null;
  /** Whether the tuned lens alone was asked for, and is there. */
  tunedAlone?: true;
  /** The near twin that the program was compared with; null when there is none (a finding says why). */
  counterfactual: Counterfactual | null;
  /** Null without a counterfactual, and when the two programs' answers cannot be told apart (a finding says why). */
  patching: ExplainedPatching | null;
  /** The program's edits, in the order of their numbers; null when they were not asked for. */
  variants: ListedVariant[] | null;
  /** What came of a search among them; left out where there was none. */
  search?: VariantSearch;
  /** Sentences derived from the numbers above. */
  findings: string[];
}

/** An explanation with a lens, as that is drawn. */
export type LensExplanation = Explanation & { lens: ExplainedLens };

export function hasLens(explanation: Explanation): explanation is LensExplanation {
  return explanation.lens !== null;
}

/** Null where the result has no prediction, which everything else in an explanation is about. */
export function explanationIn(result: Result): Explanation | null {
  const { reading, pair, parts: { prediction, lens, patching, variants } } = result;
  if (!prediction) return null;
  const { actual, ...predicted } = prediction.value;
  return {
    ...reading,
    prediction: predicted,
    ...(prediction.params.answers && { chosen: prediction.params.answers }),
    actual,
    lens: lens?.value ?? null,
    ...(lens?.value.tuned && lens.params.lens === 'tuned' && { tunedAlone: true }),
    counterfactual: pair,
    patching: patching?.value ?? null,
    variants: variants?.value.variants ?? null,
    ...(variants?.value.search && { search: variants.value.search }),
    findings: allFindings({ ...result, parts: { prediction, ...(lens && { lens }), ...(patching && { patching }) } }),
  };
}

/** @throws a sentence where the result is none of an explanation: of one that was asked for, it is */
export function explanationOf(result: Result): LensExplanation {
  const explanation = explanationIn(result);
  if (!explanation?.lens) throw new Error('This result holds no prediction with a lens. Explain the code again, and save that.');
  return { ...explanation, lens: explanation.lens };
}
