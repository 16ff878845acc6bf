import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { DownloadProgress } from '../../src/protocol/models/models';
import { readRevisions } from '../../src/store/places/repository';
import { COMMIT, dropAfter, send, type Fault, type Seen } from './hub-server';
import { bytes, filesBelow, model, storeFixture, WEIGHTS } from './kit';

const hub = storeFixture();
const FOLDER = 'hub/models--org--small';
const STORED = ['config.json', 'latent-lens.json', 'model.safetensors', 'tokenizer.json'];
const isWeights = ({ at, path: of }: Seen) => at === 'cdn' && of.includes('model.safetensors');

test('a model is fetched at the commit of its revision, with what opening it needs and nothing else', async () => {
  hub.server.add('org/small', { files: { ...model(), 'pytorch_model.bin': bytes(2000), 'onnx/model.onnx': 'x' }, tags: ['license:apache-2.0'] });
  const progress: DownloadProgress[] = [];
  const added = await hub.add('org/small', { onProgress: (now) => progress.push(now) });
  const folder = hub.folderOf('org/small', COMMIT);
  expect(added).toEqual({ reference: 'org/small', kind: 'model', path: folder, commit: COMMIT, bytes: 304_023, downloaded: 304_023 });
  expect(await filesBelow(hub.folders.store)).toEqual([...STORED.map((name) => `${FOLDER}/${COMMIT}/${name}`), `${FOLDER}/revisions.json`]);
  expect(WEIGHTS.equals(await readFile(path.join(folder, 'model.safetensors')))).toBe(true);
  expect(hub.server.seen.filter(({ path: of }) => of.includes('/resolve/')).every(({ path: of }) => of.includes(COMMIT))).toBe(true);
  expect(await readRevisions(path.dirname(folder))).toEqual(new Map([['main', COMMIT]]));
  expect(progress.at(-1)).toMatchObject({ file: 'model.safetensors', number: 3, files: 3, bytes: 304_023, total: 304_023, waiting: null });
  expect(progress.every(({ bytes: now }, i) => i === 0 || now >= progress[i - 1].bytes)).toBe(true);

  expect(await hub.add('org/small')).toEqual({ ...added, downloaded: 0 });
  expect(hub.server.requestsFor('model.safetensors')).toHaveLength(2); // one at the Hub, one at the CDN, and no more
});

test('what is looked up first says what would be fetched, and how much of it is here', async () => {
  hub.server.add('org/small', { files: { ...model(), 'small-q8_0.gguf': bytes(500) }, tags: ['license:mit'] });
  const before = await hub.look('org/small');
  expect(before).toMatchObject({ id: 'org/small', commit: COMMIT, licence: 'mit', gated: false, bytes: 304_023, here: 0, problem: null });
  expect(before.files.map(({ name }) => name)).toEqual(['config.json', 'tokenizer.json', 'model.safetensors']);
  expect(before.ggufs).toEqual([{ name: 'small-q8_0.gguf', bytes: 500 }]);
  await hub.add('org/small');
  expect(await hub.look('org/small')).toMatchObject({ bytes: 304_023, here: 304_023 });
});

test('shards are those of the index', async () => {
  const [first, second] = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
  const index = JSON.stringify({ weight_map: { a: second, b: first } });
  const { 'model.safetensors': _, ...rest } = model();
  hub.server.add('org/sharded', { files: { ...rest, [first]: bytes(5000, 3), [second]: bytes(6000, 4), 'model-00001-of-00003.safetensors': 'left over', 'model.safetensors.index.json': index } });
  await hub.add('org/sharded');
  expect(await filesBelow(hub.folderOf('org/sharded', COMMIT))).toEqual(['config.json', 'latent-lens.json', first, second, 'model.safetensors.index.json', 'tokenizer.json']);

  hub.server.add('org/sharded', { files: { ...rest, [first]: bytes(5000, 3), 'model.safetensors.index.json': index }, commit: 'd'.repeat(40) });
  await expect(hub.add('org/sharded')).rejects.toThrow(`The index of org/sharded names ${second}, which the repository does not have.`);
  for (const evil of ['../x.safetensors', '/x.safetensors', 'a/b.safetensors', 'x.bin']) {
    hub.server.add('org/sharded', { files: { ...rest, 'model.safetensors.index.json': JSON.stringify({ weight_map: { a: evil } }) }, commit: 'e'.repeat(40) });
    await expect(hub.add('org/sharded')).rejects.toThrow('is not the plain name of a .safetensors file');
  }
});

