/** What a model predicts: the template's answers by sequence probability, and the most probable tokens of all. */
import { readOut, type Hook, type KeyValueCache, type Model, type RowReadout, type RunResult } from '../../model';
import type { AnswerTokens } from '../../snippets/prompts/prompts';
import type { Site } from '../../vocabulary/sites';

export interface AnswerScore {
  label: string;
  /** Probability that the answer follows the prompt: the product over its tokens. */
  probability: number;
  logProbability: number;
  /** Logit of its first token. */
  logit: number;
  /** The logit of each of its tokens, after those before it. */
  logits: readonly number[];
}

export interface Prediction {
  /** The most probable answer. */
  label: string;
  /** Most probable first. */
  answers: AnswerScore[];
  /** Probability that what follows the prompt begins with the tokens of one of the answers. */
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
  options: PredictOptions = {},
): Promise<Prediction> {
  return (await predictBehind(model, prompt, answers, options)).prediction;
}

/**
 * As `predict`, from the keys and values of the prompt's first tokens on, of which there are fewer than the prompt has.
 * @param options.made the run of just that with keys and values, where it was made already
 * @returns the prompt's own as well, where some answer has several tokens or `cache` asks for them, and the prompt's run, which
 *   has read `read`
 */
export async function predictBehind(
  model: Model,
  prompt: readonly number[],
  answers: readonly AnswerTokens[],
  options: PredictOptions & { past?: KeyValueCache; read?: readonly Site[]; cache?: boolean; made?: RunResult } = {},
): Promise<{ prediction: Prediction; cache?: KeyValueCache; run: RunResult }> {
  const { past, read, cache = false, made, topK = 10, hooks, signal } = options;
  const start = past?.length ?? 0;
  const long = answers.flatMap(({ ids }, answer) => (ids.length > 1 ? [{ answer, ids }] : []));
  const caches = cache || long.length > 0;
  const run = made ?? (await model.run([prompt.slice(start)], { past, read, cache: caches, hooks: hooks?.(start), signal }));
  const firsts = answers.map(({ ids }) => ids[0]);
  const [last] = await readOut(model, run.resid, [prompt.length - 1 - start], { topK, answers: firsts, signal });
  if (long.length === 0) return { prediction: rankAnswers(answers, last), cache: run.cache, run };
  // Every longer answer continues the one cached prompt.
  const rest = await model.run(long.map(({ ids }) => ids.slice(0, -1)), { past: run.cache, hooks: hooks?.(prompt.length), signal });
  const asked = [...new Set(long.flatMap(({ ids }) => ids.slice(1)))];
  const rows = long.flatMap(({ ids }, row) => ids.slice(1).map((_, i) => row * rest.layout.positions + i));
  const readouts = await readOut(model, rest.resid, rows, { topK: 1, answers: asked, signal });
  const further: RowReadout['answers'][number][][] = answers.map(() => []);
  let at = 0;
  for (const { answer, ids } of long) for (const id of ids.slice(1)) further[answer].push(readouts[at++].answers[asked.indexOf(id)]);
  return { prediction: rankAnswers(answers, last, further), cache: run.cache, run };
}

/** A prediction from what is read at the prompt's last position, and for each answer at its further tokens. */
export function rankAnswers(
  answers: readonly AnswerTokens[],
  last: RowReadout,
  further: readonly RowReadout['answers'][] = answers.map(() => []),
): Prediction {
  const scored = answers.map(({ label }, i): AnswerScore => {
    const read = [last.answers[i], ...further[i]];
    const logProbability = read.reduce((sum, token) => sum + token.logProbability, 0);
    return { label, probability: Math.exp(logProbability), logProbability, logit: read[0].logit, logits: read.map(({ logit }) => logit) };
  });
  const ranked = [...scored].sort((a, b) => b.logProbability - a.logProbability);
  return {
    label: ranked[0].label,
    answers: ranked,
    answersProbability: Math.min(1, withinNone(answers).reduce((sum, i) => sum + scored[i].probability, 0)),
    top: last.top.map(({ id, probability, logit }) => ({ id, probability, logit })),
  };
}

/** The answers whose tokens begin with no other answer's: what begins with one of the rest begins with one of these as well. */
function withinNone(answers: readonly AnswerTokens[]): number[] {
  const within = (i: number, j: number) => {
    const [ids, other] = [answers[i].ids, answers[j].ids];
    return i !== j && other.every((id, at) => ids[at] === id) && (other.length < ids.length || j < i);
  };
  return answers.flatMap((_, i) => (answers.some((__, j) => within(i, j)) ? [] : [i]));
}
