/** The commands, on the smallest of the example studies. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../cli/kit';
import type { StudyReport } from '../../src/protocol/studies/report';

const SMALLEST = 'examples/studies/smallest.study.json';
let at: string;
let took = 0;
beforeAll(async () => {
  at = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-smallest-'));
  const start = performance.now();
  const { code, out, err } = await run(['study', 'run', SMALLEST, '--out', path.join(at, 'out')]);
  took = (performance.now() - start) / 1000;
  expect(err).toMatch(/Asking \(40\)/);
  expect(out).toMatch(/^.*out: \d+ rows\.\nSee them with: latent-lens study report .*\n$/);
  expect(code).toBe(0);
}, 150_000);
afterAll(() => rmSync(at, { recursive: true, force: true }));
const out = () => path.join(at, 'out');

test('forty items take less than two minutes', () => expect(took).toBeLessThan(120));

test('status says that it is through', async () => {
  expect((await run(['study', 'status', out()])).out).toBe('Forty small programs, and the same with other names: 40 of 40 items are done (40 programs, python-errors).\nIt is through.\n');
  expect(JSON.parse((await run(['study', 'status', out(), '--json'])).out)).toMatchObject({ done: 40, total: 40, running: null });
});

test('the report is one document, which the terminal, CSV and one page draw', async () => {
  const report = JSON.parse((await run(['study', 'report', out(), '--json'])).out) as StudyReport;
  expect(report.sections.map(({ id }) => id)).toEqual(['accuracy', 'fragility', 'right-wrong', 'analysis-lens']);
  const accuracy = report.sections[0].figures[0].rows[0];
  const { out: drawn } = await run(['study', 'report', out()]);
  expect(drawn).toContain(`${(100 * (accuracy.right as number)).toFixed(1)} % (`);
  const passes = report.sections[0].figures.find(({ name }) => name === 'pass-at')!.rows;
  for (const { exact, drawn_low: low, drawn_high: high } of passes) {
    expect(exact as number).toBeGreaterThan(low as number);
    expect(exact as number).toBeLessThan(high as number);
  }
  const folder = path.join(at, 'csv');
  await run(['study', 'report', out(), '--csv', folder]);
  const names = report.sections.flatMap(({ figures }) => figures).map(({ name }) => `${name}.csv`);
  expect(readdirSync(folder).sort()).toEqual([...names, 'rows.csv'].sort());
  expect(readFileSync(path.join(folder, 'accuracy.csv'), 'utf8')).toContain(`${accuracy.model},40,${accuracy.right}`);
  const page = path.join(at, 'report.html');
  expect((await run(['study', 'report', out(), '--html', page])).err).toContain(`Wrote ${page}.`);
  const html = readFileSync(page, 'utf8');
  const [, inside] = /<script type="application\/json" id="report">(.*?)<\/script>/s.exec(html)!;
  expect(JSON.parse(inside)).toEqual(report);
  expect(html).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/);
});

test('wrong use is said', async () => {
  expect((await run(['study', 'run', SMALLEST])).err).toContain("required option '--out <folder>'");
  expect((await run(['study', 'run', 'none.study.json', '--out', at])).err).toBe('There is no file or folder none.study.json.\n');
  expect((await run(['study', 'run', SMALLEST, '--out', path.join(at, 'x'), '--shard', '3/2'])).err).toContain('Give which of how many parts, from 1: 2/8.');
  expect((await run(['study', 'status', at])).err).toBe(`${at} holds no study. Name the folder that "latent-lens study run" was given with --out.\n`);
  expect((await run(['study', 'run', SMALLEST, '--out', out(), '--limit', '3'])).err).toContain('holds another study, or the same with another --limit or --shard.');
});
