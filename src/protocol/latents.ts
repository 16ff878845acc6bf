import type { ActualOutcome, Counterfactual, PatchingMetric, ReadProgram } from './explanation';

/**
 * Which sparse latents tell a program from its near twin: attribution patching of the original's latents into the variant's run.
 * Layers and positions count from 0; a position is an index into `tokens`, the original's.
 */
export interface LatentsDocument extends ReadProgram {
  format: 'latent-lens/latents';
  version: 1;
  /** Null when it was not run. */
  actual: ActualOutcome | null;
  counterfactual: Counterfactual;
  metric: PatchingMetric;
  /** The metric of the original and of the variant, in the model itself. */
  clean: number;
  corrupted: number;
  /** The same with all SAEs' reconstructions in the place of the activations, without their error terms. */
  withoutErrorTerms: { clean: number; corrupted: number };
  /** Whether attributions belong to runs with the SAEs' error terms (the model's own runs), or without. */
  errorTerm: boolean;
  /** How gradients pass an SAE: through its reconstruction, or as if it were not there. */
  mode: 'through' | 'pass-through';
  saes: ExplainedSae[];
  /** Those with the largest attributions first. */
  latents: ExplainedLatent[];
  /** Latents by their attribution summed over positions, the largest first. */
  summed: { site: string; latent: number; attribution: number | null; logits: number }[];
  /** What the SAEs do not reconstruct, for each position with a counterpart; empty without error terms. */
  errors: { site: string; position: number; attribution: number | null; logits: number }[];
  /** How the estimates of `latents` compare with really patching each; null when that was not asked for. */
  check: { correlation: number | null; sameSign: number; count: number } | null;
}

export interface ListedSae {
  /** Its folder's name. */
  name: string;
  site: string;
  /** Null for the embedding. */
  layer: number | null;
  format: 'saelens' | 'gemma-scope' | 'sparsify';
  architecture: string;
  /** Numbers that it reads. */
  width: number;
  latents: number;
  /** Active latents a row, where that is fixed. */
  k: number | null;
}

export interface ExplainedSae extends ListedSae {
  /** What its nodes at all positions sum to, in logits; `error` is null without error terms. */
  logits: { latents: number; error: number | null };
}

export interface ExplainedLatent {
  site: string;
  layer: number | null;
  position: number;
  token: string;
  latent: number;
  /** Whose latent it is, where the SAE reads each head alone. */
  head: number | null;
  /** Its activation in the original and in the variant. */
  clean: number;
  corrupted: number;
  /**
   * Estimated effect of giving it the original's activation in the variant's run: (metric - corrupted) / (clean - corrupted), so that 1
   * would make the variant's metric the original's. Null when clean and corrupted are too close to divide by their difference.
   */
  attribution: number | null;
  /** The part of it on the straight way to the answer at the last position; null where its site has none, or as above. */
  directEffect: number | null;
  /** Effect of really patching it alone; null when that was not asked for, or as above. */
  patched: number | null;
  /** The same as changes of the metric, in logits. */
  logits: { attribution: number; directEffect: number | null; patched: number | null };
  /** What it stands for; null when nobody knows. */
  description: string | null;
}

/** The SAE folders that were found, and whether they belong to the model. */
export interface SaeList {
  format: 'latent-lens/saes';
  version: 1;
  model: { id: string; layers: number };
  saes: {
    folder: string;
    /** Null when it could not be read. */
    sae: ListedSae | null;
    /** Why it cannot be used with the model; null when it can. */
    problem: string | null;
  }[];
}
