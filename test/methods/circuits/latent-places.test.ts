/** Circuits of latents at places of many programs: scores are means of sums over a place's tokens, and runs keep all its tokens. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAmong } from '../../../src/methods/circuits/find';
import { LatentCircuits } from '../../../src/methods/circuits/latent-circuits';
import { LatentSources } from '../../../src/methods/circuits/latent-sources';
import { featuresIn, rankedFeatures, runFeatureCircuits, scoreFeatures } from '../../../src/methods/circuits/latent-places';
import { counterparts, type PlacedPair } from '../../../src/methods/circuits/places';
import { attributeLatents } from '../../../src/methods/latents/attribution';
import { Model } from '../../../src/model';
import type { LoadedSae } from '../../../src/sae';
import { openStreamSaes } from './stream-saes';

const metric = { positive: 4, negative: 21 };
const PAIRS: PlacedPair[] = [
  { base: [3, 14, 15, 9, 26, 5, 31, 7], source: [3, 14, 8, 9, 26, 11, 31, 7], sourceOf: [0, 1, 2, 3, 4, 5, 6, 7], metric, placeOf: [null, null, 0, 0, 1, 1, 1, 2] },
  // A token longer, and without the second place.
  { base: [3, 14, 2, 15, 9, 7], source: [3, 14, 2, 8, 9, 7], sourceOf: [0, 1, 2, 3, 4, 5], metric, placeOf: [null, null, null, 0, 0, 2] },
];
let [model, saes]: [Model, LoadedSae[]] = [undefined!, []];
beforeAll(async () => {
  model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'), { threads: 1 });
  saes = await openStreamSaes(model);
});
afterAll(async () => {
  for (const sae of saes) await sae.release();
  await model.release();
});

test.each([undefined, 3])('scores, with %s steps', async (steps) => {
  const { nodes, metrics } = await scoreFeatures(model, PAIRS, saes, { steps });
  expect(metrics).toHaveLength(2);
  const found = await Promise.all(PAIRS.map((pair) =>
    attributeLatents(model, { ...pair, saes, error: true, mode: 'pass-through', steps, top: Infinity })));
  for (const { sae, latent, place, score } of nodes) {
    const sums = PAIRS.map(({ placeOf }, i) => {
      const own = latent === null
        ? found[i].saes.find((one) => one.sae === sae)!.rows.map(({ position, error }) => ({ position, attribution: error! }))
        : found[i].top.filter((node) => node.sae === sae && node.latent === latent);
      return own.reduce((sum, { position, attribution }) => sum + (placeOf[position] === place ? attribution : 0), 0);
    });
    expect(score).toBeCloseTo((sums[0] + sums[1]) / (place === 1 ? 1 : 2), 4);
  }
  const errors = nodes.filter(({ latent }) => latent === null);
  expect(errors).toHaveLength(3 * saes.length);
  expect(new Set(nodes.map(({ sae, latent, place }) => `${sae.config.site} ${latent} ${place}`)).size).toBe(nodes.length);
});

test('a circuit at places is the circuit at their tokens; the fewest of the ranked that do enough, and the rest', async () => {
  const scores = await scoreFeatures(model, PAIRS, saes, {});
  const orders = { absolute: rankedFeatures(scores, 'absolute'), signed: rankedFeatures(scores, 'signed') };
  expect(orders.signed[0].score).toBe(Math.min(...scores.nodes.map(({ score }) => score)));
  const some = orders.absolute.slice(0, 30);
  expect(featuresIn(PAIRS[0], [{ ...some[0], place: 1 }]).map(({ position }) => position)).toEqual([4, 5, 6]);
  const runs = await runFeatureCircuits(model, PAIRS, saes, [{ nodes: some, errors: 'twin' }, { nodes: some, invert: true, errors: 'twin' }], {});
  for (const [i, pair] of PAIRS.entries()) {
    const read = await LatentCircuits.read(model, pair.base, { tokens: pair.source, sourceOf: pair.sourceOf }, metric, saes);
    const nodes = featuresIn(pair, some);
    expect(runs[i].metrics).toEqual(await read.metrics([{ nodes, errors: 'twin' }, { nodes, invert: true, errors: 'twin' }]));
    expect(runs[i].whole).toBe(read.baseMetric);
    expect(runs[i].empty).toBeCloseTo(scores.metrics[i].source, 4);
  }
  const found = await findAmong({
    orders, score: ({ score }) => score, run: (pairs, circuits, working) => runFeatureCircuits(model, pairs, saes, circuits.map((one) => ({ ...one, errors: 'twin' })), working),
  }, PAIRS, PAIRS, { ranking: 'absolute', faithfulness: 0.8, draws: 1, leaveOut: false, seed: 1 });
  expect(found.ranked).toHaveLength(scores.nodes.length);
  expect(found.nodes.length).toBeLessThan(scores.nodes.length);
  expect(found.faithfulness).toBeGreaterThanOrEqual(0.8);
  expect(found.curve.at(-1)!.faithfulness).toBeCloseTo(1, 3);
});

test('latents that are left out are the twin’s, those of another program, means, or nothing: as set by hand at their sites', async () => {
  const scores = await scoreFeatures(model, PAIRS, saes, {});
  const some = rankedFeatures(scores, 'absolute').filter(({ latent }) => latent !== null).slice(0, 40);
  const sources = new LatentSources(model, saes);
  const [pair, other] = PAIRS;
  const sourceOf = counterparts(pair, other);
  const runs = async (kind: 'mean' | 'resample' | 'zero' | 'counterfactual', programs = PAIRS) => (await runFeatureCircuits(
    model, [pair], saes, [{ nodes: some, invert: true, errors: kind === 'zero' ? 'zero' : 'twin' }], { ablation: { kind, programs, sources } },
  ))[0];
  const plain = (await runFeatureCircuits(model, [pair], saes, [{ nodes: some, invert: true, errors: 'twin' }], {}))[0];
  expect(await runs('counterfactual')).toEqual(plain);
  // Another program is a twin with its own tokens; the mean over it alone is it.
  const read = await LatentCircuits.read(model, pair.base, { tokens: other.base, sourceOf }, metric, saes);
  const [alone] = await read.metrics([{ nodes: featuresIn(pair, some), invert: true, errors: 'twin' }]);
  const resampled = await runs('resample', [pair, other]);
  expect(resampled.metrics[0]).toBeCloseTo(alone, 5);
  expect((await runs('mean', [other])).metrics[0]).toBeCloseTo(alone, 5);
  expect((await runs('mean', [pair])).metrics[0]).toBeCloseTo(resampled.whole, 4); // its own values
  // The mean of two lies at none of them, and nothing at neither.
  const [mean, zero] = [await runs('mean'), await runs('zero')];
  for (const one of [mean, zero]) {
    expect(one.whole).toBe(plain.whole);
    expect(Math.min(...[alone, one.whole].map((value) => Math.abs(one.metrics[0] - value)))).toBeGreaterThan(1e-5);
  }
});
