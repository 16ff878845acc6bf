import { describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { attributeLatents } from '../../../src/methods/latents/attribution';
import { outputChange } from '../../../src/methods/latents/integrated';
import { patchLatents } from '../../../src/methods/latents/patching';
import type { Hook } from '../../../src/model';
import { fromRows, toRows, type LoadedSae } from '../../../src/sae';
import type { SaeSpec } from '../../sae/kit';
import { openFixtureSaes } from './fixture-saes';

const SOURCE = [3, 14, 15, 9, 26, 5, 31, 7];
const BASE = [3, 14, 8, 9, 26, 50, 31, 7];
const metric = { positive: 4, negative: 21 };
const z = 'blocks.1.attn.hook_z';
const SPECS: SaeSpec[] = [
  { site: 'hook_embed' },
  { site: 'blocks.0.mlp.hook_post', dIn: 40 },
  { site: z, dIn: 8 },
  { site: 'blocks.1.hook_attn_out', cfg: { normalize_activations: 'layer_norm' } },
  { site: 'blocks.1.hook_resid_post' },
  { site: 'blocks.2.attn.hook_v', dIn: 8, cfg: { metadata: { hook_name: 'blocks.2.attn.hook_v', hook_head_index: 1 } } },
  { site: 'blocks.2.hook_resid_post' },
];

const { model, sparse: saes, smooth } = await openFixtureSaes(SPECS);

const same = BASE.map((_, i) => i);
const attribute = (change: Partial<Parameters<typeof attributeLatents>[1]> = {}) =>
  attributeLatents(model, { base: BASE, source: SOURCE, sourceOf: same, metric, saes, error: true, mode: 'pass-through', top: 10, ...change });
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const total = (rows: readonly { latents: number; error: number | null }[]) => sum(rows.map(({ latents, error }) => latents + (error ?? 0)));

/** The metric with one SAE's nodes all moved to the source's, others spliced in without their errors if asked for. */
async function moved(sae: LoadedSae, all: readonly LoadedSae[], error: boolean): Promise<number> {
  const at = async (prompt: number[]) => {
    const inputs = new Map<LoadedSae, FloatArray>();
    const hooks = error ? [] : spliced(all, (one, x) => void inputs.set(one, x));
    const run = await model.run([prompt], { read: [sae.site], hooks });
    return error ? toRows(sae, run.sites.get(sae.config.site)!) : inputs.get(sae)!;
  };
  const change = await outputChange(sae, await at(BASE), await at(SOURCE), error);
  const hook: Hook = { site: sae.site, edit: (activation) => fromRows(sae, floats(toRows(sae, activation).data.map((value, i) => value + change.data[i]), change.shape), activation) };
  const { data } = await model.logits(await model.run([BASE], { hooks: error ? [hook] : [...spliced(all), hook] }), [BASE.length - 1]);
  return data[metric.positive] - data[metric.negative];
}

function spliced(list: readonly LoadedSae[], seen: (sae: LoadedSae, x: FloatArray) => void = () => undefined): Hook[] {
  return list.map((sae) => ({
    site: sae.site,
    async edit(activation) {
      const x = toRows(sae, floats(activation.data.slice(), activation.shape));
      seen(sae, x);
      return fromRows(sae, await sae.reconstruct(x), activation);
    },
  }));
}

test('one step is the plain gradient', async () => {
  const { gradients: _, ...plain } = await attribute();
  const { gradients: __, ...one } = await attribute({ steps: 1 });
  expect(one).toEqual(plain);
});

describe.each([
  { error: true, mode: 'pass-through' as const, noticeable: 0.05 },
  { error: false, mode: 'through' as const, noticeable: 2e-4 },
])('completeness: %j', ({ noticeable, ...options }) => {
  test('the nodes of one SAE sum to what moving all of them does, far better than with one gradient', async () => {
    const own = options.error ? saes : smooth;
    const along = (steps: number) => attribute({ ...options, saes: own, steps });
    const [plain, ten, fifty] = [await along(1), await along(10), await along(50)];
    const misses = { plain: 0, ten: 0, fifty: 0 };
    for (const [i, sae] of own.entries()) {
      const effect = (await moved(sae, own, options.error)) - plain.baseMetric;
      misses.plain += Math.abs(total(plain.saes[i].rows) - effect);
      misses.ten += Math.abs(total(ten.saes[i].rows) - effect);
      misses.fifty += Math.abs(total(fifty.saes[i].rows) - effect);
      expect(Math.abs(total(fifty.saes[i].rows) - effect), sae.config.site).toBeLessThan(0.03 * Math.abs(effect) + noticeable / 25);
    }
    expect(misses.ten, JSON.stringify(misses)).toBeLessThan(0.35 * misses.plain);
    expect(misses.fifty, JSON.stringify(misses)).toBeLessThan(0.35 * misses.ten);
    expect(misses.plain).toBeGreaterThan(noticeable);
  });
});

test('with the whole residual stream moved, that is the difference of the two programs', async () => {
  const { baseMetric, sourceMetric, saes: parts } = await attribute({ steps: 50 });
  const residual = parts.find(({ sae }) => sae.config.site === 'blocks.1.hook_resid_post')!;
  expect(Math.abs(sourceMetric - baseMetric)).toBeGreaterThan(0.05);
  expect(total(residual.rows)).toBeCloseTo(sourceMetric - baseMetric, 2);
});

test('the gradient in the middle of the way is that of finite differences there', async () => {
  // Two steps: the mean of the gradient at the base and of that half way.
  const sae = saes[1];
  const [plain, two] = [await attribute({ top: 400 }), await attribute({ top: 400, steps: 2 })];
  const of = (list: typeof plain.top) => list.filter((node) => node.sae === sae);
  const nodes = of(two.top).slice(0, 4);
  const { gradients } = plain;
  const { x } = gradients.saes[1];
  const source = toRows(sae, (await model.run([SOURCE], { read: [sae.site] })).sites.get(sae.config.site)!);
  const change = await outputChange(sae, x, source, true);
  for (const node of nodes) {
    const half = 2 * node.attribution - of(plain.top).find(({ latent, position }) => latent === node.latent && position === node.position)!.attribution;
    const direction = await sae.decodeChange(floats(Float32Array.of(1), [1, 1]), [node.latent], floats(new Float32Array(40), [1, 40]));
    const at = async (share: number) => {
      const edit = (activation: FloatArray) => {
        const data = activation.data.map((value, i) => value + change.data[i] / 2);
        for (let j = 0; j < 40; j++) data[node.position * 40 + j] += share * (node.source - node.base) * direction.data[j];
        return floats(data, activation.shape);
      };
      const { data } = await model.logits(await model.run([BASE], { hooks: [{ site: sae.site, edit }] }), [BASE.length - 1]);
      return data[metric.positive] - data[metric.negative];
    };
    const slope = ((await at(0.1)) - (await at(-0.1))) / 0.2;
    expect(Math.abs(slope - half), `${slope} for ${half}`).toBeLessThan(0.03 * Math.abs(half) + 5e-5);
  }
  expect(nodes).toHaveLength(4);
});

test('positions that are left out are not moved', async () => {
  const some = await attribute({ steps: 10, sourceOf: same.map((at) => (at === 5 ? at : null)) });
  expect(new Set(some.top.map(({ position }) => position))).toEqual(new Set([5]));
  const settings = some.top.slice(0, 3).map((node) => ({ ...node, value: node.source }));
  expect(await patchLatents(model, BASE, metric, settings, { saes, error: true })).toHaveLength(3);
  expect((await attribute({ steps: 10, sourceOf: same.map(() => null) })).top).toEqual([]);
});
