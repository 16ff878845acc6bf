import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats } from '../../../src/graph';
import { normalizedEffect, patchPositions } from '../../../src/methods/patching/patching';
import { blockSite, PATCH_SITES, type PatchSite, siteName } from '../../../src/vocabulary/sites';
import { Model } from '../../../src/model';
import { ORIGINAL, PAIRS, type PromptPair } from './pairs';

const SAME_LENGTH = [3, 14, 8, 9, 11, 5, 31, 7];
const metric = { positive: 4, negative: 21 };

let model: Model;
beforeAll(async () => {
  model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'), { threads: 1 });
});
afterAll(() => model.release());

/** One full forward pass with one activation replaced. */
async function naive(base: number[], source: number[], site: PatchSite, layer: number, position: number, from: number): Promise<number> {
  const where = blockSite(layer, site);
  const values = (await model.run([source], { read: [where] })).sites.get(siteName(where))!;
  const size = values.data.length / source.length;
  const edit = (activation: typeof values) => {
    const data = activation.data.slice();
    data.set(values.data.subarray(from * size, (from + 1) * size), position * size);
    return floats(data, activation.shape);
  };
  return difference(base, [{ site: where, edit }]);
}

async function difference(prompt: number[], hooks: NonNullable<Parameters<Model['run']>[1]>['hooks'] = []): Promise<number> {
  const run = await model.run([prompt], { hooks });
  const { data } = await model.logits(run, [prompt.length - 1]);
  return data[metric.positive] - data[metric.negative];
}

describe('every patch equals a full forward pass with that one activation replaced', () => {
  const identity = ORIGINAL.map((_, i) => i);
  const cases: PromptPair[] = [
    ['equal lengths, denoising', SAME_LENGTH, ORIGINAL, identity],
    ['equal lengths, noising', ORIGINAL, SAME_LENGTH, identity],
    ...PAIRS,
  ];
  describe.each(PATCH_SITES)('%s', (site) => {
    test.each(cases)('%s', async (_, base, source, sourceOf) => {
      const result = await patchPositions(model, { base, source, sourceOf, metric, site });
      expect(result.site).toBe(site);
      expect(result.baseMetric).toBeCloseTo(await difference(base), 4);
      expect(result.sourceMetric).toBeCloseTo(await difference(source), 4);
      expect(Math.abs(result.baseMetric - result.sourceMetric)).toBeGreaterThan(1e-3);
      expect(result.metric).toHaveLength(model.shape.layers);
      let moved = 0;
      for (const [layer, row] of result.metric.entries()) {
        expect(row).toHaveLength(base.length);
        for (const [position, value] of row.entries()) {
          const from = sourceOf[position];
          if (from === null) {
            expect(value).toBeNull();
            continue;
          }
          expect(value, `layer ${layer}, position ${position}`).toBeCloseTo(await naive(base, source, site, layer, position, from), 4);
          moved = Math.max(moved, Math.abs(value! - result.baseMetric));
        }
      }
      expect(moved).toBeGreaterThan(1e-3);
    });
  });
});

test.each(PATCH_SITES)('a program patched into itself changes nothing at %s', async (site) => {
  const result = await patchPositions(model, { base: ORIGINAL, source: ORIGINAL, sourceOf: ORIGINAL.map((_, i) => i), metric, site });
  for (const value of result.metric.flat()) expect(value).toBe(result.baseMetric);
});

test('also when the sweep cannot know that the programs are one', async () => {
  // Equal tokens, but the first has no counterpart, so that all later patches are really run.
  const sourceOf = ORIGINAL.map((_, i) => (i === 0 ? null : i));
  for (const site of PATCH_SITES) {
    const result = await patchPositions(model, { base: ORIGINAL, source: ORIGINAL, sourceOf, metric, site });
    for (const value of result.metric.flatMap((row) => row.slice(1))) expect(value).toBeCloseTo(result.baseMetric, 4);
  }
});

test('the whole residual stream at the last position carries the last layer to the end', async () => {
  const sourceOf = ORIGINAL.map((_, i) => i);
  const result = await patchPositions(model, { base: SAME_LENGTH, source: ORIGINAL, sourceOf, metric, site: 'hook_resid_post' });
  expect(result.metric.at(-1)!.at(-1)).toBeCloseTo(result.sourceMetric, 4);
});

test('progress counts patches, a cancelled sweep rejects, and a wrong alignment is refused', async () => {
  const sourceOf = ORIGINAL.map((_, i) => i);
  const counts: [number, number][] = [];
  await patchPositions(model, { base: SAME_LENGTH, source: ORIGINAL, sourceOf, metric, onProgress: (done, total) => counts.push([done, total]) });
  expect(counts.at(-1)).toEqual([18, 18]);
  const stop = new AbortController();
  stop.abort();
  await expect(patchPositions(model, { base: SAME_LENGTH, source: ORIGINAL, sourceOf, metric, signal: stop.signal })).rejects.toThrow(/abort/i);
  await expect(patchPositions(model, { base: SAME_LENGTH, source: ORIGINAL, sourceOf: [0], metric })).rejects.toThrow('one entry for each position');
});

test('the effect is 1 as in the clean run and 0 as in the corrupted one', () => {
  expect(normalizedEffect(5, 5, -3)).toBe(1);
  expect(normalizedEffect(-3, 5, -3)).toBe(0);
  expect(normalizedEffect(1, 5, -3)).toBe(0.5);
});
