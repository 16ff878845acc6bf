import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashCheckpoint, openCheckpoint } from '../../src/checkpoints/checkpoint';
import { readTensor } from '../../src/checkpoints/safetensors';
import { writeSafetensors } from '../../src/checkpoints/write-safetensors';
import { messageOf, temporaryFolder } from './files';

const FIRST = 'model-00001-of-00002.safetensors';
const SECOND = 'model-00002-of-00002.safetensors';
const INDEX = 'model.safetensors.index.json';
const named = (name: string, ...values: number[]) => ({
  name,
  shape: [values.length],
  data: Float32Array.from(values),
});

/** Two shards: a, b in the first, c in the second; the index as given. */
async function sharded(index?: unknown): Promise<string> {
  const folder = await temporaryFolder();
  await writeSafetensors(join(folder, FIRST), [named('a', 1, 2), named('b', 3)]);
  await writeSafetensors(join(folder, SECOND), [named('c', 4, 5, 6)]);
  const right = { metadata: { total_size: 24 }, weight_map: { a: FIRST, b: FIRST, c: SECOND } };
  await writeFile(join(folder, INDEX), typeof index === 'string' ? index : JSON.stringify(index ?? right));
  return folder;
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

describe('opening', () => {
  test('one file', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'model.safetensors');
    await writeSafetensors(path, [named('a', 1, 2), named('b', 3)]);
    const checkpoint = await openCheckpoint(folder);
    expect(checkpoint).toMatchObject({ folder, bytes: 12, files: [{ name: 'model.safetensors', path }] });
    expect([...(await readTensor(checkpoint.tensors.get('b')!))]).toEqual([3]);
    expect(await hashCheckpoint(checkpoint)).toBe(sha256(await readFile(path)));
  });

  test('shards', async () => {
    const folder = await sharded();
    const checkpoint = await openCheckpoint(folder);
    expect(checkpoint.bytes).toBe(24);
    expect([...(await readTensor(checkpoint.tensors.get('a')!))]).toEqual([1, 2]);
    expect([...(await readTensor(checkpoint.tensors.get('c')!))]).toEqual([4, 5, 6]);
    expect(checkpoint.tensors.get('c')!.file).toBe(join(folder, SECOND));
    const lines = [FIRST, SECOND].map(async (name) => `${sha256(await readFile(join(folder, name)))}  ${name}\n`);
    expect(await hashCheckpoint(checkpoint)).toBe(sha256((await Promise.all(lines)).join('')));
  });

  test('the hash changes with any weight, and can be cancelled', async () => {
    const folder = await sharded();
    const checkpoint = await openCheckpoint(folder);
    const before = await hashCheckpoint(checkpoint);
    await writeSafetensors(join(folder, SECOND), [named('c', 4, 5, 6.000001)]);
    expect(await hashCheckpoint(checkpoint)).not.toBe(before);
    expect(await messageOf(hashCheckpoint(checkpoint, { signal: AbortSignal.abort() }))).toMatch(/abort/i);
  });

  test("the Hub's cache, where snapshots link to blobs", async () => {
    const model = await temporaryFolder();
    const snapshot = join(model, 'snapshots', '0123abc');
    await mkdir(snapshot, { recursive: true });
    await mkdir(join(model, 'blobs'));
    await writeSafetensors(join(model, 'blobs', 'fff'), [named('a', 1)]);
    await symlink('../../blobs/fff', join(snapshot, 'model.safetensors'));
    const checkpoint = await openCheckpoint(snapshot);
    expect(checkpoint.tensors.get('a')!.file).toBe(join(model, 'blobs', 'fff'));
    expect(checkpoint.files[0]!.name).toBe('model.safetensors');
  });
});

describe('links', () => {
  test('to weights elsewhere, and to what an older huggingface_hub left in its cache', async () => {
    const outside = await temporaryFolder();
    const folder = await sharded();
    const blob = join(outside, 'blobs', 'a'.repeat(64));
    await mkdir(join(outside, 'blobs'));
    for (const [name, to] of [[FIRST, join(outside, 'other.safetensors')], [SECOND, blob], [INDEX, join(outside, 'the.json')]] as const) {
      await rename(join(folder, name), to);
      await symlink(to, join(folder, name));
    }
    const { tensors, files } = await openCheckpoint(folder);
    expect(files.map(({ name }) => name)).toEqual([FIRST, SECOND]);
    expect([tensors.get('b')!.file, tensors.get('c')!.file]).toEqual([join(outside, 'other.safetensors'), blob]);
    expect([...(await readTensor(tensors.get('c')!))]).toEqual([4, 5, 6]);
  });
});

