/** Knock-out: rows that sum to 1, what a mask of −∞ gives, and that a token which nobody can read cannot matter, on every family. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { headsWithin, isQuery, knockoutHooks, knockouts, maskPattern, NothingLeft, type Mask, type Removed } from '../../../src/methods/attention/knockout';
import { Model } from '../../../src/model';
import { blockSite, siteName } from '../../../src/vocabulary/sites';
import { ALL_GOLDEN, readGolden } from '../../golden/fixture';
import { inductionModel, INDUCTION } from '../../planted/circuits';


describe.each(ALL_GOLDEN)('%s', (name) => {
  let model: Model;
  let tokens: number[];
  let metric: { positive: number; negative: number };
  beforeAll(async () => {
    const { folder, prompts: [prompt] } = await readGolden(name);
    model = await Model.load(folder, { threads: 1 });
    tokens = prompt.tokens;
    metric = { positive: prompt.answers[0], negative: prompt.answers[1] };
  });
  afterAll(() => model.release());

  const last = () => tokens.length - 1;
  const everywhere = () => headsWithin(model, 0, model.shape.layers - 1, null);
  const logitsWith = async (ids: readonly number[], mask: Mask) => {
    return (await model.logits(await model.run([ids], { hooks: knockoutHooks(mask) }), [ids.length - 1])).data;
  };
  const differenceWith = async (mask: Mask, ids: readonly number[] = tokens) => {
    const logits = await logitsWith(ids, mask);
    return logits[metric.positive] - logits[metric.negative];
  };

  test('nothing masked is the base, bit by bit', async () => {
    const base = (await model.logits(await model.run([tokens]), [last()])).data;
    const none: Mask = { sources: [], queries: null, heads: everywhere() };
    expect(await logitsWith(tokens, none)).toEqual(base);
    const [empty, unread] = await knockouts(model, [none, { sources: [last()], queries: null, heads: everywhere() }], { ids: tokens, metric });
    expect(empty!.difference).toBeCloseTo(base[metric.positive] - base[metric.negative], 4);
    expect(unread).toEqual(empty);
  });

  test('rows sum to 1 and are what scores of −∞ give, where a row is masked; other rows stay', async () => {
    const layer = model.shape.layers - 1;
    const site = blockSite(layer, 'attn.hook_pattern');
    const mask: Mask = { sources: [1, 2], queries: null, heads: headsWithin(model, layer, layer, null) };
    const plain = (await model.run([tokens], { read: [site] })).sites.get(siteName(site))!;
    const masked = (await model.run([tokens], { read: [site], hooks: knockoutHooks(mask) })).sites.get(siteName(site))!;
    const size = tokens.length;
    for (let row = 0; row < plain.data.length / size; row++) {
      const at = row % size;
      const [before, after] = [plain, masked].map(({ data }) => [...data.subarray(row * size, (row + 1) * size)]);
      expect(after.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
      if (!isQuery(mask, at)) {
        expect(after).toEqual(before);
        continue;
      }
      // A softmax is that of its own logarithms, with −∞ for what is masked.
      const scores = before.map((weight, key) => (mask.sources.includes(key) ? -Infinity : Math.log(weight)));
      const most = Math.max(...scores);
      const exps = scores.map((score) => Math.exp(score - most));
      const sum = exps.reduce((a, b) => a + b, 0);
      after.forEach((weight, key) => expect(Math.abs(weight - exps[key] / sum)).toBeLessThan(1e-6));
    }
  });

  test('many masks in one batch are each the whole run with its hooks', async () => {
    const { layers, heads } = model.shape;
    const masks: Mask[] = [
      { sources: [3], queries: null, heads: everywhere() },
      ...Array.from({ length: layers }, (_, layer): Mask => ({ sources: [2, 4], queries: null, heads: headsWithin(model, layer, layer, null) })),
      { sources: [1], queries: [last()], heads: headsWithin(model, 0, layers - 1, [{ layer: layers - 1, head: heads - 1 }]) },
    ];
    const told: number[] = [];
    const outcomes = await knockouts(model, masks, { ids: tokens, metric, onProgress: (done) => told.push(done) });
    for (const [i, mask] of masks.entries()) expect(outcomes[i]!.difference, String(i)).toBeCloseTo(await differenceWith(mask), 4);
    expect(told.at(-1)).toBe(masks.length);
  });

  test('a token that no later one reads in any layer cannot matter, whatever it is', async () => {
    const [source, other] = [2, 4];
    const mask: Mask = { sources: [source], queries: null, heads: everywhere() };
    const outcome = await differenceWith(mask);
    for (const token of [1, 5, (tokens[source] + 3) % model.shape.vocabulary]) {
      const changed = tokens.map((id, at) => (at === source ? token : id));
      expect(await differenceWith(mask, changed)).toBeCloseTo(outcome, 5);
      expect((await knockouts(model, [mask], { ids: changed, metric }))[0]!.difference).toBeCloseTo(outcome, 4);
    }
    // The test can fail: another token does matter, and so does this one where one layer reads it.
    const elsewhere = tokens.map((id, at) => (at === other ? (id + 7) % model.shape.vocabulary : id));
    expect(Math.abs((await differenceWith(mask, elsewhere)) - outcome)).toBeGreaterThan(1e-6);
    const open: Mask = { ...mask, heads: headsWithin(model, 1, model.shape.layers - 1, null) };
    const read = tokens.map((id, at) => (at === source ? (id + 1) % model.shape.vocabulary : id));
    expect(Math.abs((await differenceWith(open, read)) - (await differenceWith(open)))).toBeGreaterThan(1e-7);
  });
});

test('induction planted by hand: without the token before an earlier copy of itself, nothing is induced', async () => {
  const model = await inductionModel();
  // 3 4 … 3 predicts 4: at position 2 (the 4), head 0.1 reads the 3 before it; the last 3 finds that place through head 1.2.
  const ids = [0, 3, 4, 7, 5, 3];
  const metric = { positive: 4, negative: 7 };
  const previous = new Map([[INDUCTION.previous.layer, [INDUCTION.previous.head]]]);
  const induction = new Map([[INDUCTION.induction.layer, [INDUCTION.induction.head]]]);
  const all = headsWithin(model, 0, 1, null);
  const [base, killed, unfound, whole, elsewhere] = await knockouts(model, [
    { sources: [], queries: null, heads: all },
    { sources: [1], queries: [2], heads: previous },
    { sources: [2], queries: [5], heads: induction },
    { sources: [1], queries: [2], heads: all },
    { sources: [3], queries: [4], heads: all },
  ], { ids, metric });
  expect(base!.difference).toBeCloseTo(INDUCTION.logit, 3);
  for (const without of [killed, unfound, whole]) expect(Math.abs(without!.difference)).toBeLessThan(INDUCTION.logit / 3);
  expect(elsewhere!.difference).toBeCloseTo(INDUCTION.logit, 3);
  await model.release();
});

test('a row with nothing left is refused by name, and left out of a batch', async () => {
  const model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'), { threads: 1 });
  const ids = [3, 14, 15, 9, 26];
  const metric = { positive: 4, negative: 21 };
  const own: Mask = { sources: [0, 1], queries: [1], heads: headsWithin(model, 0, 0, [{ layer: 0, head: 1 }]) };
  await expect(model.run([ids], { hooks: knockoutHooks(own) })).rejects.toThrow('Token 1 reads these tokens alone in head 0.1');
  const fine: Mask = { ...own, queries: [2] };
  const [failed, kept] = await knockouts(model, [own, fine], { ids, metric });
  expect(failed).toBeNull();
  const logits = (await model.logits(await model.run([ids], { hooks: knockoutHooks(fine) }), [4])).data;
  expect(kept!.difference).toBeCloseTo(logits[4] - logits[21], 4);
  await model.release();
});

test('masking a row: exact where a head reads almost nothing else, untouched where it reads none, and counted', () => {
  const pattern = (rows: number[][]): FloatArray => floats(Float32Array.from(rows.flat()), [1, 1, rows.length, rows[0].length]);
  const heads = new Map([[0, [0]]]);
  const removed: Removed = { mass: 0, rows: 0 };
  const some = pattern([[1, 0, 0], [0.5, 0.5, 0], [1 - 1e-9, 3e-10, 1e-10]]);
  maskPattern(some, 0, { sources: [0], queries: null, heads }, 0, 0, removed);
  expect([...some.data.slice(0, 6)]).toEqual([1, 0, 0, 0, 1, 0]);
  expect(some.data[7]).toBeCloseTo(0.75, 6);
  expect(some.data[8]).toBeCloseTo(0.25, 6);
  expect([removed.rows, removed.mass]).toEqual([2, expect.closeTo(1.5, 6) as number]);
  const unread = pattern([[0, 0.3, 0.69]]);
  maskPattern(unread, 0, { sources: [0], queries: null, heads }, 0, 2);
  expect(unread).toEqual(pattern([[0, 0.3, 0.69]]));
  expect(() => maskPattern(pattern([[1, 0, 0]]), 0, { sources: [0], queries: null, heads }, 0, 2)).toThrow(NothingLeft);
});

interface Reference {
  tokens: number[];
  answers: [number, number];
  sources: number[];
  base: number;
  /** By layer, and `all`. */
  layers: Record<string, number>;
}
const REFERENCES = JSON.parse(readFileSync('test/fixtures/golden/knockout.json', 'utf8')) as Record<string, Reference>;

test.each(Object.keys(REFERENCES))('%s: the numbers of PyTorch in float64, with −∞ in the mask of each layer and of all', async (fixture) => {
  const { tokens, answers: [positive, negative], sources, base, layers } = REFERENCES[fixture];
  const model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  const names = Object.keys(layers);
  const all = model.shape.layers - 1;
  const queries = tokens.flatMap((_, at) => (at > Math.max(...sources) ? [at] : []));
  const masks = names.map((name): Mask => ({ sources, queries, heads: name === 'all' ? headsWithin(model, 0, all, null) : headsWithin(model, Number(name), Number(name), null) }));
  const outcomes = await knockouts(model, masks, { ids: tokens, metric: { positive, negative } });
  const close = 1e-5 * Math.max(1, Math.abs(base));
  names.forEach((name, i) => expect(Math.abs(outcomes[i]!.difference - layers[name]), name).toBeLessThan(close));
  expect(Math.abs(layers.all - base)).toBeGreaterThan(1e-4);
  await model.release();
});
