/** Training a language model: batches through the training graph, with a schedule, checkpoints and a log. */
import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Architecture } from '../architectures';
import { openCheckpoint } from '../checkpoints/checkpoint';
import { readTensor } from '../checkpoints/safetensors';
import { writeSafetensors } from '../checkpoints/write-safetensors';
import { floats, Session, type FloatArray, type NdArray } from '../graph';
import type { AdamWOptions } from './adamw';
import { groupByLength, makeBatch, type Batch, type LossWeights } from './batches';
import { initialWeights } from './initialise';
import { evaluationStep, trainedWeights, trainingStep } from './lm-graph';
import { probeNames } from './probes';
import { Random } from './random';
import type { Sample } from './samples';

export interface Schedule {
  /** Steps in all. */
  steps: number;
  warmup: number;
  rate: number;
  /** Where the cosine ends. */
  finalRate: number;
}

/** Linear warm-up, then a cosine from `rate` to `finalRate`; `step` counts from 0. */
export function learningRate({ steps, warmup, rate, finalRate }: Schedule, step: number): number {
  if (step < warmup) return (rate * (step + 1)) / warmup;
  const progress = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
  return finalRate + 0.5 * (rate - finalRate) * (1 + Math.cos(Math.PI * progress));
}

export interface TrainOptions {
  architecture: Architecture;
  /** Where checkpoints and the log go. */
  folder: string;
  seed: number | string;
  schedule: Schedule;
  adamW: AdamWOptions;
  lossWeights: LossWeights;
  /** Tokens of a batch with its padding. */
  batchTokens: number;
  threads?: number;
  /** The samples of one round of data, or undefined when there are no more rounds. */
  round: (index: number) => Promise<readonly Sample[] | undefined>;
  /** Labelled samples that are only measured. */
  validation?: readonly Sample[];
  validateEvery?: number;
  checkpointEvery?: number;
  logEvery?: number;
  onProgress?: (entry: LogEntry) => void;
  signal?: AbortSignal;
}

/** One line of log.jsonl: means since the previous one. */
export interface LogEntry {
  step: number;
  steps: number;
  tokens: number;
  rate: number;
  loss: number;
  codeLoss: number;
  labelLoss: number;
  labelAccuracy: number;
  /** Of the probes. */
  syntaxLoss: number;
  typeLoss: number;
  lineLoss: number;
  gradientNorm: number;
  tokensPerSecond: number;
  validationLoss?: number;
  validationAccuracy?: number;
}

interface Position {
  step: number;
  tokens: number;
  round: number;
  /** Batches of the round already used. */
  batch: number;
}

/** Trains until the schedule or the data ends, going on from the folder's checkpoint if there is one. Returns the weights. */
export async function trainLanguageModel(options: TrainOptions): Promise<Map<string, Float32Array>> {
  const { architecture, folder, schedule, adamW, seed, threads, signal } = options;
  const { validateEvery = 500, checkpointEvery = 500, logEvery = 20 } = options;
  await mkdir(folder, { recursive: true });
  const session = await Session.open(trainingStep(architecture, adamW), { threads, alone: true });
  const validator = options.validation && (await Session.open(evaluationStep(architecture), { threads }));
  const saved = await loadCheckpoint(architecture, folder);
  const state = saved?.state ?? initialState(architecture, seed);
  const position = saved?.position ?? { step: 0, tokens: 0, round: 0, batch: 0 };
  const meter = new Meter();

  while (position.step < schedule.steps && !signal?.aborted) {
    const samples = await options.round(position.round);
    if (!samples) break;
    const random = new Random(`${seed}/round/${position.round}`);
    const groups = groupByLength(samples, options.batchTokens, random);
    for (; position.batch < groups.length && position.step < schedule.steps && !signal?.aborted; position.batch++) {
      const batch = makeBatch(groups[position.batch], options.lossWeights, new Random(`${seed}/batch/${position.step}`));
      const rate = learningRate(schedule, position.step);
      const results = await session.run({ ...state, ...batch.feeds, ...optimizerScalars(rate, position.step, adamW) });
      for (const name of Object.keys(state)) state[name] = results[`new/${name}`] as FloatArray;
      position.step++;
      position.tokens += batch.tokens;
      meter.add(batch, results);
      if (position.step % logEvery === 0 || position.step === schedule.steps) {
        const entry: LogEntry = { ...meter.take(), step: position.step, steps: schedule.steps, tokens: position.tokens, rate };
        if (validator && (position.step % validateEvery === 0 || position.step === schedule.steps)) {
          const measured = await validate(validator, architecture, state, options.validation!, options.batchTokens);
          Object.assign(entry, { validationLoss: measured.loss, validationAccuracy: measured.accuracy });
          meter.restart();
        }
        await appendFile(path.join(folder, 'log.jsonl'), `${JSON.stringify(entry)}\n`);
        options.onProgress?.(entry);
      }
      if (position.step % checkpointEvery === 0) {
        await saveCheckpoint(architecture, folder, state, { ...position, batch: position.batch + 1 });
      }
    }
    if (position.batch === groups.length) Object.assign(position, { round: position.round + 1, batch: 0 });
  }
  await saveCheckpoint(architecture, folder, state, position);
  await session.release();
  await validator?.release();
  return new Map([...architecture.weights.keys()].map((name) => [name, state[name].data]));
}

type State = Record<string, FloatArray>;
const MOMENTS = ['mean', 'variance'] as const;

