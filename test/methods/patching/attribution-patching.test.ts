import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats } from '../../../src/graph';
import { attributionPatching } from '../../../src/methods/patching/attribution-patching';
import { blockSite, PATCH_SITES, type PatchSite, siteName } from '../../../src/vocabulary/sites';
import { Model, residualsBefore } from '../../../src/model';

const BASE = [3, 14, 8, 2, 9, 11, 5, 31, 7];
const SOURCE = [3, 14, 15, 9, 26, 5, 31, 7];
/** The base has a token at 3 that the source lacks. */
const SOURCE_OF = [0, 1, 2, null, 3, 4, 5, 6, 7];
const metric = { positive: 4, negative: 21 };

let model: Model;
beforeAll(async () => {
  model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'), { threads: 1 });
});
afterAll(() => model.release());

const sitesOf = (site: PatchSite) => Array.from({ length: model.shape.layers }, (_, layer) => blockSite(layer, site));

async function estimated(base: number[], source: number[], sourceOf: readonly (number | null)[], site: PatchSite) {
  const sites = sitesOf(site);
  const read = [...residualsBefore(model), ...sites];
  const [baseRun, sourceRun] = [await model.run([base], { read }), await model.run([source], { read })];
  return attributionPatching(model, { base: baseRun, source: sourceRun, baseMetric: await difference(base), sourceOf, metric, sites });
}

async function difference(prompt: number[], hooks: NonNullable<Parameters<Model['run']>[1]>['hooks'] = []): Promise<number> {
  const run = await model.run([prompt], { hooks });
  const { data } = await model.logits(run, [prompt.length - 1]);
  return data[metric.positive] - data[metric.negative];
}

/** The slope of the metric along a direction at one activation of a prompt's run, by central differences. */
async function slope(prompt: number[], site: PatchSite, layer: number, position: number, direction: Float32Array): Promise<number> {
  const step = 2e-3;
  const moved = (by: number) =>
    difference(prompt, [{
      site: blockSite(layer, site),
      edit: ({ data, shape }) => {
        const copy = data.slice();
        direction.forEach((value, i) => (copy[position * direction.length + i] += by * value));
        return floats(copy, shape);
      },
    }]);
  return ((await moved(step)) - (await moved(-step))) / (2 * step);
}

describe.each(PATCH_SITES)('%s', (site) => {
  test('an estimate is the mean of the slopes at both ends, towards the source', async () => {
    const result = await estimated(BASE, SOURCE, SOURCE_OF, site);
    const read = sitesOf(site);
    const [own, other] = [await model.run([BASE], { read }), await model.run([SOURCE], { read })];
    const before = await difference(BASE);
    let most = 0;
    for (const [layer, row] of result.entries()) {
      expect(row).toHaveLength(BASE.length);
      for (const [position, from] of SOURCE_OF.entries()) {
        if (from === null) {
          expect(row[position]).toBeNull();
          continue;
        }
        const at = (run: typeof own, index: number, length: number) => {
          const { data } = run.sites.get(siteName(blockSite(layer, site)))!;
          return data.subarray((index * data.length) / length, ((index + 1) * data.length) / length);
        };
        const wanted = at(other, from, SOURCE.length);
        const direction = at(own, position, BASE.length).map((value, i) => wanted[i] - value);
        const slopes = [await slope(BASE, site, layer, position, direction), await slope(SOURCE, site, layer, from, direction)];
        const change = (slopes[0] + slopes[1]) / 2;
        expect(row[position]! - before, `layer ${layer}, position ${position}`).toBeCloseTo(change, 2);
        most = Math.max(most, Math.abs(change));
      }
    }
    expect(most).toBeGreaterThan(0.05);
  });

  test('nothing is estimated to change where the activations are equal', async () => {
    const result = await estimated(SOURCE, SOURCE, SOURCE.map((_, i) => i), site);
    const before = await difference(SOURCE);
    for (const value of result.flat()) expect(value).toBeCloseTo(before, 6);
  });
});

test('behind all layers, where only the final norm is left to bend the way, an estimate comes close to the patch', async () => {
  const site = 'hook_resid_post';
  const last = BASE.length - 1;
  const layer = model.shape.layers - 1;
  const [row] = (await estimated(BASE, SOURCE, SOURCE_OF, site)).slice(layer);
  const target = await difference(SOURCE);
  const before = await difference(BASE);
  expect(Math.abs(row[last]! - target)).toBeLessThan(0.2 * Math.abs(target - before));
});
