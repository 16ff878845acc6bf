import type { ActualOutcome, ExplainedPrediction, ExplainedSource, ListedVariant } from './explanation';

export type { ListedVariant };

/** The edits of a program, with what Python does and what the model predicts. Lines count from 1 in the user's file. */
export interface VariantList {
  format: 'latent-lens/variants';
  version: 1;
  model: { id: string; sha256: string; layers: number };
  /** The template's id. */
  template: string;
  source: ExplainedSource;
  /** Null when nothing was run. */
  actual: ActualOutcome | null;
  prediction: ExplainedPrediction;
  /** Those first that keep the token count, then those that change what Python does, then small edits. */
  variants: ListedVariant[];
}
