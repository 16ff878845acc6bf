/** Sites of attention: what they hold of a layer together is all that its heads mix, and all that attention adds. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats } from '../../../src/graph';
import { Model, type Hook } from '../../../src/model';
import { blockSite, siteName, type BlockSite } from '../../../src/vocabulary/sites';

/** As long as each other, so that each position has a counterpart, and so has each column of a pattern. */
const BASE = [3, 14, 8, 2, 9, 11, 5, 31];
const SOURCE = [3, 14, 15, 9, 26, 5, 31, 7];

const FIXTURES = ['llama-gqa', 'families/gpt_bigcode', 'families/gemma2', 'families/gpt2', 'families/gpt_neox'];

describe.each(FIXTURES)('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  /** What the layer has at a site in one program's run, with its activations at others taken from another's. */
  const activation = async (ids: number[], layer: number, site: BlockSite, hooks: Hook[] = []): Promise<Float32Array> => {
    const read = blockSite(layer, site);
    return (await model.run([ids], { read: [read], hooks })).sites.get(siteName(read))!.data;
  };
  const taken = (from: number[], layer: number, sites: readonly BlockSite[]): Promise<Hook[]> =>
    Promise.all(sites.map(async (site): Promise<Hook> => {
      const data = await activation(from, layer, site);
      return { site: blockSite(layer, site), edit: ({ shape }) => floats(data.slice(), shape) };
    }));
  const furthest = (a: Float32Array, b: Float32Array) => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

  test.each([
    ['queries, keys and values', ['attn.hook_q', 'attn.hook_k', 'attn.hook_v'], 'hook_attn_out'],
    ['patterns and values', ['attn.hook_pattern', 'attn.hook_v'], 'attn.hook_z'],
  ] as const)('%s of all heads are all of it', async (_, sites, result) => {
    for (let layer = 0; layer < model.shape.layers; layer++) {
      const [own, other] = [await activation(BASE, layer, result), await activation(SOURCE, layer, result)];
      const patched = await activation(BASE, layer, result, await taken(SOURCE, layer, sites));
      expect(furthest(patched, other), `layer ${layer}`).toBeLessThan(1e-5);
      expect(await activation(BASE, layer, result, await taken(BASE, layer, sites)), `layer ${layer}, its own`).toEqual(own);
      for (const left of sites) {
        const others = sites.filter((site) => site !== left);
        const part = await activation(BASE, layer, result, await taken(SOURCE, layer, others));
        expect(furthest(part, other), `layer ${layer} without ${left}`).toBeGreaterThan(1e-5);
      }
    }
  });
});
