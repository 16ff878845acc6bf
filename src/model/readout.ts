/** Reading predictions from residual streams without vocabulary-sized arrays outside the graph. */
import { floats, ints, type FloatArray } from '../graph';
import { takeRows } from './arrays';
import type { Model } from './model';

/** Rows read out at once: bounds the memory of [rows, vocabulary] inside the graph. */
const ROWS_AT_ONCE = 64;

export interface RowReadout {
  /** The most probable tokens, most probable first. */
  readonly top: readonly { readonly id: number; readonly logit: number; readonly probability: number }[];
  /** log Σ exp(logits): a logit minus this is a log-probability. */
  readonly logSumExp: number;
  /** One for each answer token asked for; rank 0 is the most probable token. */
  readonly answers: readonly { readonly logit: number; readonly logProbability: number; readonly rank: number }[];
}

/** Logits that are no numbers: of damaged weights, or of activations that were changed by too much. */
export class NotFiniteError extends Error {
  constructor({ folder }: Model) {
    super(`The model's logits are no finite numbers. Download ${folder} again, as its weights seem damaged; or change activations less, where they were changed.`);
  }
}

/**
 * Applies the final norm and the unembedding to rows of a residual stream, each an index into [batch · positions].
 * @throws a sentence where logits are not finite
 */
export async function readOut(
  model: Model,
  resid: FloatArray,
  indices: readonly number[],
  { topK, answers = [], signal }: { topK: number; answers?: readonly number[]; signal?: AbortSignal },
): Promise<RowReadout[]> {
  const k = Math.min(topK, model.shape.vocabulary);
  const session = await model.sessions.readout(k, answers.length);
  const readouts: RowReadout[] = [];
  for (let start = 0; start < indices.length; start += ROWS_AT_ONCE) {
    signal?.throwIfAborted();
    const rows = takeRows(resid, indices.slice(start, start + ROWS_AT_ONCE));
    const result = await session.run({ rows, ...(answers.length > 0 && { answers: ints(answers, [answers.length]) }) });
    for (let row = 0; row < rows.shape[0]; row++) {
      const logSumExp = Number(result.logSumExp.data[row]);
      if (!Number.isFinite(logSumExp)) throw new NotFiniteError(model);
      readouts.push({
        logSumExp,
        top: Array.from({ length: k }, (_, i) => {
          const logit = Number(result.values.data[row * k + i]);
          return { id: Number(result.ids.data[row * k + i]), logit, probability: Math.exp(logit - logSumExp) };
        }),
        answers: answers.map((_, i) => {
          const logit = Number(result.answerLogits.data[row * answers.length + i]);
          return { logit, logProbability: logit - logSumExp, rank: Number(result.answerRanks.data[row * answers.length + i]) };
        }),
      });
    }
  }
  return readouts;
}

/** Logits of a few tokens [indices.length, tokens.length] for rows of a residual stream, without computing the others. */
export async function readLogits(
  model: Model,
  resid: FloatArray,
  indices: readonly number[],
  tokens: readonly number[],
): Promise<FloatArray> {
  const session = await model.sessions.someLogits();
  return (await session.run({ rows: takeRows(resid, indices), tokens: ints(tokens, [tokens.length]) })).logits as FloatArray;
}

/** A weighted sum of logits, Σ coefficient · logit[token]: what gradients are taken of, and what patching measures. */
export type LogitMetric = readonly { readonly token: number; readonly coefficient: number }[];

/** The logit of one token minus that of another. */
export function logitDifference(positive: number, negative: number): LogitMetric {
  return [
    { token: positive, coefficient: 1 },
    { token: negative, coefficient: -1 },
  ];
}

/** The gradient of the metric at each row with respect to that row of the residual stream, [indices.length, width]. */
export async function metricGradient(
  model: Model,
  resid: FloatArray,
  indices: readonly number[],
  metric: LogitMetric,
): Promise<FloatArray> {
  const session = await model.sessions.logitGradient();
  const repeat = <T>(of: (part: LogitMetric[number]) => T) => indices.flatMap(() => metric.map(of));
  const shape = [indices.length, metric.length];
  const result = await session.run({
    rows: takeRows(resid, indices),
    tokens: ints(repeat(({ token }) => token), shape),
    coefficients: floats(Float32Array.from(repeat(({ coefficient }) => coefficient)), shape),
  });
  return result.gradient as FloatArray;
}

/** The tokens that a direction raises and lowers most. */
export interface TokenEffects {
  /** int32 [rows, k], the strongest first, and their logits [rows, k]. */
  readonly raised: { readonly ids: Int32Array; readonly logits: Float32Array };
  readonly lowered: { readonly ids: Int32Array; readonly logits: Float32Array };
}

/**
 * What directions [rows, width], added to the last residual stream, do to the logits: through the final norm's weight and the
 * unembedding, as if the norm's scale were 1 (so that effects of one place can be compared, not their sizes with those of a run), and
 * relative to the mean over the vocabulary, which softmax does not see.
 */
export async function tokenEffects(model: Model, directions: FloatArray, k: number, signal?: AbortSignal): Promise<TokenEffects> {
  const [rows] = directions.shape;
  const count = Math.min(k, model.shape.vocabulary);
  const session = await model.sessions.tokenEffects(count);
  const empty = () => ({ ids: new Int32Array(rows * count), logits: new Float32Array(rows * count) });
  const effects = { raised: empty(), lowered: empty() };
  for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
    signal?.throwIfAborted();
    const indices = Array.from({ length: Math.min(ROWS_AT_ONCE, rows - start) }, (_, i) => start + i);
    const result = await session.run({ rows: takeRows(directions, indices) });
    for (const name of ['raised', 'lowered'] as const) {
      effects[name].ids.set(result[`${name}Ids`].data as Int32Array, start * count);
      effects[name].logits.set(result[name].data as Float32Array, start * count);
    }
  }
  return effects;
}
