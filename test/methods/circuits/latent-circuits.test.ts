/** Circuits of latents: all of them are the model, none of them the twin, and each part of them is what its definition says. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LatentCircuits, type ErrorMode } from '../../../src/methods/circuits/latent-circuits';
import type { Feature } from '../../../src/methods/circuits/features';
import { patchLatents } from '../../../src/methods/latents/patching';
import { Model } from '../../../src/model';
import { openSae, spliceHooks, type LoadedSae } from '../../../src/sae';
import { blockSite } from '../../../src/vocabulary/sites';
import { writeSae } from '../../sae/kit';
import { PAIRS } from '../patching/pairs';
import { openStreamSaes } from './stream-saes';

const metric = { positive: 4, negative: 21 };
const ALIGNED = { base: [3, 14, 15, 9, 26, 5, 31, 7], source: [3, 14, 8, 9, 26, 11, 31, 7] };
const identity = ALIGNED.base.map((_, i) => i);
const FAMILIES = ['gpt2', 'gpt_neox', 'gptj', 'gemma2', 'qwen3', 'phi3'];

describe.each(['llama-gqa', ...FAMILIES.map((name) => `families/${name}`)])('%s', (fixture) => {
  let [model, saes]: [Model, LoadedSae[]] = [undefined!, []];
  const difference = async (prompt: readonly number[], options: Parameters<Model['run']>[1] = {}) => {
    const { data } = await model.logits(await model.run([prompt], options), [prompt.length - 1]);
    return data[metric.positive] - data[metric.negative];
  };
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
    saes = await openStreamSaes(model);
  });
  afterAll(async () => {
    for (const sae of saes) await sae.release();
    await model.release();
  });
  const errors = (length: number): Feature[] => saes.flatMap((sae) =>
    Array.from({ length }, (_, position) => ({ sae, latent: null, position })));
  const latents = (length: number): Feature[] => saes.flatMap((sae) => Array.from({ length }, (_, position) =>
    Array.from({ length: sae.config.dSae }, (_, latent) => ({ sae, latent, position }))).flat());

  test('all of it is the base, with errors as nodes or live; none of it the source', async () => {
    const { base, source } = ALIGNED;
    const circuits = await LatentCircuits.read(model, base, { tokens: source, sourceOf: identity }, metric, saes);
    const all = [...latents(base.length), ...errors(base.length)];
    const [whole, live, inverted, none, inverse, zero] = await circuits.metrics([
      { nodes: all, errors: 'twin' }, { nodes: latents(base.length), errors: 'keep' }, { nodes: [], invert: true, errors: 'zero' },
      { nodes: [], errors: 'twin' }, { nodes: all, invert: true, errors: 'twin' }, { nodes: errors(base.length), invert: true, errors: 'zero' },
    ]);
    expect(circuits.baseMetric).toBeCloseTo(await difference(base), 5);
    for (const one of [whole, live, inverted]) expect(one).toBeCloseTo(circuits.baseMetric, 5);
    const expected = await difference(source);
    expect(Math.abs(expected - circuits.baseMetric)).toBeGreaterThan(1e-3);
    for (const one of [none, inverse]) expect(one).toBeCloseTo(expected, 4);
    // Without errors the run goes through the reconstructions alone, from the first token that is another.
    const hooks = spliceHooks(saes, model, { error: false }).map(({ site, edit }) => ({
      site,
      edit: async (x: Parameters<typeof edit>[0], batch: Parameters<typeof edit>[1]) => {
        const given = x.data.slice();
        const { data, shape } = await edit(x, batch);
        data.set(given.subarray(0, 2 * model.shape.width));
        return { ...x, data, shape };
      },
    }));
    expect(zero).toBeCloseTo(await difference(base, { hooks }), 4);
  });

  test.each(PAIRS)('one latent left out is that latent patched, tokens without a counterpart stay: %s', async (...[, base, source, sourceOf]) => {
    const circuits = await LatentCircuits.read(model, base, { tokens: source, sourceOf }, metric, saes);
    const run = await model.run([source], { read: saes.map(({ site }) => site) });
    const settings = [];
    for (const sae of saes.filter(({ config }) => config.normalizeActivations === 'none')) {
      const values = await sae.encode({ ...run.sites.get(sae.config.site)!, shape: [source.length, sae.config.dIn] });
      for (const [latent, position] of [[3, 4], [11, base.length - 1]]) {
        settings.push({ sae, latent, position, head: null, value: values.data[sourceOf[position]! * sae.config.dSae + latent] });
      }
    }
    const expected = await patchLatents(model, base, metric, settings, { saes, error: true });
    const left = await circuits.metrics(settings.map(({ sae, latent, position }) => ({ nodes: [{ sae, latent, position }], invert: true, errors: 'twin' })));
    left.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
    expect(Math.max(...left.map((value) => Math.abs(value - circuits.baseMetric)))).toBeGreaterThan(1e-5);
    // Nothing kept: what a patch of all sites at the tokens that both have gives.
    const sites = saes.map((sae) => ({
      site: sae.site,
      edit: (x: { data: Float32Array; shape: readonly number[] }) => {
        const data = x.data.slice();
        const there = run.sites.get(sae.config.site)!.data;
        const width = model.shape.width;
        sourceOf.forEach((from, at) => from !== null && data.set(there.subarray(from * width, (from + 1) * width), at * width));
        return { dtype: 'float32' as const, data, shape: x.shape };
      },
    }));
    const [none] = await circuits.metrics([{ nodes: [], errors: 'twin' }]);
    expect(none).toBeCloseTo(await difference(base, { hooks: sites }), 4);
  });
});

test('a dictionary that leaves nothing out has nothing in its errors; one alone at the last stream holds the answer', async () => {
  const model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'), { threads: 1 });
  const [width, size] = [24, 48];
  const W_dec = Float32Array.from({ length: size * width }, (_, i) => {
    const [latent, number] = [Math.floor(i / width), i % width];
    return latent % width === number ? (latent < width ? 1 : -1) : 0;
  });
  const W_enc = Float32Array.from({ length: size * width }, (_, i) => W_dec[(i % size) * width + Math.floor(i / size)]);
  const sae = await openSae(await writeSae({
    site: 'blocks.2.hook_resid_post', dSae: size,
    weights: {
      W_enc: { name: 'W_enc', shape: [width, size], data: W_enc }, W_dec: { name: 'W_dec', shape: [size, width], data: W_dec },
      b_enc: { name: 'b_enc', shape: [size], data: new Float32Array(size) }, b_dec: { name: 'b_dec', shape: [width], data: new Float32Array(width) },
    },
  }));
  const { base, source } = ALIGNED;
  const circuits = await LatentCircuits.read(model, base, { tokens: source, sourceOf: identity }, metric, [sae]);
  const nodes = Array.from({ length: size }, (_, latent): Feature => ({ sae, latent, position: 7 }));
  const metrics = await circuits.metrics((['keep', 'twin', 'zero'] as ErrorMode[]).flatMap((errors) => [{ nodes, errors }, { nodes: [], errors }]));
  const run = await model.run([source], { read: [blockSite(2, 'hook_resid_post')] });
  const { data } = await model.logits(run, [7]);
  const there = data[metric.positive] - data[metric.negative];
  for (const [i, value] of metrics.entries()) expect(value).toBeCloseTo(i % 2 === 0 ? circuits.baseMetric : there, 4);
  const stop = new AbortController();
  stop.abort();
  await expect(circuits.metrics([{ nodes, errors: 'keep' }], stop.signal)).rejects.toThrow(/abort/i);
  await sae.release();
  await model.release();
});
