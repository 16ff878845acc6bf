import { beforeAll, describe, expect, test } from 'vitest';
import { attributeLatents, type LatentAttribution } from '../../../src/methods/latents/attribution';
import { directEffects } from '../../../src/methods/latents/direct-effect';
import { patchLatents } from '../../../src/methods/latents/patching';
import type { Model } from '../../../src/model';
import { fromRows, openSae, toRows, type LoadedSae } from '../../../src/sae';
import { floats } from '../../../src/graph';
import { writeSae, type SaeSpec } from '../../sae/kit';
import { openFixtureSaes } from './fixture-saes';

const ORIGINAL = [3, 14, 15, 9, 26, 5, 31, 7];
/** A token more than the original has, at 3. */
const VARIANT = [3, 14, 8, 2, 9, 11, 5, 31, 7];
const SOURCE_OF = [0, 1, 2, null, 3, 4, 5, 6, 7];
const metric = { positive: 4, negative: 21 };
const z = 'blocks.1.attn.hook_z';
const SPECS: SaeSpec[] = [
  { site: 'hook_embed' },
  { site: 'blocks.0.mlp.hook_post', dIn: 40 },
  { site: z, dIn: 8 },
  { site: 'blocks.1.hook_resid_mid' },
  { site: 'blocks.2.hook_resid_post' },
];

const { model, sparse, smooth } = await openFixtureSaes(SPECS);

const attribute = (saes: LoadedSae[], change: Partial<Parameters<typeof attributeLatents>[1]> = {}) =>
  attributeLatents(model, { base: VARIANT, source: ORIGINAL, sourceOf: SOURCE_OF, metric, saes, error: true, mode: 'pass-through', top: 10, ...change });

const difference = async (prompt: number[], hooks: NonNullable<Parameters<Model['run']>[1]>['hooks'] = []) => {
  const { data } = await model.logits(await model.run([prompt], { hooks }), [prompt.length - 1]);
  return data[metric.positive] - data[metric.negative];
};
const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + value!, 0);

test('a program into itself: every attribution is 0, and none is listed', async () => {
  const same = await attribute(sparse, { source: VARIANT, sourceOf: VARIANT.map((_, i) => i) });
  expect([same.top, same.summed]).toEqual([[], []]);
  for (const { rows } of same.saes) for (const row of rows) expect([row.latents, row.error]).toEqual([0, 0]);
  expect(same.baseMetric).toBe(same.sourceMetric);
});

test('metrics are those of the model itself with error terms, and of the reconstructions without', async () => {
  const withErrors = await attribute(sparse);
  expect(withErrors.baseMetric).toBeCloseTo(await difference(VARIANT), 4);
  expect(withErrors.sourceMetric).toBeCloseTo(await difference(ORIGINAL), 4);
  const without = await attribute(sparse, { error: false, mode: 'through' });
  const hooks = sparse.map((sae) => ({ site: sae.site, edit: async (x: ReturnType<typeof floats>) => fromRows(sae, await sae.reconstruct(toRows(sae, x)), x) }));
  expect(without.baseMetric).toBeCloseTo(await difference(VARIANT, hooks), 4);
  expect(Math.abs(without.baseMetric - withErrors.baseMetric)).toBeGreaterThan(0.01);
  for (const { rows } of without.saes) for (const row of rows) expect(row.error).toBeNull();
});

test('the largest few are the largest of all, where they stand, and sums over positions are sums', async () => {
  const few = await attribute(sparse, { top: 7 });
  const all = await attribute(sparse, { top: 5000 });
  expect(few.top).toHaveLength(7);
  expect(few.top.map(({ attribution }) => attribution)).toEqual(all.top.slice(0, 7).map(({ attribution }) => attribution));
  expect(all.top.some(({ head }) => head === 3)).toBe(true);
  expect(all.top.some(({ position }) => position === 3)).toBe(false);
  for (const { sae, latent, attribution } of few.summed) {
    expect(attribution).toBeCloseTo(sum(all.top.filter((node) => node.sae === sae && node.latent === latent).map((node) => node.attribution)), 4);
  }
  for (const { sae, rows } of all.saes) {
    expect(rows).toHaveLength(8 * (sae.config.site === z ? 4 : 1));
    for (const { position, head, latents } of rows) {
      expect(latents).toBeCloseTo(sum(all.top.filter((node) => node.sae === sae && node.position === position && node.head === head).map((node) => node.attribution)), 4);
    }
  }
  // Activations of both runs, from encoding each.
  const source = await model.run([ORIGINAL], { read: sparse.map(({ site }) => site) });
  for (const { sae, latent, position, head, source: value } of all.top.slice(0, 40)) {
    const latents = await sae.encode(toRows(sae, source.sites.get(sae.config.site)!));
    const row = SOURCE_OF[position]! * (head === null ? 1 : 4) + (head ?? 0);
    expect(value).toBeCloseTo(latents.data[row * sae.config.dSae + latent], 4);
  }
});

