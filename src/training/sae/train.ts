/** Training sparse autoencoders: activations of the model, batch by batch, through each site's training step. */
import { appendFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { floats, ints, Session, type FloatArray, type NdArray } from '../../graph';
import type { AdamWOptions } from '../adamw';
import { Random } from '../../corpus/random';
import type { Round, RoundSource, RowChoice } from './activations';
import { loadSaeCheckpoint, saveSaeCheckpoint } from './checkpoint';
import { auxiliaryActive, auxiliaryCandidates, saeTrainingStep, saeWeights, type SaeArchitecture, type SaeShape } from './graph';
import { activationStatistics, initialSae } from './initialise';
import { Meter, type SaeLogEntry, type StepResult } from './log';
import type { Cursor } from './prompts';
import { finishSae } from './finish';
import type { SaePosition, SaeState, Selection, TrainedSae } from './state';

export interface SaeSettings {
  architecture: SaeArchitecture;
  latents: number;
  /** Active latents a token: TopK's k, BatchTopK's mean, or the mean that JumpReLU is trained towards. */
  active: number;
  /** BatchTopK: shares of the latents that have to reconstruct the activation on their own too (Matryoshka); none by default. */
  prefixes?: readonly number[];
  /** BatchTopK: the share of all tokens at which a latent is active at most; 1 lets all be as dense as they will. */
  cap?: number;
  /** Whether dead latents are left out of what is trained. */
  prune?: boolean;
  /** How much of a latent's first direction is that of an activation; the rest is random. */
  fromData?: number;
  bandwidth: number;
  /** How much straying from that mean costs once warmed up; JumpReLU only. */
  sparsity: number;
  /** Activations that each autoencoder learns from. */
  tokens: number;
  batch: number;
  /** Activations a site that are read at once and shuffled. */
  buffer: number;
  rate: number;
  adam: AdamWOptions;
  /** A latent is dead when it was not active in this many activations. */
  deadAfter: number;
  /** How much the auxiliary loss counts (Gao et al. 2024 take 1/32). */
  auxiliary: number;
  rows: RowChoice;
}

/** What may differ from site to site. */
export type SaeChoice = Partial<Pick<SaeSettings, 'architecture' | 'latents' | 'active' | 'prefixes' | 'cap' | 'auxiliary' | 'fromData' | 'prune'>>;

/** An autoencoder to train: the site that it reads, the size of its activations, and where it differs from the common settings. */
export interface Trainee {
  site: string;
  size: number;
  choice?: SaeChoice;
}

export interface SaeTrainOptions {
  /** By a name of their own; several may read one site. */
  trainees: ReadonlyMap<string, Trainee>;
  settings: SaeSettings;
  /** Activations from a place in the data on. */
  rounds: (from: Cursor) => RoundSource;
  seed: number | string;
  /** Where checkpoints and the log go. */
  folder: string;
  threads?: number;
  logEvery?: number;
  checkpointEvery?: number;
  onProgress?: (entry: SaeLogEntry) => void;
  signal?: AbortSignal;
}

const WARM_UP = 0.05;
const DECAY = 0.2;
/** Share of the steps in which JumpReLU's sparsity penalty grows to its full size. */
const SPARSITY_WARM_UP = 0.1;

/** Linear warm-up over the first twentieth, then constant, then linear to 0 over the last fifth; `step` counts from 0. */
export function saeLearningRate(rate: number, step: number, steps: number): number {
  return rate * Math.min(1, (step + 1) / Math.max(1, WARM_UP * steps), (steps - step) / Math.max(1, DECAY * steps));
}

/** Trains until all tokens are used, going on from the folder's checkpoint if there is one; by the trainees' names. */
export async function trainSaes(options: SaeTrainOptions): Promise<Map<string, TrainedSae>> {
  const { trainees, settings: common, seed, folder, threads, signal, logEvery = 50, checkpointEvery = 500 } = options;
  await mkdir(folder, { recursive: true });
  const settingsOf = (name: string): SaeSettings => ({ ...common, ...trainees.get(name)!.choice });
  const settings = common;
  const shapes = new Map([...trainees].map(([name, { size }]) => [name, shapeFor(settingsOf(name), size)]));
  const saved = await loadSaeCheckpoint(folder, shapes);
  const states = saved?.states ?? new Map<string, SaeState>();
  const position: SaePosition = saved?.position ?? { step: 0, cursor: { file: 0, next: 0 }, batch: 0 };
  const steps = Math.ceil(settings.tokens / settings.batch);
  const trainers = new Trainers(settings.batch, settings.adam, steps, seed, threads);
  const rounds = options.rounds(position.cursor);
  const meter = new Meter(steps, settings.batch);
  let round: Round | undefined;

  while (position.step < steps && !signal?.aborted) {
    position.cursor = rounds.cursor;
    round = await rounds.next(settings.buffer);
    for (const [name, shape] of shapes) {
      if (!states.has(name)) states.set(name, await initialState(shape, round, trainees.get(name)!.site, seed, settingsOf(name).fromData));
    }
    const { file, next } = position.cursor;
    const order = permutation(round.weights.length, new Random(`${seed}/order/${file}/${next}`));
    const batches = Math.floor(order.length / settings.batch);
    if (batches === 0) throw new Error(`A buffer of ${order.length} activations does not fill a batch of ${settings.batch}.`);
    for (; position.batch < batches && position.step < steps && !signal?.aborted; position.batch++) {
      const rows = order.subarray(position.batch * settings.batch, (position.batch + 1) * settings.batch);
      for (const [name, state] of states) {
        meter.add(name, await trainers.step(state, trainees.get(name)!.site, settingsOf(name), round, rows, position.step));
      }
      position.step++;
      if (position.step % logEvery === 0 || position.step === steps) {
        const rate = saeLearningRate(settings.rate, position.step - 1, steps);
        const entries = [...states].map(([site, state]) => meter.entry(site, position.step, rate, deadShare(state, settings)));
        await appendFile(path.join(folder, 'log.jsonl'), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
        entries.forEach((entry) => options.onProgress?.(entry));
        meter.restart();
      }
      if (position.step % checkpointEvery === 0) await saveSaeCheckpoint(folder, states, { ...position, batch: position.batch + 1 });
    }
    // Stopped in its midst, a round is read again; used up, the next one follows.
    if (position.batch === batches) Object.assign(position, { cursor: rounds.cursor, batch: 0 });
  }
  await saveSaeCheckpoint(folder, states, position);
  await trainers.release();
  if (signal?.aborted) return new Map();
  const last = round ?? (await options.rounds(position.cursor).next(settings.batch));
  const trained = new Map<string, TrainedSae>();
  for (const [name, state] of states) {
    const { cap = 1, deadAfter, prune = false } = settingsOf(name);
    trained.set(name, await finishSae(state, last, { site: trainees.get(name)!.site, cap, deadAfter, prune }));
  }
  return trained;
}

function shapeFor({ architecture, latents, active, bandwidth, prefixes = [] }: SaeSettings, inputs: number): SaeShape {
  if (active > latents) throw new Error(`Of ${latents} latents no ${active} can be active.`);
  if (prefixes.length > 0 && architecture !== 'batchtopk') throw new Error('Nested dictionaries are trained with the architecture batchtopk.');
  const counts = prefixes.map((share) => Math.max(1, Math.round(share * latents)));
  return { architecture, inputs, latents, active, bandwidth, ...(counts.length > 0 && { prefixes: counts }) };
}

async function initialState(shape: SaeShape, round: Round, site: string, seed: number | string, fromData = 0): Promise<SaeState> {
  const rows = round.activations.get(site)!;
  const statistics = activationStatistics(rows, shape.inputs, round.weights);
  const scaled = rows.subarray(0, 4096 * shape.inputs).map((value) => value * statistics.scale);
  const weights = await initialSae(shape, scaled, `${seed}/${site}`, fromData);
  const values: Record<string, FloatArray> = {};
  for (const [name, size] of saeWeights(shape)) {
    const data = weights.get(name)!;
    values[name] = floats(data, size);
    for (const moment of ['mean', 'variance']) values[`${name}/${moment}`] = floats(new Float32Array(data.length), size);
  }
  const perLatent = () => new Float32Array(shape.latents);
  return { shape, statistics, values, idle: perLatent(), selection: { frequency: perLatent(), lift: perLatent() } };
}

function deadShare({ idle }: SaeState, { deadAfter }: SaeSettings): number {
  return idle.reduce((dead, tokens) => dead + (tokens >= deadAfter ? 1 : 0), 0) / idle.length;
}

/** The training sessions. Weights are inputs, so autoencoders of one shape share a session. */
class Trainers {
  private readonly sessions = new Map<string, Promise<Session>>();

  constructor(
    private readonly batch: number,
    private readonly adam: AdamWOptions,
    private readonly steps: number,
    private readonly seed: number | string,
    private readonly threads?: number,
  ) {}

  async step(state: SaeState, site: string, settings: SaeSettings, round: Round, rows: Uint32Array, step: number): Promise<StepResult> {
    const { steps } = this;
    const { shape, statistics, values, idle, selection } = state;
    const dead: number[] = [];
    idle.forEach((tokens, latent) => tokens >= settings.deadAfter && dead.push(latent));
    const withAuxiliary = dead.length > 0 && settings.auxiliary > 0;
    const session = await this.session(shape, withAuxiliary);
    const sparsity = settings.sparsity * Math.min(1, (step + 1) / Math.max(1, SPARSITY_WARM_UP * steps));
    const auxiliary = settings.auxiliary * Math.min(1, dead.length / auxiliaryActive(shape));
    const results = await session.run({
      ...values,
      ...batchOf(round, site, rows, shape.inputs, statistics.scale),
      variance: one(statistics.variance),
      rate: one(saeLearningRate(settings.rate, step, steps)),
      meanCorrection: one(1 - settings.adam.beta1 ** (step + 1)),
      varianceCorrection: one(1 - settings.adam.beta2 ** (step + 1)),
      ...(shape.architecture === 'jumprelu' && { sparsity: one(sparsity) }),
      ...(shape.architecture === 'batchtopk' && { lift: floats(selection.lift, [shape.latents]) }),
      ...(withAuxiliary && { ...candidates(shape, new Random(`${this.seed}/dead/${site}/${step}`).shuffle(dead)), auxiliaryScale: one(auxiliary) }),
    });
    for (const name of Object.keys(values)) values[name] = results[`new/${name}`] as FloatArray;
    const largest = results.largest.data as Float32Array;
    for (let latent = 0; latent < idle.length; latent++) idle[latent] = largest[latent] > 0 ? 0 : idle[latent] + rows.length;
    follow(selection, results, settings.cap ?? 1, step);
    const [loss, unexplained, active, gradientNorm] = ['loss', 'unexplained', 'active', 'gradientNorm'].map((name) => Number(results[name].data[0]));
    if (!Number.isFinite(loss)) throw new Error(`The loss of ${site} is no longer a number at step ${step + 1}. Train with a smaller --rate.`);
    return { loss, unexplained, active, gradientNorm };
  }

  private session(shape: SaeShape, auxiliary: boolean): Promise<Session> {
    const key = `${JSON.stringify(shape)} ${auxiliary}`;
    if (!this.sessions.has(key)) {
      const step = saeTrainingStep(shape, this.adam, auxiliary, this.batch);
      this.sessions.set(key, Session.open(step, { threads: this.threads, alone: true }));
    }
    return this.sessions.get(key)!;
  }

  async release(): Promise<void> {
    for (const session of this.sessions.values()) await (await session).release();
  }
}

/** How much of the running mean of frequencies a batch is. */
const FREQUENCY_PART = 0.05;
/** By how much a latent's lift grows a step, in units of the normalised activation, for each unit of frequency above the cap. */
const LIFT_RATE = 0.5;

/**
 * The running mean of each frequency, and the lifts that keep frequencies under the cap: a latent above it has to exceed the
 * others by a little more from step to step, until it no longer is (as experts are balanced by Wang et al. 2024, without a loss).
 */
function follow({ frequency, lift }: Selection, results: Record<string, NdArray>, cap: number, step: number): void {
  const now = results.frequency.data as Float32Array;
  for (let latent = 0; latent < frequency.length; latent++) {
    frequency[latent] += (step === 0 ? 1 : FREQUENCY_PART) * (now[latent] - frequency[latent]);
    if (cap < 1) lift[latent] = Math.max(0, lift[latent] + LIFT_RATE * (frequency[latent] - cap));
  }
}

const one = (value: number) => floats(Float32Array.of(value), []);

/** Rows of a round as feeds: scaled activations, and weights that sum to 1. */
function batchOf(round: Round, site: string, rows: Uint32Array, size: number, scale: number): Record<string, NdArray> {
  const source = round.activations.get(site)!;
  const x = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    for (let j = 0; j < size; j++) x[i * size + j] = scale * source[row * size + j];
  });
  return { x: floats(x, [rows.length, size]), rowWeights: normalised(round.weights, rows), shares: normalised(round.shares, rows) };
}

function normalised(values: Float32Array, rows: Uint32Array): FloatArray {
  const own = Float32Array.from(rows, (row) => values[row]);
  const total = own.reduce((sum, value) => sum + value, 0);
  return floats(own.map((value) => value / total), [rows.length]);
}

/** The latents that an auxiliary loss is about; a short list is filled up with entries that stay hidden. */
function candidates(shape: SaeShape, dead: readonly number[]): Record<string, NdArray> {
  const count = auxiliaryCandidates(shape);
  const list = Int32Array.from({ length: count }, (_, i) => dead[i] ?? 0);
  return { candidates: ints(list, [count]), hidden: floats(Float32Array.from(list, (_, i) => (i < dead.length ? 0 : -1e30)), [count]) };
}

function permutation(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.int(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}
