import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { saeLearningRate, trainSaes, type SaeSettings, type SaeTrainOptions } from '../../../src/training/sae/train';
import { saeCurvesSvg, readSaeLog } from '../../../src/training/sae/curve';
import { floats, Session } from '../../../src/graph';
import { Random } from '../../../src/corpus/random';
import type { Round } from '../../../src/training/sae/activations';
import { saeEncoder, saeWeights } from '../../../src/training/sae/graph';
import type { TrainedSae } from '../../../src/training/sae/state';
import { activationStatistics, geometricMedian } from '../../../src/training/sae/initialise';
import { expectClose } from '../../model/close';
import { Features, settings, SITE } from './synthetic';

const SIZE = 16;
const COUNT = 24;
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function options(changes: Partial<SaeSettings> = {}): Promise<SaeTrainOptions> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-sae-'));
  folders.push(folder);
  return {
    trainees: new Map([[SITE, { site: SITE, size: SIZE }]]),
    settings: { ...settings, ...changes },
    rounds: (from) => new Features(SIZE, COUNT, 2, from),
    seed: 5,
    folder,
    threads: 1,
    logEvery: 50,
    checkpointEvery: 7,
  };
}

/** For each direction the largest cosine with a row [latents, SIZE]. */
function bestCosines(rows: Float32Array): number[] {
  return new Features(SIZE, COUNT, 2).directions.map((direction) => {
    let best = 0;
    for (let row = 0; row < rows.length / SIZE; row++) {
      best = Math.max(best, direction.reduce((sum, value, i) => sum + value * rows[row * SIZE + i], 0));
    }
    return best;
  });
}

describe.each(['topk', 'jumprelu', 'batchtopk'] as const)('%s', (architecture) => {
  test('finds the features that the activations are made of', async () => {
    const run = await options({ architecture });
    const { weights } = (await trainSaes(run)).get(SITE)!;
    const cosines = bestCosines(weights.get('W_dec')!);
    expect(cosines.filter((cosine) => cosine > 0.9).length).toBeGreaterThan(0.8 * COUNT);
    for (let latent = 0; latent < settings.latents; latent++) {
      expect(Math.hypot(...weights.get('W_dec')!.subarray(latent * SIZE, (latent + 1) * SIZE))).toBeCloseTo(1, 4);
    }
    const log = readSaeLog(await readFile(path.join(run.folder, 'log.jsonl'), 'utf8')).get(SITE)!;
    expect(log.at(-1)).toMatchObject({ step: 1500, steps: 1500, tokens: 96_000 });
    expect(log.at(-1)!.unexplained).toBeLessThan(0.3 * log[0].unexplained);
    expect(Math.abs(log.at(-1)!.active - 2)).toBeLessThan(0.7);
  });

  test('the same seed gives the same weights, stopped in between or not', async () => {
    const short = { architecture, tokens: 64 * 150, buffer: 3000, deadAfter: 1000 };
    const whole = (await trainSaes(await options(short))).get(SITE)!;
    const stopped = await options(short);
    const stop = new AbortController();
    await trainSaes({ ...stopped, signal: stop.signal, logEvery: 60, onProgress: ({ step }) => step === 60 && stop.abort() });
    const { position } = JSON.parse(await readFile(path.join(stopped.folder, 'checkpoint/position.json'), 'utf8'));
    expect(position).toMatchObject({ step: 60, batch: 60 % Math.floor(3000 / 64) });
    const resumed = (await trainSaes(stopped)).get(SITE)!;
    for (const [name, data] of whole.weights) expectClose(resumed.weights.get(name)!, data, name, 1e-6);
    const other = (await trainSaes({ ...(await options(short)), seed: 6 })).get(SITE)!;
    expect(other.weights.get('W_dec')).not.toEqual(whole.weights.get('W_dec'));
  });
});

