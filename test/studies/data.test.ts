/** Data sets out of folders: each row is in its file byte by byte, nothing comes twice, and no package is in two parts. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../cli/kit';
import { programOf, rawRows } from '../../src/studies/programs/rows';

const SHOP = `interface Item {
  name: string;
  price: number;
}

export function total(items: Item[], rate: number): number {
  let sum = 0;
  for (const item of items) sum += item.price * rate;
  return sum;
}

export function first(items: Item[]): Item | undefined {
  return items.length > 0 ? items[0] : undefined;
}
`;
const GREET = 'def greet(name: str, times: int = 2) -> str:\n    parts = [name.title() for _ in range(times)]\n    return ", ".join(parts)\n';

let at: string;
beforeAll(() => {
  at = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-data-'));
  const files: Record<string, string> = {
    'shop/package.json': '{"name":"shop","license":"MIT"}', 'shop/node_modules/x/index.ts': SHOP,
    'shop/src/total.ts': SHOP, 'shop/src/copy.ts': `// a copy\n${SHOP}`,
    'greet/pyproject.toml': '[project]\nname = "greet"\nlicense = "Apache-2.0"\n', 'greet/greet.py': GREET.replaceAll('\n', '\r\n'),
    'loose/one.py': 'print("a" + 1)\n', 'loose/two.py': 'total = 1\nprint(total)\n',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(at, file)), { recursive: true });
    writeFileSync(path.join(at, file), text);
  }
});
afterAll(() => rmSync(at, { recursive: true, force: true }));

type Row = Record<string, string>;
const rowsIn = (file: string) => readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Row);
const data = async (...args: string[]) => {
  const { code, out, err } = await run(['data', ...args]);
  expect(err.replace(/^.* …\n/gm, '')).toBe('');
  expect(code).toBe(0);
  return out;
};

test('annotations, with where they come from', async () => {
  const file = path.join(at, 'types.jsonl');
  const said = await data(path.join(at, 'shop'), path.join(at, 'greet'), '--out', file, '--window', '80', '--split', 'left=1,right=1');
  const rows = rowsIn(file);
  expect(rows.map(({ name, type }) => `${name}: ${type}`).sort()).toEqual([
    'first: Item | undefined', 'greet: str', 'items: Item[]', 'items: Item[]', 'name: str', 'name: string', 'price: number', 'rate: number', 'times: int', 'total: number',
  ].sort());
  expect(said).toMatch(/10 rows \(.*\)\. Left out: 7 near duplicates, 0 that cannot be used\./);
  for (const row of rows) {
    const text = readFileSync(path.join(at, row.package, row.file), 'utf8').replace(/\r\n/g, '\n');
    expect(text).toContain(row.prefix + row.type + row.suffix);
    expect(createHash('sha256').update(text).digest('hex')).toBe(row.sha256);
    expect(row.licence).toBe(row.package === 'shop' ? 'MIT' : 'Apache-2.0');
    expect(row.prefix.length).toBeLessThan(81 + 60);
  }
  for (const name of ['shop', 'greet']) expect(new Set(rows.filter((row) => row.package === name).map(({ split }) => split)).size).toBe(1);
  await data(path.join(at, 'shop'), path.join(at, 'greet'), '--out', path.join(at, 'again.jsonl'), '--window', '80', '--split', 'left=1,right=1');
  expect(rowsIn(path.join(at, 'again.jsonl'))).toEqual(rows);
});

test('Parquet holds the same programs, with their verified edits', async () => {
  const [lines, table] = [path.join(at, 'edits.jsonl'), path.join(at, 'edits.parquet')];
  const asked = [path.join(at, 'shop'), '--edits', 'rename-letter', '--most', '2'];
  await data(...asked, '--out', lines);
  await data(...asked, '--out', table);
  const programs = async (file: string) => {
    const all = [];
    for await (const raw of rawRows(file)) all.push(programOf(raw));
    return all;
  };
  expect(await programs(table)).toEqual(await programs(lines));
  const rows = rowsIn(lines);
  const originals = rows.filter(({ of }) => of === undefined);
  expect(originals).toHaveLength(2);
  expect(rows.length).toBeGreaterThan(2);
  for (const row of rows.filter(({ of }) => of !== undefined)) {
    const original = originals.find(({ id }) => id === row.of)!;
    expect(row.type).toBe(original.type);
    expect(row.prefix + row.suffix).not.toBe(original.prefix + original.suffix);
    expect(row.pair).toBe(original.id);
  }
}, 240_000);

test('programs are labelled by running them', async () => {
  const file = path.join(at, 'errors.jsonl');
  await data(path.join(at, 'loose'), '--of', 'errors', '--out', file, '--split', 'all=1');
  expect(rowsIn(file).map(({ file: name, label, split }) => [name, label, split])).toEqual([['one.py', 'TypeError', 'all'], ['two.py', 'no error', 'all']]);
}, 240_000);

test('what cannot be made is said', async () => {
  expect((await run(['data', path.join(at, 'none'), '--out', 'x.jsonl'])).err).toContain(`There is no file or folder ${path.join(at, 'none')}.`);
  expect((await run(['data', path.join(at, 'loose'), '--out', 'x.csv'])).err).toContain('x.csv ends neither with .jsonl nor with .parquet. Give one of them.');
  expect((await run(['data', path.join(at, 'loose'), '--out', path.join(at, 'x.jsonl')])).err).toContain('no annotations were found that can be used.');
  expect((await run(['data', path.join(at, 'loose'), '--out', 'x.jsonl', '--split', '8,1'])).err).toContain('Give parts with their shares');
  expect((await run(['data', path.join(at, 'loose'), '--out', 'x.jsonl', '--edits', 'rename-al'])).err).toContain('There is no edit "rename-al" of code whose types are asked about; there are rename-misleading');
});
