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

export type Choice = { twin: PredictedTwin } | { none: string };

/**
 * The variant that shows the most: Python does something else there, the model sees that and is right about it, and its tokens stand
 * where the original's do. Among equals the smaller edit, which is the earlier one. Without running, the model's change of mind counts.
 */
export async function chooseTwin(
  loaded: LoadedModel,
  answers: readonly AnswerTokens[],
  original: { outcome: Outcome | null; prediction: Prediction },
  { outcome, twins }: Twins,
  options: { topK?: number; signal?: AbortSignal; onProgress?: Progress },
): Promise<Choice> {
  if (twins.length === 0) {
    return { none: outcome && outcome.message ? `No edit of this program could be compared with it (${outcome.label}: ${outcome.message}).` : 'No edit of this program could be compared with it.' };
  }
  const changing = twins.filter(({ variant, outcome: own }) => own === null || variant.labelChanged);
  if (changing.length === 0) {
    return { none: `None of ${twins.length} edits changes what Python does with this program, so there is no counterfactual. Give one with --against.` };
  }
  const candidates = changing.slice(0, MOST_CANDIDATES);
  let best: { twin: PredictedTwin; score: number } | undefined;
  let unusable = '';
  for (let start = 0; start < candidates.length; start += CANDIDATES_AT_ONCE) {
    const read = await predictTwins(loaded, answers, candidates.slice(start, start + CANDIDATES_AT_ONCE), options);
    for (const twin of read) {
      try {
        metricOf(answers, original, twin);
      } catch (error) {
        unusable = (error as Error).message;
        continue;
      }
      const differs = twin.prediction.label !== original.prediction.label;
      const right = twin.outcome === null || canonicalLabel(twin.outcome.label) === twin.prediction.label;
      const score = 4 * Number(differs) + 2 * Number(right) + Number(twin.variant.tokensKept);
      if (!best || score > best.score) best = { twin, score };
    }
    // Those that keep the token count come first, so a full score, or the best of the rest, is not surpassed later.
    if (best && (best.score === 7 || (best.score === 6 && !candidates[start + CANDIDATES_AT_ONCE]?.variant.tokensKept))) break;
  }
  return best ? { twin: best.twin } : { none: unusable };
}

export function metricOf(
  answers: readonly AnswerTokens[],
  original: { outcome: Outcome | null; prediction: Prediction },
  variant: { outcome: Outcome | null; prediction: Prediction },
): AnswerMetric {
  const compared = ({ outcome, prediction }: typeof original) => ({
    actual: outcome && canonicalLabel(outcome.label),
    answers: prediction.answers,
  });
  return chooseMetric(answers, compared(original), compared(variant));
}
