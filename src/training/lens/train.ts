/** Training a tuned lens: each layer's translator learns to bring the model's last prediction out of its residual stream. */
import { floats, Session, type FloatArray } from '../../graph';
import { identityTranslator, translatedSites, type Translator } from '../../methods/lenses/tuned-lens';
import type { Model } from '../../model';
import { Random } from '../../corpus/random';
import { blockSite, siteName, type Site } from '../../vocabulary/sites';
import type { AdamWOptions } from '../adamw';
import type { Round, RoundSource } from '../sae/activations';
import { saeLearningRate } from '../sae/train';
import { lensTrainingStep, translatorShapes } from './graph';

export interface LensSettings {
  steps: number;
  /** Tokens of a step. */
  batch: number;
  /** Tokens that are read at once and shuffled. */
  buffer: number;
  /** Adam's rate, warmed up and down as for SAEs. */
  rate: number;
  adam: AdamWOptions;
  seed: number | string;
}

export interface LensLogEntry {
  step: number;
  steps: number;
  /** By layer, the mean KL(model ‖ lens) in nats since the last entry, weighted as it is trained on. */
  losses: number[];
}

export interface LensTrainOptions {
  threads?: number;
  logEvery?: number;
  onProgress?: (entry: LensLogEntry) => void;
  signal?: AbortSignal;
}

/** What a round has to hold: what the translators read, and the last residual stream. */
export function lensTrainingSites(model: Model): Site[] {
  return [...translatedSites(model), finalSite(model)];
}

function finalSite({ shape: { layers } }: Model): Site {
  return blockSite(layers - 1, 'hook_resid_post');
}

/** Trains all translators from the identity on. @throws when it is stopped, or a loss is no number any more */
export async function trainLens(
  model: Model,
  rounds: RoundSource,
  settings: LensSettings,
  options: LensTrainOptions = {},
): Promise<Translator[]> {
  const { steps, batch, buffer, rate, adam, seed } = settings;
  const { threads, logEvery = 50, onProgress, signal } = options;
  const { width, layers } = model.shape;
  const names = translatedSites(model).map(siteName);
  const final = siteName(finalSite(model));
  const { folder, ...graph } = lensTrainingStep(model, adam);
  const session = await Session.open(graph, { folder, threads, alone: true });
  const states = names.map(() => initialState(width));
  const sums = new Float64Array(layers);
  let since = 0;
  try {
    for (let step = 0, number = 0; step < steps; number++) {
      const round: Round = await rounds.next(Math.max(buffer, batch));
      const order = new Random(`${seed}/order/${number}`).shuffle(Array.from({ length: round.weights.length }, (_, i) => i));
      for (let at = 0; at + batch <= order.length && step < steps; at += batch, step++) {
        signal?.throwIfAborted();
        const chosen = order.slice(at, at + batch);
        const scalars = {
          rate: one(saeLearningRate(rate, step, steps)),
          meanCorrection: one(1 - adam.beta1 ** (step + 1)),
          varianceCorrection: one(1 - adam.beta2 ** (step + 1)),
        };
        const counts = floats(Float32Array.from(chosen, (row) => round.weights[row]), [chosen.length]);
        const target = rowsOf(round, final, chosen, width);
        for (const [layer, name] of names.entries()) {
          const state = states[layer];
          const results = await session.run({ ...state, ...scalars, rows: rowsOf(round, name, chosen, width), final: target, counts });
          for (const key of Object.keys(state)) state[key] = results[`new/${key}`] as FloatArray;
          const loss = Number(results.loss.data[0]);
          if (!Number.isFinite(loss)) throw new Error(`The loss of layer ${layer} is no longer a number at step ${step + 1}. Train with a smaller --rate.`);
          sums[layer] += loss;
        }
        since++;
        if ((step + 1) % logEvery !== 0 && step + 1 !== steps) continue;
        onProgress?.({ step: step + 1, steps, losses: Array.from(sums, (sum) => sum / since) });
        sums.fill(0);
        since = 0;
      }
    }
  } finally {
    await session.release();
  }
  return states.map(({ weight, bias }) => ({ weight, bias }));
}

/** A translator with Adam's moments. */
type State = Record<string, FloatArray> & Translator;

function initialState(width: number): State {
  const moments = [...translatorShapes(width)].flatMap(([name, shape]) =>
    ['mean', 'variance'].map((moment) => [`${name}/${moment}`, floats(new Float32Array(shape.reduce((a, b) => a * b)), shape)] as const),
  );
  return { ...identityTranslator(width), ...Object.fromEntries(moments) };
}

const one = (value: number) => floats(Float32Array.of(value), []);

function rowsOf({ activations }: Round, site: string, chosen: readonly number[], width: number): FloatArray {
  const source = activations.get(site)!;
  const rows = new Float32Array(chosen.length * width);
  chosen.forEach((row, i) => rows.set(source.subarray(row * width, (row + 1) * width), i * width));
  return floats(rows, [chosen.length, width]);
}