function initialState(architecture: Architecture, seed: number | string): State {
  const state: State = {};
  const initial = initialWeights(architecture, seed);
  for (const [name, shape] of trainedWeights(architecture)) {
    const data = initial.get(name) ?? new Float32Array(shape.reduce((a, b) => a * b, 1)); // probes start at zero
    state[name] = floats(data, shape);
    for (const moment of MOMENTS) state[`${name}/${moment}`] = floats(new Float32Array(data.length), shape);
  }
  return state;
}

function optimizerScalars(rate: number, step: number, { beta1, beta2 }: AdamWOptions): Record<string, NdArray> {
  const one = (value: number) => floats(Float32Array.of(value), []);
  return { rate: one(rate), meanCorrection: one(1 - beta1 ** (step + 1)), varianceCorrection: one(1 - beta2 ** (step + 1)) };
}

/** Mean cross-entropy and accuracy of the answers of labelled samples. */
async function validate(session: Session, architecture: Architecture, state: State, samples: readonly Sample[], batchTokens: number) {
  const weights = Object.fromEntries([...trainedWeights(architecture).keys()].map((name) => [name, state[name]]));
  let [loss, right, count] = [0, 0, 0];
  for (const group of groupByLength(samples, batchTokens, new Random(0))) {
    const { feeds } = makeBatch(group, { codeFraction: 0, code: 0, label: 1, message: 0, syntax: 0, type: 0, line: 0 }, new Random(0));
    const { losses, predicted } = await session.run({ ...weights, ...feeds });
    losses.data.forEach((value: number | bigint) => (loss += Number(value)));
    predicted.data.forEach((value: number | bigint, i: number) => (right += Number(value) === feeds.targets.data[i] ? 1 : 0));
    count += losses.data.length;
  }
  return { loss: loss / count, accuracy: right / count };
}

async function saveCheckpoint(architecture: Architecture, folder: string, state: State, position: Position): Promise<void> {
  const parts = [...trainedWeights(architecture)].flatMap(([name, shape]) =>
    [name, ...MOMENTS.map((moment) => `${name}/${moment}`)].map((part) => ({ name: part, shape, data: state[part].data })),
  );
  // The folder is written anew and swapped in, so that an interruption leaves the old checkpoint or the new one.
  const [target, fresh, old] = ['checkpoint', 'checkpoint.new', 'checkpoint.old'].map((name) => path.join(folder, name));
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh);
  await writeSafetensors(path.join(fresh, 'model.safetensors'), parts);
  await writeFile(path.join(fresh, 'position.json'), JSON.stringify(position));
  await rm(old, { recursive: true, force: true });
  await rename(target, old).catch(() => undefined); // there is none yet
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
}

async function loadCheckpoint(architecture: Architecture, folder: string): Promise<{ state: State; position: Position } | undefined> {
  const target = path.join(folder, 'checkpoint');
  const text = await readFile(path.join(target, 'position.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const checkpoint = await openCheckpoint(target);
  const state: State = {};
  for (const [name, shape] of trainedWeights(architecture)) {
    for (const part of [name, ...MOMENTS.map((moment) => `${name}/${moment}`)]) {
      const tensor = checkpoint.tensors.get(part);
      if (!tensor || tensor.shape.join() !== shape.join()) {
        throw new Error(`${target}: '${part}' is missing or has another shape. Train into another folder, or delete this one.`);
      }
      state[part] = floats(await readTensor(tensor), shape);
    }
  }
  return { state, position: JSON.parse(text) as Position };
}

/** Means over the steps since the last log line. */
class Meter {
  private started = performance.now();
  private steps = 0;
  private tokens = 0;
  private loss = 0;
  private gradientNorm = 0;
  private probes = { syntax: 0, type: 0, line: 0 };
  private sums = { code: [0, 0], label: [0, 0], right: 0 };

  add(batch: Batch, results: Record<string, NdArray>): void {
    this.steps++;
    this.tokens += batch.tokens;
    this.loss += Number(results.loss.data[0]);
    this.gradientNorm += Number(results.gradientNorm.data[0]);
    for (const name of probeNames()) this.probes[name] += Number(results[`${name}/loss`].data[0]);
    batch.kinds.forEach((kind, i) => {
      if (kind !== 'code' && kind !== 'label') return;
      this.sums[kind][0] += Number(results.losses.data[i]);
      this.sums[kind][1]++;
      if (kind === 'label' && results.predicted.data[i] === batch.feeds.targets.data[i]) this.sums.right++;
    });
  }

  take() {
    const { code, label, right } = this.sums;
    const entry = {
      loss: this.loss / this.steps,
      gradientNorm: this.gradientNorm / this.steps,
      syntaxLoss: this.probes.syntax / this.steps,
      typeLoss: this.probes.type / this.steps,
      lineLoss: this.probes.line / this.steps,
      codeLoss: code[0] / code[1],
      labelLoss: label[0] / label[1],
      labelAccuracy: right / label[1],
      tokensPerSecond: this.tokens / ((performance.now() - this.started) / 1000),
    };
    this.restart();
    return entry;
  }

  restart(): void {
    this.started = performance.now();
    [this.steps, this.tokens, this.loss, this.gradientNorm] = [0, 0, 0, 0];
    this.probes = { syntax: 0, type: 0, line: 0 };
    this.sums = { code: [0, 0], label: [0, 0], right: 0 };
  }
}
