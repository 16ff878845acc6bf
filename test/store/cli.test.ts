import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { ModelInfo, ModelList } from '../../src/protocol/models/models';
import { run } from '../cli/kit';
import { smallModel, type SmallModel } from '../engine/small-model';
import { COMMIT } from './hub-server';
import { filesBelow, storeFixture } from './kit';

const hub = storeFixture();
const models = (...args: string[]) => run(['models', ...args]);

let small: SmallModel;
let files: Record<string, Buffer>;
beforeAll(async () => {
  small = await smallModel();
  const names = (await readdir(small.folder)).filter((name) => /\.(?:json|safetensors)$/.test(name));
  files = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(path.join(small.folder, name))] as const)));
});
beforeEach(() => {
  hub.server.add('org/small', { files, private: true, revisions: ['v1'] });
  vi.stubEnv('HF_ENDPOINT', hub.server.endpoint);
  vi.stubEnv('LATENT_LENS_STORE', hub.folders.store);
  vi.stubEnv('HF_HUB_CACHE', hub.folders.huggingface);
  vi.stubEnv('OLLAMA_MODELS', hub.folders.ollama[0]);
  vi.stubEnv('HF_TOKEN', 'hf_right');
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => small.remove());

test('a model is added, listed, told about, used and removed', async () => {
  const added = await models('add', 'org/small');
  expect([added.code, added.out]).toEqual([0, 'org/small\n']);
  expect(added.err).toContain('Downloading model.safetensors (');
  expect(added.err).toMatch(/Added org\/small: \d+ kB\.\n$/);
  expect((await models('add', 'org/small')).err).toBe('org/small is here already.\n');

  const listed = await models('list');
  expect(listed.out).toMatch(/^ +model +format +size +where\n +python-errors +safetensors +\d+ MB +comes with Latent Lens\n +types +safetensors +\d+ MB +comes with Latent Lens\n +org\/small +safetensors +\d+ kB\n\nStore: /);
  const list = JSON.parse((await models('list', '--json')).out) as ModelList;
  expect(list.models.map(({ reference }) => reference)).toEqual(['python-errors', 'types', 'org/small']);

  expect((await models('info', 'org/small')).out).toMatch(/^org\/small\npath .*\ncommit +c0ffee0*\nfamily +llama\nlayers +3\n[^]*\nIt can be opened\.\n$/);
  const info = JSON.parse((await models('info', 'org/small', '--json')).out) as ModelInfo;
  expect(info).toMatchObject({ reference: 'org/small', commit: COMMIT, problems: [] });

  const code = path.join(hub.root, 'weather.py');
  await writeFile(code, 'print("Temperature: " + 21)\n');
  const explained = await run(['explain', code, '--model', 'org/small', '--no-run', '--json']);
  expect((JSON.parse(explained.out) as { model: { id: string } }).model.id).toBe('org/small');

  expect(await models('remove', 'org/small')).toMatchObject({ code: 0, out: '', err: expect.stringMatching(/^Removed org\/small: \d+ kB freed\.\n$/) as string });
  expect(await filesBelow(hub.folders.store)).toEqual([]);
});

test('--revision says the same as @, and the token comes from HF_TOKEN', async () => {
  expect((await models('add', 'org/small', '--revision', 'v1')).out).toBe('org/small@v1\n');
  expect(hub.server.seen[0].authorization).toBe('Bearer hf_right');
  vi.stubEnv('HF_TOKEN', '');
  await mkdir(path.join(hub.root, 'hf'));
  await writeFile(path.join(hub.root, 'hf', 'token'), 'hf_right\n');
  vi.stubEnv('HF_HOME', path.join(hub.root, 'hf'));
  expect((await models('add', 'org/small@v1')).err).toContain('is here already');
});

test('what cannot be done is one sentence', async () => {
  for (const [args, sentence] of [
    [['add', 'org/nowhere'], 'has no model org/nowhere, or the token does not open it.'],
    [['add', 'nowhere'], '"nowhere" names no model. Give a folder,'],
    [['add', 'org/small', '--revision', '../x'], 'is no revision'],
    [['remove', 'org/small'], 'The store has no org/small, so there is nothing to remove.'],
    [['info', 'org/small'], 'The model org/small is not on this machine. Download it: latent-lens models add org/small.'],
    [['info', 'smol'], 'There is no model "smol". There are python-errors, types;'],
  ] as const) {
    const { code, out, err } = await models(...args);
    expect([code, out, err.trimEnd().split('\n').length]).toEqual([1, '', 1]);
    expect(err).toContain(sentence);
    expect(err).not.toContain('hf_right');
  }
});

test('Ctrl-C leaves a part that the next add goes on with', async () => {
  const weights = files['model.safetensors'];
  hub.server.faults = [(seen, _, response) => {
    if (seen.at !== 'cdn' || !seen.path.includes('model.safetensors')) return false;
    response.writeHead(200, { 'content-length': weights.length });
    response.write(weights.subarray(0, 1500));
    return true;
  }];
  const stop = new AbortController();
  const adding = run(['models', 'add', 'org/small'], { signal: stop.signal });
  const part = path.join(hub.folderOf('org/small', COMMIT), 'model.safetensors.part');
  await vi.waitUntil(async () => (await readFile(part).catch(() => Buffer.alloc(0))).length === 1500, { timeout: 20_000 });
  stop.abort();
  expect(await adding).toMatchObject({ code: 130, out: '', err: expect.stringMatching(/Stopped\.\n$/) as string });
  expect((await models('list')).out).toContain('not finished: latent-lens models add goes on');
  expect((await models('add', 'org/small')).code).toBe(0);
  expect(hub.server.requestsFor('model.safetensors', 'cdn').at(-1)!.range).toBe('bytes=1500-');
});

test('the catalog is printed for people and for programs', async () => {
  const { out } = await models('catalog');
  expect(out).toContain('google/gemma-2-2b  2,610 M parameters, 10.5 GB, 8192 tokens, gemma, gated\n');
  expect((JSON.parse((await models('catalog', '--json')).out) as { models: unknown[] }).models.length).toBeGreaterThan(12);
});
