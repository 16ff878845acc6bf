/** Where models are found: names, the store, Hugging Face's cache, Ollama's store; listing and removing. */
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelFolders, tokenFile } from '../../src/store/places/folders';
import { listModels } from '../../src/store/list';
import { isHubId, isPlainName, isPlainPath, isRevision } from '../../src/store/names';
import { hubReference, ollamaReference, parseReference, withFile } from '../../src/store/reference';
import { removeModel } from '../../src/store/remove';
import { resolveModel } from '../../src/store/resolve';
import { findToken } from '../../src/store/hub/token';
import { COMMIT } from './hub-server';
import { bytes, filesBelow, model, storeFixture } from './kit';

const hub = storeFixture();
const find = (name: string, from: string | null = null) => resolveModel(name, { from, folders: hub.folders });
const OTHER = 'b'.repeat(40);

async function write(file: string, content: string | Buffer = 'x'): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

/** As huggingface_hub lays it out: snapshots of links to blobs. */
async function cached(id: string, files: Record<string, string | Buffer>, refs: Record<string, string> = { main: COMMIT }, commit = COMMIT): Promise<string> {
  const folder = path.join(hub.folders.huggingface, `models--${id.replace('/', '--')}`);
  for (const [name, content] of Object.entries(files)) {
    const blob = await write(path.join(folder, 'blobs', `${commit.slice(0, 4)}-${name}`), content);
    await mkdir(path.join(folder, 'snapshots', commit), { recursive: true });
    await symlink(path.relative(path.join(folder, 'snapshots', commit), blob), path.join(folder, 'snapshots', commit, name));
  }
  for (const [ref, of] of Object.entries(refs)) await write(path.join(folder, 'refs', ref), of);
  return path.join(folder, 'snapshots', commit);
}

