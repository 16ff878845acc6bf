/** Explanations with the embedded model of a program that is long enough for a heatmap to be estimated first. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Sweep } from '../../../src/methods/patching/sweep';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import type { AskedParams, Part } from '../../../src/protocol/analyses';
import type { Result } from '../../../src/protocol/result';
import { analysed, EXPLANATION, opened, type Analysing } from '../analysed';
import { fakePython } from '../small-model';

const FILE = 'bench/programs/seating.py';
let loaded: LoadedModel;
let text: string;
beforeAll(async () => {
  loaded = await loadModel();
  text = await readFile(FILE, 'utf8');
});
afterAll(() => loaded.model.release());

const explained = (options: ExplainOptions = {}) => explain(loaded, PYTHON_ERROR_TYPE, { file: FILE, text }, { label: fakePython, against: { kind: 'drop-bracket' }, ...options });

test('the first heatmap has a number in every cell, and each later one has more that are measured', async () => {
  const seen: ExplainedPatching[] = [];
  const result = await explained({ onPartial: ({ patching }: Explanation) => patching && seen.push(patching), onSweep: (patching) => seen.push(patching) });
  const counterparts = new Set(result.counterfactual!.alignment.columns.flatMap(({ original, variant }) => (variant === null ? [] : [original])));
  for (const { effect } of seen) {
    for (const row of effect!) row.forEach((value, position) => expect(value === null, `${position}`).toBe(!counterparts.has(position)));
  }
  const counts = seen.map(({ estimate }) => estimate!.measuredCells);
  expect(counts[0]).toBe(0);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  const { estimate, measured } = result.patching!;
  expect(estimate!.measuredCells).toBeGreaterThanOrEqual(counts.at(-1)!);
  expect(estimate!.measuredCells).toBeLessThan(estimate!.cells);
  expect(measured!.map((row) => row.length)).toEqual(result.patching!.effect!.map((row) => row.length));
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
});

test('asked for every cell, all are measured, and agree with those of a sweep that estimates some', async () => {
  const [some, all] = [await explained(), await explained({ exact: true })].map(({ patching }) => patching!);
  expect(all.measured!.flat()).not.toContain(false);
  expect(all.estimate).toMatchObject({ measuredCells: some.estimate!.cells, checked: 0, largestMiss: null });
  some.measured!.forEach((row, layer) =>
    row.forEach((made, position) => {
      if (made && some.effect![layer][position] !== null) expect(some.effect![layer][position]).toBeCloseTo(all.effect![layer][position]!, 3);
    }),
  );
});

test('asked for every cell after some, only those that are left are patched, and nothing else is done again', async () => {
  const memory = { of: new ExplainMemory(), key: 'seating' };
  let runs = 0;
  const label = (codes: readonly string[]) => {
    runs++;
    return fakePython(codes);
  };
  const patch = vi.spyOn(Sweep.prototype, 'run');
  const read = vi.spyOn(loaded.model, 'run');
  const first = await explained({ label, memory });
  const [ran, patches] = [runs, patch.mock.calls.length];
  read.mockClear();
  expect(await explained({ label, memory })).toEqual(first);
  expect(read).not.toHaveBeenCalled();
  const counts: number[] = [];
  const onPartial = ({ patching }: Explanation) => patching && counts.push(patching.estimate!.measuredCells);
  const all = await explained({ label, memory, exact: true, onPartial });
  expect(runs).toBe(ran);
  expect(read).toHaveBeenCalledTimes(2); // both programs, for what patches go on from
  expect(counts[0]).toBe(first.patching!.estimate!.measuredCells);
  expect(patch.mock.calls.length).toBeGreaterThan(patches);
  expect(all).toEqual({ ...first, patching: all.patching, findings: all.findings });
  const alone = (await explained({ exact: true })).patching!;
  expect(all.patching!.estimate).toEqual({ ...alone.estimate, correlation: expect.closeTo(alone.estimate!.correlation!, 4) });
  first.patching!.measured!.forEach((row, layer) =>
    row.forEach((made, position) => {
      if (made) expect(all.patching!.effect![layer][position]).toBe(first.patching!.effect![layer][position]);
      const value = alone.effect![layer][position];
      if (value !== null) expect(all.patching!.effect![layer][position]).toBeCloseTo(value, 3);
    }),
  );
  // Another direction is patched anew, with the variant that is known; another variant is looked for.
  await explained({ label, memory, direction: 'noising' });
  expect(runs).toBe(ran);
  await explained({ label, memory, against: { kind: 'quote-number' } });
  expect(runs).toBeGreaterThan(ran);
  patch.mockRestore();
  read.mockRestore();
});

test('Python has the variants before the prediction is known', async () => {
  const order: string[] = [];
  await explained({
    label: (codes) => {
      order.push('Python');
      return fakePython(codes);
    },
    onPartial: () => order.push('known'),
  });
  expect(order.indexOf('Python')).toBe(0);
});
