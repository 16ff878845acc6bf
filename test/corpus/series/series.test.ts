import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GroupSource } from '../../../src/corpus/series/groups';
import { makeSeries } from '../../../src/corpus/series/series';
import { readSources } from '../../../src/corpus/packages/sources';
import { readTarGz } from '../../../src/corpus/packages/tar';
import { readPrograms } from '../../../src/corpus/labelling/program';
import type { Labeller } from '../../../src/corpus/labelling/labeller';
import { LABELS, QUIET } from '../../../src/corpus/labelling/labels';
import { programHash } from '../../../src/corpus/labelling/normalise';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'series-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Pretends that the error's name in the text is what Python raises. */
const labeller: Labeller = {
  async runMany(codes) {
    return codes.map((code) => ({ label: /raise (\w+)/.exec(code)?.[1] ?? 'no error', message: null, line: 1 }));
  },
};
const source: GroupSource = {
  draw(random) {
    const base = `x = ${random.int(0, 1e6)}`;
    const errors = random.sample([...LABELS.filter((name) => name !== QUIET), 'JSONDecodeError', 'OverflowError', 'timeout'], 3);
    return {
      source: 'test', origin: 'one', family: 'test/a',
      drafts: [{ code: base }, { code: `${base}\nacorn = 1` }, ...errors.map((name) => ({ code: `${base}\nraise ${name}`, edit: name }))],
    };
  },
};
const run = (more: object = {}) =>
  makeSeries({ name: 'some', source, labeller, seed: 3, folder, shards: 2, shardSize: 900, excluded: new Set<string>(), heldOutWords: new Set(['acorn']), ...more });

describe('makeSeries', () => {
  it('keeps twins beside each other, a third of which raise nothing, and tells what it left out', async () => {
    const report = await run();
    const rows = readPrograms(path.join(folder, 'some-00000.jsonl'));
    expect(rows).toHaveLength(900);
    expect(rows.filter(({ label }) => label === QUIET).length).toBeGreaterThan(300);
    expect(rows.some(({ code, label }) => code.includes('JSONDecodeError') && label === 'ValueError')).toBe(true);
    expect(rows.some(({ code }) => /acorn|OverflowError|timeout/.test(code))).toBe(false);
    expect(report.unanswered.OverflowError).toBeGreaterThan(10);
    const beside = rows.filter(({ code }, i) => i > 0 && code.split('\n')[0] === rows[i - 1].code.split('\n')[0]);
    expect(beside.length).toBeGreaterThan(300);
    expect(rows[0]).toMatchObject({ source: 'test', origin: 'one', family: 'test/a' });
  });

  it('gives the same bytes again, goes on where it stopped, and leaves out what is excluded', async () => {
    await run();
    const bytes = [0, 1].map((i) => readFileSync(path.join(folder, `some-0000${i}.jsonl`), 'utf8'));
    rmSync(path.join(folder, 'some-00001.jsonl'));
    await run();
    expect(readFileSync(path.join(folder, 'some-00001.jsonl'), 'utf8')).toBe(bytes[1]);
    const some = readPrograms(path.join(folder, 'some-00000.jsonl'))[0].code;
    rmSync(path.join(folder, 'some-00000.jsonl'));
    await run({ excluded: new Set([programHash(some)]) });
    expect(readPrograms(path.join(folder, 'some-00000.jsonl')).some(({ code }) => code === some)).toBe(false);
  });
});

describe('sources', () => {
  const entry = { name: 'a', version: '1', file: 'a-1.tar.gz', sha256: '0'.repeat(64), licence: 'MIT', use: 'training' };
  const list = (more: object) => {
    const file = path.join(folder, 'sources.json');
    writeFileSync(file, JSON.stringify({ packages: [{ ...entry, ...more }] }));
    return readSources(file, ['python-slugify']);
  };

  it('refuses what is kept for evaluation, has no permissive licence, or has no hash', () => {
    expect(list({})).toHaveLength(1);
    expect(list({ licence: 'GPL-3.0-only OR MIT' })).toHaveLength(1);
    expect(() => list({ name: 'Python_Slugify' })).toThrow('kept for evaluation');
    expect(() => list({ licence: 'GPL-3.0-only' })).toThrow('permissive');
    expect(() => list({ licence: 'MIT AND MPL-2.0' })).toThrow('permissive');
    expect(() => list({ sha256: 'x' })).toThrow('sha256');
    expect(() => list({ file: '../a.tar.gz' })).toThrow('file');
  });
});

describe('readTarGz', () => {
  const block = (name: string, text: string) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(text.length.toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    header.write('ustar', 257);
    return Buffer.concat([header, Buffer.from(text.padEnd(Math.ceil(text.length / 512) * 512, '\0'))]);
  };

  it('gives files in order and refuses what is damaged', () => {
    const file = path.join(folder, 'a.tar.gz');
    const tar = Buffer.concat([block('a/x.py', 'x = 1\n'), block('a/y.py', 'y'.repeat(600)), Buffer.alloc(1024)]);
    writeFileSync(file, gzipSync(tar));
    expect([...readTarGz(file)].map(({ name, read }) => [name, read().length])).toEqual([['a/x.py', 6], ['a/y.py', 600]]);
    writeFileSync(file, gzipSync(tar.subarray(0, 1100)));
    expect(() => [...readTarGz(file)]).toThrow('ends inside');
    writeFileSync(file, 'no archive');
    expect(() => [...readTarGz(file)]).toThrow('not a readable');
  });
});