async function ollama(name: string, tag: string, layers: unknown = undefined, content = 'GGUF'): Promise<string> {
  const digest = Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);
  const manifest = { schemaVersion: 2, layers: layers ?? [{ mediaType: 'application/vnd.ollama.image.template', digest: 'sha256:0' }, { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${digest}`, size: 4 }] };
  await write(path.join(hub.folders.ollama[0], 'manifests', ...name.split('/'), tag), JSON.stringify(manifest));
  return write(path.join(hub.folders.ollama[0], 'blobs', `sha256-${digest}`), content);
}

describe('folders', () => {
  test('follow the variables, and else the platform', () => {
    expect(modelFolders({}, 'linux', '/home/u')).toEqual({
      store: '/home/u/.local/share/latent-lens', huggingface: '/home/u/.cache/huggingface/hub', ollama: ['/home/u/.ollama/models', '/usr/share/ollama/.ollama/models'],
    });
    expect(modelFolders({ XDG_DATA_HOME: '/data', XDG_CACHE_HOME: '/cache' }, 'linux', '/home/u')).toMatchObject({ store: '/data/latent-lens', huggingface: '/cache/huggingface/hub' });
    expect(modelFolders({}, 'darwin', '/Users/u').store).toBe('/Users/u/Library/Application Support/latent-lens');
    expect(modelFolders({ LOCALAPPDATA: 'C:\\Users\\u\\AppData\\Local' }, 'win32', 'C:\\Users\\u').store).toBe('C:\\Users\\u\\AppData\\Local\\latent-lens');
    expect(modelFolders({ LATENT_LENS_STORE: '/big', HF_HOME: '/hf', OLLAMA_MODELS: '/o' }, 'linux', '/home/u')).toEqual({ store: '/big', huggingface: '/hf/hub', ollama: ['/o'] });
    expect(modelFolders({ HF_HUB_CACHE: '/c', HUGGINGFACE_HUB_CACHE: '/d', HF_HOME: '/hf' }, 'linux', '/home/u').huggingface).toBe('/c');
  });

  test('a token is found as huggingface_hub finds it', async () => {
    const file = await write(path.join(hub.root, 'hf', 'token'), ' hf_file\n');
    expect(await findToken({ HF_HOME: path.join(hub.root, 'hf') })).toBe('hf_file');
    expect(await findToken({ HF_TOKEN_PATH: file, HF_TOKEN: 'hf_env\r\n' })).toBe('hf_env');
    expect(await findToken({ HF_HOME: hub.root })).toBeNull();
    expect(tokenFile({ XDG_CACHE_HOME: '/cache' }, '/home/u')).toBe(path.join('/cache', 'huggingface', 'token'));
  });
});

describe('names', () => {
  test.each<[string, (name: string) => boolean, string[], string[]]>([
    ['a file', isPlainName, ['config.json', 'model-00001-of-00002.safetensors', 'v5_32k_layer_0.pt', 'average_l0_71', 'conf.ig'],
      ['', '.', '..', '.git', 'a/b', 'a\\b', 'a:b', 'a b', 'a\nb', 'a.', 'con', 'CON.safetensors', 'nul.json', 'com1.txt', 'a..b', 'x'.repeat(129), 'é', 'a*']],
    ['a path', isPlainPath, ['a', 'layer_0/width_16k/average_l0_105'], ['', '/a', 'a/', 'a//b', 'a/../b', '../a', './a', 'a/.b', 'C:/a', 'a/con/b', 'a/b/c/d/e/f/g/h/i']],
    ['an id', isHubId, ['org/name', 'HuggingFaceTB/SmolLM2-135M', 'a/b_c.d-e', '_a/b'],
      ['name', 'a/b/c', 'a/', '/b', '-a/b', 'a/.b', 'a/b.', 'a--b/c', 'a..b/c', 'a/b.git', 'a/b c', `a/${'b'.repeat(100)}`, 'con/x', 'a/nul']],
    ['a revision', isRevision, ['main', 'v1.0', 'refs/pr/12', COMMIT, 'step1000', 'feature/x+y'], ['', '/a', 'a/', 'a..b', 'a//b', 'a/.b', '-a', 'a b', 'a\tb', 'a:b', 'x'.repeat(200)]],
  ])('%s', (_, is, right, wrong) => {
    expect(right.filter((name) => !is(name))).toEqual([]);
    expect(wrong.filter(is)).toEqual([]);
  });

  test('a reference has one of the forms, and is written as it is read', () => {
    const hubs = ['org/name', 'org/name@v1', 'org/name@refs/pr/1', 'org/name:q8.gguf', 'org/name@v1:sub/q8.GGUF', 'org/name/layer_1/width_16k', 'org/name/a@v2'];
    for (const text of hubs) {
      const parsed = parseReference(text, null);
      expect(parsed.kind === 'hub' && hubReference(parsed)).toBe(text);
    }
    expect(hubReference(parseReference('org/name@main', null) as never)).toBe('org/name');
    for (const text of ['ollama:qwen2.5-coder', 'ollama:qwen2.5-coder:0.5b', 'ollama:user/x:q4', 'ollama:hf.co/org/repo:Q8_0']) {
      const parsed = parseReference(text, null);
      expect(parsed.kind === 'ollama' && ollamaReference(parsed)).toBe(text);
    }
    expect(['', ' ', 'python-errors', 'types'].map((text) => parseReference(text, '/tmp'))).toEqual(
      ['python-errors', 'python-errors', 'python-errors', 'types'].map((name) => ({ kind: 'package', name })),
    );
    expect(parseReference('/a/b', null)).toEqual({ kind: 'path', path: '/a/b' });
    expect(parseReference('./a', '/x')).toEqual({ kind: 'path', path: path.resolve('/x/a') });
    expect(parseReference('a.gguf', '/x')).toEqual({ kind: 'path', path: path.resolve('/x/a.gguf') });
    expect(parseReference('test/store', process.cwd())).toEqual({ kind: 'path', path: path.resolve('test/store') }); // it is there
    expect(parseReference('test/store', null).kind).toBe('hub');
    for (const text of ['a', 'org/na me', 'org/../x', 'org/name@a..b', 'org/name:x.bin', 'org/name/../x', 'org/name/a:b.gguf', 'ollama:', 'ollama:../x', 'ollama:a:b:c', 'a\nb', 'https://huggingface.co/org', 'https://huggingface.co/datasets/org/name', 'https://example.org/org/name', 'org/name:Q4_K_M.bin', 'x'.repeat(5000)]) {
      expect(() => parseReference(text, null), text.slice(0, 40)).toThrow(/\. Give|\.$/);
    }
    expect(() => parseReference('./a', null)).toThrow('is relative to a folder, but no folder that is trusted is open. Give the whole path.');
  });
});

describe('names as people have them', () => {
  test.each([
    ['https://huggingface.co/org/name', 'org/name'],
    ['http://www.huggingface.co/org/name/', 'org/name'],
    ['hf.co/org/name', 'org/name'],
    ['huggingface.co/org/name/tree/main', 'org/name'],
    ['https://huggingface.co/org/name/tree/v1.0?not-for-all-audiences=true', 'org/name@v1.0'],
    ['https://huggingface.co/org/name/tree/refs%2Fpr%2F1', 'org/name@refs/pr/1'],
    ['https://huggingface.co/org/name/tree/main/layer_3/width_16k', 'org/name/layer_3/width_16k'],
    ['https://huggingface.co/org/name/tree/v2/layer_3', 'org/name/layer_3@v2'],
    ['https://huggingface.co/org/name/blob/main/x-q8_0.gguf', 'org/name:x-q8_0.gguf'],
    ['hf.co/org/name/resolve/v1/sub/x.gguf?download=true', 'org/name@v1:sub/x.gguf'],
    ['https://huggingface.co/org/name/blob/main/model.safetensors', 'org/name'],
    ['https://huggingface.co/org/name/blob/main/layer_3/cfg.json#L1', 'org/name/layer_3'],
    [`https://huggingface.co/org/name/commit/${COMMIT}`, `org/name@${COMMIT}`],
    ['https://huggingface.co/org/name/discussions/3', 'org/name'],
    ['hf.co/org/name:Q4_K_M', 'org/name:Q4_K_M'],
    ['org/name:iq4_xs', 'org/name:iq4_xs'],
    ['gpt2', 'openai-community/gpt2'],
    ['gpt2-xl@main', 'openai-community/gpt2-xl'],
    ['https://huggingface.co/gpt2/tree/main', 'openai-community/gpt2'],
    ['distilgpt2', 'distilbert/distilgpt2'],
    ['gpt2/name', 'gpt2/name'],
  ])('%s is %s', (text, reference) => {
    const parsed = parseReference(text, null);
    expect(parsed.kind === 'hub' && hubReference(parsed)).toBe(reference);
  });

  test('another Hub’s addresses are understood where it is in use', () => {
    const parsed = parseReference('https://mirror.example/hub/org/name/blob/main/a.gguf', null, 'https://mirror.example/hub/');
    expect(parsed.kind === 'hub' && hubReference(parsed)).toBe('org/name:a.gguf');
    expect(() => parseReference('https://mirror.example/hub/org/name', null, null)).toThrow('is no address of the Hugging Face Hub. Give org/name, or');
  });

  test('what lies in the folder comes first', () => {
    expect(parseReference('test', process.cwd())).toMatchObject({ kind: 'path' });
    expect(parseReference('hf.co/org/x.gguf', process.cwd())).toMatchObject({ kind: 'hub', file: null });
  });

  test('how a file is quantised means the one that ends so', () => {
    const of = (quantisation: string, ...names: string[]) => withFile(parseReference(`org/name:${quantisation}`, null) as never, names)?.file ?? null;
    const names = ['x-Q4_K_M.gguf', 'x-Q4_K_S.gguf', 'x-UD-Q4_K_M.gguf', 'x-IQ4_XS.gguf', 'x.Q4_0.gguf', 'x-IQ4_0.gguf', 'mmproj-x-F16.gguf', 'x-F16.gguf', 'x-BF16.gguf'];
    expect(['q4_k_m', 'UD-Q4_K_M', 'IQ4_XS', 'Q4_0', 'F16', 'BF16'].map((one) => of(one, ...names))).toEqual(
      ['x-Q4_K_M.gguf', 'x-UD-Q4_K_M.gguf', 'x-IQ4_XS.gguf', 'x.Q4_0.gguf', 'x-F16.gguf', 'x-BF16.gguf']);
    expect([of('Q8_0', ...names), of('Q4_K', ...names), of('Q8_0', 'a-Q8_0.gguf', 'b-Q8_0.gguf')]).toEqual([null, null, null]);
  });
});

