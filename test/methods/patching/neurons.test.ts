/** Patching of neurons: full forward passes with a hook, estimates against the sweep's, and all of them against the MLP's whole activation. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { attributionPatching } from '../../../src/methods/patching/attribution-patching';
import { Neurons, type Neuron } from '../../../src/methods/patching/neurons';
import { patchPositions } from '../../../src/methods/patching/patching';
import { Model, residualsBefore } from '../../../src/model';
import { blockSite, siteName } from '../../../src/vocabulary/sites';
import { ORIGINAL, PAIRS, type PromptPair } from './pairs';

const SITE = 'mlp.hook_post';
const metric = { positive: 4, negative: 21 };
const FAMILIES = ['gpt2', 'gpt_neox', 'gptj', 'gemma2', 'gemma3', 'qwen3', 'gpt_bigcode', 'starcoder2', 'phi3'];

describe.each(['llama-gqa', 'llama-mqa', ...FAMILIES.map((name) => `families/${name}`)])('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  const read = ([, base, source, sourceOf]: PromptPair, layer?: number) => Neurons.read(model, { base, source, sourceOf, metric, layer });
  const allOf = (layer: number): Neuron[] => Array.from({ length: model.shape.mlpWidth }, (_, index) => ({ layer, index }));

  async function naive([, base, source, sourceOf]: PromptPair, { layer, index }: Neuron, positions: readonly number[]): Promise<number> {
    const site = blockSite(layer, SITE);
    const there = (await model.run([source], { read: [site] })).sites.get(siteName(site))!.data;
    const size = model.shape.mlpWidth;
    const edit = ({ data, shape }: FloatArray) => {
      const copy = data.slice();
      for (const position of positions) {
        const from = sourceOf[position];
        if (from !== null) copy[position * size + index] = there[from * size + index];
      }
      return floats(copy, shape);
    };
    const { data } = await model.logits(await model.run([base], { hooks: [{ site, edit }] }), [base.length - 1]);
    return data[metric.positive] - data[metric.negative];
  }

  test.each(PAIRS)('each patch equals a full forward pass with that neuron replaced: %s', async (...pair) => {
    const [, base, , sourceOf] = pair;
    const made = await read(pair);
    const all = [...base.keys()];
    let moved = 0;
    for (const per of ['neuron', 'neuron-and-position'] as const) {
      const chosen = [...made.ranked(per).slice(0, 4), { layer: model.shape.layers - 1, index: 1 }];
      const metrics = await made.patch(chosen, per);
      for (const [i, row] of metrics.entries()) {
        expect(row).toHaveLength(per === 'neuron' ? 1 : base.length);
        for (const [at, value] of row.entries()) {
          if (per !== 'neuron' && sourceOf[at] === null) expect(value).toBeNull();
          else expect(value, `${JSON.stringify(chosen[i])} at ${at}`).toBeCloseTo(await naive(pair, chosen[i], per === 'neuron' ? all : [at]), 4);
          moved = Math.max(moved, Math.abs((value ?? made.baseMetric) - made.baseMetric));
        }
      }
    }
    expect(moved).toBeGreaterThan(1e-4);
  });

  test.each(PAIRS)('all neurons of a layer at a position are the patch of its whole activation: %s', async (...pair) => {
    const [, base, source, sourceOf] = pair;
    const whole = await patchPositions(model, { base, source, sourceOf, metric, site: SITE });
    const made = await read(pair);
    for (let layer = 0; layer < model.shape.layers; layer++) {
      for (const position of base.keys()) {
        const together = await made.together(allOf(layer), [position]);
        expect(together, `layer ${layer}, position ${position}`).toBeCloseTo(whole.metric[layer][position] ?? whole.baseMetric, 4);
      }
    }
    // One alone, in both ways.
    const [first] = made.ranked('neuron');
    expect(await made.together([first])).toBeCloseTo((await made.patch([first], 'neuron'))[0][0]!, 4);
  });

  test('estimates of all neurons at a position are that of the position, and the largest come first', async () => {
    const [pair] = PAIRS;
    const [, base, source, sourceOf] = pair;
    const made = await read(pair);
    const sites = Array.from({ length: model.shape.layers }, (_, layer) => blockSite(layer, SITE));
    const sitesRead = [...residualsBefore(model), ...sites];
    const runs = { base: await model.run([base], { read: sitesRead }), source: await model.run([source], { read: sitesRead }) };
    const positions = await attributionPatching(model, { ...runs, baseMetric: 0, sourceOf, metric, sites });
    positions.forEach((row, layer) => {
      const each = allOf(layer).map((one) => made.estimate(one));
      row.forEach((value, at) => {
        if (value === null) return expect(each.every((of) => of[at] === null)).toBe(true);
        expect(each.reduce((sum, of) => sum + of[at]!, 0)).toBeCloseTo(value, 4);
      });
    });
    const size = (one: Neuron) => Math.abs(made.estimate(one).reduce<number>((sum, value) => sum + (value ?? 0), 0));
    const most = (one: Neuron) => Math.max(...made.estimate(one).map((value) => Math.abs(value ?? 0)));
    for (const [per, of] of [['neuron', size], ['neuron-and-position', most]] as const) {
      const sizes = made.ranked(per).map(of);
      expect(sizes).toHaveLength(model.shape.layers * model.shape.mlpWidth);
      for (let i = 1; i < sizes.length; i++) expect(sizes[i]).toBeLessThanOrEqual(sizes[i - 1] + 1e-6);
    }
    const [only] = (await read(pair, 1)).ranked('neuron');
    expect(only.layer).toBe(1);
  });

  test('a program patched into itself changes nothing', async () => {
    const same: PromptPair = ['', ORIGINAL, ORIGINAL, ORIGINAL.map((_, i) => i)];
    const made = await read(same);
    const some = [0, 1].map((index) => ({ layer: 0, index }));
    for (const value of (await made.patch(some, 'neuron-and-position')).flat()) expect(value).toBe(made.baseMetric);
    expect(await made.together(allOf(0))).toBeCloseTo(made.baseMetric, 5);
    expect(made.ranked('neuron').every((one) => made.estimate(one).every((value) => value === 0))).toBe(true);
    // Nor where the first has no counterpart, so that all later patches are really run.
    const later = await read(['', ORIGINAL, ORIGINAL, ORIGINAL.map((_, i) => (i === 0 ? null : i))]);
    for (const value of (await later.patch(some, 'neuron-and-position')).flat()) if (value !== null) expect(value).toBeCloseTo(made.baseMetric, 4);
  });
});
