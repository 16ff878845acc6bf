/** How good an answer a variant is to why a model predicts what it does. */
import { CLEAR_DIFFERENCE, type AnswerMetric } from '../../methods/prediction/metric';
import type { Prediction } from '../../methods/prediction/prediction';
import type { EditKind } from '../../snippets/edits';
import { LOCAL, sizeOf } from '../../snippets/twins/near';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import type { Outcome } from '../../snippets/sandbox/sandbox';
import { metricOf, type NearTwin, type Read } from './twins';
import { canonicalLabel, NO_ERROR } from '../../vocabulary/labels';

/** A twin that was run and read. */
export type ReadTwin = NearTwin & { prediction: Prediction };

/**
 * How good an answer a variant is, the least first. It is honest when it mends the program, or changes what the model goes by and makes no
 * new mistake; other edits at the cause put one mistake in the place of another.
 */
export const LEVELS = {
  honestAndRight: 0,
  pairAndRight: 1,
  largerAndRight: 2,
  honestOtherAnswer: 3,
  honestAndMuch: 4,
  honestAndLittle: 5,
  mistakeAndRight: 6,
  mistake: 7,
  elsewhere: 8,
  /** It hardly moves the prediction. */
  faint: 9,
} as const;
/** A repair that changes fewer characters, or keeps the tokens, is ahead of a pair of changes that keeps them. */
const SMALL = 3;
/** The nearness of changes in the failing statement. */
const AT_STATEMENT = 3;
/** Edits that make no mistake by themselves, and those that may be none. */
const GENTLE: readonly EditKind[] = [
  'change-value',
  'remove-comment',
  'remove-annotation',
  'remove-statement',
  'rename-all',
];
/** Errors of a program that Python does not even begin to run. */
const SYNTAX: readonly string[] = ['SyntaxError', 'IndentationError'];
export const PLAIN: readonly EditKind[] = [...GENTLE, 'drop-argument', 'drop-conversion'];

export interface Rated {
  twin: ReadTwin;
  level: number;
  /** How much the log-odds of the answer that is asked about fall. */
  falls: number;
}

/** Whether one is the better answer: by its level, then the nearer, then the one that keeps the tokens, then the smaller. */
export function surpasses(a: Rated, b: Rated): boolean {
  if (a.level !== b.level) return a.level < b.level;
  if (a.level >= LEVELS.elsewhere) return a.falls > b.falls;
  const [one, other] = [Math.floor(a.twin.near.nearness), Math.floor(b.twin.near.nearness)];
  if (one !== other) return one < other;
  if (a.twin.variant.tokensKept !== b.twin.variant.tokensKept) return a.twin.variant.tokensKept;
  return sizeOf(a.twin.variant.edit) < sizeOf(b.twin.variant.edit);
}

const labelOf = (outcome: Outcome) => canonicalLabel(outcome.label);

/** Whether a program does what the original does, or nothing wrong. */
function noNewMistake({ outcome }: Read, own: Outcome | null): boolean {
  return (
    own === null ||
    labelOf(own) === NO_ERROR ||
    (outcome !== null && labelOf(own) === labelOf(outcome) && own.message === outcome.message)
  );
}

/** Whether an edit took the error away: nothing is raised then, or only something behind what was taken out or made plain. */
function mends({ outcome }: Read, { near: { relation, nearness }, variant, outcome: own }: ReadTwin): boolean {
  if (!outcome || !own || labelOf(outcome) === NO_ERROR || !variant.labelChanged) return false;
  if (labelOf(own) === NO_ERROR) return true;
  return (
    relation !== 'read' &&
    GENTLE.includes(variant.edit.kind) &&
    nearness <= AT_STATEMENT &&
    own.line !== null &&
    own.line >= (outcome.line ?? Infinity)
  );
}

/** Whether a repair has put a mistake in the syntax where there was none, so that nothing else of the program counts. */
function breaksSyntax({ outcome }: Read, own: Outcome | null): boolean {
  return own !== null && SYNTAX.includes(labelOf(own)) && !(outcome !== null && SYNTAX.includes(labelOf(outcome)));
}

export function rate(answers: readonly AnswerTokens[], original: Read, twin: ReadTwin): Rated | { none: string } {
  let metric: AnswerMetric;
  try {
    metric = metricOf(answers, original, twin);
  } catch (error) {
    return { none: (error as Error).message };
  }
  const at = metric.shared.length;
  const logit = (prediction: Prediction, wanted: string) =>
    prediction.answers.find(({ label }) => label === wanted)!.logits[at];
  const value = (prediction: Prediction) => logit(prediction, metric.positive) - logit(prediction, metric.negative);
  const difference = value(original.prediction) - value(twin.prediction);
  const asked = original.prediction.label;
  const falls = logOdds(original.prediction, asked) - logOdds(twin.prediction, asked);
  // Of those that hardly move it, the one that says most in patching.
  if (Math.min(difference, falls) < CLEAR_DIFFERENCE) return { twin, level: LEVELS.faint, falls: Math.abs(difference) };
  return { twin, level: levelOf(original, twin, falls), falls };
}

function levelOf(original: Read, twin: ReadTwin, falls: number): number {
  const {
    near: { relation, nearness },
    variant,
    outcome,
    prediction,
  } = twin;
  if (nearness >= LOCAL) return LEVELS.elsewhere;
  const other = prediction.label !== original.prediction.label;
  const right = other && (outcome === null || labelOf(outcome) === prediction.label);
  // A model that sees a new mistake answers that, and shows nothing of what it went by.
  const plain =
    relation === 'read' && (noNewMistake(original, outcome) || (!right && GENTLE.includes(variant.edit.kind)));
  if (plain || (relation === 'repair' && !breaksSyntax(original, outcome)) || mends(original, twin)) {
    const small = variant.tokensKept || relation === 'read' || sizeOf(variant.edit) < SMALL;
    if (right) return small ? LEVELS.honestAndRight : LEVELS.largerAndRight;
    if (other) return LEVELS.honestOtherAnswer;
    return falls >= 2 * CLEAR_DIFFERENCE ? LEVELS.honestAndMuch : LEVELS.honestAndLittle;
  }
  if (right) return relation === 'pair' && nearness < 2 ? LEVELS.pairAndRight : LEVELS.mistakeAndRight;
  return LEVELS.mistake;
}

function logOdds({ answers }: Prediction, asked: string): number {
  const { logProbability } = answers.find(({ label }) => label === asked)!;
  return logProbability - Math.log(Math.max(1e-9, 1 - Math.exp(logProbability)));
}

