import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, ints, type FloatArray } from '../../src/graph';
import { Model } from '../../src/model';
import { fromRows, openSae, spliceHooks, toRows, type LatentEdit, type LoadedSae } from '../../src/sae';
import { randomFloats } from '../graph/check';
import { expectClose } from '../model/close';
import { writeSae, type SaeSpec } from './kit';

let model: Model;
const prompts = [[3, 14, 15, 9, 26, 5], [35, 8, 9]];
beforeAll(async () => {
  model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'));
});
afterAll(() => model.release());

const z = 'blocks.1.attn.hook_z';
const SPECS: [name: string, spec: SaeSpec][] = [
  ['at the embedding', { site: 'hook_embed' }],
  ['gated, of a layer', { site: 'blocks.0.hook_resid_mid', architecture: 'gated' }],
  ['topk, of the MLP', { site: 'blocks.2.mlp.hook_post', dIn: 40, architecture: 'topk' }],
  ['with layer norm', { site: 'blocks.2.hook_resid_post', cfg: { normalize_activations: 'layer_norm' } }],
  ['all heads side by side', { site: z, dIn: 32, cfg: { reshape_activations: 'hook_z' } }],
  ['each head alone', { site: z, dIn: 8 }],
  ['one head', { site: z, dIn: 8, architecture: 'jumprelu', cfg: { metadata: { hook_name: z, hook_head_index: 2 } } }],
  ['at the end', { site: 'ln_final.hook_normalized', architecture: 'jumprelu' }],
];

const logitsWith = async (sae: LoadedSae, error: boolean, edit?: LatentEdit) => {
  const run = await model.run(prompts, { hooks: spliceHooks([sae], model, { error, edit: () => edit }), read: [sae.site] });
  return { logits: (await model.logits(run, [5, 8])).data, at: run.sites.get(sae.config.site)! };
};
const add = (a: FloatArray, b: FloatArray, sign: number) => a.data.map((value, i) => value + sign * b.data[i]);

describe.each(SPECS)('an SAE %s', (_name, spec) => {
  let sae: LoadedSae;
  let x: FloatArray;
  let activation: FloatArray;
  beforeAll(async () => {
    sae = await openSae(await writeSae(spec));
    activation = (await model.run(prompts, { read: [sae.site] })).sites.get(sae.config.site)!;
    x = toRows(sae, activation);
  });
  afterAll(() => sae.release());

  test('rows go in and come back', () => {
    expect(x.shape[1]).toBe(sae.config.dIn);
    expect(fromRows(sae, x, activation).data).toEqual(activation.data);
  });

  test('with its error and no edit nothing changes', async () => {
    const plain = await model.logits(await model.run(prompts, { read: [sae.site] }), [5, 8]);
    const { logits, at } = await logitsWith(sae, true);
    expect(at.data).toEqual(activation.data);
    expectClose(logits, plain.data, 'logits', 1e-5);
    expect((await logitsWith(sae, true, { latents: [1, 2], change: () => undefined })).at.data).toEqual(activation.data);
  });

  test('without its error its reconstruction goes on', async () => {
    const { at } = await logitsWith(sae, false);
    expectClose(toRows(sae, at).data, (await sae.decode(await sae.encode(x), x)).data, 'activation', 1e-6);
  });

  test('all latents ablated: what is left is b_dec, in the scale of x, and the error', async () => {
    const nothing = await sae.decode(floats(new Float32Array(x.shape[0] * 30), [x.shape[0], 30]), x);
    const all = { change: (latents: FloatArray) => void latents.data.fill(0) };
    expectClose(toRows(sae, (await logitsWith(sae, false, all)).at).data, nothing.data, 'without the error', 1e-5);
    const error = add(x, await sae.reconstruct(x), -1);
    expectClose(toRows(sae, (await logitsWith(sae, true, all)).at).data, add(nothing, floats(error, x.shape), 1), 'with it', 1e-5);
  });

  test('editing some latents is editing them among all', async () => {
    const latents = [7, 0, 29];
    const some = await logitsWith(sae, true, { latents, change: ({ data, shape }) => floats(data.map((value, i) => 3 - value / (1 + (i % 3))), shape) });
    const edit = ({ data, shape }: FloatArray) => {
      for (let row = 0; row < shape[0]; row++) latents.forEach((latent, i) => (data[row * 30 + latent] = 3 - data[row * 30 + latent] / (1 + i)));
    };
    const among = await logitsWith(sae, true, { change: edit });
    expectClose(some.at.data, among.at.data, 'activation', 1e-5);
    expect(some.at.data).not.toEqual(activation.data);
    const latentsNow = await sae.encode(x);
    edit(latentsNow);
    const byHand = add(await sae.decode(latentsNow, x), floats(add(x, await sae.reconstruct(x), -1), x.shape), 1);
    expectClose(toRows(sae, some.at).data, byHand, 'by hand', 1e-5);
  });

  test('the largest latents, some latents, and their gradients, are those of the whole', async () => {
    const latents = await sae.encode(x);
    const rowOf = (array: FloatArray, row: number) => [...array.data.subarray(row * 30, (row + 1) * 30)];
    const { values, indices, active, count } = await sae.topLatents(x, 4);
    const cotangent = randomFloats('cotangent', x.shape);
    const gradient = await sae.latentGradient(x, cotangent);
    const picked = await sae.latentGradientAt(x, cotangent, indices);
    for (let row = 0; row < x.shape[0]; row++) {
      const own = rowOf(latents, row);
      expect(active.data[row]).toBe(own.filter((value) => value > 0).length);
      expect([...values.data.subarray(row * count, (row + 1) * count)]).toEqual(own.toSorted((a, b) => b - a).slice(0, 4));
      for (let i = 0; i < count; i++) {
        const latent = indices.data[row * count + i];
        expect(values.data[row * count + i]).toBe(own[latent]);
        expect(picked.data[row * count + i]).toBeCloseTo(gradient.data[row * 30 + latent], 5);
      }
    }
    const some = await sae.someLatents(x, [3, 11]);
    expect([...some.data]).toEqual(Array.from({ length: x.shape[0] }, (_, row) => [rowOf(latents, row)[3], rowOf(latents, row)[11]]).flat());
    // Decoding is linear in the latents, so its gradient is what each of them adds.
    const one = floats(new Float32Array(x.shape[0]).fill(1), [x.shape[0], 1]);
    const added = await sae.decodeChange(one, [5], x);
    for (let row = 0; row < x.shape[0]; row++) {
      const dot = Array.from({ length: sae.config.dIn }, (_, i) => added.data[row * sae.config.dIn + i] * cotangent.data[row * sae.config.dIn + i]);
      expect(gradient.data[row * 30 + 5]).toBeCloseTo(dot.reduce((a, b) => a + b, 0), 3);
    }
  });
});

