/** Steering and transplants of a study: the same table however it was run, halves that stay apart, and planted numbers in the report. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkedStudy, type Study } from '../../src/protocol/studies/study';
import { rowOf, type StudyRow } from '../../src/protocol/studies/rows';
import { steeringSection } from '../../src/studies/report/steering';
import { transplantsSection } from '../../src/studies/report/transplants';
import { studyReport } from '../../src/studies/report/report';
import { mergeStudies } from '../../src/studies/running/merge';
import { readRows } from '../../src/studies/running/table';
import { quiet, runHere, writeLines, writeStudy } from './kit';
import { resumeStudy } from '../../src/studies/running/run';

let at: string;
let file: string;
const table = (name: string) => readFileSync(path.join(at, name, 'rows.parquet'));
const names = ['alpha', 'beta', 'gamma', 'delta', 'omega', 'sigma'];

beforeAll(async () => {
  at = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-interventions-'));
  const kinds = [
    (i: number, name: string) => ({ code: `${name} = ${i}\nprint("a${i}" + ${name})`, label: 'TypeError' }),
    (i: number, name: string) => ({ code: `${name} = ${i}\nprint(${name} / 0)`, label: 'ZeroDivisionError' }),
    (i: number, name: string) => ({ code: `${name} = [${i}]\nprint(${name}[5])`, label: 'IndexError' }),
  ];
  const codes = Array.from({ length: 24 }, (_, i) => ({ id: `p${i}`, ...kinds[i % 3](i, names[i % 6]) }));
  const rows = writeLines(at, 'rows.jsonl', codes);
  file = writeStudy(at, {
    models: [path.resolve('models/python-errors')], programs: [{ from: 'file', path: rows }], edits: { kinds: ['rename-all'] },
    steering: { edits: ['rename-all'], factor: 2 }, transplants: true,
  });
  expect(await runHere(file, path.join(at, 'whole'))).toMatchObject({ problems: 0 });
}, 120_000);
afterAll(() => rmSync(at, { recursive: true, force: true }));

test('every program is steered and transplanted, its own stream changes nothing', async () => {
  const rows = await readRows(path.join(at, 'whole', 'rows.parquet'));
  const originals = rows.filter(({ condition }) => condition === 'original');
  expect(originals).toHaveLength(24);
  for (const { measures } of originals) {
    expect(new Set(measures!['transplant.self.kept'] as number[])).toEqual(new Set([1]));
    expect(measures!['transplant.other.took']).toHaveLength(6);
    expect(measures!['transplant.other.donor']).not.toBe(measures!['transplant.same.donor']);
  }
  const halves = new Set(rows.flatMap(({ measures }) => (measures?.['steering.half'] ? [measures['steering.half']] : [])));
  expect(halves.size === 0 || halves.size === 2).toBe(true);
  // A program and its edits are in one half.
  const halfOf = (program: string | null) => new Set(rows.filter((row) => row.program === program).flatMap(({ measures }) => measures?.['steering.half'] ?? []));
  for (const { program } of originals) expect(halfOf(program).size).toBeLessThanOrEqual(1);
  expect((await studyReport(path.join(at, 'whole'))).sections.map(({ id }) => id)).toEqual(expect.arrayContaining(['steering', 'transplants']));
});

test('the same bytes after it was stopped in the middle of it, and in two parts', async () => {
  const stop = new AbortController();
  await expect(runHere(file, path.join(at, 'stopped'), {
    signal: stop.signal, onProgress: (stage) => stage === 'Transplanting' && stop.abort(),
  })).rejects.toThrow();
  await resumeStudy(path.join(at, 'stopped'), quiet());
  expect(table('stopped')).toEqual(table('whole'));
  for (const index of [1, 2]) await runHere(file, path.join(at, `part${index}`), { shard: { index, of: 2 } });
  expect((await mergeStudies([path.join(at, 'part1'), path.join(at, 'part2')], path.join(at, 'merged'))).missing).toEqual([]);
  expect(table('merged')).toEqual(table('whole'));
});

const study = (more: Partial<Study>) => checkedStudy({
  format: 'latent-lens/study', version: 1, title: 'x', programs: [{ from: 'pair', pair: ['a', 'b'], count: 1 }], edits: { kinds: ['rename-all'] }, ...more,
}, 'x');
const planted = (i: number, condition: string, measures: StudyRow['measures']) =>
  rowOf({ key: `${i} ${condition}`, model: 'm', program: `p${i}`, cluster: `p${i}`, condition, measures });

test('the report says what was planted: a vector that repairs all before layer 1, a random one that repairs none', () => {
  const of = (vector: number[], random: number[]) => ({ 'steering.vector': vector, 'steering.random': random, 'steering.shuffled': random, 'steering.opposite': random });
  const rows = Array.from({ length: 20 }, (_, i) => [
    planted(i, 'original', { 'steering.half': i % 2 ? 'making' : 'measuring', 'steering.before': 1, ...of([1, 1], [1, 1]) }),
    planted(i, 'rename-all', { 'steering.half': i % 2 ? 'making' : 'measuring', 'steering.before': 0, ...of([0, 1], [0, 0]) }),
  ]).flat();
  const { findings, figures } = steeringSection(rows, study({ steering: { edits: ['rename-all'], factor: 1 } }))!;
  expect(findings).toEqual([expect.stringMatching(/^m before layer 1, .*: of 10 edited programs of the other half that it fails at 100\.0 % .* are repaired, which is another rate than the random one’s \(p 0\.002\); random vector of its norm 0\.0 % .* Of 10 that were right it breaks 0\.0 %/)]);
  expect(figures.at(-1)!.rows).toHaveLength(8);
  expect(figures.at(-1)!.rows.find(({ vector, layer }) => vector === 'vector' && layer === 0)).toMatchObject({ repaired: 0, broken: 0, chosen: false });
  expect(steeringSection([], study({ steering: { edits: ['rename-all'], factor: 1 } }))!.findings[0]).toContain('No vector could be made');
  expect(steeringSection(rows, study({}))).toBeNull();
});

test('the report says before which layer the donor’s answer comes along, right and wrong apart', () => {
  const rows = Array.from({ length: 12 }, (_, i) => planted(i, 'original', {
    'transplant.right': i % 2, 'transplant.self.kept': [1, 1, 1],
    'transplant.other.right': 1, 'transplant.other.agree': Number(i >= 10), 'transplant.other.took': [0, Number(i % 2 === 0), 1], 'transplant.other.kept': [1, 0, 0],
  }));
  const { findings } = transplantsSection(rows, study({ transplants: true }))!;
  expect(findings[0]).toBe('m: its own stream changes the answer of none of 12 programs at any layer.');
  expect(findings.slice(1)).toEqual([
    expect.stringMatching(/^m, right → right, donors of which another answer is true \(5 programs\): put in before layer 2 or later/),
    expect.stringMatching(/^m, right → wrong, donors of which another answer is true \(5 programs\): put in before layer 1 or later/),
  ]);
});

test('an edit that is steered has to be made', () => {
  expect(() => study({ steering: { edits: ['rename-letter'], factor: 1 } })).toThrow('x: the edit "rename-letter" is steered and not made. Add it to "edits.kinds".');
});
