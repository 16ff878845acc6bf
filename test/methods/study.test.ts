/** The study's setting, small: a Gemma 2 with Gemma Scope's SAEs gives SAELens's and TransformerLens's numbers. See test/golden/study.py. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readInts, readSafetensorsHeader, readTensor } from '../../src/checkpoints/safetensors';
import { attributeLatents, type LatentAttribution } from '../../src/methods/latents/attribution';
import { normalizedEffect, patchPositions } from '../../src/methods/patching/patching';
import type { PatchSite } from '../../src/vocabulary/sites';
import { Model } from '../../src/model';
import { findSaes, openSae, spliceHooks, type LoadedSae } from '../../src/sae';
import { expectClose } from '../model/close';

const STUDY = path.resolve('test/fixtures/golden/study');
const LATENTS = 32;
const SITES = [
  'blocks.0.hook_resid_post', 'blocks.1.attn.hook_z', 'blocks.1.hook_resid_post', 'blocks.2.hook_mlp_out', 'blocks.2.hook_resid_post',
];

let model: Model;
let saes: LoadedSae[];
let clean: number[], corrupted: number[], answers: number[];
const expected = new Map<string, Float32Array>();

beforeAll(async () => {
  const { tensors } = await readSafetensorsHeader(path.join(STUDY, 'expected.safetensors'));
  const ids = async (name: string) => [...(await readInts(tensors.get(name)!))];
  [clean, corrupted, answers] = [await ids('clean'), await ids('corrupted'), await ids('answers')];
  for (const [name, tensor] of tensors) if (tensor.dtype === 'F32') expected.set(name, await readTensor(tensor));
  model = await Model.load(path.join(STUDY, 'model'), { threads: 1 });
  const releases = ['res', 'att', 'mlp'].map((kind) => path.join(STUDY, `gemma-scope-2b-pt-${kind}`));
  const folders = (await Promise.all(releases.map((release) => findSaes(release)))).flat();
  saes = await Promise.all(folders.map((folder) => openSae(folder)));
});
afterAll(async () => {
  for (const sae of saes) await sae.release();
  await model.release();
});

const sourceOf = () => corrupted.map((_, at) => at);
const metric = () => ({ positive: answers[0], negative: answers[1] });

async function difference(tokens: readonly number[], spliced: readonly LoadedSae[], error: boolean): Promise<number> {
  const run = await model.run([tokens], { hooks: spliceHooks(spliced, model, { error }) });
  const { data } = await model.logits(run, [tokens.length - 1]);
  return data[answers[0]] - data[answers[1]];
}

test('each SAE is found at the site that its folder names', () => {
  expect(saes.map(({ config }) => config.site).sort()).toEqual([...SITES].sort());
});

test('the logit difference of the model, with each reconstruction, with all of them, and with the error terms', async () => {
  const both = async (spliced: readonly LoadedSae[], error: boolean) => [await difference(clean, spliced, error), await difference(corrupted, spliced, error)];
  expectClose(await both([], false), expected.get('difference')!, 'the model');
  for (const sae of saes) expectClose(await both([sae], false), expected.get(`difference/${sae.config.site}`)!, sae.config.site);
  expectClose(await both(saes, false), expected.get('difference/without')!, 'all reconstructions');
  expectClose(await both(saes, true), expected.get('difference/through')!, 'with errors');
  // Errors matter, and the two prompts are told apart.
  const [[own, other], [rebuilt]] = [expected.get('difference')!, expected.get('difference/without')!];
  expect(own - other).toBeGreaterThan(1);
  expect(Math.abs(own - rebuilt)).toBeGreaterThan(0.5);
});

describe.each([
  ['through', { error: true, mode: 'through' }],
  ['pass-through', { error: true, mode: 'pass-through' }],
  ['without', { error: false, mode: 'through' }],
] as const)('the attribution of every latent: %s', (name, options) => {
  let result: LatentAttribution;
  beforeAll(async () => {
    const everything = saes.length * LATENTS * corrupted.length;
    result = await attributeLatents(model, { base: corrupted, source: clean, sourceOf: sourceOf(), metric: metric(), saes, ...options, top: everything });
  });

  test('metrics of both runs', () => {
    expectClose([result.sourceMetric, result.baseMetric], expected.get(`difference/${name}`)!, 'metrics');
  });

  test.each(SITES)('latents and errors at %s', (site) => {
    const range = result.sourceMetric - result.baseMetric;
    const own = new Float32Array(corrupted.length * LATENTS);
    for (const { sae, position, latent, attribution } of result.top) if (sae.config.site === site) own[position * LATENTS + latent] = attribution / range;
    const latents = expected.get(`${name}/${site}/latents`)!;
    expectClose(own, latents, 'latents');
    expect(latents.filter((value) => value !== 0).length).toBeGreaterThan(5); // behind the last attention only the last position counts
    const { rows } = result.saes.find(({ sae }) => sae.config.site === site)!;
    const totals = corrupted.map((_, at) => latents.subarray(at * LATENTS, (at + 1) * LATENTS).reduce((sum, value) => sum + value, 0));
    expectClose(rows.map((row) => row.latents / range), totals, 'each position');
    if (options.error) expectClose(rows.map((row) => row.error! / range), expected.get(`${name}/${site}/error`)!, 'errors');
    else expect(rows.every(({ error }) => error === null)).toBe(true);
  });
});

test.each<PatchSite>(['hook_resid_pre', 'hook_resid_mid', 'hook_attn_out', 'hook_mlp_out'])('the heatmap of %s', async (site) => {
  const swept = await patchPositions(model, { base: corrupted, source: clean, sourceOf: sourceOf(), metric: metric(), site });
  const effects = swept.metric.flatMap((row) => row.map((value) => normalizedEffect(value!, swept.sourceMetric, swept.baseMetric)));
  expectClose(effects, expected.get(`patching/${site}`)!, site);
});