test('latents and error together are the whole activation: its difference times its gradient', async () => {
  const result = await attribute(sparse);
  const source = await model.run([ORIGINAL], { read: sparse.map(({ site }) => site) });
  for (const [i, { sae, rows }] of result.saes.entries()) {
    const { x, output } = result.gradients.saes[i];
    const other = toRows(sae, source.sites.get(sae.config.site)!);
    const each = x.shape[0] / VARIANT.length;
    const { dIn } = sae.config;
    for (const { position, head, latents, error } of rows) {
      const [to, from] = [position, SOURCE_OF[position]!].map((at) => (at * each + (head ?? 0)) * dIn);
      const whole = sum(Array.from({ length: dIn }, (_, j) => (other.data[from + j] - x.data[to + j]) * output.data[to + j]));
      expect(latents + error!).toBeCloseTo(whole, 3);
    }
  }
});

describe.each([
  { error: true, mode: 'pass-through' as const },
  { error: false, mode: 'through' as const },
])('attribution is what really patching gives in the linear limit: %j', (options) => {
  let result: LatentAttribution;
  beforeAll(async () => void (result = await attribute(smooth, { ...options, top: 400 })));

  test('one latent at a time', async () => {
    // The largest of each SAE.
    const nodes = smooth.flatMap((sae) => result.top.filter((node) => node.sae === sae).slice(0, 3));
    expect(new Set(nodes.map(({ sae }) => sae)).size).toBe(5);
    const share = 0.1;
    const moved = (sign: number) => nodes.map((node) => ({ ...node, value: node.base + sign * share * (node.source - node.base) }));
    const [up, down] = [await patchLatents(model, VARIANT, metric, moved(1), { saes: smooth, ...options }), await patchLatents(model, VARIANT, metric, moved(-1), { saes: smooth, ...options })];
    nodes.forEach(({ sae, latent, attribution }, i) => {
      const slope = (up[i] - down[i]) / (2 * share);
      expect(Math.abs(slope - attribution), `${sae.config.site} ${latent}: ${slope} for ${attribution}`).toBeLessThan(0.04 * Math.abs(attribution) + 2e-5);
      expect(Math.abs(attribution), sae.config.site).toBeGreaterThan(options.error ? 0.02 : 2e-4);
    });
  });

  test('the activation that a latent has: nothing changes', async () => {
    const settings = result.top.slice(0, 5).map((node) => ({ ...node, value: node.base }));
    for (const value of await patchLatents(model, VARIANT, metric, settings, { saes: smooth, ...options })) expect(value).toBeCloseTo(result.baseMetric, 3);
  });
});

test('the direct effect is the straight way by hand: the activation added to the last residual stream, normed and unembedded', async () => {
  const result = await attribute(smooth, { top: 5000 });
  const nodes = result.top.filter(({ sae, position }) => position === 8 || sae === smooth[0]);
  const effects = await directEffects(model, result.gradients, metric, nodes);
  const run = await model.run([VARIANT]);
  const width = 24;
  let seen = 0;
  for (const [i, { sae, latent, position, base, source }] of nodes.entries()) {
    if (['blocks.0.mlp.hook_post', z].includes(sae.config.site)) expect(effects[i]).toBeNull();
    else if (position !== 8) expect(effects[i]).toBe(0);
    else if (seen++ < 12) {
      const direction = await sae.decodeChange(floats(Float32Array.of(1), [1, 1]), [latent], floats(new Float32Array(width), [1, width]));
      const at = async (share: number) => {
        const resid = run.resid.data.slice();
        for (let j = 0; j < width; j++) resid[8 * width + j] += share * (source - base) * direction.data[j];
        const { data } = await model.logits({ resid: floats(resid, run.resid.shape) }, [8]);
        return data[metric.positive] - data[metric.negative];
      };
      expect(((await at(0.1)) - (await at(-0.1))) / 0.2).toBeCloseTo(effects[i]!, 2);
      // Behind the last layer there is no other way.
      if (sae === smooth[4]) expect(effects[i]).toBeCloseTo(nodes[i].attribution, 4);
    }
  }
  expect(Math.max(...effects.map((effect) => Math.abs(effect ?? 0)))).toBeGreaterThan(0.05);
  expect(seen).toBeGreaterThan(12);
});

test('the direct effect of a normalised SAE is in the scale of the last position', async () => {
  const sae = await openSae(await writeSae({ site: 'blocks.2.hook_resid_post', cfg: { normalize_activations: 'layer_norm' } }));
  const result = await attribute([sae], { top: 5000 });
  const nodes = result.top.filter(({ position }) => position === 8);
  const effects = await directEffects(model, result.gradients, metric, nodes);
  expect(nodes.length).toBeGreaterThan(5);
  nodes.forEach(({ attribution }, i) => expect(effects[i]).toBeCloseTo(attribution, 4));
  expect(Math.max(...effects.map((effect) => Math.abs(effect!)))).toBeGreaterThan(0.05);
});

test('SAEs that do not fit, and lists of another length, are refused', async () => {
  const refused = async (spec: SaeSpec) => attribute([await openSae(await writeSae(spec))]);
  await expect(refused({ dIn: 8 })).rejects.toThrow('there this model has 24');
  await expect(refused({ site: 'blocks.7.hook_resid_post' })).rejects.toThrow('this model has the layers 0 to 2');
  await expect(refused({ site: 'ln_final.hook_normalized' })).rejects.toThrow('choose one of a layer');
  await expect(attribute(sparse, { sourceOf: [0] })).rejects.toThrow('one entry for each position');
});
