import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSafetensorsHeader, readTensor } from '../../src/checkpoints/safetensors';
import { floats, type FloatArray } from '../../src/graph';
import { latentGradients } from '../../src/methods/latents/gradients';
import { logitDifference, Model } from '../../src/model';
import { openSae, spliceHooks, toRows, type LoadedSae } from '../../src/sae';
import { loadGolden, type GoldenPrompt } from '../golden/fixture';
import { expectClose } from '../model/close';

const GOLDEN = path.resolve('test/fixtures/golden');
/** SAELens's folders, as sae.py writes them. */
const SAELENS = [
  'standard', 'standard-flat', 'gated', 'topk', 'topk-rescaled', 'topk-flat', 'jumprelu-bf16', 'jumprelu-fp16-norm', 'standard-layer-norm',
  'standard-scaled', 'hook-z',
];
const gemma = (release: string) => path.join('sae-gemma', release, 'layer_1', 'width_40', 'average_l0_9');
const OTHERS: [folder: string, expected: string, site: string][] = [
  [gemma('gemma-scope-2b-pt-res'), 'gemma', 'blocks.1.hook_resid_post'],
  [gemma('gemma-scope-2b-pt-mlp'), 'gemma', 'blocks.1.hook_mlp_out'],
  ['sae-sparsify-topk/layers.1', 'sparsify-topk', 'blocks.1.hook_resid_post'],
  ['sae-sparsify-groupmax/layers.0.mlp', 'sparsify-groupmax', 'blocks.0.hook_mlp_out'],
];
/** The factor that sae.py folds in for expected_average_only_in. */
const normScalingFactor = 0.6;

const expected = new Map<string, FloatArray>();
const saes = new Map<string, LoadedSae>();
let model: Model;
let prompt: GoldenPrompt;

beforeAll(async () => {
  const { tensors } = await readSafetensorsHeader(path.join(GOLDEN, 'sae-expected.safetensors'));
  for (const tensor of tensors.values()) expected.set(tensor.name, floats(await readTensor(tensor), tensor.shape));
  const golden = await loadGolden('gqa');
  prompt = golden.prompts[0];
  model = await Model.load(golden.folder);
  for (const name of SAELENS) saes.set(name, await openSae(path.join(GOLDEN, `sae-${name}`), { normScalingFactor, inMemoryBytes: 0 }));
});
afterAll(async () => {
  for (const sae of saes.values()) await sae.release();
  await model.release();
});

const of = (name: string) => {
  const found = expected.get(name);
  if (!found) throw new Error(`${name} is not in the fixture`);
  return found;
};

async function checkArithmetic(sae: LoadedSae, name: string, x: FloatArray): Promise<void> {
  const latents = await sae.encode(x);
  expectClose(latents.data, of(`${name}/latents`).data, 'latents');
  const reconstruction = of(`${name}/reconstruction`);
  expectClose((await sae.decode(latents, x)).data, reconstruction.data, 'reconstruction');
  expectClose((await sae.reconstruct(x)).data, reconstruction.data, 'reconstruction at once');
  expectClose((await sae.reconstructVjp(x, of(`cotangent/${sae.config.dIn}`))).data, of(`${name}/vjp`).data, 'gradient of the reconstruction');
}

describe.each(SAELENS)('%s agrees with SAELens', (name) => {
  test('latents, reconstruction and its gradient', async () => {
    const sae = saes.get(name)!;
    await checkArithmetic(sae, name, of(`x/${sae.config.site}`));
  });

  test('logits with the SAE spliced in, with its error, without, and with a latent ablated', async () => {
    const sae = saes.get(name)!;
    const ablated = { latents: [3], change: (activations: FloatArray) => void activations.data.fill(0) };
    for (const [key, error, edit] of [['logits', false, undefined], ['logits_error', true, undefined], ['logits_ablated', true, () => ablated]] as const) {
      const hooks = spliceHooks([sae], model, { error, edit });
      const logits = await model.logits(await model.run([prompt.tokens], { hooks }), [prompt.tokens.length - 1]);
      expectClose(logits.data, of(`${name}/${key}`).data, key);
    }
  });
});

test('weights in memory give what those in place give', async () => {
  for (const name of SAELENS) {
    const fed = await openSae(path.join(GOLDEN, `sae-${name}`), { normScalingFactor });
    expect([fed.weights.located.size, saes.get(name)!.weights.inMemory.size]).toEqual([0, 0]);
    await checkArithmetic(fed, name, of(`x/${fed.config.site}`));
    await fed.release();
  }
});

test.each(OTHERS)('%s: its own reference', async (folder, name, site) => {
  const sae = await openSae(path.join(GOLDEN, folder));
  expect(sae.config.site).toBe(site);
  await checkArithmetic(sae, name, of('x/blocks.1.hook_resid_post'));
  await sae.release();
});

test('a compressed npz gives what a stored one gives, bit for bit', async () => {
  const x = of('x/blocks.1.hook_resid_post');
  const [stored, packed] = await Promise.all(OTHERS.slice(0, 2).map(([folder]) => openSae(path.join(GOLDEN, folder), { inMemoryBytes: 0 })));
  expect([stored.weights.located.size, stored.weights.inMemory.size, packed.weights.located.size, packed.weights.inMemory.size]).toEqual([5, 0, 0, 5]);
  expect((await packed.encode(x)).data).toEqual((await stored.encode(x)).data);
});

describe('gradients with all SAEs spliced in at once', () => {
  test.each([['together', true], ['without', false]] as const)('as SAELens gives them (%s)', async (key, error) => {
    const list = SAELENS.map((name) => saes.get(name)!);
    const { saes: gradients } = await latentGradients(model, [prompt.tokens], logitDifference(...prompt.answers), { saes: list, error, mode: 'through' });
    for (const [i, name] of SAELENS.entries()) {
      const { sae, x, output } = gradients[i];
      expectClose((await sae.latentGradient(x, output)).data, of(`${key}/${name}/grad_latents`).data, `${name}: latents`);
      if (error) expectClose(output.data, of(`${key}/${name}/grad_error`).data, `${name}: error`);
    }
  });

  test('pass-through: those of the model without SAEs', async () => {
    const list = SAELENS.map((name) => saes.get(name)!);
    const { saes: gradients } = await latentGradients(model, [prompt.tokens], logitDifference(...prompt.answers), { saes: list, error: true, mode: 'pass-through' });
    for (const { sae, output } of gradients) {
      expectClose(output.data, prompt.values.get(`grad/${sae.config.site}`)!.data, sae.config.site);
      expect(toRows(sae, floats(output.data, prompt.values.get(sae.config.site)!.shape)).shape).toEqual(output.shape);
    }
  });
});

test('the fixture is what sae.py describes', async () => {
  expect(await readFile(path.resolve('test/golden/sae.py'), 'utf8')).toContain(`NORM_SCALING_FACTOR = ${normScalingFactor}`);
});
