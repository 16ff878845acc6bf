/** The edits of a program, with what Python does and what the model predicts, as views are given them. */
import type { ListedVariant } from '../analyses/variants';
import type { ActualOutcome, ExplainedPrediction, ReadProgram } from '../reading/reading';
import type { Result } from './result';

export type { ListedVariant } from '../analyses/variants';

export interface VariantList extends ReadProgram {
  /** Null when nothing was run. */
  actual: ActualOutcome | null;
  prediction: ExplainedPrediction;
  variants: ListedVariant[];
  /** What a search among them says, in sentences; empty where there was none. */
  searched: string[];
}

/** Null where the result has none. */
export function variantListOf({ reading, parts: { prediction, variants } }: Result): VariantList | null {
  if (!prediction || !variants) return null;
  const { actual, ...predicted } = prediction.value;
  return { ...reading, actual, prediction: predicted, variants: variants.value.variants, searched: variants.findings };
}
