/** Attribution patching of components: against its formula and full runs, what is linear exactly, and heads that cancel. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { ComponentAttribution, COMPONENT_SITES, EMBEDDING, type Component } from '../../../src/methods/patching/component-attribution';
import { gradientsAt, gradientsOf, logitDifference, Model, residualsBefore } from '../../../src/model';
import { blockSite, siteName } from '../../../src/vocabulary/sites';
import { HEAD_AXES } from '../../../src/methods/patching/heads';
import { patchUnits } from '../../../src/methods/patching/patching';
import { CANCELLING, cancellingModel, DEAD, deadHeadModel, INDUCTION, inductionModel } from '../../planted/circuits';

const BASE = [3, 14, 8, 2, 9, 11, 5, 31, 7];
const SOURCE = [3, 14, 15, 9, 26, 5, 31, 7];
const options = { base: BASE, source: SOURCE, sourceOf: [0, 1, 2, null, 3, 4, 5, 6, 7], metric: { positive: 4, negative: 21 } };
/** A share of the way, small enough for a straight line and large enough for float32. */
const SMALL = 0.02;
const KINDS = ['embed', 'head', 'mlp', 'neuron'] as const;

describe.each(['llama-gqa', 'families/gpt2', 'families/gpt_neox', 'families/gemma2', 'families/gemma3'])('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  const sizeOf = ({ kind }: Component) => (kind === 'head' ? model.shape.headSize : kind === 'neuron' ? 1 : model.shape.width);

  test('scores are changes times gradients, and patches are those of full runs', async () => {
    const made = await ComponentAttribution.read(model, options);
    const { layers, heads, mlpWidth } = model.shape;
    const expected = [[1], ...[heads, 1, mlpWidth].map((count) => Array.from({ length: layers }, () => count))];
    expect(KINDS.map((kind) => made.scores[kind].map(({ length }) => length))).toEqual(expected);
    const chosen = [EMBEDDING, ...made.largest(['head', 'mlp'], 8), ...made.largest(['neuron'], 4)];
    const metrics = await made.patch(chosen);
    let moved = 0;
    for (const [i, one] of chosen.entries()) {
      const site = blockSite(one.layer, COMPONENT_SITES[one.kind]);
      const there = (await model.run([SOURCE], { read: [site] })).sites.get(siteName(site))!;
      const own = (await model.run([BASE], { read: [site] })).sites.get(siteName(site))!;
      const gradient = (await gradientsAt(model, [BASE], logitDifference(4, 21), [site])).gradients.get(siteName(site))!;
      const size = sizeOf(one);
      const whole = own.data.length / BASE.length;
      let score = 0;
      const edit = ({ data, shape }: FloatArray) => {
        const copy = data.slice();
        options.sourceOf.forEach((from, position) => {
          if (from === null) return;
          for (let j = one.index * size; j < (one.index + 1) * size; j++) copy[position * whole + j] = there.data[from * whole + j];
        });
        return floats(copy, shape);
      };
      const after = edit(own).data;
      after.forEach((value, j) => (score += (value - own.data[j]) * gradient.data[j]));
      expect(made.score(one)).toBeCloseTo(score, 4);
      const { data } = await model.logits(await model.run([BASE], { hooks: [{ site, edit }] }), [BASE.length - 1]);
      expect(metrics[i], JSON.stringify(one)).toBeCloseTo(data[4] - data[21], 4);
      moved = Math.max(moved, Math.abs(metrics[i] - made.baseMetric));
    }
    expect(moved).toBeGreaterThan(1e-4);
  });

  test('neurons of an MLP sum to it where no norm stands behind it; GradDrop drops each layer in turn', async () => {
    const made = await ComponentAttribution.read(model, options);
    const dropped = await ComponentAttribution.read(model, { ...options, gradDrop: true });
    const last = model.shape.layers - 1;
    made.scores.neuron.forEach((neurons, layer) => {
      const sum = neurons.reduce((a, b) => a + b, 0);
      if (!/gemma[23]/.test(model.architecture.family)) expect(sum).toBeCloseTo(made.scores.mlp[layer][0], 4);
    });
    // Behind the last MLP there is nothing that could be dropped.
    expect(dropped.scores.mlp[last][0]).toBeCloseTo(Math.abs(made.scores.mlp[last][0]), 4);
    expect(Math.max(...dropped.scores.head.flatMap((row) => [...row]))).toBeGreaterThan(0);
  });

  test('the embedding: how the metric begins to move on the straight way to the source\'s, and the mean over dropped layers', async () => {
    const made = await ComponentAttribution.read(model, options);
    const site = blockSite(0, 'hook_resid_pre');
    const there = (await model.run([SOURCE], { read: [site] })).sites.get(siteName(site))!.data;
    const { width, layers } = model.shape;
    const along = async (share: number) => {
      const edit = ({ data }: FloatArray) => options.sourceOf.forEach((from, position) => {
        for (let i = 0; from !== null && i < width; i++) data[position * width + i] += share * (there[from * width + i] - data[position * width + i]);
      });
      const { data } = await model.logits(await model.run([BASE], { hooks: [{ site, edit }] }), [BASE.length - 1]);
      return data[4] - data[21];
    };
    const slope = (await along(SMALL) - await along(-SMALL)) / (2 * SMALL);
    expect(Math.abs(made.score(EMBEDDING) - slope)).toBeLessThan(0.02 * Math.abs(slope) + 1e-3);
    expect(Math.abs(slope)).toBeGreaterThan(1e-3);
    expect((await made.patch([EMBEDDING]))[0]).toBeCloseTo(await along(1), 4);
    const dropped = await ComponentAttribution.read(model, { ...options, gradDrop: true });
    const run = await model.run([BASE], { read: residualsBefore(model) });
    let mean = 0;
    for (let without = 0; without < layers; without++) {
      const gradient = (await gradientsOf(model, run, logitDifference(4, 21), [{ kind: 'embed' }], undefined, without)).get('hook_embed')!.data;
      const own = run.sites.get(siteName(site))!.data;
      const score = options.sourceOf.flatMap((from, at) => (from === null ? [] : Array.from({ length: width }, (_, i) =>
        (there[from * width + i] - own[at * width + i]) * gradient[at * width + i]))).reduce((a, b) => a + b, 0);
      mean += Math.abs(score) / layers;
    }
    expect(dropped.score(EMBEDDING)).toBeCloseTo(mean, 4);
  });

  test('queries and keys: the change of the pattern in a full run times its gradient, and patches that are head patching\'s', async () => {
    const made = await ComponentAttribution.read(model, { ...options, qkFix: true });
    const { layers, heads, keyValueHeads } = model.shape;
    for (const kind of ['query', 'key'] as const) {
      const site = COMPONENT_SITES[kind];
      const count = kind === 'query' ? heads : keyValueHeads;
      const all = Array.from({ length: layers * count }, (_, i): Component => {
        return { kind, layer: Math.floor(i / count), index: i % count };
      });
      const swept = (await patchUnits(model, HEAD_AXES.head, { ...options, site })).metric;
      (await made.patch(all)).forEach((metric, i) => expect(metric).toBeCloseTo(swept[all[i].layer][all[i].index]!, 4));
      for (const { layer, index } of all) {
        const [where, pattern] = [blockSite(layer, site), blockSite(layer, 'attn.hook_pattern')];
        const there = (await model.run([SOURCE], { read: [where] })).sites.get(siteName(where))!;
        const edit = ({ data, shape }: FloatArray) => {
          const copy = data.slice();
          const [whole, size] = [shape[2] * shape[3], shape[3]];
          options.sourceOf.forEach((from, at) => {
            if (from === null) return;
            const own = there.data.subarray(from * whole + index * size, from * whole + (index + 1) * size);
            copy.set(own, at * whole + index * size);
          });
          return floats(copy, shape);
        };
        const own = (await model.run([BASE], { read: [pattern] })).sites.get(siteName(pattern))!.data;
        const after = (await model.run([BASE], { read: [pattern], hooks: [{ site: where, edit }] })).sites.get(siteName(pattern))!.data;
        const slope = (await gradientsAt(model, [BASE], logitDifference(4, 21), [pattern])).gradients.get(siteName(pattern))!.data;
        expect(made.scores[kind][layer][index]).toBeCloseTo(after.reduce((sum, value, i) => sum + (value - own[i]) * slope[i], 0), 4);
      }
    }
    expect((await ComponentAttribution.read(model, options)).scores.query).toEqual([]);
  });

  test('the base as its own source has scores of 0, and patches change nothing to the bit', async () => {
    const same = await ComponentAttribution.read(model, { ...options, source: BASE, sourceOf: BASE.map((_, i) => i) });
    for (const kind of KINDS) for (const row of same.scores[kind]) expect(row.every((value) => value === 0)).toBe(true);
    for (const metric of await same.patch(same.largest(['head', 'mlp'], 4))) expect(metric).toBe(same.baseMetric);
  });
});

