/** What many pairs are measured by: patches by place, of single nodes and latents, direct effects, activations, and controls. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { controlPairs } from '../../../src/methods/circuits/controls';
import { activationsByPlace, latentsOfPairs, pairsHaving, patchPlacedLatents } from '../../../src/methods/circuits/latent-effects';
import { scoreFeatures } from '../../../src/methods/circuits/latent-places';
import { directEffectsOf, patchNodes } from '../../../src/methods/circuits/place-effects';
import { patchPlaces } from '../../../src/methods/circuits/place-patching';
import { rankedNodes, scoreNodes } from '../../../src/methods/circuits/node-places';
import type { PlacedPair } from '../../../src/methods/circuits/places';
import { lastMetrics } from '../../../src/methods/prediction/last-metrics';
import { replacingHooks } from '../../../src/methods/latents/without-errors';
import { floats, type FloatArray } from '../../../src/graph';
import { Model, type Hook } from '../../../src/model';
import { spliceHooks, type LoadedSae } from '../../../src/sae';
import { blockSite, siteName, type Site } from '../../../src/vocabulary/sites';
import { openStreamSaes } from './stream-saes';

const metric = { positive: 4, negative: 21 };
const PAIRS: PlacedPair[] = [
  { base: [3, 14, 15, 9, 26, 5, 31, 7], source: [3, 14, 8, 9, 26, 11, 31, 7], sourceOf: [0, 1, 2, 3, 4, 5, 6, 7], metric, placeOf: [null, null, 0, 0, 1, 1, 1, 2] },
  // A token longer than its twin, and without the second place.
  { base: [3, 14, 2, 15, 9, 7], source: [3, 14, 2, 8, 7], sourceOf: [0, 1, 2, 3, null, 4], metric, placeOf: [null, null, null, 0, 0, 2] },
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

const metricOf = async (tokens: readonly number[], hooks: readonly Hook[] = []) => (await lastMetrics(model, [{ tokens, metric }], hooks))[0];

/** Puts numbers of the source's activation at a site to the positions of a place. */
async function put({ source, sourceOf, placeOf }: PlacedPair, site: Site, place: number, [from, to]: readonly [number, number?] = [0]): Promise<Hook> {
  const there = (await model.run([source], { read: [site] })).sites.get(siteName(site))!;
  const size = there.data.length / source.length;
  const edit = ({ data, shape }: FloatArray) => {
    const changed = data.slice();
    placeOf.forEach((one, at) => {
      const beside = sourceOf[at];
      if (one === place && beside !== null) changed.set(there.data.subarray(beside * size + from, beside * size + (to ?? size)), at * size + from);
    });
    return floats(changed, shape);
  };
  return { site, edit };
}

test('many prompts in batches have the metric that each has alone, each its own', async () => {
  const asked = [...PAIRS.map(({ base: tokens }) => ({ tokens, metric })), { tokens: PAIRS[1].source, metric: { positive: 21, negative: 9 } }];
  const found = await lastMetrics(model, asked, []);
  for (const [i, one] of asked.entries()) expect(found[i]).toBeCloseTo((await lastMetrics(model, [one], []))[0], 5);
});

test('a control is the original of the next pair, token by token at the same places', () => {
  const [first, second] = controlPairs(PAIRS);
  expect([first.base, first.source, second.source]).toEqual([PAIRS[0].base, PAIRS[1].base, PAIRS[0].base]);
  expect(first.sourceOf).toEqual([null, null, 3, 4, null, null, null, 5]);
  expect(second.sourceOf).toEqual([null, null, null, 2, 3, 7]);
  expect(controlPairs(PAIRS.slice(0, 1))).toEqual([]);
});

test('patches by layer and place are those of a hook at all its tokens; a place that a pair lacks has none', async () => {
  const { layers } = model.shape;
  const { changes, metrics } = await patchPlaces(model, PAIRS, 3, { site: 'hook_resid_pre' });
  for (const [i, pair] of PAIRS.entries()) {
    const base = await metricOf(pair.base);
    expect(metrics[i].base).toBeCloseTo(base, 5);
    expect(metrics[i].source).toBeCloseTo(await metricOf(pair.source), 5);
    for (let layer = 0; layer < layers; layer++) {
      for (const place of [0, 1, 2]) {
        const change = changes[i][layer * 3 + place];
        if (i === 1 && place === 1) expect(change).toBeNaN();
        else expect(change).toBeCloseTo((await metricOf(pair.base, [await put(pair, blockSite(layer, 'hook_resid_pre'), place)])) - base, 4);
      }
    }
  }
});

test('a node that is patched alone is a hook at its part of the activation', async () => {
  const ranked = rankedNodes(await scoreNodes(model, PAIRS, 3, {}), 'absolute');
  const { writers } = await scoreNodes(model, PAIRS, 3, {});
  const some = ranked.filter(({ writer }) => writers[writer].kind === 'head').slice(0, 4);
  const found = await patchNodes(model, PAIRS, some, {});
  for (const [i, pair] of PAIRS.entries()) {
    for (const [k, { writer, place }] of some.entries()) {
      const head = writers[writer];
      if (head.kind !== 'head') throw new Error('only heads are asked');
      const { headSize } = model.shape;
      const hook = await put(pair, blockSite(head.layer, 'attn.hook_z'), place, [head.head * headSize, (head.head + 1) * headSize]);
      expect(found[i][k]).toBeCloseTo((await metricOf(pair.base, [hook])) - (await metricOf(pair.base)), 4);
    }
  }
  expect(await patchNodes(model, PAIRS, [], {})).toEqual([[], []]);
});

