/** What is known about sparse autoencoders and their latents, and the views of results about them. */
import type { LatentRef } from '../../vocabulary/latent-name';
import type { DescribedLatent } from '../analyses/activations';
import type { Intervened } from '../analyses/intervention';
import type { AttributedLatents, ListedSae } from '../analyses/latents';
import type { ActualOutcome, Counterfactual, ExplainedPrediction, PromptToken, ReadProgram } from '../reading/reading';
import type { Result } from './result';

export type { DescribedLatent } from '../analyses/activations';
export { LARGEST_CHANGE, type ChangedLatent } from '../analyses/intervention';
export type { ExplainedLatent, ExplainedSae, ListedSae } from '../analyses/latents';

/** A result's attribution to latents with what it is about. */
export interface LatentsDocument extends ReadProgram, AttributedLatents {
  prediction: ExplainedPrediction;
  actual: ActualOutcome | null;
  counterfactual: Counterfactual;
  findings: string[];
  problems: string[];
}

/** Null where the result has none. */
export function latentsOf({ reading, pair, parts: { prediction, latents } }: Result): LatentsDocument | null {
  if (!latents || !prediction || !pair) return null;
  const { actual, ...predicted } = prediction.value;
  const { findings, problems, value } = latents;
  return { ...reading, prediction: predicted, actual, counterfactual: pair, ...value, findings, problems };
}

/** The latents that are active at each token of a result; null where it has none. */
export function activationsOf({ reading: { source, tokens }, parts: { activations } }: Result): Activations | null {
  if (!activations) return null;
  const { value, problems } = activations;
  return { ...value, read: { start: source.start, end: source.end }, tokens, problems };
}

/** What the model answers when latents are changed, with what it was asked about. */
export interface ChangedDocument extends ReadProgram, Omit<Intervened, 'plain'> {
  /** The model's own. */
  prediction: ExplainedPrediction;
}

/** Null where the result has none. */
export function changedOf({ reading, parts: { intervention } }: Result): ChangedDocument | null {
  if (!intervention) return null;
  const { plain: prediction, ...value } = intervention.value;
  return { ...reading, prediction, ...value };
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

/** The latents that are active at each token of some code. */
export interface Activations {
  sae: ListedSae;
  /** The range of the file that the model read to answer: all of it, or where that is too long a piece of it. */
  read: { start: number; end: number };
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

/** Those around a place in a file. */
export interface ActivationsAt extends Activations {
  /** Tokens that the model can read at once, with those of the template. */
  room: number;
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