describe('refusing', () => {
  test('no folder, a file, an empty folder, pickled weights, no tensors', async () => {
    const folder = await temporaryFolder();
    expect(await messageOf(openCheckpoint(join(folder, 'none')))).toMatch(/none: does not exist/);
    await writeFile(join(folder, 'pytorch_model.bin'), 'pickle');
    expect(await messageOf(openCheckpoint(join(folder, 'pytorch_model.bin')))).toMatch(/is not a folder/);
    expect(await messageOf(openCheckpoint(folder))).toMatch(/has neither .*cannot be read safely/);
    await rm(join(folder, 'pytorch_model.bin'));
    expect(await messageOf(openCheckpoint(folder))).toMatch(/has neither .*download the model again/);
    await writeSafetensors(join(folder, 'model.safetensors'), []);
    expect(await messageOf(openCheckpoint(folder))).toMatch(/without a single tensor/);
  });

  test.each([
    ['../model.safetensors'],
    ['/etc/model.safetensors'],
    ['sub/model.safetensors'],
    ['sub\\model.safetensors'],
    ['C:model.safetensors'],
    ['..'],
    ['.hidden.safetensors'],
    ['model.bin'],
    ['model\u0000.safetensors'],
    [''],
    [7],
    [null],
  ])('the shard name %j', async (shard) => {
    const folder = await sharded({ weight_map: { a: FIRST, b: FIRST, c: shard } });
    const message = await messageOf(openCheckpoint(folder));
    expect(message).toMatch(/index\.json: tensor "c" is placed in .*, which is not the plain name/);
    expect(message.startsWith(folder)).toBe(true);
  });

  test.each([
    ['no JSON', 'weight_map', /not valid JSON/],
    ['an array', [], /not a JSON object/],
    ['no weight_map', { metadata: {} }, /has no weight_map/],
    ['a weight_map that is a list', { weight_map: [FIRST] }, /has no weight_map/],
    ['a tensor twice', `{"weight_map":{"a":"${FIRST}","a":"${SECOND}"}}`, /key "a" twice/],
    ['no tensors', { weight_map: {} }, /without a single tensor/],
    ['a tensor no shard has', { weight_map: { a: FIRST, b: FIRST, c: SECOND, d: SECOND } }, /"d" is missing/],
    ['a tensor left out', { weight_map: { a: FIRST, c: SECOND } }, /00001-of.*: tensor "b" is not in the index/],
    ['a tensor in the wrong shard', { weight_map: { a: FIRST, b: SECOND, c: SECOND } }, /"b" belongs in model-00002/],
    ['a shard that is not there', { weight_map: { a: 'x.safetensors' } }, /x\.safetensors: does not exist/],
  ])('an index with %s', async (_what, index, message) => {
    expect(await messageOf(openCheckpoint(await sharded(index)))).toMatch(message);
  });

  test('a tensor in two shards', async () => {
    const folder = await sharded();
    await writeSafetensors(join(folder, SECOND), [named('c', 4, 5, 6), named('a', 1, 2)]);
    expect(await messageOf(openCheckpoint(folder))).toMatch(/00002-of.*: tensor "a" belongs in model-00001/);
  });

  test('an index that is a folder', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, INDEX));
    expect(await messageOf(openCheckpoint(folder))).toMatch(/index\.json: is not a file/);
  });

  test('a link to what is not called a file of that kind; inside the folder it is fine', async () => {
    const outside = await temporaryFolder();
    for (const name of [SECOND, INDEX]) {
      const folder = await sharded();
      await rename(join(folder, name), join(outside, 'secret'));
      await symlink(join(outside, 'secret'), join(folder, name));
      expect(await messageOf(openCheckpoint(folder))).toMatch(new RegExp(`${name}: is a symbolic link out of the model folder, to .*secret, which is not called a \\.\\w+ file; link to one that is, or make a hard link`));
    }
    const folder = await temporaryFolder();
    await symlink(join(outside, 'secret'), join(folder, 'model.safetensors'));
    expect(await messageOf(openCheckpoint(folder))).toMatch(/model\.safetensors: is a symbolic link out of/);

    const inside = await sharded();
    await mkdir(join(inside, 'sub'));
    await rename(join(inside, SECOND), join(inside, 'sub', 'weights'));
    await symlink(join('sub', 'weights'), join(inside, SECOND));
    expect((await openCheckpoint(inside)).tensors.get('c')!.file).toBe(join(inside, 'sub', 'weights'));
  });
});
