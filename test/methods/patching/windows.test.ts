/** Layer windows: a patch made again in the layers that follow equals a full forward pass with a hook in each. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { HEAD_AXES } from '../../../src/methods/patching/heads';
import { patchPositions, patchUnits } from '../../../src/methods/patching/patching';
import { PATTERN_AXES } from '../../../src/methods/patching/patterns';
import { Model, type Hook } from '../../../src/model';
import { blockSite, siteName, type PatchSite } from '../../../src/vocabulary/sites';
import { ORIGINAL, PAIRS, type PromptPair } from './pairs';

const metric = { positive: 4, negative: 21 };
const SAME_LENGTH: PromptPair = ['as many tokens', [3, 14, 8, 9, 11, 5, 31, 7], ORIGINAL, ORIGINAL.map((_, i) => i)];
const SITES = ['hook_resid_pre', 'hook_resid_post', 'hook_attn_out', 'hook_mlp_out', 'attn.hook_z', 'mlp.hook_post'] as const satisfies readonly PatchSite[];

describe.each(['llama-gqa', 'llama-mqa', 'families/gpt2', 'families/gpt_neox', 'families/gemma2', 'families/qwen3'])('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  const swept = ([, base, source, sourceOf]: PromptPair, site: PatchSite, window?: number) =>
    patchPositions(model, { base, source, sourceOf, metric, site, window });

  /** One full forward pass with a position's activation replaced in each of the layers. */
  async function naive([, base, source, sourceOf]: PromptPair, site: PatchSite, layers: readonly number[], positions: readonly number[]): Promise<number> {
    const sites = layers.map((layer) => blockSite(layer, site));
    const there = (await model.run([source], { read: sites })).sites;
    const hooks = sites.map((where): Hook => ({
      site: where,
      edit: ({ data, shape }: FloatArray) => {
        const copy = data.slice();
        const size = data.length / base.length;
        for (const position of positions) {
          const from = sourceOf[position]!;
          copy.set(there.get(siteName(where))!.data.subarray(from * size, (from + 1) * size), position * size);
        }
        return floats(copy, shape);
      },
    }));
    const { data } = await model.logits(await model.run([base], { hooks }), [base.length - 1]);
    return data[metric.positive] - data[metric.negative];
  }
  const layersFrom = (first: number, window: number) => Array.from({ length: Math.min(window, model.shape.layers - first) }, (_, i) => first + i);

  describe.each(SITES)('%s', (site) => {
    test.each([SAME_LENGTH, ...PAIRS])('a window of one is the sweep, of more as many hooks: %s', async (...pair) => {
      const [, base, , sourceOf] = pair;
      const plain = await swept(pair, site);
      expect((await swept(pair, site, 1)).metric).toEqual(plain.metric);
      let differs = 0;
      for (const window of [2, model.shape.layers]) {
        const { metric: values } = await swept(pair, site, window);
        for (const [layer, row] of values.entries()) {
          for (const [position, value] of row.entries()) {
            if (sourceOf[position] === null) expect(value).toBeNull();
            else expect(value, `${window} from ${layer} at ${position}`).toBeCloseTo(await naive(pair, site, layersFrom(layer, window), [position]), 4);
            differs = Math.max(differs, Math.abs((value ?? 0) - (plain.metric[layer][position] ?? 0)));
          }
        }
        // The last layer has no other behind it.
        values.at(-1)!.forEach((value, at) => (value === null ? expect(plain.metric.at(-1)![at]).toBeNull() : expect(value).toBeCloseTo(plain.metric.at(-1)![at]!, 4)));
      }
      expect(differs).toBeGreaterThan(1e-4);
      expect(base.length).toBe(plain.metric[0].length);
    });
  });

  test('all positions of the stream in all layers are the source\'s run, and so are those of attention and MLPs of the last', async () => {
    const [, base, source, sourceOf] = SAME_LENGTH;
    const all = { name: 'everything', sites: ['hook_resid_pre'], whole: true, units: ([, length, width]: readonly number[]) => [{ positions: [...Array(length).keys()], start: 0, end: width }] } as const;
    const { metric: [[everywhere]], sourceMetric, baseMetric } = await patchUnits(model, all, { base, source, sourceOf, metric, site: 'hook_resid_pre', window: model.shape.layers });
    expect(everywhere).toBeCloseTo(sourceMetric, 4);
    expect(Math.abs(baseMetric - sourceMetric)).toBeGreaterThan(1e-3);
    // At the last position alone, where the metric is read, the stream of all layers after the last is the source's too.
    expect((await swept(SAME_LENGTH, 'hook_resid_post', model.shape.layers)).metric[0].at(-1)).toBeCloseTo(sourceMetric, 4);
  });

  test('a program patched into itself changes nothing', async () => {
    const same: PromptPair = ['', ORIGINAL, ORIGINAL, ORIGINAL.map((_, i) => i)];
    for (const site of SITES) {
      const { metric: values, baseMetric } = await swept(same, site, 3);
      for (const value of values.flat()) expect(value).toBe(baseMetric);
      const later = await swept(['', ORIGINAL, ORIGINAL, ORIGINAL.map((_, i) => (i === 0 ? null : i))], site, 3);
      for (const value of later.metric.flat()) if (value !== null) expect(value).toBeCloseTo(baseMetric, 4);
    }
  });

  test('heads and patterns too', async () => {
    const [, base, source, sourceOf] = SAME_LENGTH;
    for (const [axis, site] of [[HEAD_AXES['head-and-position'], 'attn.hook_v'], [PATTERN_AXES['head-and-position'], 'attn.hook_pattern']] as const) {
      const one = await patchUnits(model, axis, { base, source, sourceOf, metric, site });
      const two = await patchUnits(model, axis, { base, source, sourceOf, metric, site, window: 2 });
      expect(two.metric.at(-1)!.map((value) => value!.toFixed(4))).toEqual(one.metric.at(-1)!.map((value) => value!.toFixed(4)));
      expect(two.metric[0]).not.toEqual(one.metric[0]);
    }
    // All heads at once are the whole activation, in windows too.
    for (const window of [1, 2]) {
      const options = { base, source, sourceOf, metric, site: 'attn.hook_z', window } as const;
      expect((await patchUnits(model, HEAD_AXES['layer-and-position'], options)).metric).toEqual((await patchPositions(model, options)).metric);
    }
    // Whole patterns: of the last layer alone, or of it and those before.
    const everything = await patchUnits(model, PATTERN_AXES.layer, { base, source, sourceOf, metric, site: 'attn.hook_pattern', window: model.shape.layers });
    const each = await patchUnits(model, PATTERN_AXES.layer, { base, source, sourceOf, metric, site: 'attn.hook_pattern' });
    expect(everything.metric.at(-1)![0]).toBeCloseTo(each.metric.at(-1)![0]!, 4);
    expect(everything.metric[0][0]).not.toBeCloseTo(each.metric[0][0]!, 5);
  });
});
