import { describe, expect, test } from 'vitest';
import { floats, ints, Session, type FloatArray, type NdArray } from '../../../src/graph';
import { auxiliaryActive, auxiliaryCandidates, saeReconstruction, saeTrainingStep, saeWeights, type SaeShape } from '../../../src/training/sae/graph';
import { randomFloats } from '../../graph/check';
import { expectClose } from '../../model/close';

const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clipNorm: 1e6 };
const SHAPES: SaeShape[] = [
  { architecture: 'topk', inputs: 6, latents: 10, active: 3, bandwidth: 0.2 },
  { architecture: 'jumprelu', inputs: 6, latents: 10, active: 3, bandwidth: 0.2 },
];
const ROWS = 12;

function weightsOf(shape: SaeShape): Record<string, FloatArray> {
  const weights = Object.fromEntries([...saeWeights(shape)].map(([name, size]) => [name, randomFloats(name, size, 0.5)]));
  const { data } = weights.W_dec;
  for (let row = 0; row < shape.latents; row++) {
    const part = data.subarray(row * shape.inputs, (row + 1) * shape.inputs);
    const norm = Math.hypot(...part);
    part.forEach((value, i) => (part[i] = value / norm));
  }
  return weights;
}

/** The autoencoder written out in loops. */
function byHand({ architecture, inputs, latents, active }: SaeShape, weights: Record<string, FloatArray>, x: Float32Array) {
  const w = (name: string, i: number) => weights[name].data[i];
  const reconstruction: number[] = [];
  const counts: number[] = [];
  for (let row = 0; row < x.length / inputs; row++) {
    const pre = Array.from({ length: latents }, (_, latent) => {
      let sum = w('b_enc', latent);
      for (let i = 0; i < inputs; i++) sum += (x[row * inputs + i] - w('b_dec', i)) * w('encoder', latent * inputs + i);
      return sum;
    });
    const kth = [...pre].sort((a, b) => b - a)[active - 1];
    const acts = pre.map((value, latent) => {
      const open = architecture === 'topk' ? value >= kth && value > 0 : value > Math.exp(w('logThreshold', latent));
      return open ? value : 0;
    });
    counts.push(acts.filter((value) => value > 0).length);
    for (let i = 0; i < inputs; i++) {
      reconstruction.push(w('b_dec', i) + acts.reduce((sum, value, latent) => sum + value * w('W_dec', latent * inputs + i), 0));
    }
  }
  return { reconstruction, counts };
}

const one = (value: number) => floats(Float32Array.of(value), []);

function feedsOf(shape: SaeShape, weights: Record<string, FloatArray>, changes: Record<string, NdArray> = {}): Record<string, NdArray> {
  const moments = Object.entries(weights).flatMap(([name, { shape: size, data }]) =>
    ['mean', 'variance'].map((moment) => [`${name}/${moment}`, floats(new Float32Array(data.length), size)]));
  return {
    ...weights,
    ...Object.fromEntries(moments),
    x: randomFloats('x', [ROWS, shape.inputs], 2),
    rowWeights: floats(new Float32Array(ROWS).fill(1 / ROWS), [ROWS]),
    shares: floats(new Float32Array(ROWS).fill(1 / ROWS), [ROWS]),
    variance: one(2),
    rate: one(0.01),
    meanCorrection: one(0.1),
    varianceCorrection: one(0.001),
    ...(shape.architecture === 'jumprelu' && { sparsity: one(0.5) }),
    ...changes,
  };
}

async function runStep(shape: SaeShape, feeds: Record<string, NdArray>, auxiliary = false) {
  const session = await Session.open(saeTrainingStep(shape, ADAM, auxiliary, ROWS));
  const results = await session.run(feeds);
  await session.release();
  return results;
}