test('on paper: what one head writes and another takes away has a score of 0, and GradDrop sees it', async () => {
  const model = await cancellingModel();
  const [base, source] = [[0, 5, 7, 3, 9, 2, 7], [0, 6, 7, 3, 9, 2, 7]];
  const asked = { base, source, sourceOf: base.map((_, i) => i), metric: { positive: 6, negative: 5 } };
  const { writer, eraser, logit } = CANCELLING;
  const plain = await ComponentAttribution.read(model, asked);
  const score = ({ scores }: ComponentAttribution, { layer, head }: { layer: number; head: number }) => scores.head[layer][head];
  expect(score(plain, writer)).toBeCloseTo(0, 3);
  expect(score(plain, eraser)).toBeCloseTo(-2 * logit, 3);
  const [patched, erased] = await plain.patch([writer, eraser].map(({ layer, head }) => ({ kind: 'head', layer, index: head })));
  expect(patched - plain.baseMetric).toBeCloseTo(0, 3);
  expect(erased - plain.baseMetric).toBeCloseTo(-2 * logit, 3);
  const dropped = await ComponentAttribution.read(model, { ...asked, gradDrop: true });
  expect(score(dropped, writer)).toBeCloseTo(2 * logit, 3);
  expect(score(dropped, eraser)).toBeCloseTo(2 * logit, 3);
  for (const row of [0, 1].flatMap((layer) => [0, 1, 2, 3].map((head) => ({ layer, head })))) {
    if (row.layer === writer.layer ? row.head === writer.head : row.head === eraser.head) continue;
    expect([score(plain, row), score(dropped, row)].every((value) => Math.abs(value) < 1e-3)).toBe(true);
  }
  await model.release();
});

