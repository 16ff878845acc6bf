/** SAEs of the store by their names: on the command line, in the engine, and when they are not there. */
import { mkdir, readdir, readFile, truncate } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { resolveSaes } from '../../src/store/resolve-saes';
import type { SaeList } from '../../src/protocol/documents/latents';
import { run } from '../cli/kit';
import { smallModel, type SmallModel } from '../engine/small-model';
import { inMemoryEngine } from '../protocol/in-memory';
import { writeSae } from '../sae/kit';
import { storeFixture } from './kit';

const hub = storeFixture();
const SITE = 'blocks.1.hook_resid_post';
const NAME = `org/lenses/layer_1/${SITE}`;

let small: SmallModel;
let files: Record<string, Buffer>;
beforeAll(async () => {
  small = await smallModel();
  const folder = await writeSae({ dIn: 16, dSae: 40, architecture: 'topk', site: SITE });
  const read = async (name: string) => [`layer_1/${SITE}/${name}`, await readFile(path.join(folder, name))] as const;
  files = Object.fromEntries(await Promise.all((await readdir(folder)).map(read)));
});
beforeEach(() => {
  hub.server.add('org/lenses', { files, revisions: ['v1'] });
  vi.stubEnv('LATENT_LENS_STORE', hub.folders.store);
  vi.stubEnv('HF_HUB_CACHE', hub.folders.huggingface);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => small.remove());

const find = (text: string, from: string | null = hub.root) => resolveSaes(text, { from, folders: hub.folders });

test('the command line and the engine open them by name, and by a folder above', async () => {
  const { path: folder } = await hub.add(NAME);
  for (const name of [NAME, 'org/lenses/layer_1']) {
    const { code, out } = await run(['saes', 'list', name, '--model', small.folder, '--json']);
    expect([code, (JSON.parse(out) as SaeList).saes.map((one) => [one.folder, one.sae?.site, one.problem])]).toEqual([0, [[folder, SITE, null]]]);
  }
  const engine = inMemoryEngine(hub.folders);
  await engine.ask('openModel', { model: small.folder, from: null, threads: 1, saes: [NAME] });
  expect((await engine.ask('saes', null)).saes.map((one) => one.folder)).toEqual([folder]);
  engine.connection.end();
  await engine.ended;
});

test('a folder that lies where one is comes first; a revision is named as for models', async () => {
  const { path: folder } = await hub.add(`${NAME}@v1`);
  expect(await find(`${NAME}@v1`)).toBe(folder);
  await expect(find(NAME)).rejects.toThrow(`There is no folder ${NAME}, and the store has no such SAEs. Download them: latent-lens models add ${NAME}.`);
  await mkdir(path.join(hub.root, NAME), { recursive: true });
  expect(await find(NAME)).toBe(path.join(hub.root, NAME));
  await expect(find(NAME, null)).rejects.toThrow('the store has no such SAEs');
});

test('what is not whole, no folder, or names no SAEs is a sentence', async () => {
  const { path: folder } = await hub.add(NAME);
  const [weights] = (await readdir(folder)).filter((name) => name.endsWith('.safetensors'));
  await truncate(path.join(folder, weights), 10);
  await expect(find(NAME)).rejects.toThrow(`The download of ${NAME} is not finished. Go on with it: latent-lens models add ${NAME}.`);
  expect(await find('nowhere')).toBe(path.join(hub.root, 'nowhere')); // not looked into
  await expect(find('./nowhere', null)).rejects.toThrow('is relative to a folder, but no folder that is trusted is open');
  await expect(find('ollama:x', null)).rejects.toThrow('ollama:x names no SAEs.');
  await expect(find('org/lenses', null)).rejects.toThrow('org/lenses names no SAEs.');
  expect((await run(['latents', 'examples/temperature.py', '--sae', 'org/none/x'])).err).toContain('There is no folder org/none/x, and the store has no such SAEs.');
});