test('an edit knows the batch: a latent set at one position of one prompt reaches that prompt alone, from there on', async () => {
  const sae = await openSae(await writeSae({ site: 'blocks.0.hook_resid_post' }));
  const set: LatentEdit = {
    latents: [4],
    change({ data }, { lengths, positions }) {
      expect([lengths, positions]).toEqual([[6, 3], 6]);
      data[positions + 1] = 20; // the second prompt, its second token
    },
  };
  const site = { kind: 'block', layer: 2, site: 'hook_resid_post' } as const;
  const at = async (edit?: LatentEdit) => {
    const hooks = spliceHooks([sae], model, { error: true, edit: () => edit });
    return (await model.run(prompts, { hooks, read: [site] })).sites.get('blocks.2.hook_resid_post')!.data;
  };
  const [before, after] = [await at(), await at(set)];
  const moved = Array.from({ length: 12 }, (_, row) => [...after.subarray(row * 24, row * 24 + 24)].some((value, i) => Math.abs(value - before[row * 24 + i]) > 1e-3));
  expect(moved.slice(0, 9)).toEqual([false, false, false, false, false, false, false, true, true]);
});

test('an edit says when it does not fit, and one place holds one SAE', async () => {
  const sae = await openSae(await writeSae());
  const run = (edit: LatentEdit) => model.run(prompts, { hooks: spliceHooks([sae], model, { error: true, edit: () => edit }) });
  await expect(run({ latents: [1, 1], change: () => undefined })).rejects.toThrow('names one of them twice');
  await expect(run({ latents: [30], change: () => undefined })).rejects.toThrow('Latent 30 does not exist');
  await expect(run({ latents: [1], change: () => floats(new Float32Array(2), [2, 1]) })).rejects.toThrow(/returned 2 values for 12/);
  const other = await openSae(await writeSae());
  expect(() => spliceHooks([sae, other], model, { error: true })).toThrow(/both belong to blocks.1.hook_resid_post; splice in one of them/);
});

test('more rows than fit at once are run in pieces, and none is an error', async () => {
  const wide = await openSae(await writeSae({ dSae: 40_000, architecture: 'topk', dIn: 4, site: 'hook_embed' }));
  const x = randomFloats('many', [900, 4]);
  const whole = await wide.topLatents(x, 3);
  expect([whole.rows, whole.values.shape, whole.active.shape]).toEqual([900, [900, 3], [900]]);
  for (const row of [0, 418, 419, 420, 899]) {
    const alone = await wide.topLatents(floats(x.data.slice(row * 4, row * 4 + 4), [1, 4]), 3);
    expect([...alone.indices.data]).toEqual([...whole.indices.data.subarray(row * 3, row * 3 + 3)]);
    expectClose(alone.values.data, whole.values.data.subarray(row * 3, row * 3 + 3), 'values', 1e-5);
  }
  await expect(wide.encode(floats(new Float32Array(0), [0, 4]))).rejects.toThrow('needs at least one row');
  expect((await wide.latentGradientAt(x, x, ints(new Int32Array(900), [900, 1]))).shape).toEqual([900, 1]);
});
