import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { EXPORT_LIMITS, readExplanations } from '../../../src/sae';
import { saeFolder } from '../kit';

const row = (index: string | number, description: unknown, change: object = {}) =>
  JSON.stringify({ modelId: 'gpt2-small', layer: '6-res-jb', index, description, typeName: 'oai_token-act-pair', embedding: '[0.5]', ...change });

/** A folder of a source with batches below `explanations`. */
async function exported(batches: Record<string, string | Uint8Array>, below = 'explanations'): Promise<string> {
  const folder = await saeFolder();
  await mkdir(path.join(folder, below), { recursive: true });
  for (const [name, text] of Object.entries(batches)) {
    await writeFile(path.join(folder, below, name), typeof text === 'string' ? gzipSync(text) : text);
  }
  return folder;
}

test('reads all batches in their order, from the folder or the one above; the first explanation of a latent counts', async () => {
  const batches = {
    'batch-10.jsonl.gz': row('0', 'too late'),
    'batch-2.jsonl.gz': `${row('0', 'time-related  phrases ')}\n\n${row(7, 'names')}\n${row('8', null)}\n${row('9', ' ')}`,
    'other.jsonl.gz': 'nothing',
  };
  const expected = [
    [0, { description: 'time-related phrases', link: 'https://www.neuronpedia.org/gpt2-small/6-res-jb/0' }],
    [7, { description: 'names', link: 'https://www.neuronpedia.org/gpt2-small/6-res-jb/7' }],
  ];
  expect([...(await readExplanations(await exported(batches), 10))]).toEqual(expected);
  expect([...(await readExplanations(await exported(batches, '.'), 10))]).toEqual(expected);
});

test('cuts long descriptions, also in lines that come in many pieces', async () => {
  const long = `é${'x'.repeat(300_000)}`;
  const found = await readExplanations(await exported({ 'batch-0.jsonl.gz': `${row(0, long)}\n${row(1, 'b')}` }), 2);
  expect(found.get(0)!.description).toBe(`é${'x'.repeat(EXPORT_LIMITS.description - 2)}…`);
  expect(found.get(1)!.description).toBe('b');
});

test.each([
  ['another SAE', row(10, 'x'), /line 1: explains latent 10, but the SAE has 10; it belongs to another SAE/],
  ['no index', row('-1', 'x'), /line 1: has no index/],
  ['a broken line', `${row(1, 'x')}\n{`, /batch-0\.jsonl\.gz, line 2: is not JSON/],
  ['null', 'null', /line 1: has no index/],
  ['a way out of the site', row(1, 'x', { modelId: '..' }), /does not name the model and the layer/],
  ['a script', row(1, 'x', { layer: 'a/b?c' }), /does not name the model and the layer/],
  ['a file that is not compressed', Buffer.from(row(1, 'x')), /batch-0\.jsonl\.gz: cannot be unpacked/],
  ['a file that is cut off', gzipSync(row(1, 'x')).subarray(0, 40), /cannot be unpacked/],
  ['an endless line', 'x'.repeat(1_100_000), /a line of over 1000000 bytes/],
])('refuses %s', async (_what, text, message) => {
  await expect(readExplanations(await exported({ 'batch-0.jsonl.gz': text }), 10)).rejects.toThrow(message);
});

test('refuses what is too large before it is in memory', async () => {
  const bomb = await exported({ 'batch-0.jsonl.gz': '\n'.repeat(3_000_000) });
  await expect(readExplanations(bomb, 10, { ...EXPORT_LIMITS, unpacked: 1_000_000 })).rejects.toThrow(/unpacks to over 1000000 bytes/);
  const two = await exported({ 'batch-0.jsonl.gz': '\n'.repeat(100_000) + row(1, 'x'), 'batch-1.jsonl.gz': `${' '.repeat(150_000)}\n`.repeat(10) });
  await expect(readExplanations(two, 10, { ...EXPORT_LIMITS, unpackedInAll: 1_000_000 })).rejects.toThrow(/batch-1\.jsonl\.gz: unpacks to over/);
  await expect(readExplanations(two, 10, { ...EXPORT_LIMITS, bytes: 10 })).rejects.toThrow(/at most 10/);
  await expect(readExplanations(two, 10, { ...EXPORT_LIMITS, files: 1 })).rejects.toThrow(/holds 2 batches/);
  await expect(readExplanations(await saeFolder(), 10)).rejects.toThrow(/holds no batch-0\.jsonl\.gz/);
});