test('direct effects sum to the metrics of both programs', async () => {
  const { names, base, source } = await directEffectsOf(model, PAIRS, {});
  expect(new Set(names).size).toBe(names.length);
  for (const [i, pair] of PAIRS.entries()) {
    expect(base[i].reduce((sum, value) => sum + value, 0)).toBeCloseTo(await metricOf(pair.base), 3);
    expect(source[i].reduce((sum, value) => sum + value, 0)).toBeCloseTo(await metricOf(pair.source), 3);
  }
});

test('latents have the scores of circuits of latents, and change the metric as a splice that sets them does', async () => {
  const found = await latentsOfPairs(model, PAIRS, saes, {});
  const { nodes } = await scoreFeatures(model, PAIRS, saes, {});
  const having = pairsHaving(PAIRS, 3);
  expect(having).toEqual([2, 1, 2]);
  expect(found).toHaveLength(nodes.filter(({ latent }) => latent !== null).length);
  for (const { sae, latent, place, byPair } of found) {
    const score = [...byPair.values()].reduce((sum, one) => sum + one.score, 0) / having[place];
    expect(score).toBeCloseTo(nodes.find((one) => one.sae === sae && one.latent === latent && one.place === place)!.score, 5);
  }
  const bySize = [...found].sort((a, b) => Math.abs(b.byPair.get(0)?.score ?? 0) - Math.abs(a.byPair.get(0)?.score ?? 0));
  const some = [...bySize.filter(({ place }) => place === 2).slice(0, 5), bySize.find(({ place }) => place === 0)!];
  const changes = await patchPlacedLatents(model, PAIRS, some, saes, {});
  const [pair] = PAIRS;
  for (const [k, { sae, latent, byPair }] of some.slice(0, 5).entries()) {
    const own = byPair.get(0);
    const change = ({ data }: FloatArray) => void (data[pair.base.length - 1] = own?.source ?? data[pair.base.length - 1]);
    const hooks = spliceHooks([sae], model, { error: true, edit: () => ({ latents: [latent], change }) });
    expect(changes[0][k]).toBeCloseTo((await metricOf(pair.base, hooks)) - (await metricOf(pair.base)), 4);
  }
  // Two tokens of the first pair, but one with a counterpart in the second.
  expect(changes[0][5]).toBeNull();
  expect(changes[1][5]).not.toBeNull();
});

test('activations by place are the largest of its tokens, in both programs', async () => {
  const some = (await latentsOfPairs(model, PAIRS, saes, {})).slice(0, 6);
  const { base, source } = await activationsByPlace(model, PAIRS, some, 3, {});
  const active = async (tokens: readonly number[], { sae, latent }: (typeof some)[number], positions: readonly number[]) => {
    const { data } = (await model.run([tokens], { read: [sae.site] })).sites.get(siteName(sae.site))!;
    const all = await sae.encode(floats(data, [tokens.length, model.shape.width]));
    return Math.max(...positions.map((at) => all.data[at * sae.config.dSae + latent]));
  };
  for (const [i, one] of some.entries()) {
    expect(base[i][1]).toBeCloseTo(await active(PAIRS[0].base, one, [4, 5, 6]), 4);
    expect(base[i][2]).toBeCloseTo(((await active(PAIRS[0].base, one, [7])) + (await active(PAIRS[1].base, one, [5]))) / 2, 4);
    expect(source[i][0]).toBeCloseTo(((await active(PAIRS[0].source, one, [2, 3])) + (await active(PAIRS[1].source, one, [3]))) / 2, 4);
    expect(base[i][3]).toBeCloseTo(((await active(PAIRS[0].base, one, [0, 1])) + (await active(PAIRS[1].base, one, [0, 1, 2]))) / 2, 4);
  }
});

test('random errors are as long as those of the SAE, and go elsewhere; with error terms nothing changes', async () => {
  const sae = saes.find(({ config: { site } }) => site === 'blocks.0.hook_mlp_out')!;
  const { width } = model.shape;
  const x = (await model.run([PAIRS[0].base], { read: [sae.site] })).sites.get(siteName(sae.site))!;
  const edited = async (how: Parameters<typeof replacingHooks>[2], seed = 1) => {
    const [{ edit }] = replacingHooks(model, [sae], how, seed);
    return (await edit(floats(x.data.slice(), x.shape), { lengths: [8], positions: 8 }))!.data;
  };
  const [kept, without, random] = [await edited('withErrors'), await edited('withoutErrors'), await edited('randomErrors')];
  expect(kept).toEqual(x.data);
  const lengths = (data: Float32Array) => Array.from({ length: 8 }, (_, row) =>
    Math.hypot(...Array.from({ length: width }, (__, i) => data[row * width + i] - x.data[row * width + i])));
  lengths(random).forEach((length, row) => expect(length).toBeCloseTo(lengths(without)[row], 4));
  expect(lengths(random).every((length) => length > 0)).toBe(true);
  expect(random).not.toEqual(without);
  expect(await edited('randomErrors')).toEqual(random);
  expect(await edited('randomErrors', 2)).not.toEqual(random);
  const metrics = await lastMetrics(model, PAIRS.map(({ base: tokens }) => ({ tokens, metric })), replacingHooks(model, saes, 'withErrors', 1));
  for (const [i, { base }] of PAIRS.entries()) expect(metrics[i]).toBeCloseTo(await metricOf(base), 4);
});
