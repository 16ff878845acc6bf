/** An SAE at every site of every family: it fits there, and where heads lie apart it reads its own, and the gradient at it is the slope. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../src/graph';
import { latentGradients } from '../../src/methods/latents/gradients';
import { logitDifference, Model } from '../../src/model';
import { openSae, requireFit, spliceHooks, type LoadedSae } from '../../src/sae';
import { FAMILY_FIXTURES } from '../engine/family-model';
import { randomFloats } from '../graph/check';
import { expectClose } from '../model/close';
import { writeSae } from './kit';
import { BLOCK_SITES, blockSite, siteName, type BlockSite } from '../../src/vocabulary/sites';

/** Where heads lie apart in the activation. */
const PER_HEAD: readonly BlockSite[] = ['attn.hook_q', 'attn.hook_k', 'attn.hook_v', 'attn.hook_z'];
const IDS = [3, 17, 9, 28, 5, 40];
const metric = { positive: 7, negative: 21 };

describe.each(FAMILY_FIXTURES)('%s', (_type, fixture) => {
  test('at each site, of all heads together and of one', async () => {
    const model = await Model.load(path.resolve('test/fixtures/golden/families', fixture), { threads: 1 });
    const layer = 1;
    const plain = (await model.run([IDS], { read: model.architecture.sites.map((site) => blockSite(layer, site)) })).sites;
    for (const site of BLOCK_SITES) {
      if (site === 'attn.hook_pattern') continue;
      const where = blockSite(layer, site);
      const activation = plain.get(siteName(where));
      if (!activation) {
        const absent = await openSae(await writeSae({ site: siteName(where), dIn: model.shape.width }), { threads: 1 });
        expect(() => requireFit(absent, model), site).toThrow('which the blocks of this');
        continue;
      }
      const perHead = PER_HEAD.includes(site);
      const size = activation.shape.at(-1)!;
      const dIn = activation.shape.slice(2).reduce((a, b) => a * b, 1);
      const cases: { dIn: number; cfg?: Record<string, unknown> }[] = [{ dIn }, ...(perHead ? [{ dIn: size, cfg: headOf(site, activation.shape[2] - 1) }] : [])];
      for (const one of cases) {
        // With all latents active there are no kinks, so the SAE is affine.
        const sae = await openSae(await writeSae({ site: siteName(where), ...one, offset: 40, gain: 0.1 }), { threads: 1 });
        expect(() => requireFit(sae, model), site).not.toThrow();
        if (perHead || site === 'mlp.hook_post') await spliced(model, sae, activation);
        await sae.release();
      }
      const wrong = await openSae(await writeSae({ site: siteName(where), dIn: dIn + 1 }), { threads: 1 });
      expect(() => requireFit(wrong, model), site).toThrow(`the SAE reads ${dIn + 1} numbers at ${siteName(where)}`);
    }
    await model.release();
  }, 60_000);
});

function headOf(site: BlockSite, head: number): Record<string, unknown> {
  return { metadata: { hook_name: `blocks.1.${site}`, hook_head_index: head, model_name: 'x', prepend_bos: false } };
}

/** Spliced with its error nothing changes; without, the site holds what decode(encode) gives for its rows; and the gradient is the slope. */
async function spliced(model: Model, sae: LoadedSae, activation: FloatArray): Promise<void> {
  const name = sae.config.site;
  const read = [sae.site];
  const withError = await model.run([IDS], { read, hooks: spliceHooks([sae], model, { error: true }) });
  expect(withError.sites.get(name)!.data).toEqual(activation.data);
  const without = (await model.run([IDS], { read, hooks: spliceHooks([sae], model, { error: false }) })).sites.get(name)!;
  const { head, dIn } = sae.config;
  const rowOf = (data: Float32Array, t: number) => {
    const each = data.length / IDS.length;
    const from = t * each + (head ?? 0) * dIn;
    return data.slice(from, from + dIn);
  };
  for (const t of [0, IDS.length - 1]) {
    const x = floats(rowOf(activation.data, t), [1, dIn]);
    expectClose(rowOf(without.data, t), (await sae.decode(await sae.encode(x), x)).data, `${name} at ${t}`, 1e-4);
  }

  const { saes: [{ output }] } = await latentGradients(model, [IDS], logitDifference(metric.positive, metric.negative), { saes: [sae], error: true, mode: 'through' });
  const direction = randomFloats(name, output.shape).data;
  const moved = async (step: number) => {
    const edit = (x: FloatArray) => {
      const data = x.data.slice();
      const [each, count] = [data.length / IDS.length, direction.length / IDS.length];
      for (let t = 0; t < IDS.length; t++) for (let i = 0; i < count; i++) data[t * each + (head ?? 0) * dIn + i] += step * direction[t * count + i];
      return floats(data, x.shape);
    };
    const run = await model.run([IDS], { hooks: [{ site: sae.site, edit }] });
    const logits = (await model.logits(run, [IDS.length - 1])).data;
    return logits[metric.positive] - logits[metric.negative];
  };
  const products = direction.map((value, i) => value * output.data[i]);
  const slope = products.reduce((sum, value) => sum + value, 0);
  const step = 1e-2;
  const measured = ((await moved(step)) - (await moved(-step))) / (2 * step);
  expect(Math.abs(measured - slope), `${name}: ${slope}`).toBeLessThan(0.02 * Math.hypot(...products) + 2e-4);
}