describe.each(SHAPES)('$architecture', (shape) => {
  const weights = weightsOf(shape);

  test('reconstructs as written out by hand', async () => {
    const x = randomFloats('x', [ROWS, shape.inputs], 2);
    const session = await Session.open(saeReconstruction(shape));
    const results = await session.run({ x, ...weights });
    const { reconstruction, counts } = byHand(shape, weights, x.data);
    expectClose(results.reconstruction.data as Float32Array, Float32Array.from(reconstruction), 'reconstruction', 1e-5);
    expect([...(results.active.data as Float32Array)]).toEqual(counts);
  });

  test('the loss, and a step against its gradient by central differences', async () => {
    const feeds = feedsOf(shape, weights);
    const loss = ({ counts, reconstruction }: ReturnType<typeof byHand>) => {
      const x = feeds.x.data as Float32Array;
      const unexplained = reconstruction.reduce((sum, value, i) => sum + (value - x[i]) ** 2, 0) / ROWS / 2;
      const mean = counts.reduce((a, b) => a + b, 0) / ROWS;
      return unexplained + (shape.architecture === 'jumprelu' ? 0.5 * (mean / shape.active - 1) ** 2 : 0);
    };
    const results = await runStep(shape, feeds);
    expect(Number(results.loss.data[0])).toBeCloseTo(loss(byHand(shape, weights, feeds.x.data as Float32Array)), 4);
    // The first moment after one step is a tenth of the gradient. Which latents are active is held still by small steps.
    for (const name of ['encoder', 'b_enc', 'b_dec']) {
      const gradient = (results[`new/${name}/mean`].data as Float32Array).map((value) => 10 * value);
      const size = 1e-4;
      const moved = (i: number, sign: number) => {
        const copy = { ...weights, [name]: floats(weights[name].data.slice(), weights[name].shape) };
        copy[name].data[i] += sign * size;
        return loss(byHand(shape, copy, feeds.x.data as Float32Array));
      };
      const numeric = gradient.map((_, i) => (moved(i, 1) - moved(i, -1)) / (2 * size));
      expectClose(gradient, numeric, name, 0.02);
    }
  });

  test('decoder rows keep norm 1 and gradients along them are left out', async () => {
    const results = await runStep(shape, feedsOf(shape, weights));
    const rows = results['new/W_dec'].data as Float32Array;
    const gradient = results['new/W_dec/mean'].data as Float32Array;
    let largest = 0;
    for (let latent = 0; latent < shape.latents; latent++) {
      const at = (data: Float32Array) => data.subarray(latent * shape.inputs, (latent + 1) * shape.inputs);
      expect(Math.hypot(...at(rows))).toBeCloseTo(1, 5);
      expect(at(gradient).reduce((sum, value, i) => sum + value * at(weights.W_dec.data)[i], 0)).toBeCloseTo(0, 5);
      largest = Math.max(largest, ...at(gradient).map(Math.abs));
    }
    expect(largest).toBeGreaterThan(1e-3);
  });
});

describe('batchtopk', () => {
  const shape: SaeShape = { architecture: 'batchtopk', inputs: 6, latents: 10, active: 2.5, bandwidth: 1, prefixes: [4] };
  const weights = weightsOf(shape);
  const lift = floats(Float32Array.from({ length: 10 }, (_, i) => (i === 2 ? 0.7 : 0)), [10]);

  /** The k · batch largest of the whole batch, and the loss of all latents and of the first four, in loops. */
  function byLoops(own: Record<string, FloatArray>, x: Float32Array) {
    const w = (name: string, i: number) => own[name].data[i];
    const pre = Array.from({ length: ROWS * 10 }, (_, at) => {
      const [row, latent] = [Math.floor(at / 10), at % 10];
      return Array.from({ length: 6 }, (_, i) => (x[row * 6 + i] - w('b_dec', i)) * w('encoder', latent * 6 + i)).reduce((a, b) => a + b, w('b_enc', latent));
    });
    const lifted = pre.map((value, at) => value - lift.data[at % 10]);
    const smallest = [...lifted].sort((a, b) => b - a)[Math.round(2.5 * ROWS) - 1];
    const acts = pre.map((value, at) => (lifted[at] >= smallest && value > 0 ? value : 0));
    const unexplained = (count: number) => {
      let sum = 0;
      for (let row = 0; row < ROWS; row++) {
        for (let i = 0; i < 6; i++) {
          let value = w('b_dec', i);
          for (let latent = 0; latent < count; latent++) value += acts[row * 10 + latent] * w('W_dec', latent * 6 + i);
          sum += (value - x[row * 6 + i]) ** 2;
        }
      }
      return sum / ROWS / 2;
    };
    return { acts, loss: (unexplained(10) + unexplained(4)) / 2 };
  }

  test('takes the largest of the batch, tells frequencies, and steps along the gradient of both losses', async () => {
    const feeds = feedsOf(shape, weights, { lift });
    const x = feeds.x.data as Float32Array;
    const results = await runStep(shape, feeds);
    const { acts, loss } = byLoops(weights, x);
    expect(acts.filter((value) => value > 0)).toHaveLength(30);
    expect(Number(results.active.data[0])).toBeCloseTo(2.5, 6);
    expect(Number(results.loss.data[0])).toBeCloseTo(loss, 4);
    const frequencies = Array.from({ length: 10 }, (_, latent) => acts.filter((value, at) => at % 10 === latent && value > 0).length / ROWS);
    expectClose(results.frequency.data as Float32Array, Float32Array.from(frequencies), 'frequency', 1e-5);
    for (const name of ['encoder', 'b_enc', 'b_dec']) {
      const gradient = (results[`new/${name}/mean`].data as Float32Array).map((value) => 10 * value);
      const moved = (i: number, sign: number) => {
        const copy = { ...weights, [name]: floats(weights[name].data.slice(), weights[name].shape) };
        copy[name].data[i] += sign * 1e-4;
        return byLoops(copy, x).loss;
      };
      expectClose(gradient, gradient.map((_, i) => (moved(i, 1) - moved(i, -1)) / 2e-4), name, 0.02);
    }
  });
});

