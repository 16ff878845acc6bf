import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { nextDraw, seriesOf, type Draw } from '../../../src/training/lm/shards';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
const folderOf = (...names: string[]) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-shards-'));
  folders.push(folder);
  names.forEach((name) => writeFileSync(path.join(folder, name), ''));
  return folder;
};
const draws = (folder: string, count: number, before?: Draw, counts?: Record<string, number>) => {
  const found: Draw[] = [];
  for (let i = 0; i < count; i++) found.push(nextDraw(folder, found.at(-1) ?? before, 7, counts));
  return found;
};
const programs = (count: number) => Array.from({ length: count }, (_, i) => `programs-0000${i}.jsonl`);

test('series are named by their files, and other files are none', () => {
  const folder = folderOf('real-00001.jsonl', 'real-00000.jsonl', 'programs-00000.jsonl', 'recipe.json', 'programs-00001.jsonl.part', 'notes.jsonl');
  expect([...seriesOf(folder)]).toEqual([['programs', ['programs-00000.jsonl']], ['real', ['real-00000.jsonl', 'real-00001.jsonl']]]);
});

test('each shard comes once before any comes again, in an order of the seed; a shorter series begins again meanwhile', () => {
  const folder = folderOf(...programs(5), 'real-00000.jsonl', 'real-00001.jsonl', 'validation-00000.jsonl');
  const found = draws(folder, 10);
  const of = (series: string) => found.map(({ files }) => files.find((name) => name.startsWith(series))!);
  expect(new Set(of('programs').slice(0, 5))).toEqual(new Set(programs(5)));
  expect(new Set(of('programs').slice(5))).toEqual(new Set(programs(5)));
  expect(of('programs').slice(0, 5)).not.toEqual(of('programs').slice(5));
  for (let i = 0; i < 10; i += 2) expect(new Set(of('real').slice(i, i + 2)).size).toBe(2);
  expect(found.flatMap(({ files }) => files).some((name) => name.startsWith('validation'))).toBe(false);
  expect(draws(folder, 10)).toEqual(found);
});

test('a round goes on from the one before as it was saved, and takes in shards that were added', () => {
  const folder = folderOf(...programs(3));
  const [, second] = draws(folder, 2);
  const saved = JSON.parse(JSON.stringify(second)) as Draw;
  expect(nextDraw(folder, saved, 7)).toEqual(nextDraw(folder, second, 7));
  writeFileSync(path.join(folder, 'programs-00003.jsonl'), '');
  const rest = draws(folder, 2, saved).flatMap(({ files }) => files);
  expect(new Set([...second.used.programs.files, ...rest])).toEqual(new Set(programs(4)));
});

test('a recipe says how many shards of a series a round has', () => {
  const folder = folderOf(...programs(4), 'real-00000.jsonl', 'old-00000.jsonl');
  const [first] = draws(folder, 1, undefined, { programs: 2, old: 0 });
  expect(first.files.map((name) => name.replace(/-.*/, ''))).toEqual(['programs', 'programs', 'real']);
  expect(() => nextDraw(folderOf('validation-00000.jsonl'), undefined, 7)).toThrow(/holds no programs\. Make them first/);
});
