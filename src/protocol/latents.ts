import type { ActualOutcome, Counterfactual, ExplainedPrediction, Explanation, PatchingMetric, PromptToken, ReadProgram } from './explanation';

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
  /** Whether attributions come from one gradient, or from gradients along the way from the variant's activations to the original's. */
  method: 'gradient' | 'integrated-gradients';
  /** Gradients along that way; 1 for one gradient. */
  steps: number;
  /** The positions of the original that were attributed; null for all that have a counterpart in the variant. */
  positions: number[] | null;
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
  /** Sentences derived from the numbers above. */
  findings: string[];
  /** What makes the numbers doubtful or leaves latents without descriptions: SAEs of other weights, facts that cannot be used. */
  problems: string[];
}

/** An explanation as the panel saves it: with the attribution to latents, where there was one. */
export type SavedResult = Explanation & { latents?: LatentsDocument };

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
    /** What makes its numbers doubtful though it can be used: it was trained on other weights than the model's. */
    warning: string | null;
  }[];
}

/** A latent of the SAE at a site; of the SAEs that are open, each site has one. */
export interface LatentRef {
  site: string;
  latent: number;
}

/** A latent and what is said about it. */
export interface DescribedLatent extends LatentRef {
  /** What it stands for; null when nobody knows. */
  description: { text: string; source: 'automatic' | 'neuronpedia'; score?: number } | null;
  /** The largest activation in the held-out code that its facts were collected from; null without facts. */
  maximum: number | null;
}

/** The latents that are active at each token of some code. */
export interface Activations {
  sae: ListedSae;
  /** The range of the file that the model read to answer: all of it, or where that is too long a piece of it. */
  read: { start: number; end: number };
  /** Tokens that the model can read at once, with those of the template. */
  room: number;
  tokens: PromptToken[];
  /** For each token the most active latents, the largest first. */
  active: { latent: number; activation: number }[][];
  /** For each token how many latents are active, also those that are not listed. */
  counts: number[];
  /** Those that occur in `active`, in the order of their numbers. */
  latents: DescribedLatent[];
  /** As in an attribution. */
  problems: string[];
}

/** Where latents are active in a text. */
export interface Firings {
  /** In the order of the text; UTF-16. Activations of 0 are left out. */
  spans: (LatentRef & { start: number; end: number; text: string; activation: number })[];
  /** Tokens that the model read. */
  tokens: number;
  /** Ranges that it did not read, as one line alone is longer than it can read. */
  skipped: { start: number; end: number }[];
}

/** Everything that is known about a latent. */
export interface LatentPage extends DescribedLatent {
  sae: ListedSae;
  /** Its page on Neuronpedia; null where there is none. */
  link: string | null;
  /**
   * Tokens whose logits its decoder raises and lowers most on the straight way to the unembedding: in logits per unit of activation,
   * relative to the mean of all tokens, where the final norm's scale is 1. Null where its site does not write to the residual stream.
   */
  promotes: TokenLogit[] | null;
  suppresses: TokenLogit[] | null;
  /** Collected from held-out code by `saes describe`; null where that was not done. */
  facts: LatentFacts | null;
  /** Why facts or explanations that there are cannot be shown, such as facts of another SAE; null when nothing is wrong. */
  problem: string | null;
}

export interface TokenLogit {
  id: number;
  text: string;
  logit: number;
}

export interface LatentFacts {
  /** Tokens of held-out code that were read. */
  tokens: number;
  /** The share of them at which it is active. */
  density: number;
  /** How often it has an activation in each of equal steps from 0 to its largest one; 0 itself is not counted. */
  histogram: number[];
  /** Where it is most active, the most active first. */
  contexts: LatentContext[];
  /** Latents of the same SAE whose decoder points the same way, with the cosine. */
  nearest: (DescribedLatent & { cosine: number })[];
}

export interface LatentContext {
  before: string;
  token: string;
  after: string;
  activation: number;
  /** What the place is in the language: "closing quote inside print(…)". */
  role: string;
}

export interface LatentHits {
  /** The densest first, where the query does not rank them itself. */
  hits: (DescribedLatent & { density: number | null; promotes: string[] })[];
  /** How many there are, also those beyond the limit. */
  total: number;
}

/** What becomes of a latent's activation: 0, a value, a multiple, or more by a constant (also where it is not active). */
export type LatentChange =
  | { kind: 'ablate' }
  | { kind: 'set'; value: number }
  | { kind: 'scale'; factor: number }
  | { kind: 'steer'; by: number };

/** The largest size of a value, multiple or constant: far beyond any activation, and far below where 32-bit floats overflow. */
export const LARGEST_CHANGE = 1e6;

/** A latent that is changed; positions count from 0, 'all' reaches an answer's further tokens too. */
export interface ChangedLatent extends LatentRef {
  positions: number[] | 'all';
  change: LatentChange;
}

/** What the model answers when latents are changed. */
export interface ChangedDocument extends ReadProgram {
  format: 'latent-lens/changed-latents';
  version: 1;
  /** As they were asked for, with the activation that each has at each of its positions in the unchanged run. */
  changes: (ChangedLatent & { was: { position: number; activation: number }[] })[];
  /** Whether the SAEs' error terms are part of the runs: then nothing but the changes changes anything. */
  errorTerm: boolean;
  /** The prediction with the SAEs spliced in, and with the latents changed as well; `prediction` is the model's own. */
  before: ExplainedPrediction;
  after: ExplainedPrediction;
  /** After minus before, for each answer. */
  change: { label: string; probability: number; logit: number }[];
  /** What the model writes after the prompt, always taking the most probable token; null when that was not asked for. */
  generated: { before: string; after: string } | null;
}
