import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { latentGradients, type LatentGradientOptions } from '../../../src/methods/latents/gradients';
import { logitDifference, Model, readLogits, type Hook } from '../../../src/model';
import { fromRows, openSae, toRows, type LoadedSae } from '../../../src/sae';
import { randomFloats } from '../../graph/check';
import { writeSae, type SaeSpec } from '../../sae/kit';

const z = 'blocks.1.attn.hook_z';
/** All latents are active, so that differences are not taken across kinks and jumps. SAELens's own gradients, in test/sae, cover those. */
const MODELS: Readonly<Record<string, SaeSpec[]>> = {
  'llama-gqa': [
    { site: 'hook_embed' },
    { site: 'blocks.0.hook_resid_pre' },
    { site: 'blocks.0.hook_attn_out', cfg: { normalize_activations: 'layer_norm' } },
    { site: 'blocks.0.mlp.hook_post', dIn: 40 },
    { site: z, dIn: 8, cfg: { metadata: { hook_name: z, hook_head_index: 2 } } },
    { site: 'blocks.1.hook_resid_mid', cfg: { normalize_activations: 'constant_norm_rescale' } },
    { site: 'blocks.1.hook_mlp_out' },
    { site: 'blocks.2.attn.hook_v', dIn: 8 },
    { site: 'blocks.2.hook_resid_post' },
  ],
  // Attention and MLP side by side, behind two norms: what an SAE on the one changes does not reach the other.
  'families/gpt_neox': [
    { site: 'hook_embed', dIn: 32 },
    { site: 'blocks.0.hook_resid_pre', dIn: 32 },
    { site: 'blocks.0.attn.hook_z', dIn: 8 },
    { site: 'blocks.0.hook_attn_out', dIn: 32, cfg: { normalize_activations: 'layer_norm' } },
    { site: 'blocks.0.mlp.hook_post' },
    { site: 'blocks.0.hook_mlp_out', dIn: 32 },
    { site: 'blocks.0.hook_resid_post', dIn: 32 },
    { site: 'blocks.1.hook_attn_out', dIn: 32 },
    { site: 'blocks.1.hook_mlp_out', dIn: 32 },
  ],
  // And behind one.
  'families/gptj': [
    { site: 'blocks.0.attn.hook_v', dIn: 8 },
    { site: 'blocks.0.hook_attn_out', dIn: 16 },
    { site: 'blocks.0.hook_mlp_out', dIn: 16 },
    { site: 'blocks.1.hook_resid_pre', dIn: 16 },
    { site: 'blocks.1.mlp.hook_pre' },
    { site: 'blocks.1.hook_attn_out', dIn: 16 },
  ],
};
const prompts = [[3, 14, 15, 9, 26, 5], [35, 8, 9]];
const ends = [5, 8];
const [positive, negative] = [7, 40];

interface Opened {
  model: Model;
  saes: LoadedSae[];
}
const opened = new Map<string, Opened>();
beforeAll(async () => {
  for (const [name, specs] of Object.entries(MODELS)) {
    const model = await Model.load(path.resolve('test/fixtures/golden', name));
    opened.set(name, { model, saes: await Promise.all(specs.map(async (spec) => openSae(await writeSae({ ...spec, offset: 8, gain: 0.15 })))) });
  }
});
afterAll(async () => {
  for (const { model, saes } of opened.values()) {
    for (const sae of saes) await sae.release();
    await model.release();
  }
});

/** Errors as they are in a run that nothing moves; they stay constant when something does. */
async function fixedErrors({ model, saes }: Opened): Promise<FloatArray[]> {
  const run = await model.run(prompts, { read: saes.map(({ site }) => site) });
  return Promise.all(saes.map(async (sae) => {
    const x = toRows(sae, run.sites.get(sae.config.site)!);
    const reconstruction = await sae.reconstruct(x);
    return floats(x.data.map((value, i) => value - reconstruction.data[i]), x.shape);
  }));
}

