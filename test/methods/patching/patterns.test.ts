/** Patching of attention patterns: PyTorch's numbers in float64, full forward passes with a hook, and what rows and values make together. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { attributionPatching } from '../../../src/methods/patching/attribution-patching';
import { asVectors, put, vectorSize } from '../../../src/methods/patching/axes';
import { byHead } from '../../../src/methods/patching/heads';
import { patchUnits } from '../../../src/methods/patching/patching';
import { ALL_WEIGHTS, PATTERN_AXES, weightAxis, wholeRows } from '../../../src/methods/patching/patterns';
import { Model, residualsBefore, type Hook } from '../../../src/model';
import { blockSite, siteName, type BlockSite } from '../../../src/vocabulary/sites';
import { ORIGINAL, PAIRS, type PromptPair } from './pairs';

const PATTERN = 'attn.hook_pattern';
const metric = { positive: 4, negative: 21 };
const SAME_LENGTH: PromptPair = ['as many tokens', [3, 14, 8, 9, 11, 5, 31, 7], ORIGINAL, ORIGINAL.map((_, i) => i)];

test('rows are whole up to the first token that one of the programs lacks', () => {
  expect(wholeRows([0, 1, 2])).toBe(3);
  expect(wholeRows([0, 1, null, 2])).toBe(2); // the base has one more
  expect(wholeRows([0, 2, 3])).toBe(1); // the source has one more
  expect(wholeRows([0, null, 2])).toBe(1); // another in its place
  expect(wholeRows([null])).toBe(0);
});

interface Reference {
  tokens: number[];
  source: number[];
  answers: [number, number];
  base: number;
  heads: number[][];
  rows: number[][][];
  weights: { layer: number; head: number; values: number[][] };
}
const REFERENCES = JSON.parse(readFileSync('test/fixtures/golden/patterns.json', 'utf8')) as Record<string, Reference>;
const FIXTURES = Object.keys(REFERENCES);

describe.each(FIXTURES)('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  async function activation(prompt: readonly number[], layer: number, site: BlockSite, hooks: readonly Hook[] = []): Promise<FloatArray> {
    const where = blockSite(layer, site);
    return (await model.run([prompt], { read: [where], hooks })).sites.get(siteName(where))!;
  }
  /** A site with all that can be patched of it taken from another run's, as one unit after the other. */
  const filled = (layer: number, site: BlockSite, from: FloatArray, sourceOf: readonly (number | null)[]): Hook => ({
    site: blockSite(layer, site),
    edit: ({ data, shape }) => {
      const copy = data.slice();
      const of = site === PATTERN ? PATTERN_AXES.head : { layout: asVectors, units: () => [{ positions: [...sourceOf.keys()], start: 0, end: vectorSize(shape) }] };
      for (const unit of of.units(shape, sourceOf)) {
        const positions = unit.positions.filter((position) => sourceOf[position] !== null);
        put({ data: copy, shape, row: 0, first: 0 }, from, { ...unit, positions }, sourceOf, of.layout);
      }
      return floats(copy, shape);
    },
  });

  test('the numbers of PyTorch in float64', async () => {
    const { tokens: base, source, answers: [positive, negative], base: expected, heads, rows, weights } = REFERENCES[fixture];
    const options = { base, source, sourceOf: base.map((_, i) => i), metric: { positive, negative }, site: PATTERN } as const;
    const all = [...heads.flat(), ...rows.flat(2), ...weights.values.flat()];
    const close = 2e-5 * Math.max(1, ...all.map(Math.abs));
    const near = (found: number | null, value: number, what: string) => expect(Math.abs(found! - value), what).toBeLessThan(close);
    const whole = await patchUnits(model, PATTERN_AXES.head, options);
    expect((await patchUnits(model, ALL_WEIGHTS, options)).metric).toEqual(whole.metric);
    near(whole.baseMetric, expected, 'unpatched');
    expect(Math.max(...all.map((value) => Math.abs(value - expected)))).toBeGreaterThan(1e-3);
    byHead(whole.metric, 1).forEach((of, layer) => of.forEach(([value], head) => near(value, heads[layer][head], `head ${layer}.${head}`)));
    const each = byHead((await patchUnits(model, PATTERN_AXES['head-and-position'], options)).metric, base.length);
    each.forEach((of, layer) => of.forEach((row, head) => row.forEach((value, at) => near(value, rows[layer][head][at], `head ${layer}.${head} at ${at}`))));
    const { layer, head, values } = weights;
    const single = await patchUnits(model, weightAxis(head), { ...options, layer });
    single.metric.forEach((row, other) => expect(row).toHaveLength(other === layer ? base.length ** 2 : 0));
    single.metric[layer].forEach((value, unit) => {
      const [at, read] = [Math.floor(unit / base.length), unit % base.length];
      if (read > at) expect(value).toBeNull();
      else near(value, values[at][read], `${read} read from ${at}`);
    });
  });

  test.each([SAME_LENGTH, ...PAIRS])('rows of all heads and values together are what they mix: %s', async (_, base, source, sourceOf) => {
    const rows = wholeRows(sourceOf);
    for (let layer = 0; layer < model.shape.layers; layer++) {
      const [own, other] = [await activation(base, layer, 'attn.hook_z'), await activation(source, layer, 'attn.hook_z')];
      const [pattern, values] = [await activation(source, layer, PATTERN), await activation(source, layer, 'attn.hook_v')];
      const hooks = [filled(layer, PATTERN, pattern, sourceOf), filled(layer, 'attn.hook_v', values, sourceOf)];
      const patched = await activation(base, layer, 'attn.hook_z', hooks);
      const size = vectorSize(own.shape);
      const furthest = (from: number, to: number, than: FloatArray) =>
        patched.data.subarray(from * size, to * size).reduce((most, value, i) => Math.max(most, Math.abs(value - than.data[from * size + i])), 0);
      expect(furthest(0, rows, other), `layer ${layer}`).toBeLessThan(1e-5);
      // Without either it is not the source's.
      for (const hook of hooks) {
        const { data } = await activation(base, layer, 'attn.hook_z', [hook]);
        const far = data.subarray(0, rows * size).reduce((most, value, i) => Math.max(most, Math.abs(value - other.data[i])), 0);
        if (rows === base.length) expect(far, `layer ${layer}, ${siteName(hook.site)}`).toBeGreaterThan(1e-5);
      }
      // Its own into itself, bit by bit.
      const identity = base.map((__, i) => i);
      const itself = [filled(layer, PATTERN, await activation(base, layer, PATTERN), identity), filled(layer, 'attn.hook_v', await activation(base, layer, 'attn.hook_v'), identity)];
      expect((await activation(base, layer, 'attn.hook_z', itself)).data).toEqual(own.data);
    }
  });

  test('a program patched into itself changes nothing', async () => {
    const same = { base: ORIGINAL, source: ORIGINAL, metric, site: PATTERN } as const;
    for (const axis of [PATTERN_AXES.head, PATTERN_AXES['head-and-position'], weightAxis(1)]) {
      const { metric: values, baseMetric } = await patchUnits(model, axis, { ...same, sourceOf: ORIGINAL.map((_, i) => i) });
      for (const value of values.flat()) if (value !== null) expect(value).toBe(baseMetric);
      // Nor where the first token has no counterpart, so that weights of later ones are really patched; rows are not whole then.
      const later = await patchUnits(model, axis, { ...same, sourceOf: ORIGINAL.map((_, i) => (i === 0 ? null : i)) });
      const made = later.metric.flat().filter((value) => value !== null);
      expect(made.length > 0).toBe(axis.name === 'weight');
      for (const value of made) expect(value).toBeCloseTo(baseMetric, 4);
    }
  });
});

