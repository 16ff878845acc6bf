/** What circuits of any kind do alone: the run that they are taken from, and the metric that they are measured by. */
import { readLogits, type Model, type RunResult } from '../../model';
import { logitDifferences } from '../patching/patching';
import { ProgramRuns } from './program-runs';
import type { Replacement } from './replacement';
import type { FloatArray } from '../../graph';

/**
 * The run of a base, with what all parts write, its keys and values (see ProgramRuns); metric: logit[positive] - logit[negative] at the
 * last position.
 */
export interface BaseRun {
  readonly base: readonly number[];
  readonly metric: { readonly positive: number; readonly negative: number };
  readonly run: RunResult;
  readonly value: number;
}

export async function runBase(
  model: Model, base: readonly number[], metric: BaseRun['metric'], signal?: AbortSignal, runs = new ProgramRuns(model),
): Promise<BaseRun> {
  const run = await runs.of(base, signal);
  const [value] = await logitDifferences(model, run.resid, [base.length - 1], metric);
  return { base, metric, run, value };
}

/** Circuits of one kind. `Has` says of one what it has. */
export abstract class CircuitsAlone<Has> {
  readonly base: readonly number[];
  readonly run: RunResult;
  readonly baseMetric: number;
  private readonly metric: BaseRun['metric'];

  protected constructor(protected readonly model: Model, { base, metric, run, value }: BaseRun) {
    this.base = base;
    this.run = run;
    this.baseMetric = value;
    this.metric = metric;
  }

  /** The metric of each circuit; that of the base's run to the bit where a circuit lacks nothing. */
  async metrics(
    circuits: readonly Has[],
    replacement: Replacement,
    signal?: AbortSignal,
    onProgress?: (done: number, total: number) => void,
  ): Promise<number[]> {
    const { positive, negative } = this.metric;
    const logits = await this.logits(circuits, [positive, negative], replacement, signal, onProgress);
    return logits.map(([a, b]) => a - b);
  }

  /** The logits of some tokens at the last position, of each circuit. */
  abstract logits(
    circuits: readonly Has[],
    tokens: readonly number[],
    replacement: Replacement,
    signal?: AbortSignal,
    onProgress?: (done: number, total: number) => void,
  ): Promise<number[][]>;

  /** Logits of some tokens in rows of a residual stream, row by row. */
  protected async read(resid: FloatArray, rows: readonly number[], tokens: readonly number[]): Promise<number[][]> {
    return rowsOf(await readLogits(this.model, resid, rows, tokens));
  }
}

/** The rows of a matrix, as lists. */
export function rowsOf({ data, shape: [rows, width] }: FloatArray): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * width, (row + 1) * width)]);
}