describe('finding', () => {
  test('folders and GGUF files', async () => {
    const file = await write(path.join(hub.root, 'elsewhere', 'm.gguf'));
    expect(await find(file)).toEqual({ name: 'm.gguf', place: null, format: 'gguf', path: file, commit: null });
    expect(await find('elsewhere', hub.root)).toMatchObject({ name: 'elsewhere', format: 'safetensors', path: path.join(hub.root, 'elsewhere') });
    expect(await find('')).toMatchObject({ name: 'python-errors', place: 'package' });
    expect(await find('types')).toMatchObject({ name: 'types', place: 'package' });
    await expect(find(path.join(hub.root, 'nowhere'))).rejects.toThrow(/^There is no folder or file .*nowhere\. Give a model folder/);
    await expect(find(await write(path.join(hub.root, 'a.txt')))).rejects.toThrow('is no model: give the folder with config.json, or a file that ends in .gguf.');
  });

  test('the store first, then Hugging Face’s cache; by branch, tag, commit, and whatever the case', async () => {
    await expect(find('org/small')).rejects.toThrow('The model org/small is not on this machine. Download it: latent-lens models add org/small.');
    const snapshot = await cached('org/small', model(), { main: COMMIT, 'refs/pr/1': COMMIT });
    expect(await find('org/small')).toEqual({ name: 'org/small', place: 'huggingface', format: 'safetensors', path: snapshot, commit: COMMIT });
    expect(await find('org/small@refs/pr/1')).toMatchObject({ name: 'org/small@refs/pr/1', path: snapshot });
    expect(await find(`org/small@${COMMIT}`)).toMatchObject({ path: snapshot });
    await expect(find('org/small@v2')).rejects.toThrow('The model org/small@v2 is not on this machine.');
    hub.server.add('org/small', { files: model(), commit: OTHER });
    await hub.add('org/small');
    expect(await find('org/small')).toMatchObject({ place: 'store', path: hub.folderOf('org/small', OTHER) });
    expect(await find('ORG/Small')).toMatchObject({ place: 'store' }); // the Hub and some disks make no difference
    expect(await find(`org/small@${COMMIT}`)).toMatchObject({ place: 'huggingface' });
    await expect(find('org/small/layer_1')).rejects.toThrow('org/small/layer_1 names a folder of SAEs, not a model. Give org/small for the model.');
  });

  test('what is not whole says what to do', async () => {
    const { 'model.safetensors': _, ...rest } = model();
    await cached('org/half', { ...rest, 'model.safetensors.index.json': JSON.stringify({ weight_map: { a: 'model-1.safetensors' } }) });
    await expect(find('org/half')).rejects.toThrow('Hugging Face’s cache has org/half without model-1.safetensors. Download it: latent-lens models add org/half.');
    hub.server.add('org/small', { files: model() });
    const { path: folder } = await hub.add('org/small');
    await rm(path.join(folder, 'model.safetensors'));
    await expect(find('org/small')).rejects.toThrow('The download of org/small is not finished. Go on with it: latent-lens models add org/small.');
  });

  test('a GGUF file of a repository', async () => {
    hub.server.add('org/ggufs', { files: { 'a.gguf': bytes(2000) } });
    await hub.add('org/ggufs:a.gguf');
    hub.server.add('org/quants', { files: { 'x-q8_0.gguf': bytes(900), 'x-Q4_K_M.gguf': bytes(800) } });
    expect(await hub.add('hf.co/org/quants:Q8_0')).toMatchObject({ reference: 'org/quants:x-q8_0.gguf', bytes: 900 });
    expect(await find('org/quants:Q8_0')).toMatchObject({ name: 'org/quants:x-q8_0.gguf', path: path.join(hub.folderOf('org/quants', COMMIT), 'x-q8_0.gguf') });
    await expect(find('org/quants:Q4_K_M')).rejects.toThrow('The model org/quants:Q4_K_M is not on this machine. Download it: latent-lens models add org/quants:Q4_K_M.');
    await expect(hub.add('org/quants:Q5_0')).rejects.toThrow('org/quants has no one file that ends in Q5_0.gguf. It has GGUF files: org/quants:x-');
    expect(await removeModel('org/quants:Q8_0', hub.folders)).toBe(900);
    expect(await find('org/ggufs:a.gguf')).toMatchObject({ name: 'org/ggufs:a.gguf', format: 'gguf', path: path.join(hub.folderOf('org/ggufs', COMMIT), 'a.gguf') });
    await expect(find('org/ggufs')).rejects.toThrow('The model org/ggufs is not on this machine.');
    await expect(find('org/ggufs:b.gguf')).rejects.toThrow('The model org/ggufs:b.gguf is not on this machine.');
  });

  test('a word that names nothing is answered with what there is', async () => {
    hub.server.add('org/small', { files: model() });
    await hub.add('org/small');
    await ollama('registry.ollama.ai/library/qwen', 'latest');
    await expect(find('smol')).rejects.toThrow('There is no model "smol". There are python-errors, types, org/small, ollama:qwen; others are added with latent-lens models add org/name.');
  });
});

