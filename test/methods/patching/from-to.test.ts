/** From → to: every patch equals a full forward pass with hooks of one's own, on every kind of attention, and what is written a full re-run. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FloatArray } from '../../../src/graph';
import { FromTo, type FromToOptions, type Transplant } from '../../../src/methods/patching/from-to';
import { patchPositions } from '../../../src/methods/patching/patching';
import { generate, Model, readLogits, type Hook } from '../../../src/model';
import { blockSite, siteName, type PatchSite } from '../../../src/vocabulary/sites';

const TARGET = [3, 14, 15, 9, 26, 5, 31, 7];
const SOURCE = [3, 14, 8, 2, 9, 11, 5, 31, 7];
/** Which position of the source stands beside each of the target's. */
const BESIDE = [0, 1, 2, 4, 5, 6, 7, 8];
const metric = { positive: 4, negative: 21 };

/** Grouped, one and as many key-value heads; parallel blocks; norms behind a block, windows and soft caps; norms of queries and keys. */
const KINDS = ['llama-gqa', 'llama-mqa', 'llama-mha-tied', 'families/gpt2', 'families/gpt_bigcode', 'families/gpt_neox', 'families/gptj', 'families/gemma2', 'families/gemma3', 'families/qwen3'];

describe.each(KINDS)('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  const reading = (options: Partial<FromToOptions> = {}) =>
    FromTo.read(model, { prompts: [SOURCE, TARGET], into: 1, site: 'hook_resid_post', how: 'replace', ...options });
  const one = (fromLayer: number, from: number, toLayer: number, to: number, prompt = 0): Transplant =>
    ({ from: [{ prompt, layer: fromLayer, position: from }], to: { layer: toLayer, position: to } });
  const logitsOf = async (prompt: readonly number[], hooks: readonly Hook[] = []): Promise<number[]> =>
    [...(await model.logits(await model.run([prompt], { hooks }), [prompt.length - 1])).data];
  const difference = (logits: readonly number[]) => logits[metric.positive] - logits[metric.negative];

  /** A vector read by a run of its own. */
  async function vector(prompt: readonly number[], site: PatchSite, layer: number, position: number): Promise<Float32Array> {
    const where = blockSite(layer, site);
    const { data } = (await model.run([prompt], { read: [where] })).sites.get(siteName(where))!;
    const size = data.length / prompt.length;
    return Float32Array.from(data.subarray(position * size, (position + 1) * size));
  }

  /** A hook that sets one position to a vector. */
  function setting(site: PatchSite, layer: number, position: number, value: Float32Array): Hook {
    const edit = ({ data }: FloatArray) => data.set(value, position * value.length);
    return { site: blockSite(layer, site), edit };
  }

  const close = (actual: readonly number[], expected: readonly number[]) => {
    expect(actual).toHaveLength(expected.length);
    actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
  };

  test('each place with its own site and prompt, and a map: hooks of one’s own that set the same vectors', async () => {
    const other = [3, 7, 7, 2, 9];
    const transplants: Transplant[] = [
      { from: [{ prompt: 0, layer: 1, position: 4, site: 'hook_mlp_out' }], to: { layer: 0, position: 3, site: 'hook_attn_out' } },
      { from: [{ prompt: 1, layer: 0, position: 2, site: 'hook_resid_pre' }], to: { layer: 1, position: 7 } },
    ];
    const map = (value: Float32Array) => value.map((one, i) => 0.5 * one + i / 50);
    const runs = await reading({ prompts: [SOURCE, other, TARGET], into: 2, sites: ['hook_mlp_out', 'hook_attn_out', 'hook_resid_pre'], map });
    const { hooks, moved } = runs.patch(transplants);
    expect(moved.every(({ changed }) => changed)).toBe(true);
    const expected = await logitsOf(TARGET, [
      setting('hook_attn_out', 0, 3, map(await vector(SOURCE, 'hook_mlp_out', 1, 4))),
      setting('hook_resid_post', 1, 7, map(await vector(other, 'hook_resid_pre', 0, 2))),
    ]);
    close(await logitsOf(TARGET, hooks(0)), expected);
    const mean = await reading({ prompts: [SOURCE, other, TARGET], into: 2 });
    const sources = [{ prompt: 0, layer: 1, position: 4 }, { prompt: 1, layer: 1, position: 4 }];
    const [first, second] = [await vector(SOURCE, 'hook_resid_post', 1, 4), await vector(other, 'hook_resid_post', 1, 4)];
    close(
      await logitsOf(TARGET, mean.patch([{ from: sources, to: { layer: 0, position: 7 } }]).hooks(0)),
      await logitsOf(TARGET, [setting('hook_resid_post', 0, 7, first.map((value, i) => (value + second[i]) / 2))]),
    );
  });

  test('the same prompt, layer and position leave logits and text as they are, to the bit, and say so', async () => {
    for (const site of ['hook_resid_pre', 'hook_resid_post', 'attn.hook_z', 'hook_mlp_out'] as const) {
      const runs = await reading({ prompts: [TARGET], into: 0, site });
      const { hooks, moved } = runs.patch([one(1, 4, 1, 4), one(0, 7, 0, 7)]);
      expect(moved).toEqual([{ changed: false, ratio: 0 }, { changed: false, ratio: 0 }]);
      expect(await logitsOf(TARGET, hooks(0))).toEqual(await logitsOf(TARGET));
      expect(await generate(model, TARGET, { maxTokens: 5, hooks })).toEqual(await generate(model, TARGET, { maxTokens: 5 }));
    }
  });

  test('the same layer and aligned positions are the patches of the sweep', async () => {
    const runs = await reading();
    const swept = await patchPositions(model, { base: TARGET, source: SOURCE, sourceOf: BESIDE, metric, site: 'hook_resid_post' });
    for (let layer = 0; layer < model.shape.layers; layer++) {
      for (const position of [0, 2, 5, 7]) {
        const { hooks } = runs.patch([one(layer, BESIDE[position], layer, position)]);
        expect(difference(await logitsOf(TARGET, hooks(0)))).toBeCloseTo(swept.metric[layer][position]!, 4);
      }
    }
  });

  test('several at once, from any layer to any, are hooks of one’s own; so are a mean, an addition, and half of the way', async () => {
    const last = model.shape.layers - 1;
    for (const site of ['hook_resid_post', 'attn.hook_z'] as const) {
      const [a, b] = [await vector(SOURCE, site, last, 3), await vector(SOURCE, site, 0, 6)];
      const stands = await vector(TARGET, site, 0, 2);
      const both = (await reading({ site })).patch([one(last, 3, 0, 2), one(0, 6, last, 7)]);
      expect(both.moved.every(({ changed }) => changed)).toBe(true);
      close(await logitsOf(TARGET, both.hooks(0)), await logitsOf(TARGET, [setting(site, 0, 2, a), setting(site, last, 7, b)]));
      const mean: Transplant = { from: [...one(last, 3, 0, 2).from, ...one(0, 6, 0, 2).from], to: { layer: 0, position: 2 } };
      close(await logitsOf(TARGET, (await reading({ site })).patch([mean]).hooks(0)), await logitsOf(TARGET, [setting(site, 0, 2, a.map((value, i) => (value + b[i]) / 2))]));
      const added = await reading({ site, how: 'add', factor: 0.5 });
      close(await logitsOf(TARGET, added.patch([one(last, 3, 0, 2)]).hooks(0)), await logitsOf(TARGET, [setting(site, 0, 2, stands.map((value, i) => value + a[i] / 2))]));
      const half = await reading({ site, how: 'difference', factor: 0.5 });
      close(await logitsOf(TARGET, half.patch([one(last, 3, 0, 2)]).hooks(0)), await logitsOf(TARGET, [setting(site, 0, 2, stands.map((value, i) => (value + a[i]) / 2))]));
    }
  });

  test('the difference of a pair added once is its patch, and added by nothing no patch', async () => {
    const patch = [one(1, 4, 0, 3)];
    const replaced = (await reading()).patch(patch);
    const added = (await reading({ how: 'difference', factor: 1 })).patch(patch);
    close(await logitsOf(TARGET, added.hooks(0)), await logitsOf(TARGET, replaced.hooks(0)));
    const none = (await reading({ how: 'difference', factor: 0 })).patch(patch);
    expect([none.moved[0].changed, await logitsOf(TARGET, none.hooks(0))]).toEqual([false, await logitsOf(TARGET)]);
  });

  test('text written token by token is that of full re-runs with the same patch, with its probabilities', async () => {
    const { hooks } = (await reading()).patch([one(1, 5, 0, 6)]);
    const seen: [number, number][] = [];
    const options = { maxTokens: 6, hooks, onToken: (id: number, probability: number) => void seen.push([id, probability]) };
    const written = await generate(model, TARGET, options);
    const prefilled = await model.run([TARGET], { hooks: hooks(0), cache: true });
    expect(await generate(model, TARGET, { ...options, prefilled, onToken: undefined })).toEqual(written);
    const text = [...TARGET];
    for (const [id, probability] of seen) {
      const logits = await logitsOf(text, hooks(0));
      const most = Math.max(...logits);
      expect(logits.indexOf(most)).toBe(id);
      expect(probability).toBeCloseTo(1 / logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0), 4);
      text.push(id);
    }
    expect(text).toEqual([...TARGET, ...written]);
  });

  test.each(['hook_resid_post', 'hook_resid_pre', 'hook_attn_out'] as const)('every layer into every layer at %s, in batches, is each patch by itself', async (site) => {
    const { layers } = model.shape;
    const runs = await reading({ site });
    for (const [to, behind] of [[7, []], [4, []], [5, [12, 6]]] as const) {
      const whole = [...TARGET, ...behind];
      const seen = new Set<string>();
      await runs.matrix({ prompt: 0, position: 5 }, to, async (resid, cells) => {
        const { data } = await readLogits(model, resid, cells.map((_, i) => i), [metric.positive, metric.negative]);
        for (const [i, { from, to: layer }] of cells.entries()) {
          seen.add(`${from} ${layer}`);
          const expected = difference(await logitsOf(whole, [setting(site, layer, to, await vector(SOURCE, site, from, 5))]));
          expect(data[2 * i] - data[2 * i + 1], `from ${from} into ${layer}`).toBeCloseTo(expected, 4);
        }
      }, behind);
      expect(seen.size).toBe(layers * layers);
    }
  });

  test('controls are the same patch from other positions, each a row', async () => {
    const runs = await reading();
    const patch = [one(1, 5, 0, 6)];
    const { hooks, rows } = runs.controls(patch, 4);
    expect(rows).toBe(4);
    const { resid } = await model.run(Array.from({ length: rows }, () => TARGET), { hooks });
    const { data } = await readLogits(model, resid, Array.from({ length: rows }, (_, row) => row * TARGET.length + TARGET.length - 1), [metric.positive, metric.negative]);
    const found = Array.from({ length: rows }, (_, row) => data[2 * row] - data[2 * row + 1]);
    const others = [0, 1, 2, 3, 4, 6, 7, 8];
    const expected = await Promise.all(others.map(async (at) => difference(await logitsOf(TARGET, runs.patch([one(1, at, 0, 6)]).hooks(0)))));
    for (const value of found) expect(Math.min(...expected.map((other) => Math.abs(other - value)))).toBeLessThan(1e-4);
    expect(runs.controls([one(0, 0, 0, 0)], 99).rows).toBe(SOURCE.length - 1);
  });
});
