/** Circuits over several pairs: scores that are those of each pair, runs that are those of the nodes' positions, and a planted circuit. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bootstrap } from '../../../src/methods/circuits/bootstrap';
import { EdgeScores } from '../../../src/methods/circuits/edges';
import { Ablations } from '../../../src/methods/circuits/ablation';
import { NodeCircuits } from '../../../src/methods/circuits/node-circuits';
import { findNodes, rankedNodes, runCircuits, scoreNodes } from '../../../src/methods/circuits/node-places';
import { counterparts, type PlacedPair } from '../../../src/methods/circuits/places';
import { meanReplacement } from '../../../src/methods/circuits/replacement';
import { Model } from '../../../src/model';
import { INDUCTION, inductionModel } from '../../planted/circuits';

const asked: Parameters<typeof findNodes>[4] = { steps: 5, ranking: 'absolute', ablation: 'counterfactual', faithfulness: 0.9, draws: 2, leaveOut: false, seed: 1 };
const same = (base: readonly number[]) => base.map((_, i) => i);

describe.each(['llama-gqa', 'families/gemma2'])('%s', (fixture) => {
  const metric = { positive: 4, negative: 21 };
  // The second has a token more, at the place of the third one.
  const pairs: PlacedPair[] = [
    { base: [3, 14, 15, 9, 26, 5], source: [3, 14, 8, 9, 26, 5], sourceOf: same([0, 0, 0, 0, 0, 0]), metric, placeOf: [null, null, 0, 1, 2, 3] },
    { base: [3, 14, 15, 2, 9, 11, 5], source: [3, 14, 8, 2, 9, 11, 5], sourceOf: same([0, 0, 0, 0, 0, 0, 0]), metric, placeOf: [null, null, 0, 0, 1, 2, 3] },
  ];
  let model: Model;
  beforeAll(async () => {
    model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  });
  afterAll(() => model.release());

  test('scores are means over the pairs of the sums at a place; runs keep a place\'s positions', async () => {
    const scores = await scoreNodes(model, pairs, 4, { steps: 3 });
    const edges = await Promise.all(pairs.map((pair) => EdgeScores.read(model, { ...pair, steps: 3 })));
    const sum = (pair: number, writer: number, positions: readonly number[]) => {
      const ats = positions.map((position) => edges[pair].positions.indexOf(position));
      return edges[pair].readers.reduce((total, _, reader) => total + ats.reduce((own, at) => own + edges[pair].scoreAt(writer, reader, at), 0), 0);
    };
    const writer = scores.writers.findIndex(({ kind }) => kind === 'head');
    expect(scores.mean[writer * 4]).toBeCloseTo((sum(0, writer, [2]) + sum(1, writer, [2, 3])) / 2, 6);
    const order = rankedNodes(scores, 'absolute');
    expect(order).toHaveLength(scores.writers.filter(({ kind }) => kind !== 'remainder').length * 4);
    const nodes = order.slice(0, 9);
    const runs = await runCircuits(model, pairs, [{ nodes }, { nodes, invert: true }, { nodes: order }], await Ablations.read(model, 'counterfactual', pairs), {});
    for (const [i, pair] of pairs.entries()) {
      const read = await NodeCircuits.read(model, pair.base, pair.metric);
      const replacement = await meanReplacement(model, read.run, [{ tokens: pair.source, sourceOf: pair.sourceOf }]);
      const has = (writer: number, position: number) => nodes.some((node) => node.writer === writer && node.place === pair.placeOf[position]);
      const [alone, rest] = await read.metrics([
        (w, position) => pair.placeOf[position] === null || has(w, position), (w, position) => pair.placeOf[position] === null || !has(w, position),
      ], replacement);
      expect(runs[i].metrics[0]).toBeCloseTo(alone, 4);
      expect(runs[i].metrics[1]).toBeCloseTo(rest, 4);
      expect(runs[i].metrics[2]).toBe(runs[i].whole);
      expect(runs[i].empty).toBeCloseTo(scores.metrics[i].source, 4);
    }
    const resampled = await runCircuits(model, pairs, [{ nodes }], await Ablations.read(model, 'resample', pairs), {});
    expect(resampled.map(({ empty }) => empty)).not.toEqual(runs.map(({ empty }) => empty));
    // The mean is collected once, in a run of each program, and is what each would find anew.
    const run = vi.spyOn(model, 'run');
    const means = await Ablations.read(model, 'mean', pairs);
    expect(run).toHaveBeenCalledTimes(pairs.length);
    for (const [i, pair] of pairs.entries()) {
      const { run: own } = await NodeCircuits.read(model, pair.base, pair.metric);
      const others = pairs.map((other) => ({ tokens: other.base, sourceOf: counterparts(pair, other) }));
      expect(await means.replacement(own, pair, i)).toEqual(await meanReplacement(model, own, others));
      expect(others[1 - i].sourceOf).toEqual([[null, null, 2, 4, 5, 6], [null, null, 2, null, 3, 4, 5]][i]);
    }
    run.mockRestore();
    const signed = rankedNodes(scores, 'signed').map((node) => scores.mean[node.writer * 4 + node.place]);
    expect(signed).toEqual([...signed].sort((a, b) => a - b));
  });
});

test('on paper: induction is found in some programs, and does all in others', async () => {
  const model = await inductionModel();
  const pair = (a: number, b: number, c: number, d: number, e: number, other: number): PlacedPair => {
    const base = [0, a, b, c, d, e, a];
    return { base, source: [0, other, b, c, d, e, a], sourceOf: same(base), metric: { positive: b, negative: c }, placeOf: [null, 0, 1, 2, 3, 4, 5] };
  };
  const finding = [pair(5, 7, 3, 9, 2, 6), pair(4, 8, 1, 9, 2, 6)];
  const trying = [pair(9, 2, 3, 1, 11, 4), pair(10, 1, 2, 3, 4, 5), pair(6, 11, 8, 9, 2, 4)];
  const found = await findNodes(model, finding, trying, 6, { ...asked, steps: 20, leaveOut: true });
  const names = found.nodes.map(({ writer, place }) => {
    const one = found.scores.writers[writer];
    return `${one.kind === 'head' ? `${one.layer}.${one.head}` : one.kind} ${place}`;
  });
  const { previous: a, induction: b } = INDUCTION;
  expect(names.sort()).toEqual([`${a.layer}.${a.head} 1`, `${b.layer}.${b.head} 5`, 'embed 0'].sort());
  expect(found.faithfulness).toBeCloseTo(1, 2);
  expect(found.completeness).toBeCloseTo(0, 2);
  expect(found.random.faithfulness!).toBeLessThan(0.5);
  expect(found.intervals.faithfulness!.low).toBeGreaterThan(0.95);
  expect(found.without.every((share) => share! < 0.5)).toBe(true);
  expect(found.curve.at(-1)!.faithfulness).toBeCloseTo(1, 6);
  expect(found.areas.absolute!.cpr).toBeGreaterThan(0.9);
  const fixed = await findNodes(model, finding, trying, 6, { ...asked, size: 2 });
  expect(fixed.nodes).toHaveLength(2);
  await expect(findNodes(model, finding, trying, 6, { ...asked, signal: AbortSignal.abort() })).rejects.toThrow();
  await model.release();
});

test('intervals: of equal items there is no width, of one item none at all', () => {
  expect(bootstrap(5, () => 3)).toEqual({ low: 3, high: 3 });
  expect(bootstrap(1, () => 3)).toBeNull();
  expect(bootstrap(9, () => null)).toBeNull();
  const values = Array.from({ length: 100 }, (_, i) => i);
  const { low, high } = bootstrap(100, (drawn) => drawn.reduce((sum, i) => sum + values[i], 0) / drawn.length)!;
  expect(low).toBeGreaterThan(41);
  expect(high).toBeLessThan(58);
});
