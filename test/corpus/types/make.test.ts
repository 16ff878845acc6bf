import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLines } from '../../../src/corpus/types/lines';
import { harvestInto, keyOf, makeTypesData, typesPackages, type TypesCorpus } from '../../../src/corpus/types/make';
import { isSource, npmPackages } from '../../../src/corpus/types/packages';
import type { TypeRow } from '../../../src/corpus/types/row';

let folder: string;
let corpus: TypesCorpus;
let archives: { npm: string; python: string };

/** A gzipped tarball (ustar) as npm packs one. */
function tarball(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, text]) => {
    const header = Buffer.alloc(512);
    header.write(`package/${name}`, 0);
    header.write(Buffer.byteLength(text).toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    header.write('ustar', 257);
    return [header, Buffer.from(text), Buffer.alloc((512 - (Buffer.byteLength(text) % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const KEYWORDS = ['string', 'number', 'boolean', 'unknown', 'bigint', 'symbol', 'object', 'undefined'];

/** A file of functions that are alike in few tokens, and name many types. */
const functions = (from: number) =>
  Array.from({ length: 24 }, (_, i) => {
    const w = (k: number) => `w${from + i}n${k}`;
    const [own, one, two] = [w(0).toUpperCase(), KEYWORDS[i % 8], KEYWORDS[(i + 3) % 8]];
    return [
      `export interface ${own} { ${w(1)}: ${one} }`,
      `export function ${w(2)}(${w(3)}: ${own}, ${w(4)}: ${one}, ${w(5)}: ${two}): "${w(6)}"[] {`,
      `  ${w(7)}(${w(5)}, ${w(3)}.${w(1)}, ${w(4)});`,
      '  return [];\n}\n',
    ].join('\n');
  }).join('\n');

const secret = 'export function evaluated(first: string, second: number, third: boolean): string {\n  return third ? first.repeat(second) : first.trim();\n}\n';

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-types-'));
  archives = { npm: path.join(folder, 'npm'), python: folder };
  mkdirSync(archives.npm);
  const entry = (name: string, use: string, files: Record<string, string>) => {
    const bytes = tarball(files);
    writeFileSync(path.join(archives.npm, `${name}.tgz`), bytes);
    return { name, version: '1.0.0', file: `${name}.tgz`, integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`, licence: 'MIT', use };
  };
  const packages = [
    entry('one', 'training', { 'src/a.ts': functions(0), 'src/b.ts': `${secret}${functions(500)}`, 'src/a.test.ts': functions(900) }),
    entry('two', 'validation', { 'src/c.ts': functions(100) }),
    entry('three', 'test', { 'src/d.ts': functions(200), 'src/e.ts': functions(0) }),
  ];
  writeFileSync(path.join(folder, 'sources.json'), JSON.stringify({ packages }));
  writeFileSync(path.join(folder, 'exclude.jsonl'), `${JSON.stringify({ prefix: secret.slice(0, 40), type: '', suffix: secret.slice(40) })}\n`);
  corpus = {
    sources: path.join(folder, 'sources.json'), pythonSources: [], most: 1000, copies: 2, shardSize: 10,
    generatedShards: { generated: 1, 'generated-python': 0 }, validation: { typescript: 5, python: 5, generated: 3 },
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function make(name: string): Promise<Map<string, TypeRow[]>> {
  const to = path.join(folder, name);
  const harvester = async (key: string, file: string) => harvestInto(file, typesPackages(corpus, archives).find((one) => keyOf(one) === key)!, corpus, 7);
  const exclude = [path.join(folder, 'exclude.jsonl')];
  await makeTypesData({ corpus, seed: 7, archives, folder: to, exclude, harvester, only: ['typescript'], log: () => undefined });
  const files = [...readdirSync(to).filter((file) => file.endsWith('.jsonl')), 'test/typescript.jsonl'];
  return new Map(files.map((file) => [file, [...readLines<TypeRow>(path.join(to, file))]]));
}

test('data of packages: split as wholes, without what was seen in test packages or evaluation sets, the same for the same seed', async () => {
  const data = await make('data');
  const training = [...data].filter(([file]) => file.startsWith('typescript-')).flatMap(([, rows]) => rows);
  expect(training.length).toBeGreaterThan(20);
  expect(new Set(training.map((row) => row.package))).toEqual(new Set(['one']));
  // a.ts is in the package for test too (its interfaces are too short to tell), a.test.ts is no source, b.ts begins with what is evaluated.
  const long = training.filter(({ site }) => site !== 'property');
  expect(new Set(long.map(({ file }) => file))).toEqual(new Set(['src/b.ts']));
  expect(training.some(({ name }) => ['evaluated', 'first', 'second', 'third'].includes(name))).toBe(false);
  expect(new Set(data.get('validation-00000.jsonl')!.map((row) => row.package))).toEqual(new Set(['two']));
  expect(new Set(data.get('test/typescript.jsonl')!.map((row) => row.package))).toEqual(new Set(['three']));
  expect(data.get('test/typescript.jsonl')!.every(({ baseline }) => typeof baseline === 'string')).toBe(true);
  expect(await make('again')).toEqual(data);
});

test('generated Python is refused without its checker, by a sentence', async () => {
  const options = { corpus: { ...corpus, generatedShards: { generated: 0, 'generated-python': 1 } }, seed: 1, archives, folder: path.join(folder, 'none') };
  const asked = makeTypesData({ ...options, exclude: [], harvester: () => Promise.resolve(), only: ['generated-python'], log: () => undefined });
  await expect(asked).rejects.toThrow(/checked with pyright: npm install --prefix FOLDER pyright/);
});

test('a package that is not the one of the list is refused, and what is no source is left out', () => {
  const [one] = npmPackages(corpus.sources, archives.npm);
  expect([...one.files().keys()]).toEqual(['src/a.ts', 'src/b.ts']);
  const list = path.join(folder, 'other.json');
  const { packages } = JSON.parse(readFileSync(corpus.sources, 'utf8')) as { packages: object[] };
  const other = (more: object) => {
    writeFileSync(list, JSON.stringify({ packages: [{ ...packages[0], ...more }] }));
    return npmPackages(list, archives.npm)[0].files();
  };
  expect(() => other({ integrity: 'sha512-AAAA' })).toThrow('is not the file that the list names');
  expect(() => other({ file: 'gone.tgz' })).toThrow('Fetch the sources first: node data/types/fetch.mjs');
  expect(() => other({ file: '../a.tgz' })).toThrow('give a .tgz');
  expect(() => other({ use: 'all' })).toThrow('give one of training, validation, test');
  for (const name of ['a.d.ts', 'src/x.test.ts', '__tests__/a.ts', 'src/chains/a.ts', 'a.js']) expect(isSource(name)).toBe(false);
});

test('the lists of the repository name pinned packages, each for one use', () => {
  const all = typesPackages(JSON.parse(readFileSync('data/types/corpus.json', 'utf8')) as TypesCorpus, { npm: '', python: '' });
  const names = (use: string, language: string) => all.filter((one) => one.use === use && one.language === language).map(({ name }) => name);
  expect(names('training', 'typescript').length).toBeGreaterThan(50);
  expect(names('validation', 'typescript')).toHaveLength(4);
  expect(names('test', 'typescript')).toHaveLength(6);
  expect(names('test', 'python')).toEqual(['litestar', 'typer']);
  expect(new Set(all.map(keyOf)).size).toBe(all.length);
});
