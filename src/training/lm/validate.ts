/** Measuring answers on labelled samples: over all, by the program's source and by its length. */
import type { Architecture } from '../../architectures';
import { ints, type Session } from '../../graph';
import { groupByLength, makeBatch, type LossWeights } from './batches';
import { calibrationError } from '../../methods/prediction/calibration';
import type { State } from './state';
import { QUIET } from '../../corpus/labelling/labels';
import { Random } from '../../corpus/random';
import type { Sample } from './samples';

export interface ValidationSample extends Sample {
  source: string;
  label: string;
}

export interface Measured {
  programs: number;
  /** Share of the programs whose most probable answer is right. */
  accuracy: number;
  /** Mean cross-entropy of the right answer, among the answers. */
  loss: number;
  /** Share of the programs that raise nothing for which that is the answer; null where there is none. */
  noErrorRecall: number | null;
  /** Expected calibration error over 15 bins. */
  calibrationError: number;
  /** Share that is right without a model, where that is known. */
  baseline?: number;
}

export interface Validation extends Measured {
  bySource: Record<string, Measured>;
  byLength: Record<string, Measured>;
}

/** The upper ends of the groups by length, in tokens with the question. */
const LENGTHS = [64, 128, 256, 512, Infinity];

export const ANSWER_ONLY: LossWeights = { codeFraction: 0, code: 0, label: 1, message: 0, syntax: 0, type: 0, line: 0 };

/** A measured answer. */
export interface ScoredRow {
  label: string;
  source: string;
  /** Further groups that it is measured in. */
  more?: readonly string[];
  length: number;
  predicted: string;
  /** Of the predicted answer. */
  probability: number;
  loss: number;
  /** Whether what is said without a model is right. */
  baseline?: boolean;
}

/** @param session of answerStep @param answers the token of each label */
export async function validate(
  session: Session,
  architecture: Architecture,
  state: State,
  samples: readonly ValidationSample[],
  answers: ReadonlyMap<string, number>,
  batchTokens: number,
): Promise<Validation> {
  const labels = [...answers.keys()];
  const weights = Object.fromEntries([...architecture.weights.keys()].map((name) => [name, state[name]]));
  const rows: ScoredRow[] = [];
  for (const group of groupByLength(samples, batchTokens, new Random(0))) {
    const { feeds, rows: sampleOf } = makeBatch(group, ANSWER_ONLY, new Random(0));
    const { tokens, positions, keyPositions, at } = feeds;
    const given = { tokens, positions, keyPositions, at, answers: ints([...answers.values()], [answers.size]) };
    const values = (await session.run({ ...weights, ...given })).logProbabilities.data as Float32Array;
    sampleOf.forEach((row, i) => {
      const { label, source, ids } = group[row];
      const own = values.subarray(i * labels.length, (i + 1) * labels.length);
      const best = own.reduce((most, value, j) => (value > own[most] ? j : most), 0);
      const loss = -own[labels.indexOf(label)];
      rows.push({ label, source, length: ids.length, predicted: labels[best], probability: Math.exp(own[best]), loss });
    });
  }
  return summary(rows);
}

export function summary(rows: readonly ScoredRow[]): Validation {
  return {
    ...measure(rows),
    bySource: grouped(rows, ({ source, more = [] }) => [source, ...more]),
    byLength: grouped(rows, ({ length }) => [`up to ${LENGTHS.find((limit) => length <= limit)}`]),
  };
}

function grouped(rows: readonly ScoredRow[], keysOf: (row: ScoredRow) => readonly string[]): Record<string, Measured> {
  const keys = [...new Set(rows.flatMap(keysOf))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return Object.fromEntries(keys.map((one) => [one, measure(rows.filter((row) => keysOf(row).includes(one)))]));
}

function measure(rows: readonly ScoredRow[]): Measured {
  const known = rows.filter(({ baseline }) => baseline !== undefined);
  const share = (some: readonly ScoredRow[]) => some.filter(({ label, predicted }) => label === predicted).length / some.length;
  const quiet = rows.filter(({ label }) => label === QUIET);
  return {
    programs: rows.length,
    accuracy: share(rows),
    loss: rows.reduce((sum, { loss }) => sum + loss, 0) / rows.length,
    noErrorRecall: quiet.length === 0 ? null : share(quiet),
    calibrationError: calibrationError(rows.map(({ label, predicted, probability }) => ({ right: label === predicted, probability }))),
    ...(known.length > 0 && { baseline: known.filter(({ baseline }) => baseline).length / known.length }),
  };
}