test('the auxiliary loss teaches dead latents the error, and no others', async () => {
  const shape: SaeShape = { ...SHAPES[0], latents: 24 };
  const weights = weightsOf(shape);
  // The last twelve are dead: the bias of the others keeps them from being among the largest.
  const dead = Array.from({ length: 12 }, (_, i) => 12 + i);
  for (let latent = 0; latent < 12; latent++) weights.b_enc.data[latent] = 30;
  const count = auxiliaryCandidates(shape);
  const candidates = {
    candidates: ints(Array.from({ length: count }, (_, i) => dead[i] ?? 0), [count]),
    hidden: floats(Float32Array.from({ length: count }, (_, i) => (i < dead.length ? 0 : -1e30)), [count]),
    auxiliaryScale: one(1),
  };
  expect(auxiliaryActive(shape)).toBe(3);
  const x = randomFloats('x', [ROWS, shape.inputs], 6);
  const plain = await runStep(shape, feedsOf(shape, weights, { x }));
  const session = await Session.open(saeTrainingStep(shape, ADAM, true, ROWS));
  const feeds = feedsOf(shape, weights, { x, ...candidates });
  const first = await session.run(feeds);
  const gradient = (results: Record<string, NdArray>, latent: number) => [...(results['new/encoder/mean'].data as Float32Array)].slice(latent * 6, latent * 6 + 6);
  for (let latent = 0; latent < 12; latent++) {
    gradient(first, latent).forEach((value, i) => expect(value).toBeCloseTo(gradient(plain, latent)[i], 6));
  }
  const moved = dead.filter((latent) => gradient(first, latent).some((value) => Math.abs(value) > 1e-6));
  expect(moved.length).toBeGreaterThan(4);
  expect(dead.every((latent) => gradient(plain, latent).every((value) => value === 0))).toBe(true);

  let results = first;
  for (let step = 2; step <= 100; step++) {
    for (const name of Object.keys(feeds)) if (results[`new/${name}`]) feeds[name] = results[`new/${name}`];
    Object.assign(feeds, { meanCorrection: one(1 - 0.9 ** step), varianceCorrection: one(1 - 0.999 ** step) });
    // The living ones stay as they are, so that the error does.
    for (const name of ['encoder', 'b_enc', 'W_dec', 'b_dec']) {
      const size = name.startsWith('b_') ? 1 : 6;
      const living = name === 'b_dec' ? 6 : 12 * size;
      (feeds[name].data as Float32Array).set(weights[name].data.subarray(0, living));
    }
    results = await session.run(feeds);
  }
  expect(Number(results.auxiliary.data[0])).toBeLessThan(0.6 * Number(first.auxiliary.data[0]));
});