/** The metric of a run in which each SAE's latents and error are moved by step · direction, everything computed forwards. */
async function metricMoved(
  { model, saes }: Opened,
  options: Pick<LatentGradientOptions, 'error' | 'mode'>, errors: readonly FloatArray[], at: number, part: 'latents' | 'error', direction: FloatArray, step: number,
): Promise<number> {
  const hooks = saes.map((sae, i): Hook => ({
    site: sae.site,
    async edit(activation) {
      const x = toRows(sae, activation);
      const latents = await sae.encode(x);
      const moved = i === at && part === 'latents' ? floats(latents.data.map((value, j) => value + step * direction.data[j]), latents.shape) : latents;
      let rows = await sae.decode(moved, x);
      if (options.mode === 'pass-through') {
        // The identity, moved by what the latents add.
        const plain = await sae.decode(latents, x);
        rows = floats(rows.data.map((value, j) => x.data[j] + value - plain.data[j]), rows.shape);
      } else if (options.error) rows = floats(rows.data.map((value, j) => value + errors[i].data[j]), rows.shape);
      if (i === at && part === 'error') rows = floats(rows.data.map((value, j) => value + step * direction.data[j]), rows.shape);
      return fromRows(sae, rows, activation);
    },
  }));
  const { data } = await readLogits(model, (await model.run(prompts, { hooks })).resid, ends, [positive, negative]);
  return data[0] - data[1] + data[2] - data[3];
}

describe.each(Object.keys(MODELS))('%s', (name) => {
  test.each<Pick<LatentGradientOptions, 'error' | 'mode'>>([
    { error: true, mode: 'through' },
    { error: false, mode: 'through' },
    { error: true, mode: 'pass-through' },
  ])('many SAEs at once, against central differences: %j', async (options) => {
    const on = opened.get(name)!;
    const result = await latentGradients(on.model, prompts, logitDifference(positive, negative), { saes: on.saes, ...options });
    const errors = await fixedErrors(on);
    for (const [i, { sae, x, output }] of result.saes.entries()) {
      const latents = await sae.encode(x);
      const gradient = await sae.latentGradient(x, output);
      const parts: ['latents' | 'error', FloatArray, FloatArray][] = [['latents', latents, gradient]];
      if (options.error) parts.push(['error', output, output]);
      for (const [part, like, analytic] of parts) {
        const direction = randomFloats(`${sae.config.site} ${part}`, like.shape);
        const expected = direction.data.reduce((sum, value, j) => sum + value * analytic.data[j], 0);
        const size = Math.hypot(...direction.data.map((value, j) => value * analytic.data[j]));
        // The metric bends where gradients are large, and is too coarse for small steps where they are not.
        const differences: number[] = [];
        for (const step of [1e-2, 3e-3, 1e-3]) {
          const [up, down] = [await metricMoved(on, options, errors, i, part, direction, step), await metricMoved(on, options, errors, i, part, direction, -step)];
          differences.push(Math.abs((up - down) / (2 * step) - expected));
        }
        expect(Math.min(...differences), `${sae.config.site}, ${part}: ${expected}, differences ${differences.join(', ')}`).toBeLessThan(0.02 * size + 2e-4);
        expect(size, `${sae.config.site}, ${part}`).toBeGreaterThan(5e-3);
      }
    }
  });
});

test('each prompt has its own gradients: a batch gives what its prompts give alone', async () => {
  const { model, saes } = opened.get('llama-gqa')!;
  const metric = logitDifference(positive, negative);
  const batch = await latentGradients(model, prompts, metric, { saes, error: true, mode: 'through' });
  const alone = await latentGradients(model, [prompts[1]], metric, { saes, error: true, mode: 'through' });
  for (const [i, { sae, output }] of batch.saes.entries()) {
    const width = sae.config.dIn;
    const rowsAPosition = output.shape[0] / (2 * 6);
    const second = output.data.subarray(6 * rowsAPosition * width, (6 + 3) * rowsAPosition * width);
    const own = alone.saes[i].output.data;
    const largest = Math.max(...own.map(Math.abs));
    own.forEach((value, j) => expect(Math.abs(second[j] - value), sae.config.site).toBeLessThan(1e-4 * largest));
  }
});

test('an SAE at the final norm, of another model, or twice, is refused', async () => {
  const { model } = opened.get('llama-gqa')!;
  const metric = logitDifference(positive, negative);
  const refused = async (...specs: SaeSpec[]) => {
    const list = await Promise.all(specs.map(async (spec) => openSae(await writeSae(spec))));
    return latentGradients(model, prompts, metric, { saes: list, error: true, mode: 'through' });
  };
  await expect(refused({ site: 'ln_final.hook_normalized' })).rejects.toThrow('are not supported; choose one of a layer');
  await expect(refused({ dIn: 8 })).rejects.toThrow('there this model has 24');
  await expect(refused({}, {})).rejects.toThrow('splice in one of them');
});
