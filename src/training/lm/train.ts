/**
 * Training a language model: batches through the training graph, with a schedule, checkpoints and a log. The trunk goes on for as long as
 * one lets it; a decay starts from a trunk's checkpoint and writes beside it.
 */
import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Architecture } from '../../architectures';
import { floats, Session, type FloatArray, type NdArray } from '../../graph';
import { groupByLength, makeBatch, type LossWeights } from './batches';
import { answerStep, evaluationStep, trainingStep } from './graph';
import type { HoleSample } from './holes';
import { Meter, type LogEntry } from './log';
import { freshState, loadCheckpoint, saveCheckpoint, type Position, type Saved, type State } from './state';
import { validate, type ValidationSample } from './validate';
import { validateHoles } from './validate-holes';
import type { OptimizerOptions } from './optimizer';
import { Random } from '../../corpus/random';
import type { Sample } from './samples';
import { decayed, warmedUp, type Schedule } from './schedule';
import type { Draw } from './shards';

export interface TrainOptions {
  architecture: Architecture;
  /** Where the checkpoint and the log go. */
  folder: string;
  /** What to begin with where the folder has no checkpoint; a fresh state when left out. */
  start?: () => Promise<Saved | undefined>;
  seed: number | string;
  schedule: Schedule;
  /** Steps of a decay of the rate from where it starts, after which training ends. */
  decay?: number;
  /** Ends the trunk at this step. */
  until?: number;
  optimizer: OptimizerOptions;
  lossWeights: LossWeights;
  /** Tokens of a batch with its padding. */
  batchTokens: number;
  threads?: number;
  data: {
    /** The shards of the next round. */
    draw(before: Draw | undefined): Draw;
    /** Their samples, always in the same order; what it gives after the signal is not used. */
    read(draw: Draw, round: number, signal?: AbortSignal): Promise<readonly Sample[]>;
  };
  /** Labelled samples that are only measured, and the token of each label; or samples whose answers are of any length. */
  validation?: { samples: readonly ValidationSample[]; answers: ReadonlyMap<string, number> } | { holes: readonly HoleSample[] };
  validateEvery?: number;
  checkpointEvery?: number;
  logEvery?: number;
  onProgress?: (entry: LogEntry) => void;
  signal?: AbortSignal;
}

export interface Trained extends Saved {
  /** Whether the decay, or the trunk's last step, was reached. */
  finished: boolean;
}

/**
 * Trains until the end that was asked for or the signal, going on from the folder's checkpoint if there is one, and leaves a checkpoint.
 * A run that was interrupted and goes on gives the same weights as one that was not, bit for bit.
 */
export async function trainLanguageModel(options: TrainOptions): Promise<Trained> {
  const { architecture, folder, schedule, optimizer, seed, threads, signal, data, validation } = options;
  const { validateEvery = 500, checkpointEvery = 500, logEvery = 20, lossWeights, batchTokens, decay } = options;
  await mkdir(folder, { recursive: true });
  const { state, position } = await begin(options);
  if (decay !== undefined) position.decayFrom ??= position.step;
  const end = decay === undefined ? (options.until ?? Infinity) : position.decayFrom! + decay;
  const session = await Session.open(trainingStep(architecture, optimizer), { threads, alone: true });
  const validator = validation && (await Session.open('holes' in validation
    ? evaluationStep(architecture)
    : answerStep(architecture), { threads }));
  const meter = new Meter();
  const going = () => position.step < end && !signal?.aborted;

  while (going()) {
    position.draw ??= data.draw(undefined);
    const samples = await data.read(position.draw, position.round, signal);
    const groups = groupByLength(samples, batchTokens, new Random(`${seed}/round/${position.round}`));
    meter.restart();
    while (going() && position.batch < groups.length) {
      const batch = makeBatch(groups[position.batch], lossWeights, new Random(`${seed}/batch/${position.step}`));
      const kept = decay === undefined ? 1 : decayed(position.step - position.decayFrom!, decay);
      const share = kept * warmedUp(schedule, position.step - position.started);
      const results = await session.run({ ...state, ...batch.feeds, ...scalars(schedule, optimizer, share, position) });
      for (const name of Object.keys(state)) state[name] = results[`new/${name}`] as FloatArray;
      position.step++;
      position.batch++;
      position.tokens += batch.tokens;
      meter.add(batch, results);
      if (position.step % logEvery === 0 || position.step === end) {
        const entry: LogEntry = { step: position.step, tokens: position.tokens, rate: share * schedule.rate, ...meter.take() };
        if (!Number.isFinite(entry.loss)) {
          throw new Error(`The loss is not a number at step ${position.step}. The checkpoint before is kept; train with a lower rate.`);
        }
        if (validator && (position.step % validateEvery === 0 || position.step === end)) {
          const measured = 'holes' in validation
            ? await validateHoles(validator, architecture, state, validation.holes, batchTokens)
            : await validate(validator, architecture, state, validation.samples, validation.answers, batchTokens);
          Object.assign(entry, { validationLoss: measured.loss, validationAccuracy: measured.accuracy, validation: measured });
          meter.restart();
        }
        await appendFile(path.join(folder, 'log.jsonl'), `${JSON.stringify(entry)}\n`);
        options.onProgress?.(entry);
      }
      if (position.step % checkpointEvery === 0) await saveCheckpoint(folder, { state, position });
    }
    if (position.batch === groups.length && !signal?.aborted) nextRound(position, data);
  }
  await saveCheckpoint(folder, { state, position });
  await session.release();
  await validator?.release();
  return { state, position, finished: position.step >= end };
}

async function begin({ architecture, folder, optimizer, seed, start }: TrainOptions): Promise<Saved> {
  const saved = (await loadCheckpoint(architecture, optimizer, folder)) ?? (await start?.());
  return saved ?? { state: freshState(architecture, optimizer, seed), position: { step: 0, tokens: 0, started: 0, round: 0, batch: 0 } };
}

function nextRound(position: Position, data: TrainOptions['data']): void {
  Object.assign(position, { round: position.round + 1, batch: 0, draw: data.draw(position.draw) });
}

/** The optimizer's scalars: rates, and the bias corrections since its memory began. */
function scalars(
  schedule: Schedule,
  { adamW, muon }: OptimizerOptions,
  share: number,
  { step, started }: Position,
): Record<string, NdArray> {
  const one = (value: number) => floats(Float32Array.of(value), []);
  const steps = step - started + 1;
  return {
    rate: one(share * schedule.rate),
    ...(muon && { matrixRate: one(share * (schedule.matrixRate ?? schedule.rate)) }),
    meanCorrection: one(1 - adamW.beta1 ** steps),
    varianceCorrection: one(1 - adamW.beta2 ** steps),
  };
}

/** The model's own weights out of what was trained, without the probes. */
export function modelWeights(architecture: Architecture, state: State): Map<string, Float32Array> {
  return new Map([...architecture.weights.keys()].map((name) => [name, state[name].data]));
}
