import type { ActualOutcome, ExplainedPrediction, ExplainedSource } from './explanation';

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

export interface ListedVariant {
  /** From 1. */
  number: number;
  kind: string;
  description: string;
  line: number;
  code: string;
  actual: ActualOutcome | null;
  prediction: { label: string; probability: number };
  tokensKept: boolean;
  /** Whether Python does something else than with the original; null when nothing was run. */
  labelChanged: boolean | null;
  /** A consistent renaming, which changes nothing. */
  control: boolean;
}