describe('a feature that nearly all activations have', () => {
  /** The first feature is there at nine rows in ten, in any strength; the others as before. */
  class Dense extends Features {
    override async next(rows: number): Promise<Round> {
      const round = await super.next(rows);
      const data = round.activations.get(SITE)!;
      const random = new Random(`dense ${this.cursor.file}`);
      for (let row = 0; row < rows; row++) {
        const strength = random.chance(0.9) ? 8 * random.float() : 0;
        this.directions[0].forEach((value, i) => (data[row * SIZE + i] += strength * value));
      }
      return round;
    }
  }

  /** The share of fresh rows at which each latent is active. */
  async function densities({ shape, statistics, weights }: TrainedSae): Promise<number[]> {
    const { activations } = await new Dense(SIZE, COUNT, 2, { file: 99, next: 0 }).next(2000);
    const x = activations.get(SITE)!.map((value) => value * statistics.scale);
    const session = await Session.open(saeEncoder(shape));
    const given = { ...Object.fromEntries([...saeWeights(shape)].map(([name, size]) => [name, floats(weights.get(name)!, size)])), x: floats(x, [2000, SIZE]) };
    const { activations: found } = await session.run(Object.fromEntries([...session.inputs.keys()].map((name) => [name, given[name as 'x']])));
    await session.release();
    return Array.from({ length: shape.latents }, (_, latent) => {
      let active = 0;
      for (let row = 0; row < 2000; row++) active += Number((found.data as Float32Array)[row * shape.latents + latent] > 0);
      return active / 2000;
    });
  }

  test('makes a dense latent, unless the cap keeps it from that; dead ones are left out', async () => {
    const trained = async (changes: Partial<SaeSettings>) =>
      (await trainSaes({ ...(await options({ architecture: 'batchtopk', active: 3, tokens: 64 * 600, ...changes })), rounds: (from) => new Dense(SIZE, COUNT, 2, from) })).get(SITE)!;
    const free = await densities(await trained({}));
    expect(Math.max(...free)).toBeGreaterThan(0.35);
    const capped = await trained({ cap: 0.15, prune: true });
    const found = await densities(capped);
    expect(Math.max(...found)).toBeLessThan(0.2);
    expect(found.reduce((a, b) => a + b, 0)).toBeCloseTo(3, 0);
    expect(found.filter((density) => density === 0).length).toBeLessThan(0.1 * found.length);
    expect(capped.weights.get('W_dec')).toHaveLength(capped.shape.latents * SIZE);
  });
});

test('a checkpoint of other settings is refused', async () => {
  const run = await options({ tokens: 640 });
  await trainSaes(run);
  await expect(trainSaes({ ...run, settings: { ...run.settings, latents: 20 } })).rejects.toThrow('is of other sites or settings');
});

test('the learning rate warms up, stays, and falls to 0 over the last fifth', () => {
  const rates = [0, 49, 50, 799, 800, 900, 999].map((step) => saeLearningRate(1, step, 1000));
  expect(rates).toEqual([0.02, 1, 1, 1, 1, 0.5, 0.005]);
});

test('activations are scaled to a mean norm of √size; the variance is about their mean', () => {
  const rows = Float32Array.of(3, 4, 0, 10, 6, 8);
  const { scale, variance } = activationStatistics(rows, 2, Float32Array.of(1, 1, 2));
  expect(scale).toBeCloseTo(Math.SQRT2 / (25 / 3), 6);
  const mean = [15 / 4, 30 / 4];
  const squares = [[3, 4, 1], [0, 10, 1], [6, 8, 2]].map(([x, y, weight]) => weight * ((x - mean[0]) ** 2 + (y - mean[1]) ** 2));
  expect(variance).toBeCloseTo((scale ** 2 * squares.reduce((a, b) => a + b)) / 4, 5);
});

test('the geometric median is not moved by an outlier', () => {
  const [x, y] = geometricMedian(Float32Array.of(0, 0, 1, 0, 0, 1, -1, 0, 0, -1, 500, 500), 2);
  expect(Math.hypot(x, y)).toBeLessThan(0.5);
});

test('curves: one line a site in each panel, and a log that went on from a checkpoint', () => {
  const entry = (site: string, step: number, unexplained: number) =>
    JSON.stringify({ site, step, steps: 4, tokens: step * 1e5, rate: 1, loss: unexplained, unexplained, active: 3, dead: 0, gradientNorm: 1, tokensPerSecond: 1 });
  const log = readSaeLog([entry('blocks.0.a', 1, 0.9), entry('blocks.1.a', 1, 0.8), entry('blocks.0.a', 2, 0.5), entry('blocks.0.a', 2, 0.4), '{"cut'].join('\n'));
  expect(log.get('blocks.0.a')!.map(({ unexplained }) => unexplained)).toEqual([0.9, 0.4]);
  const svg = saeCurvesSvg(log);
  expect(svg.match(/<polyline/g)).toHaveLength(8);
  expect(svg).toContain('blocks.1.a');
});
