/** What a model predicts: the template's answers by sequence probability, and the most probable tokens of all. */
import { readOut, type Hook, type Model, type RowReadout } from '../model';
import type { AnswerTokens } from '../snippets/prompts';

export interface AnswerScore {
  label: string;
  /** Probability that the answer follows the prompt: the product over its tokens. */
  probability: number;
  logProbability: number;
  /** Logit of its first token. */
  logit: number;
}

export interface Prediction {
  /** The most probable answer. */
  label: string;
  /** Most probable first. */
  answers: AnswerScore[];
  /** Probability of all answers together: how much of what the model expects they cover. */
  answersProbability: number;
  /** The most probable next tokens of the whole vocabulary. */
  top: { id: number; probability: number; logit: number }[];
}

export interface PredictOptions {
  topK?: number;
  /** Edits for a run whose first token stands at this position: the prompt's at 0, an answer's further tokens behind it. */
  hooks?: (start: number) => readonly Hook[];
  signal?: AbortSignal;
}

/** Scores each answer by the log-probability of its tokens after the prompt. */
export async function predict(
  model: Model,
  prompt: readonly number[],
  answers: readonly AnswerTokens[],
  { topK = 10, hooks, signal }: PredictOptions = {},
): Promise<Prediction> {
  const long = answers.filter(({ ids }) => ids.length > 1);
  const run = await model.run([prompt], { cache: long.length > 0, hooks: hooks?.(0), signal });
  const firsts = answers.map(({ ids }) => ids[0]);
  const [last] = await readOut(model, run.resid, [prompt.length - 1], { topK, answers: firsts, signal });
  const scores = last.answers.map(({ logProbability }) => logProbability);
  if (long.length > 0) {
    // Every longer answer continues the one cached prompt.
    const rest = await model.run(long.map(({ ids }) => ids.slice(0, -1)), { past: run.cache, hooks: hooks?.(prompt.length), signal });
    for (const [row, { label, ids }] of long.entries()) {
      const rows = ids.slice(1).map((_, i) => row * rest.layout.positions + i);
      const readouts = await readOut(model, rest.resid, rows, { topK: 1, answers: ids.slice(1), signal });
      const answer = answers.findIndex((candidate) => candidate.label === label);
      readouts.forEach((readout, i) => (scores[answer] += readout.answers[i].logProbability));
    }
  }
  return rankAnswers(answers, last, scores);
}

/** A prediction from what is read at the prompt's last position; `scores` are the answers' log-probabilities when they have more tokens. */
export function rankAnswers(
  answers: readonly AnswerTokens[],
  last: RowReadout,
  scores: readonly number[] = last.answers.map(({ logProbability }) => logProbability),
): Prediction {
  const ranked = answers
    .map(({ label }, i) => ({ label, probability: Math.exp(scores[i]), logProbability: scores[i], logit: last.answers[i].logit }))
    .sort((a, b) => b.logProbability - a.logProbability);
  return {
    label: ranked[0].label,
    answers: ranked,
    answersProbability: ranked.reduce((sum, { probability }) => sum + probability, 0),
    top: last.top.map(({ id, probability, logit }) => ({ id, probability, logit })),
  };
}
