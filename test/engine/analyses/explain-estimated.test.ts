/** Explanations with the embedded model of a program that is long enough for a heatmap to be estimated first. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as logitLens from '../../../src/methods/lenses/logit-lens';
import { Sweep } from '../../../src/methods/patching/sweep';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import type { AskedParams, Part } from '../../../src/protocol/analyses';
import type { Result } from '../../../src/protocol/documents/result';
import { analysed, EXPLANATION, opened, resultOf, type Analysing } from '../analysed';
import { fakePython } from '../small-model';

const FILE = 'bench/programs/seating.py';
let loaded: LoadedModel;
let text: string;
beforeAll(async () => {
  loaded = await loadModel();
  text = await readFile(FILE, 'utf8');
});
afterAll(() => loaded.model.release());

const AGAINST = { kind: 'drop-bracket' } as const;
const source = () => ({ file: FILE, text });
const asking = (patching: AskedParams<'patching'>) => ({ ...EXPLANATION, patching });
const explained = (patching: AskedParams<'patching'> = {}, options: Analysing & { label?: typeof fakePython } = {}) =>
  resultOf(loaded, source(), asking(patching), { label: fakePython, against: AGAINST, ...options });
const patchingOf = ({ parts }: Result): Part<'patching'> => parts.patching!.value;

test('the first heatmap has a number in every cell, and each later one has more that are measured', async () => {
  const seen: Part<'patching'>[] = [];
  const result = await explained({}, { onPartial: ({ parts: { patching } }) => patching && seen.push(patching.value) });
  const counterparts = new Set(result.pair!.alignment.columns.flatMap(({ original, variant }) => (variant === null ? [] : [original])));
  for (const { effect } of seen) {
    for (const row of effect!) row.forEach((value, position) => expect(value === null, `${position}`).toBe(!counterparts.has(position)));
  }
  const counts = seen.map(({ estimate }) => estimate!.measuredCells);
  expect(counts[0]).toBe(0);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  const { estimate, measured, effect } = patchingOf(result);
  expect(estimate!.measuredCells).toBeGreaterThanOrEqual(counts.at(-1)!);
  expect(estimate!.measuredCells).toBeLessThan(estimate!.cells);
  expect(measured!.map((row) => row.length)).toEqual(effect!.map((row) => row.length));
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
});

test('asked for every cell, all are measured, and agree with those of a sweep that estimates some', async () => {
  const [some, all] = [await explained(), await explained({ exact: true })].map(patchingOf);
  expect(all.measured!.flat()).not.toContain(false);
  expect(all.estimate).toMatchObject({ measuredCells: some.estimate!.cells, checked: 0, largestMiss: null });
  some.measured!.forEach((row, layer) =>
    row.forEach((made, position) => {
      if (made && some.effect![layer][position] !== null) expect(some.effect![layer][position]).toBeCloseTo(all.effect![layer][position]!, 3);
    }),
  );
});

test('asked for every cell after some of the same reading, only those that are left are patched, and nothing else is done again', async () => {
  const ran: string[] = [];
  const label = (codes: readonly string[]) => {
    ran.push(...codes);
    return fakePython(codes);
  };
  const patch = vi.spyOn(Sweep.prototype, 'run');
  const read = vi.spyOn(loaded.model, 'run');
  const lens = vi.spyOn(logitLens, 'logitLens');
  const reading = await opened(loaded, source(), { label });
  const again = (patching: AskedParams<'patching'> = {}, options: Analysing = {}) => analysed(reading, asking(patching), { against: AGAINST, ...options });
  const first = await again();
  const [programs, patches] = [ran.length, patch.mock.calls.length];
  expect(programs).toBeGreaterThan(1);
  expect(lens).toHaveBeenCalledTimes(1);
  read.mockClear();
  expect(await again()).toEqual(first);
  expect(read).not.toHaveBeenCalled();
  const counts: number[] = [];
  const all = await again({ exact: true }, { onPartial: ({ parts: { patching } }) => patching && counts.push(patching.value.estimate!.measuredCells) });
  expect(ran).toHaveLength(programs);
  expect(read).toHaveBeenCalledTimes(2); // both programs, for what patches go on from
  expect(lens).toHaveBeenCalledTimes(1);
  expect(counts[0]).toBe(patchingOf(first).estimate!.measuredCells);
  expect(patch.mock.calls.length).toBeGreaterThan(patches);
  expect(all).toEqual({ ...first, parts: { ...first.parts, patching: all.parts.patching } });
  expect(all.parts.patching!.params.exact).toBe(true);
  const [some, whole, alone] = [patchingOf(first), patchingOf(all), patchingOf(await explained({ exact: true }))];
  expect(whole.estimate).toEqual({ ...alone.estimate, correlation: expect.closeTo(alone.estimate!.correlation!, 4) });
  some.measured!.forEach((row, layer) =>
    row.forEach((made, position) => {
      if (made) expect(whole.effect![layer][position]).toBe(some.effect![layer][position]);
      const value = alone.effect![layer][position];
      if (value !== null) expect(whole.effect![layer][position]).toBeCloseTo(value, 3);
    }),
  );
  // Another direction is patched anew, with the variant that is known; another variant is read and patched, and no program is run twice.
  await again({ direction: 'noising' });
  expect(ran).toHaveLength(programs);
  for (const spy of [patch, lens]) spy.mockClear();
  const other = await again({}, { against: { kind: 'quote-number' } });
  expect(other.pair!.kind).toBe('quote-number');
  expect(patch).toHaveBeenCalled();
  expect(patchingOf(other).corrupted).not.toBe(patchingOf(first).corrupted);
  expect(new Set(ran).size).toBe(ran.length);
  expect(lens).not.toHaveBeenCalled();
  for (const spy of [patch, read, lens]) spy.mockRestore();
});

test('Python has the variants before the prediction is known', async () => {
  const order: string[] = [];
  const label = (codes: readonly string[]) => {
    order.push('Python');
    return fakePython(codes);
  };
  await explained({}, { label, onPartial: () => order.push('known') });
  expect(order.indexOf('Python')).toBe(0);
});
