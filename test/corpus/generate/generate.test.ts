import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateShards } from '../../../src/corpus/generate/generate';
import { readPrograms } from '../../../src/corpus/labelling/program';
import type { Labeller } from '../../../src/corpus/labelling/labeller';
import { LABELS, QUIET } from '../../../src/corpus/labelling/labels';
import { families as typed } from '../../../src/corpus/families/typed';
import { programHash } from '../../../src/corpus/labelling/normalise';
import { Random } from '../../../src/corpus/random';

/** Pretends that the error's name in the text is what Python raises. */
const labeller: Labeller = {
  async runMany(codes) {
    return codes.map((code) => ({ label: /raise (\w+)/.exec(code)?.[1] ?? 'no error', message: 'm', line: 1 }));
  },
};
const family = {
  name: 'pairs',
  make(random: Random) {
    const n = random.int(0, 1e6);
    const label = random.pick([...LABELS.filter((name) => name !== QUIET), 'OverflowError', 'timeout']);
    return [`x = ${n}\nraise ${label}`, `x = ${n}`, `y = ${n}`];
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'programs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (more: object = {}) =>
  generateShards({ families: [family], labeller, count: 3000, seed: 4, folder, shardSize: 1000, ...more });

describe('generateShards', () => {
  it('fills shards with balanced, unique, known labels', async () => {
    const { shards, programs } = await run();
    expect(shards).toHaveLength(3);
    expect(programs).toBe(3000);
    const rows = shards.flatMap(readPrograms);
    expect(new Set(rows.map((row) => row.code)).size).toBe(3000);
    for (const label of LABELS) {
      const share = rows.filter((row) => row.label === label).length / rows.length;
      expect(share, label).toBeGreaterThan(0.035);
      expect(share, label).toBeLessThan(0.19);
    }
  });

  it('leaves out the programs of the evaluation sets and programs that are too long', async () => {
    const { shards } = await run({ count: 1000 });
    const some = readPrograms(shards[0]).slice(0, 100);
    rmSync(folder, { recursive: true });
    const long = { name: 'long', make: (random: Random) => [`x = ${random.int(0, 1e6)}\n${'print(1)\n'.repeat(16)}`] };
    const excluded = new Set(some.map((row) => programHash(` # other\n${row.code}\n`)));
    const again = await run({ count: 1000, excluded, families: [family, long] });
    const hashes = new Set(readPrograms(again.shards[0]).map((row) => programHash(row.code)));
    expect([...excluded].filter((hash) => hashes.has(hash))).toEqual([]);
    expect(readPrograms(again.shards[0]).some((row) => row.family === 'long')).toBe(false);
  });

  it('adds longer programs, made of those of the shard, but never of those that are only measured', async () => {
    const { shards, programs } = await run({ count: 1000, joined: { share: 0.2, maxTokens: 200 }, validation: 300 });
    const rows = readPrograms(shards[0]);
    const longer = rows.filter(({ family: name }) => name === 'joined/pairs');
    expect(programs).toBe(1000);
    expect(rows.slice(1000)).toEqual(longer);
    expect(longer.length).toBeGreaterThan(100);
    const parts = new Set(rows.slice(0, 300).flatMap(({ code }) => code.split('\n')));
    for (const { code, label } of longer) {
      expect(label).toBe(/raise (\w+)/.exec(code)?.[1] ?? QUIET);
      expect(code.split('\n').length).toBeGreaterThan(1);
      expect(code.split('\n').some((line) => /= \d/.test(line) && parts.has(line))).toBe(false);
    }
  });

  it('goes on where it stopped, with the same result', async () => {
    const { shards } = await run();
    const before = shards.map((file) => readFileSync(file, 'utf8'));
    rmSync(shards[1]);
    const report = await run();
    expect(report.shards.map((file) => readFileSync(file, 'utf8'))[0]).toBe(before[0]);
    expect(report.programs).toBe(3000);
    rmSync(shards[2]);
    await run();
    expect(readFileSync(shards[2], 'utf8')).toBe(before[2]);
    await expect(run({ seed: 5 })).rejects.toThrow(/other settings/);
  });
});

describe('typed families', () => {
  it('give whole programs, the same for the same seed', () => {
    for (const { name, make } of typed) {
      const random = new Random(name);
      const groups = Array.from({ length: 40 }, () => make(random));
      const again = new Random(name);
      expect(Array.from({ length: 40 }, () => make(again))).toEqual(groups);
      expect(groups.every((group) => group.every((code) => code.trim() !== '' && !/undefined\w|\wundefined|NaN|\[object/.test(code))), name).toBe(true);
    }
  });
});
