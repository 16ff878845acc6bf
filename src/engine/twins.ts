/** Near twins of a program, each with what Python does and what the model predicts. */
import { predictMany } from '../methods/predictions';
import type { Prediction } from '../methods/prediction';
import { chooseMetric, type AnswerMetric } from '../methods/metric';
import { canonicalLabel } from '../snippets/templates';
import type { AnswerTokens } from '../snippets/prompts';
import type { Outcome } from '../snippets/sandbox/sandbox';
import { findVariants, type Labeller, type Variant } from '../snippets/variants';
import type { LoadedModel } from './load';
import { withCode, type Program, type Question } from './program';
import type { Progress } from './progress';

export interface Twin {
  /** Its number in the list, from 1. */
  number: number;
  variant: Variant;
  program: Program;
  /** Null when it was not run. */
  outcome: Outcome | null;
}

export interface PredictedTwin extends Twin {
  prediction: Prediction;
}

/** A program that was run (or not: null) and read by the model. */
export interface Read {
  outcome: Outcome | null;
  prediction: Prediction;
}

export interface Twins {
  /** What the program itself does; null when it was not run. */
  outcome: Outcome | null;
  /** Best first, as `findVariants` ranks them. */
  twins: Twin[];
}

const NOT_RUN: Outcome = { label: 'not run', message: null, line: null };

/** The verified edits of a program; without a labeller nothing is run, and all proposed edits are listed. */
export async function findTwins(loaded: LoadedModel, question: Question, program: Program, label: Labeller | undefined): Promise<Twins> {
  const runNothing: Labeller = (codes) => Promise.resolve(codes.map(() => NOT_RUN));
  const { template, room } = question;
  const found = await findVariants(program.source.code, { label: label ?? runNothing, tokenizer: loaded.tokenizer, template });
  const twins: Twin[] = [];
  for (const variant of found.variants) {
    const twin = withCode(loaded, question, program, variant.edit.variant);
    if (twin.ids.length > room) continue;
    twins.push({ number: twins.length + 1, variant, program: twin, outcome: label ? variant.outcome : null });
  }
  return { outcome: label ? found.outcome : null, twins };
}

export async function predictTwins(
  { model }: LoadedModel,
  answers: readonly AnswerTokens[],
  twins: readonly Twin[],
  { topK, signal, onProgress }: { topK?: number; signal?: AbortSignal; onProgress?: Progress } = {},
): Promise<PredictedTwin[]> {
  const predictions = await predictMany(model, twins.map(({ program }) => program.ids), answers, {
    topK,
    signal,
    onProgress: (done, total) => onProgress?.('Reading variants', done, total),
  });
  return twins.map((twin, i) => ({ ...twin, prediction: predictions[i] }));
}

/** Variants read by the model before the best of them is taken. */
const MOST_CANDIDATES = 120;
/** Variants read at a time. */
const CANDIDATES_AT_ONCE = 24;

export interface Choice {
  twin: PredictedTwin | null;
  /** Why there is no twin. */
  none: string | null;
  /** The twins that the model read before it was clear. */
  seen: PredictedTwin[];
}

/** A metric that differs by less (in logits) hardly tells the two programs apart. */
const CLEAR_DIFFERENCE = 0.5;

/** A variant's worth: first what it shows, then how far it moves the metric. */
interface Rated {
  twin: PredictedTwin;
  score: number;
  /** The metric of the original minus that of the variant, in logits. */
  difference: number;
}

/** The score of a variant where the model changes its mind, and rightly; 1 more if its tokens stand where the original's do. */
const TELLING = 6;

/**
 * The variant that shows the most: Python does something else there, the model sees that and is right about it, and its tokens stand
 * where the original's do. Among such variants the smaller edit, which is the earlier one; where the model sees none of them rightly,
 * the one that moves its logits the most. Without running, the model's change of mind counts.
 */
export async function chooseTwin(
  loaded: LoadedModel,
  answers: readonly AnswerTokens[],
  original: Read,
  { outcome, twins }: Twins,
  options: { topK?: number; signal?: AbortSignal; onProgress?: Progress },
): Promise<Choice> {
  if (twins.length === 0) {
    const because = outcome?.message ? ` (${outcome.label}: ${outcome.message})` : '';
    return { twin: null, none: `No edit of this program could be compared with it${because}.`, seen: [] };
  }
  const changing = twins.filter(({ variant, outcome: own }) => own === null || variant.labelChanged);
  if (changing.length === 0) {
    const none = `None of ${twins.length} edits changes what Python does with this program, so there is no counterfactual. Compare with a program of your own.`;
    return { twin: null, none, seen: [] };
  }
  const candidates = changing.slice(0, MOST_CANDIDATES);
  let best: Rated | undefined;
  let unusable = '';
  const seen: PredictedTwin[] = [];
  for (let start = 0; start < candidates.length; start += CANDIDATES_AT_ONCE) {
    const read = await predictTwins(loaded, answers, candidates.slice(start, start + CANDIDATES_AT_ONCE), options);
    seen.push(...read);
    for (const twin of read) {
      const rated = rate(answers, original, twin);
      if ('none' in rated) unusable = rated.none;
      else if (!best || surpasses(rated, best)) best = rated;
    }
    // Those that keep the token count come first: a full score, or the best of the rest, is not surpassed later.
    const keptAhead = candidates[start + CANDIDATES_AT_ONCE]?.variant.tokensKept ?? false;
    if (best && (best.score > TELLING || (best.score === TELLING && !keptAhead))) break;
  }
  return { twin: best?.twin ?? null, none: best ? null : unusable, seen };
}

function surpasses(a: Rated, b: Rated): boolean {
  return a.score > b.score || (a.score === b.score && a.score < TELLING && a.difference > b.difference);
}

function rate(answers: readonly AnswerTokens[], original: Read, twin: PredictedTwin): Rated | { none: string } {
  let metric: AnswerMetric;
  try {
    metric = metricOf(answers, original, twin);
  } catch (error) {
    return { none: (error as Error).message };
  }
  const at = metric.shared.length;
  const logit = (prediction: Prediction, wanted: string) => prediction.answers.find(({ label }) => label === wanted)!.logits[at];
  const value = (prediction: Prediction) => logit(prediction, metric.positive) - logit(prediction, metric.negative);
  const difference = value(original.prediction) - value(twin.prediction);
  const differs = twin.prediction.label !== original.prediction.label;
  const right = twin.outcome === null || canonicalLabel(twin.outcome.label) === twin.prediction.label;
  const shows = difference < CLEAR_DIFFERENCE ? 0 : 4 * Number(differs) + 2 * Number(right) + Number(twin.variant.tokensKept);
  return { twin, score: shows, difference };
}

export function metricOf(
  answers: readonly AnswerTokens[],
  original: Read,
  variant: Read,
): AnswerMetric {
  const compared = ({ outcome, prediction }: Read) => ({
    actual: outcome && canonicalLabel(outcome.label),
    answers: prediction.answers,
  });
  return chooseMetric(answers, compared(original), compared(variant));
}
