import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as attribution from '../../../src/methods/patching/attribution-patching';
import { patchPositions, type PatchingOptions, type PatchingResult } from '../../../src/methods/patching/patching';
import { Model } from '../../../src/model';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';

const FOLDER = path.resolve('models/python-errors');
const CODE = (value: string) => `rates = {"FR": 5}\ncount = 3\nname = "x"\nprint(name + ${value})\nfor key in rates:\n    print(key, rates[key])\nprint(len(rates))\nfor other in range(count):\n    print(other, rates)\nprint(count)\n# When this code is executed, Python will raise a`;

let model: Model;
let options: PatchingOptions;
let exact: PatchingResult;
beforeAll(async () => {
  model = await Model.load(FOLDER);
  const tokenizer = await CodeTokenizer.fromFolder(FOLDER);
  const [source, base] = [CODE('count'), CODE('name')].map((code) => tokenizer.encode(code).map(({ id }) => id));
  expect(base).toHaveLength(source.length);
  const [positive, negative] = [' TypeError', ' NoError'].map((text) => tokenizer.encode(text).at(-1)!.id);
  options = { base, source, sourceOf: base.map((_, i) => i), metric: { positive, negative } };
  exact = await patchPositions(model, { ...options, exact: true });
}, 60_000);
afterAll(() => model.release());

const difference = () => Math.abs(exact.sourceMetric - exact.baseMetric);
const edit = () => options.base.findIndex((id, i) => id !== options.source[i]);
const places = (result: PatchingResult) => result.measured.flatMap((row, layer) => row.map((made, position) => ({ layer, position, made })));
/** Largest share of the difference that a cell really moves of those that were left to estimates. */
function missed(result: PatchingResult): number {
  const left = places(result).filter(({ made }) => !made);
  return Math.max(0, ...left.map(({ layer, position }) => Math.abs(exact.metric[layer][position]! - exact.baseMetric) / difference()));
}

test('every cell is patched where that is asked for, and its estimates are compared with all of them', async () => {
  expect(exact.measured.flat()).not.toContain(false);
  const cells = (options.base.length - edit()) * model.shape.layers;
  expect(exact.estimate).toMatchObject({ cells, measuredCells: cells, checked: 0, largestMiss: null });
  const spy = vi.spyOn(attribution, 'attributionPatching');
  await patchPositions(model, options);
  const estimates = (await spy.mock.results[0].value) as number[][];
  spy.mockRestore();
  const pairs = estimates.flatMap((row, layer) => row.slice(edit()).map((value, i) => [value, exact.metric[layer][edit() + i]!]));
  expect(exact.estimate!.correlation).toBeCloseTo(pearson(pairs), 4);
});

describe('otherwise', () => {
  test('measured cells are as exact, the others are the estimates, and none of these really moves much', async () => {
    const spy = vi.spyOn(attribution, 'attributionPatching');
    const result = await patchPositions(model, options);
    const estimates = (await spy.mock.results[0].value) as number[][];
    spy.mockRestore();
    for (const { layer, position, made } of places(result)) {
      const value = result.metric[layer][position]!;
      if (made) expect(value).toBeCloseTo(exact.metric[layer][position]!, 3);
      else expect(value).toBe(estimates[layer][position]);
    }
    expect(missed(result)).toBeLessThan(0.1);
    const { cells, measuredCells, checked, largestMiss } = result.estimate!;
    expect(places(result).filter(({ position, made }) => made && position >= edit())).toHaveLength(measuredCells);
    expect(measuredCells).toBeLessThan(0.7 * cells);
    expect(checked).toBeGreaterThanOrEqual(8);
    expect(largestMiss).toBeLessThan(0.05);
  });

  test('the edited token and the last layer are always patched', async () => {
    const { measured } = await patchPositions(model, options);
    expect(measured.at(-1)).not.toContain(false);
    expect(measured.map((row) => row[edit()])).not.toContain(false);
  });

  test('the same inputs give the same cells', async () => {
    const [a, b] = [await patchPositions(model, options), await patchPositions(model, options)];
    expect(a.measured).toEqual(b.measured);
    expect(a.estimate).toEqual(b.estimate);
  });

  test('the first picture is all estimates, and large ones are patched before small ones', async () => {
    const seen: { done: number; known: number; estimated: number }[] = [];
    let firstRow: number[] = [];
    await patchPositions(model, {
      ...options,
      onProgress: (done, total, soFar) => {
        expect(done).toBeLessThanOrEqual(total);
        if (seen.length === 0) firstRow = soFar.metric.flat() as number[];
        seen.push({ done, known: places(soFar).filter(({ made }) => made).length, estimated: soFar.estimate!.measuredCells });
      },
    });
    expect(firstRow.some(Number.isNaN)).toBe(false);
    expect(seen[0]).toMatchObject({ done: 0, estimated: 0, known: edit() * model.shape.layers });
    for (const { done, estimated } of seen) expect(estimated).toBe(done);
  });

  test('estimates that say nothing are checked more often', async () => {
    const nothing = vi.spyOn(attribution, 'attributionPatching').mockImplementation(async (_, { sites, sourceOf, baseMetric }) => sites.map(() => sourceOf.map(() => baseMetric)));
    const result = await patchPositions(model, options);
    nothing.mockRestore();
    const { correlation, cells, measuredCells, checked, largestMiss } = result.estimate!;
    expect(correlation).toBeNull();
    expect(checked).toBeGreaterThanOrEqual(0.1 * (cells - measuredCells));
    expect(largestMiss).toBeLessThan(0.05);
    // Along the edited token, where the difference is, everything is known whatever is estimated.
    expect(result.metric[0][edit()]).toBeCloseTo(exact.metric[0][edit()]!, 3);
  });

  test('at a component, the last layer matters at the last position only, and nothing else is patched there', async () => {
    const result = await patchPositions(model, { ...options, site: 'hook_mlp_out' });
    expect(result.metric.at(-1)!.slice(0, -1)).toEqual(options.base.slice(0, -1).map(() => result.baseMetric));
    expect(result.measured.at(-1)).not.toContain(false);
    expect(result.estimate!.cells).toBe((options.base.length - edit()) * (model.shape.layers - 1) + 1);
  });
});

function pearson(pairs: readonly (readonly number[])[]): number {
  const mean = [0, 1].map((side) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length);
  const centred = pairs.map(([a, b]) => [a - mean[0], b - mean[1]]);
  const sum = (of: (pair: number[]) => number) => centred.reduce((total, pair) => total + of(pair), 0);
  return sum(([a, b]) => a * b) / Math.sqrt(sum(([a]) => a * a) * sum(([, b]) => b * b));
}