test('a branch, a tag and a pull request are found, and stay apart', async () => {
  hub.server.add('org/small', { files: model(), revisions: ['v1.0', 'refs/pr/3'] });
  await hub.add('org/small@refs/pr/3');
  expect(hub.server.seen[0].path).toContain('/api/models/org/small/revision/refs%2Fpr%2F3?');
  hub.server.add('org/small', { files: { ...model(), 'config.json': '{}' }, commit: 'a'.repeat(40) });
  const { commit } = await hub.add('org/small');
  expect(await readRevisions(path.dirname(hub.folderOf('org/small', commit)))).toEqual(new Map([['refs/pr/3', COMMIT], ['main', 'a'.repeat(40)]]));
});

test('a repository that was renamed is kept under its name of today', async () => {
  hub.server.add('org/today', { files: model(), formerly: 'org/before' });
  expect(await hub.add('org/before')).toMatchObject({ reference: 'org/today', path: hub.folderOf('org/today', COMMIT) });
});

test('a connection that breaks in mid-file is gone on with where it broke', async () => {
  hub.server.add('org/small', { files: model() });
  hub.server.faults = [dropAfter(WEIGHTS, 100_000, 'model.safetensors')];
  const added = await hub.add('org/small');
  const ranges = hub.server.requestsFor('model.safetensors', 'cdn').map(({ range }) => range);
  expect(ranges).toEqual([null, 'bytes=100000-']);
  expect(added.downloaded).toBe(304_023); // not a byte twice
  expect(WEIGHTS.equals(await readFile(path.join(added.path, 'model.safetensors')))).toBe(true);
});

test('a download that was cancelled keeps its part, says nothing of being there, and is gone on with', async () => {
  hub.server.add('org/small', { files: model() });
  const stop = new AbortController();
  const slow: Fault = (seen, _, response) => {
    if (!isWeights(seen)) return false;
    response.writeHead(200, { 'content-length': WEIGHTS.length });
    response.write(WEIGHTS.subarray(0, 70_000)); // and nothing more
    return true;
  };
  hub.server.faults = [slow];
  const part = path.join(hub.folderOf('org/small', COMMIT), 'model.safetensors.part');
  const adding = hub.add('org/small', { signal: stop.signal });
  const sizeNow = () => stat(part).then(({ size }) => size, () => 0);
  await Promise.race([adding.catch(() => undefined), vi.waitUntil(async () => (await sizeNow()) > 60_000)]);
  stop.abort();
  await expect(adding).rejects.toThrow(/abort/i);
  const size = await sizeNow();
  expect(size).toBeGreaterThan(60_000);
  expect(await filesBelow(path.dirname(part))).toEqual(['config.json', 'latent-lens.json', 'model.safetensors.part', 'tokenizer.json']); // and no lock
  expect(await hub.look('org/small')).toMatchObject({ here: 4023 + size });
  expect(await hub.add('org/small')).toMatchObject({ downloaded: WEIGHTS.length - size });
  expect(hub.server.requestsFor('model.safetensors', 'cdn').at(-1)!.range).toBe(`bytes=${size}-`);
});

test('a server that ignores ranges sends all again, and the file is right', async () => {
  hub.server.add('org/small', { files: model() });
  const ignoring: Fault = (seen, _, response) => isWeights(seen) && seen.range !== null && (send(response, WEIGHTS, { ...seen, range: null }), true);
  hub.server.faults = [dropAfter(WEIGHTS, 50_000, 'model.safetensors')];
  hub.server.always = [ignoring];
  const added = await hub.add('org/small');
  expect(added.downloaded).toBe(304_023 + 50_000);
  expect(WEIGHTS.equals(await readFile(path.join(added.path, 'model.safetensors')))).toBe(true);
});

test('a body that ends early without a word is gone on with', async () => {
  hub.server.add('org/small', { files: model() });
  hub.server.faults = [
    (seen, _, response) => isWeights(seen) && (response.writeHead(200, { 'transfer-encoding': 'chunked' }), response.end(WEIGHTS.subarray(0, 120_000)), true),
  ];
  await hub.add('org/small');
  expect(hub.server.requestsFor('model.safetensors', 'cdn').map(({ range }) => range)).toEqual([null, 'bytes=120000-']);
});