describe('Ollama', () => {
  test('models are found by name and tag, from any registry', async () => {
    const blob = await ollama('registry.ollama.ai/library/qwen2.5-coder', '0.5b');
    expect(await find('ollama:qwen2.5-coder:0.5b')).toEqual({ name: 'ollama:qwen2.5-coder:0.5b', place: 'ollama', format: 'gguf', path: blob, commit: null });
    await ollama('hf.co/org/repo', 'Q8_0');
    await ollama('registry.ollama.ai/someone/own', 'latest');
    expect((await listModels(hub.folders)).models.map(({ reference }) => reference)).toEqual(['ollama:hf.co/org/repo:Q8_0', 'ollama:qwen2.5-coder:0.5b', 'ollama:someone/own'].sort());
    await expect(find('ollama:nothing')).rejects.toThrow(/^Ollama has no model nothing:latest\. It has .*ollama:qwen2\.5-coder:0\.5b/);
    expect((await find('ollama:someone/own')).path).toMatch(/sha256-/);
  });

  test('manifests are not believed', async () => {
    const layer = (digest: string) => [{ mediaType: 'application/vnd.ollama.image.model', digest }];
    const adapter = [...layer(`sha256:${'0'.repeat(64)}`), { mediaType: 'application/vnd.ollama.image.adapter', digest: 'x' }];
    const cases: [string, unknown, string][] = [
      ['escapes', layer('sha256:../../../etc/passwd'), 'names its model by no SHA-256'],
      ['missing', layer(`sha256:${'f'.repeat(64)}`), 'its model is missing'],
      ['none', [], 'has no model among its layers'],
      ['two', [...layer('a'), ...layer('b')], 'has several models among its layers'],
      ['adapted', adapter, 'is a model with an adapter on top, which is not supported'],
      ['odd', 'layers', 'names no layers'],
    ];
    for (const [name, layers, problem] of cases) {
      await ollama(`registry.ollama.ai/library/${name}`, 'latest', layers);
      await expect(find(`ollama:${name}`)).rejects.toThrow(problem);
    }
    await write(path.join(hub.folders.ollama[0], 'manifests/registry.ollama.ai/library/json/latest'), '{');
    await expect(find('ollama:json')).rejects.toThrow('is not valid JSON');
    const { models, problems } = await listModels(hub.folders);
    expect([models, problems.length]).toEqual([[], cases.length + 1]);
    await expect(find('ollama:none:../../../x')).rejects.toThrow('names no model of Ollama');
  });
});

