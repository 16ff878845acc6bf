/** What a file imports is read from its folder, and from nowhere else: paths with dots, links, pipes, and what is too large. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importedFiles } from '../../src/engine/languages/imported-files';
import { typeScript } from '../../src/engine/languages/typescript';
import type { Program } from '../../src/engine/reading/program';
import { TypeJudge } from '../../src/snippets/judge/judge';

let top: string;
let root: string;
const judge = new TypeJudge();
beforeAll(async () => {
  top = await realpath(await mkdtemp(path.join(os.tmpdir(), 'latent-lens-imports-')));
  root = path.join(top, 'project');
  await put('src/item.ts', "export interface Item { name: string; price: Price }\nimport type { Price } from '../lib/price';\n");
  await put('lib/price.d.ts', 'export type Price = number;\n');
  await put('src/parts/index.tsx', 'export const parts = ["a"];\n');
  await put('src/old.js', 'exports.old = 1;\n');
  await put('src/round.ts', "import { total } from './cart';\nexport type Round = ReturnType<typeof total>;\n");
  await put('src/huge.ts', `export const huge = '${'x'.repeat(400_000)}';\n`);
  await put('src/binary.ts', 'export const a = 1;\0\n');
  await put('../outside.ts', 'export type Secret = "secret";\n');
  await mkdir(path.join(root, 'src/folder.ts'));
  await symlink(path.join(top, 'outside.ts'), path.join(root, 'src/link.ts'));
  await symlink(top, path.join(root, 'src/up'));
  await symlink(path.join(root, 'lib/price.d.ts'), path.join(root, 'src/inner.d.ts'));
  await symlink('loop.ts', path.join(root, 'src/loop.ts'));
  execFileSync('mkfifo', [path.join(root, 'src/pipe.ts')]);
});
afterAll(async () => {
  judge.dispose();
  await rm(top, { recursive: true, force: true });
});

async function put(name: string, content: string): Promise<void> {
  const at = path.join(root, name);
  await mkdir(path.dirname(at), { recursive: true });
  await writeFile(at, content);
}

const file = () => path.join(root, 'src/cart.ts');
const importing = (...names: string[]) => names.map((name, i) => `import * as m${i} from ${JSON.stringify(name)};\n`).join('');
const read = async (text: string, project = { root, file: file() }) => importedFiles(judge, project, text);

describe('files', () => {
  test('and those that they import, by each way to write it', async () => {
    const text = `${importing('./item', './parts', './old.js')}export * from './item.js';\nconst price = require('../lib/price');\nlet inner: import('./inner').Price;\n`;
    const { files, folder } = await read(text);
    expect(Object.keys(files).sort()).toEqual(['lib/price.d.ts', 'src/inner.d.ts', 'src/item.ts', 'src/old.js', 'src/parts/index.tsx']);
    expect(folder).toBe('src');
  });

  test('that import the file itself get it as the editor has it', async () => {
    const text = `${importing('./round')}export const total = () => 3;\n`;
    expect((await read(text)).files).toMatchObject({ 'src/cart.ts': text });
  });

  test.each([
    '../../outside', '../../outside.ts', './link', './up/outside', '../../project/../outside', './huge', './binary', './folder', './loop', './pipe',
    '/etc/passwd', 'react', './\0', './none', '..', '../..', '../../../../../../../../etc/hosts', './up/project/src/../../outside',
  ])('nothing of %j', async (name) => {
    expect((await read(importing(name))).files).toEqual({});
  });

  test('no more than a hundred, and no more than two million characters', async () => {
    for (let i = 0; i < 130; i++) await put(`many/m${i}.ts`, `export const m${i} = ${i};\n`);
    const all = Array.from({ length: 130 }, (_, i) => `../many/m${i}`);
    expect(Object.keys((await read(importing(...all))).files)).toHaveLength(100);
    for (let i = 0; i < 12; i++) await put(`large/l${i}.ts`, `// ${'x'.repeat(250_000)}\n`);
    const { files } = await read(importing(...Array.from({ length: 12 }, (_, i) => `../large/l${i}`)));
    expect(Object.keys(files)).toHaveLength(7);
  });

  test('of a folder that the file is not in are refused', async () => {
    await expect(read('', { root: path.join(root, 'lib'), file: file() })).rejects.toThrow('does not lie in');
    await expect(read('', { root: path.join(root, 'src'), file: path.join(root, 'src/up/outside.ts') })).rejects.toThrow('does not lie in');
  });

  test('are known to be current until one changes, or one that was missing is there', async () => {
    const { isCurrent } = await read(importing('./item', './later'));
    expect(await isCurrent()).toBe(true);
    await put('src/later.ts', 'export const later = 1;\n');
    expect(await isCurrent()).toBe(false);
    const again = await read(importing('./item', './later'));
    await utimes(path.join(root, 'src/item.ts'), 1, 1);
    expect(await again.isCurrent()).toBe(false);
  });
});

describe('a type from another file', () => {
  const text = "import type { Item } from './item';\nexport function total(items: Item[], tax: number) {\n  return items.reduce((sum, item) => sum + item.price, 0) + tax;\n}\n";
  const at = (written: string): Program => {
    const start = text.indexOf(written);
    return { text, place: { start, end: start + written.length }, hole: { start, end: start + written.length }, source: { code: text, start: 0, end: text.length } } as unknown as Program;
  };

  test('is known to the judge, as are errors that come of it', async () => {
    const { knowledge } = typeScript(judge, 'typescript', { root, file: file() });
    expect(await knowledge.truth(at('Item[]'))).toMatchObject({ label: 'Item[]' });
    expect((await knowledge.truth(at('Item[]')))!.note).toBeUndefined();
    const verdicts = await knowledge.verdicts(at('Item[]'), 'Item[]', ['Item[]', 'Array<Item>', 'string[]', '{ name: string; price: number }[]']);
    expect(verdicts.map(({ equivalent, checks }) => [equivalent, checks])).toEqual([[true, true], [true, true], [false, false], [true, true]]);
    const { edits } = await knowledge.edits(at('number'));
    expect(edits.map(({ description }) => description).join()).toContain('renamed the parameter `items`');
    for (const { variant } of edits) expect(variant).toContain("from './item'");
    expect(await knowledge.isCurrent!()).toBe(true);
  });

  test('is not known where nothing may be read, and that is said', async () => {
    const { knowledge } = typeScript(judge, 'typescript');
    expect((await knowledge.truth(at('Item[]')))!.note).toBe('What is imported from `./item` is not known to the compiler: it reads this file alone.');
    const [verdict] = await knowledge.verdicts(at('Item[]'), 'Item[]', ['string[]']);
    expect(verdict.equivalent).not.toBe(true);
  });
});