test('one that never ends well is given up in a sentence, and what came is kept', async () => {
  hub.server.add('org/small', { files: model() });
  hub.server.always = [
    (seen, _, response) => isWeights(seen) && (response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(), true),
  ];
  await expect(hub.add('org/small')).rejects.toThrow('model.safetensors of org/small ends after 0 of 300000 bytes, again and again. What has come is kept; try again later.');
});

test('content that is not what the hash says is thrown away', async () => {
  hub.server.add('org/small', { files: model() });
  const wrong = Buffer.from(WEIGHTS);
  wrong[299_999] ^= 1;
  hub.server.faults = [(seen, _, response) => isWeights(seen) && (send(response, wrong, seen), true)];
  await expect(hub.add('org/small')).rejects.toThrow("model.safetensors of org/small came damaged: it is not what the Hub's hash says. Try again.");
  expect(await filesBelow(hub.folderOf('org/small', COMMIT))).toEqual(['config.json', 'latent-lens.json', 'tokenizer.json']);

  hub.server.add('org/tokenizer', { files: model(), commit: 'b'.repeat(40) });
  hub.server.faults = [(seen, _, response) => seen.path.endsWith('config.json') && seen.path.includes('resolve') && (send(response, Buffer.from('{"model_type": "LLAMA"}'), seen), true)];
  await expect(hub.add('org/tokenizer')).rejects.toThrow('config.json of org/tokenizer came damaged'); // a file of git, by its blob's id
});

test('a part that is wrong, or longer than the file, is not gone on with', async () => {
  hub.server.add('org/small', { files: model() });
  const { path: folder } = await hub.add('org/small');
  const [file, part] = ['model.safetensors', 'model.safetensors.part'].map((name) => path.join(folder, name));
  await truncate(file, 10); // as if it had never been whole
  for (const junk of [bytes(1000, 9), bytes(400_000, 9)]) {
    await writeFile(part, junk);
    await truncate(file, 10);
    await hub.add('org/small');
    expect(WEIGHTS.equals(await readFile(file))).toBe(true);
  }
});

test('a part that is as long as the file is checked without a request', async () => {
  hub.server.add('org/small', { files: model() });
  const { path: folder } = await hub.add('org/small');
  await writeFile(path.join(folder, 'model.safetensors.part'), WEIGHTS);
  await truncate(path.join(folder, 'model.safetensors'), 10);
  const before = hub.server.requestsFor('model.safetensors').length;
  expect(await hub.add('org/small')).toMatchObject({ downloaded: 0 });
  expect(hub.server.requestsFor('model.safetensors')).toHaveLength(before);
});

test('a longer body than the listing says is refused', async () => {
  hub.server.add('org/small', { files: model() });
  hub.server.faults = [(seen, _, response) => isWeights(seen) && (response.writeHead(200), response.end(Buffer.concat([WEIGHTS, WEIGHTS])), true)];
  await expect(hub.add('org/small')).rejects.toThrow('model.safetensors of org/small is longer than the 300000 bytes that the Hub lists.');
});

test('a range that is refused begins anew', async () => {
  hub.server.add('org/small', { files: model() });
  hub.server.faults = [dropAfter(WEIGHTS, 50_000, 'model.safetensors'), (seen, _, response) => isWeights(seen) && seen.range !== null && (response.writeHead(416).end(), true)];
  const { path: folder } = await hub.add('org/small');
  expect(hub.server.requestsFor('model.safetensors', 'cdn').map(({ range }) => range)).toEqual([null, 'bytes=50000-', null]);
  expect(WEIGHTS.equals(await readFile(path.join(folder, 'model.safetensors')))).toBe(true);
});

test('a model that could not be opened is refused before its weights are fetched', async () => {
  hub.server.add('org/small', { files: model() });
  const checkConfig = (config: unknown) => {
    throw new Error(`No ${(config as { model_type: string }).model_type}s here.`);
  };
  await expect(hub.add('org/small', { checkConfig })).rejects.toThrow('No llamas here.');
  expect(hub.server.requestsFor('model.safetensors')).toEqual([]);
  expect(await filesBelow(hub.folders.store)).toEqual([]);
  expect(await hub.look('org/small', { checkConfig })).toMatchObject({ problem: 'No llamas here.', bytes: 304_023 });
});

