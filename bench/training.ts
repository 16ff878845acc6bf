/** Training speed of the embedded model's recipe. */
import { architectureFor } from '../src/architectures';
import { floats, Session, type NdArray } from '../src/graph';
import { makeBatch } from '../src/training/lm/batches';
import { trainingStep } from '../src/training/lm/graph';
import { freshState } from '../src/training/lm/state';
import { Random } from '../src/corpus/random';
import { configOf, type Recipe } from '../src/training/lm/recipe';
import type { Sample } from '../src/training/lm/samples';
import { best } from './timing';

export interface TrainingFigures {
  parameters: number;
  batch: string;
  tokensPerSecond: number;
}

export async function benchTraining(recipe: Recipe, threads: number): Promise<TrainingFigures> {
  const architecture = architectureFor(configOf(recipe));
  const { training } = recipe;
  const session = await Session.open(trainingStep(architecture, training), { threads, alone: true });
  const length = 80;
  const rows = Math.floor(training.batchTokens / length);
  const random = new Random(1);
  const samples = Array.from({ length: rows }, (): Sample => ({
    ids: Uint16Array.from({ length }, () => random.int(3, architecture.shape.vocabulary - 1)),
    kinds: Uint8Array.from({ length }, (_, i) => (i === 0 ? 0 : i < 60 ? 1 : i === 60 ? 2 : 3)),
  }));
  const state: Record<string, NdArray> = freshState(architecture, training, 1);
  let parameters = 0;
  for (const name of architecture.weights.keys()) parameters += state[name].data.length;
  const one = floats(Float32Array.of(1e-3), []);
  const seconds = await best(8, async () => {
    const { feeds } = makeBatch(samples, training.lossWeights, random);
    const scalars = { rate: one, ...(training.muon && { matrixRate: one }), meanCorrection: one, varianceCorrection: one };
    const results = await session.run({ ...state, ...feeds, ...scalars });
    for (const name of Object.keys(state)) state[name] = results[`new/${name}`];
  });
  await session.release();
  return { parameters, batch: `${rows} × ${length}`, tokensPerSecond: (rows * length) / seconds };
}