test('on paper: keys through a softmax that is sure are scored as they are patched', async () => {
  const model = await inductionModel();
  const [source, base] = [[0, 5, 7, 3, 9, 2, 7], [0, 5, 8, 3, 9, 2, 7]];
  const made = await ComponentAttribution.read(model, {
    base, source, sourceOf: base.map((_, i) => i), metric: { positive: 3, negative: 9 }, qkFix: true,
  });
  const { layer, head } = INDUCTION.induction;
  const [patched] = await made.patch([{ kind: 'key', layer, index: head }]);
  expect(patched - made.baseMetric).toBeCloseTo(INDUCTION.logit, 3);
  expect(made.scores.key[layer][head]).toBeCloseTo(INDUCTION.logit, 3);
  made.scores.key.forEach((row, at) => row.forEach((value, i) => {
    if (at !== layer || i !== head) expect(value).toBeCloseTo(0, 3);
  }));
  await model.release();
});

test('a dead head has no score', async () => {
  const model = await deadHeadModel();
  const base = [0, 5, 7, 3, 9, 2, 7];
  const made = await ComponentAttribution.read(model, {
    base, source: [0, 5, 8, 3, 9, 2, 7], sourceOf: base.map((_, i) => i), metric: { positive: 3, negative: 9 },
  });
  made.scores.head.forEach((row, layer) => row.forEach((value, head) => {
    if (layer === DEAD.layer && head === DEAD.head) expect(value).toBe(0);
    else expect(Math.abs(value)).toBeGreaterThan(1e-6);
  }));
  await model.release();
});