test('repositories without safetensors are refused with what there is instead', async () => {
  const { 'model.safetensors': _, ...rest } = model();
  hub.server.add('org/pickled', { files: { ...rest, 'pytorch_model.bin': bytes(2000) } });
  await expect(hub.add('org/pickled')).rejects.toThrow('org/pickled has no weights as safetensors, only files that can run code when they are read. A revision such as refs/pr/1 may have them.');
  hub.server.add('org/ggufs', { files: { 'a-q4.gguf': bytes(3000), 'b-q8.gguf': bytes(3000), 'c-00001-of-00002.gguf': 'x' } });
  await expect(hub.add('org/ggufs')).rejects.toThrow('org/ggufs is no model of transformers: it has no config.json. It has GGUF files: org/ggufs:a-q4.gguf and 1 more.');
  await expect(hub.add('org/ggufs:c.gguf')).rejects.toThrow('org/ggufs has no file c.gguf. It has GGUF files: org/ggufs:a-q4.gguf');
  await expect(hub.add('org/ggufs:c-00001-of-00002.gguf')).rejects.toThrow('one of several parts');
  const added = await hub.add('org/ggufs:b-q8.gguf');
  expect(added).toMatchObject({ reference: 'org/ggufs:b-q8.gguf', kind: 'model', path: path.join(hub.folderOf('org/ggufs', COMMIT), 'b-q8.gguf'), bytes: 3000 });
});

test('a folder of SAEs comes with the shape of its repository, and without pickles', async () => {
  const files = { 'layer_3/width_16k/average_l0_59/params.npz': bytes(5000), 'layer_3/width_16k/average_l0_59/optimizer.pt': 'x', 'layer_3/width_16k/average_l0_142/params.npz': bytes(5000, 2), 'layer_3/README.md': 'x' };
  hub.server.add('org/gemma-scope-2b-pt-res', { files });
  const added = await hub.add('org/gemma-scope-2b-pt-res/layer_3/width_16k/average_l0_59');
  const folder = path.join(hub.folderOf('org/gemma-scope-2b-pt-res', COMMIT), 'layer_3/width_16k/average_l0_59');
  expect(added).toEqual({ reference: 'org/gemma-scope-2b-pt-res/layer_3/width_16k/average_l0_59', kind: 'saes', path: folder, commit: COMMIT, bytes: 5000, downloaded: 5000 });
  expect(await filesBelow(folder)).toEqual(['params.npz']);
  await expect(hub.add('org/gemma-scope-2b-pt-res/layer_4')).rejects.toThrow('org/gemma-scope-2b-pt-res has no folder layer_4 at main.');
  hub.server.add('org/saes', { files: { 'one/sae.pt': 'x' } });
  await expect(hub.add('org/saes/one')).rejects.toThrow('org/saes/one holds no SAE in safetensors or npz, only pickles');
});

test('names that could leave the folder, or that a file system takes for something else, are never written', async () => {
  const evil = ['../x.safetensors', '/etc/x.safetensors', 'C:\\x.safetensors', 'a/../../x.safetensors', 'con.safetensors', '.hidden.json', 'a\u0000b.json', 'trailing./x.npz', 'a\\..\\x.npz'];
  const files = Object.fromEntries(evil.map((name) => [`saes/${name}`, bytes(10)]));
  hub.server.add('org/evil', { files: { ...files, 'saes/sae_weights.safetensors': bytes(20) }, listed: (entry) => ({ ...entry, path: evil.find((name) => entry.path === `saes/${name}`) ?? entry.path }) });
  await hub.add('org/evil/saes');
  expect(await filesBelow(hub.root)).toEqual([`store/hub/models--org--evil/${COMMIT}/latent-lens.json`, `store/hub/models--org--evil/${COMMIT}/saes/sae_weights.safetensors`, 'store/hub/models--org--evil/revisions.json']);
  hub.server.add('org/twins', { files: { 'saes/a.safetensors': bytes(10), 'saes/A.safetensors': bytes(11) } });
  await expect(hub.add('org/twins/saes')).rejects.toThrow(/which are one file on some systems/);
});

