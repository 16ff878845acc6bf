/** Disks and folders that are not as they should be: links, locks, what cannot be read or written. */
import { mkdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { diskError } from '../../src/store/disk';
import { listModels } from '../../src/store/list';
import { withLock } from '../../src/store/places/lock';
import { removeModel } from '../../src/store/remove';
import { resolveModel } from '../../src/store/resolve';
import { COMMIT } from './hub-server';
import { bytes, filesBelow, model, storeFixture, WEIGHTS } from './kit';

const hub = storeFixture();
const outside = () => path.join(hub.root, 'elsewhere');
const repository = () => path.dirname(hub.folderOf('org/small', COMMIT));

test('nothing is made behind a link, be it a repository, a folder in it, or a part', async () => {
  hub.server.add('org/small', { files: { ...model(), 'saes/l0/sae_weights.safetensors': bytes(500) } });
  await mkdir(path.dirname(repository()), { recursive: true });
  await symlink(outside(), repository());
  await expect(hub.add('org/small')).rejects.toThrow(`${repository()} is a link out of the store, which is not followed.`);

  hub.server.add('org/other', { files: { ...model(), 'saes/l0/sae_weights.safetensors': bytes(500) } });
  const folder = hub.folderOf('org/other', COMMIT);
  await mkdir(folder, { recursive: true });
  await symlink(outside(), path.join(folder, 'saes'));
  await expect(hub.add('org/other/saes/l0')).rejects.toThrow('is a link out of the store, which is not followed.');
  expect(await filesBelow(outside())).toEqual([]);
  await expect(stat(path.join(outside(), 'l0'))).rejects.toThrow('ENOENT');

  await writeFile(path.join(outside(), 'mine.txt'), 'mine');
  await symlink(path.join(outside(), 'mine.txt'), path.join(folder, 'model.safetensors.part'));
  const { path: added } = await hub.add('org/other');
  expect(await readFile(path.join(outside(), 'mine.txt'), 'utf8')).toBe('mine');
  expect((await readFile(path.join(added, 'model.safetensors'))).equals(WEIGHTS)).toBe(true);
});

test('a lock holds while its process says so: also one of another machine, and one that is not written yet', async () => {
  const file = path.join(hub.root, '.lock');
  const taken = () => withLock(hub.root, 'org/small', async () => 'mine');
  const silent = () => utimes(file, new Date(), new Date(Date.now() - 120_000));
  for (const holder of ['', `${process.pid} ${hostname()}`, '1 another-machine']) {
    await writeFile(file, holder);
    await expect(taken(), holder).rejects.toThrow('org/small is being downloaded or removed already. Wait for it, or stop it first;');
    expect(await readFile(file, 'utf8')).toBe(holder);
    await silent();
    expect(await taken(), holder).toBe('mine');
  }
  await writeFile(file, `99999999 ${hostname()}`); // a process of this machine that was killed
  expect(await taken()).toBe('mine');
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

test('a folder that cannot be read is told, and the rest is listed', async () => {
  hub.server.add('org/small', { files: model() });
  await hub.add('org/small');
  const loop = async (at: string) => {
    await mkdir(path.dirname(at), { recursive: true });
    await symlink(at, at); // cannot be read by anyone, root included
    return `${at} cannot be read (ELOOP). Check its permissions.`;
  };
  const cache = await loop(hub.folders.huggingface);
  const ollama = await loop(path.join(hub.folders.ollama[0], 'manifests'));
  const { models, problems } = await listModels(hub.folders);
  expect(models.map(({ reference }) => reference)).toEqual(['org/small']);
  expect(problems).toEqual([cache, ollama]);
  const find = (reference: string) => resolveModel(reference, { from: null, folders: hub.folders });
  expect(await find('org/small')).toMatchObject({ place: 'store' });
  await expect(find('org/none')).rejects.toThrow(cache);
  await expect(find('ollama:none')).rejects.toThrow(`Ollama has no model none:latest. ${ollama}`);
  const store = await loop(path.join(hub.root, 'odd', 'hub'));
  expect((await listModels({ ...hub.folders, store: path.join(hub.root, 'odd') })).problems[0]).toBe(store);
});

test('what the system says of a disk is said about the store', async () => {
  hub.server.add('org/small', { files: model() });
  await writeFile(hub.folders.store, 'a file where the store should be');
  await expect(hub.add('org/small')).rejects.toThrow(`${hub.folders.store} cannot be used as the store (`);
  const said = (code: string) => String(diskError(Object.assign(new Error(`${code}: as the system says`), { code }), '/store'));
  expect(said('ENOSPC')).toContain('The disk of /store is full. What has come is kept');
  expect(said('EROFS')).toContain('/store may not be written to (EROFS).');
  expect(said('EBUSY')).toContain('End what has it open');
  expect(said('ENOENT')).toBe('Error: ENOENT: as the system says');
  await expect(removeModel('org/small', hub.folders)).rejects.toThrow('The store has no org/small');
});