describe.each(['llama-gqa', 'families/gemma2', 'families/gpt_neox'])('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  /** One full forward pass with some weights of a head replaced. */
  async function naive([, base, source, sourceOf]: PromptPair, layer: number, head: number, cells: readonly (readonly [number, number])[]) {
    const site = blockSite(layer, PATTERN);
    const there = (await model.run([source], { read: [site] })).sites.get(siteName(site))!.data;
    const edit = ({ data, shape }: FloatArray) => {
      const copy = data.slice();
      for (const [at, read] of cells) {
        copy[(head * base.length + at) * base.length + read] = there[(head * source.length + sourceOf[at]!) * source.length + sourceOf[read]!];
      }
      return floats(copy, shape);
    };
    const { data } = await model.logits(await model.run([base], { hooks: [{ site, edit }] }), [base.length - 1]);
    return data[metric.positive] - data[metric.negative];
  }

  test.each([SAME_LENGTH, ...PAIRS])('every row and weight equals a full forward pass with it replaced: %s', async (...pair) => {
    const [, base, source, sourceOf] = pair;
    const options = { base, source, sourceOf, metric, site: PATTERN } as const;
    const rows = byHead((await patchUnits(model, PATTERN_AXES['head-and-position'], options)).metric, base.length);
    const whole = wholeRows(sourceOf);
    const upTo = (at: number) => Array.from({ length: at + 1 }, (_, read) => [at, read] as const);
    let [moved, open] = [0, 0];
    for (let layer = 0; layer < model.shape.layers; layer++) {
      for (const head of [0, model.shape.heads - 1]) {
        for (const [at, value] of rows[layer][head].entries()) {
          if (at >= whole) expect(value).toBeNull();
          else expect(value, `row ${at}`).toBeCloseTo(await naive(pair, layer, head, upTo(at)), 4);
        }
        const { metric: weights, baseMetric } = await patchUnits(model, weightAxis(head), { ...options, layer });
        for (const [unit, value] of weights[layer].entries()) {
          const [at, read] = [Math.floor(unit / base.length), unit % base.length];
          if (read > at || sourceOf[at] === null || sourceOf[read] === null) expect(value).toBeNull();
          else {
            open++;
            moved = Math.max(moved, Math.abs(value! - baseMetric));
            expect(value, `${read} from ${at}`).toBeCloseTo(await naive(pair, layer, head, [[at, read]]), 4);
          }
        }
      }
    }
    expect(moved).toBeGreaterThan(1e-4);
    expect(open).toBeGreaterThan(base.length);
  });

  test('the estimate of a row is the sum of those of its weights', async () => {
    const [, base, source, sourceOf] = SAME_LENGTH;
    const sites = Array.from({ length: model.shape.layers }, (_, layer) => blockSite(layer, PATTERN));
    const read = [...residualsBefore(model), ...sites];
    const [baseRun, sourceRun] = [await model.run([base], { read }), await model.run([source], { read })];
    const options = { base: baseRun, source: sourceRun, baseMetric: 1, sourceOf, metric, sites };
    const rows = byHead(await attributionPatching(model, { ...options, axis: PATTERN_AXES['head-and-position'] }), base.length);
    let largest = 0;
    for (let head = 0; head < model.shape.heads; head++) {
      const weights = byHead(await attributionPatching(model, { ...options, axis: weightAxis(head) }), base.length);
      weights.forEach((table, layer) => table.forEach((of, at) => {
        const sum = of.reduce<number>((total, value) => total + (value === null ? 0 : value - 1), 1);
        largest = Math.max(largest, Math.abs(sum - 1));
        expect(rows[layer][head][at]).toBeCloseTo(sum, 4);
      }));
    }
    expect(largest).toBeGreaterThan(1e-3);
  });
});
