/** Latents are scored at the layers in which patching moves the difference between tokens, unless sites are chosen. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { layersOf, movesOf } from '../../../src/findings/patching';
import { resultOf } from '../analysed';
import { fakePython } from '../small-model';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const AGAINST = { program: { file: null, text: CODE.replace('21', '"21"') } };
let loaded: LoadedModel;
beforeAll(async () => {
  loaded = await loadModel(path.resolve('models/python-errors'));
});
afterAll(() => loaded.model.release());

test('those that the findings of patching name by default, which is said; what is chosen wins', async () => {
  const of = (latents: Parameters<typeof resultOf>[2]['latents']) =>
    resultOf(loaded, { file: 'weather.py', text: CODE }, { prediction: {}, patching: {}, latents }, { label: fakePython, against: AGAINST });
  const { patching, latents } = (await of({ top: 5 })).parts;
  const moves = movesOf(patching!.value);
  const layers = layersOf(moves);
  expect(layers.length).toBeGreaterThan(0);
  expect(layers.length).toBeLessThan(loaded.model.shape.layers);
  expect(patching!.findings.join(' ')).toMatch(new RegExp(`moves from .* in (layer|the layers) (.*and )?${layers.at(-1)}`));
  expect(latents!.value.layers).toEqual(layers);
  expect([...new Set(latents!.value.saes.map(({ layer }) => layer))]).toEqual(layers);
  expect(latents!.value.saes).toHaveLength(3 * layers.length);
  expect(latents!.findings.at(-1)).toContain('where patching moves the difference from token to token; the others are there with all SAEs');
  // It needs no patching that was asked for.
  const alone = await resultOf(loaded, { file: 'weather.py', text: CODE }, { prediction: {}, latents: { top: 5 } }, { label: fakePython, against: AGAINST });
  expect(alone.parts.latents!.value).toEqual(latents!.value);
  const all = (await of({ top: 5, sites: 'all' })).parts.latents!;
  expect([all.value.layers, all.value.saes.length]).toEqual([null, 3 * loaded.model.shape.layers]);
  expect(all.findings.join(' ')).not.toContain('patching moves');
  const chosen = (await of({ top: 5, sites: ['blocks.0.hook_mlp_out'] })).parts.latents!;
  expect(chosen.value.saes.map(({ site }) => site)).toEqual(['blocks.0.hook_mlp_out']);
});