test('a listing is not believed: neither its length nor what it leaves out', async () => {
  hub.server.add('org/long', { files: Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`${i}.txt`, 'x']).concat(Object.entries(model()) as never)) });
  await hub.add('org/long'); // three pages
  hub.server.always = [
    (seen, _, response) => seen.path.includes('/tree/') && (response.writeHead(200, { 'content-type': 'application/json', link: `<${hub.server.endpoint}${seen.path}>; rel="next"` }).end('[]'), true),
  ];
  await expect(hub.add('org/long')).rejects.toThrow('org/long lists its files on more than 100 pages, which is not read.');
  hub.server.always = [(seen, _, response) => seen.path.includes('/tree/') && (response.writeHead(200, { link: `<${hub.server.cdnOrigin}/x>; rel="next"` }).end('[]'), true)];
  await expect(hub.add('org/long')).rejects.toThrow(/^127\.0\.0\.1:\d+ sends elsewhere for a list of files/);
  const entry = { type: 'file', oid: 'f'.repeat(40), size: 1 };
  const many = JSON.stringify(Array.from({ length: 60_000 }, (_, i) => ({ ...entry, path: `${i}.txt` })));
  hub.server.always = [(seen, _, response) => seen.path.includes('/tree/') && (response.writeHead(200).end(many), true)];
  await expect(hub.add('org/long')).rejects.toThrow('org/long lists more than 50000 files, which is not read.');
  const huge = Buffer.alloc(33e6, ' ');
  hub.server.always = [(seen, _, response) => seen.path.includes('/tree/') && (response.writeHead(200).end(huge), true)];
  await expect(hub.add('org/long')).rejects.toThrow('sends more than 32 MB for the list of org/long');
  for (const listed of [{ oid: undefined }, { oid: 'short' }, { size: -1 }, { size: 1.5 }, { size: '5' as never }]) {
    hub.server.always = [];
    hub.server.add('org/odd', { files: model(), listed: (of) => ({ ...of, lfs: undefined, ...listed }) });
    await expect(hub.add('org/odd')).rejects.toThrow('of org/odd without its size and hash, so it could not be checked.');
  }
  for (const answer of ['<html>', '{"id": 3}', '[]', 'null', '{"id": "../../x", "sha": "main"}']) {
    hub.server.always = [(seen, _, response) => seen.path.includes('/revision/') && (response.writeHead(200).end(answer), true)];
    await expect(hub.add('org/odd')).rejects.toThrow('Check HF_ENDPOINT.');
  }
});

test('files of another folder than the one that was asked for are not fetched', async () => {
  const files = { ...model(), 'saes/l0/sae_weights.safetensors': bytes(500) };
  hub.server.add('org/small', { files, listed: (entry) => (entry.path.startsWith('saes/') ? { ...entry, path: 'other/sae_weights.safetensors' } : entry) });
  await expect(hub.add('org/small/saes/l0')).rejects.toThrow('org/small/saes/l0 holds no SAE in safetensors or npz');
  expect(await filesBelow(hub.folders.store)).toEqual([]);
});

test('a disk without room is told before anything is fetched', async () => {
  hub.server.add('org/small', { files: model(), listed: (entry) => (entry.lfs && entry.path === 'model.safetensors' ? { ...entry, lfs: { ...entry.lfs, size: 1e15 } } : entry) });
  await expect(hub.add('org/small')).rejects.toThrow(/^org\/small needs 1000000\.0 GB more, and .* are free on the disk of .*Remove models .*LATENT_LENS_STORE/);
  expect(hub.server.requestsFor('model.safetensors')).toEqual([]);
});

test('two downloads of one model do not write into each other', async () => {
  hub.server.add('org/small', { files: model() });
  const both = await Promise.allSettled([hub.add('org/small'), hub.add('org/small')]);
  const failed = both.filter(({ status }) => status === 'rejected');
  expect(failed.map((of) => String((of as PromiseRejectedResult).reason))).toEqual([expect.stringMatching(/org\/small is being downloaded or removed already\./)]);
  await writeFile(path.join(hub.folderOf('org/small', COMMIT), '.lock'), `99999999 ${hostname()}`); // of a process that was killed
  await hub.add('org/small');
});

test('only what the Hub has can be added', async () => {
  await expect(hub.add('')).rejects.toThrow('This model comes with Latent Lens and needs no adding');
  await expect(hub.add('/tmp')).rejects.toThrow('/tmp is a folder or file of yours and needs no adding');
  await expect(hub.add('ollama:qwen')).rejects.toThrow('ollama:qwen is Ollama’s and needs no adding');
});