describe('listing and removing', () => {
  test('what is where, and only the store’s is removable', async () => {
    await cached('org/cached', model());
    await cached('org/partly', { 'config.json': '{}' });
    hub.server.add('org/small', { files: { ...model(), 'q8.gguf': bytes(3000), 'saes/l0/sae_weights.safetensors': bytes(500), 'saes/l0/cfg.json': '{}' } });
    for (const reference of ['org/small', 'org/small:q8.gguf', 'org/small/saes/l0']) await hub.add(reference);
    hub.server.add('org/small', { files: model(), commit: OTHER });
    await hub.add('org/small');
    const { store, models, saes, problems } = await listModels(hub.folders);
    expect(store).toBe(hub.folders.store);
    expect(problems).toEqual([]);
    expect(models.map(({ reference, place, bytes: size, incomplete, removable }) => [reference, place, size, incomplete, removable]).sort()).toEqual([
      ['org/cached', 'huggingface', 304_031, false, false],
      ['org/small', 'store', 304_023, false, true],
      [`org/small@${COMMIT}`, 'store', 304_023, false, true],
      [`org/small@${COMMIT}:q8.gguf`, 'store', 3000, false, true],
    ]);
    expect(saes.map(({ reference, bytes: size, path: at }) => [reference, size, at])).toEqual([[`org/small/saes/l0@${COMMIT}`, 502, path.join(hub.folderOf('org/small', COMMIT), 'saes/l0')]]);
  });

  test('removing takes what was named and leaves the rest', async () => {
    hub.server.add('org/small', { files: { ...model(), 'q8.gguf': bytes(3000), 'saes/l0/sae_weights.safetensors': bytes(500) } });
    for (const reference of ['org/small', 'org/small:q8.gguf', 'org/small/saes/l0']) await hub.add(reference);
    const folder = hub.folderOf('org/small', COMMIT);
    expect(await removeModel('org/small', hub.folders)).toBe(304_023);
    expect(await filesBelow(folder)).toEqual(['latent-lens.json', 'q8.gguf', 'saes/l0/sae_weights.safetensors']);
    expect(await removeModel('org/small:q8.gguf', hub.folders)).toBe(3000);
    await expect(removeModel('org/small:q8.gguf', hub.folders)).rejects.toThrow('The store has no org/small:q8.gguf, so there is nothing to remove.');
    expect(await removeModel('org/small/saes/l0', hub.folders)).toBe(500);
    expect(await filesBelow(hub.folders.store)).toEqual([]);
  });

  test('what was not finished is listed under its name, gone on with, and removed with its part', async () => {
    hub.server.add('org/small', { files: model() });
    hub.server.always = [(seen, _, response) => seen.at === 'cdn' && seen.path.includes('model.safetensors') && (response.writeHead(403).end(), true)];
    await expect(hub.add('org/small')).rejects.toThrow('answered 403');
    await writeFile(path.join(hub.folderOf('org/small', COMMIT), 'model.safetensors.part'), bytes(1000));
    expect((await listModels(hub.folders)).models).toMatchObject([{ reference: 'org/small', incomplete: true, bytes: 5023 }]);
    expect(await removeModel('org/small', hub.folders)).toBe(5023);
    expect(await filesBelow(hub.folders.store)).toEqual([]);
  });

  test('nothing outside the store is removed', async () => {
    await cached('org/cached', model());
    for (const [name, why] of [['org/cached', 'The store has no org/cached'], ['', 'is not in the store'], [hub.root, 'is not in the store'], ['ollama:x', 'Ollama has no model x']]) {
      await expect(removeModel(name, hub.folders)).rejects.toThrow(why);
    }
    hub.server.add('org/small', { files: model() });
    const { path: folder } = await hub.add('org/small');
    const outside = path.join(hub.root, 'elsewhere');
    for (const name of ['latent-lens.json', 'config.json']) await writeFile(path.join(outside, name), await readFile(path.join(folder, name)));
    await rm(folder, { recursive: true });
    await symlink(outside, folder);
    await expect(removeModel('org/small', hub.folders)).rejects.toThrow('is a link out of the store, which is not followed.');
    await expect(hub.add('org/small')).rejects.toThrow('is a link out of the store, which is not followed.');
    expect(await filesBelow(outside)).toEqual(['config.json', 'latent-lens.json']);
  });

  test('what a GGUF file was unpacked to is listed with it, and removed without it', async () => {
    const blob = await ollama('registry.ollama.ai/library/qwen', 'latest');
    hub.server.add('org/ggufs', { files: { 'a.gguf': bytes(2000) } });
    const { path: ours } = await hub.add('org/ggufs:a.gguf');
    for (const [name, source] of [['qwen-1', blob], ['a-2', ours], ['gone-3', '/nowhere.gguf']]) {
      await write(path.join(hub.folders.store, 'gguf', name, 'gguf-source.json'), JSON.stringify({ format: 1, source: { path: source }, files: {} }));
      await write(path.join(hub.folders.store, 'gguf', name, 'model.safetensors'), bytes(5000));
    }
    await write(path.join(hub.folders.store, 'gguf', 'damaged', 'gguf-source.json'), '{');
    const { models } = await listModels(hub.folders);
    expect(models.map(({ reference, unpacked }) => [reference, unpacked! > 5000])).toEqual([['org/ggufs:a.gguf', true], ['ollama:qwen', true]]);
    expect(await removeModel('ollama:qwen', hub.folders)).toBeGreaterThan(5000);
    expect((await readFile(blob)).toString()).toBe('GGUF'); // Ollama's own stays
    await expect(removeModel('ollama:qwen', hub.folders)).rejects.toThrow('ollama:qwen is not in the store');
    expect(await removeModel('org/ggufs:a.gguf', hub.folders)).toBeGreaterThan(7000);
    expect(await filesBelow(path.join(hub.folders.store, 'gguf'))).toEqual(['damaged/gguf-source.json', 'gone-3/gguf-source.json', 'gone-3/model.safetensors']);
  });

  test('a store that is a link to another disk works', async () => {
    const disk = path.join(hub.root, 'elsewhere', 'big');
    await mkdir(disk);
    await symlink(disk, hub.folders.store);
    hub.server.add('org/small', { files: model() });
    await hub.add('org/small');
    expect(await removeModel('org/small', hub.folders)).toBe(304_023);
  });

  test('a manifest that is not the store’s own is said, and the rest is listed', async () => {
    hub.server.add('org/small', { files: model() });
    hub.server.add('org/other', { files: model() });
    await hub.add('org/other');
    const { path: folder } = await hub.add('org/small');
    for (const text of ['{', '[]', '{"id": "org/small", "commit": "x", "revision": "main", "files": []}', JSON.stringify({ id: 'org/small', commit: COMMIT, revision: 'main', files: [{ name: '../../x', size: 1, hash: `git:${'0'.repeat(40)}` }] })]) {
      await writeFile(path.join(folder, 'latent-lens.json'), text);
      const { models, problems } = await listModels(hub.folders);
      expect(models.map(({ reference }) => reference)).toEqual(['org/other']);
      expect(problems).toEqual([expect.stringContaining('latent-lens.json is damaged. Remove the folder and add the model again.')]);
    }
    await hub.add('org/small'); // mends it
    expect((await listModels(hub.folders)).models).toHaveLength(2);
  });
});
