/** The engine's requests about models, on a connection: downloads beside a running request, and models that open once they are here. */
import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CancellationTokenSource, type ResponseError } from 'vscode-jsonrpc/node.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openCheckpoint } from '../../src/checkpoints/checkpoint';
import { readTensor } from '../../src/checkpoints/safetensors';
import { writeSafetensors } from '../../src/checkpoints/write-safetensors';
import { loadModel } from '../../src/engine/session/load';
import type { EngineFailure, EngineProgress, AnalyseRequest } from '../../src/protocol/engine';
import { smallModel, type SmallModel } from '../engine/small-model';
import { inMemoryEngine, type InMemoryEngine } from '../protocol/in-memory';
import { COMMIT, sha256, type Fault } from './hub-server';
import { storeFixture } from './kit';

const hub = storeFixture();
const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const read: AnalyseRequest = { text: CODE, run: false, timeout: null, analyses: { prediction: { topK: 3 }, lens: { topK: 3 } } };
const explain: AnalyseRequest = { ...read, analyses: { ...read.analyses, patching: {} } };

let small: SmallModel;
let files: Record<string, Buffer>;
let engine: InMemoryEngine;
beforeAll(async () => {
  small = await smallModel();
  const names = (await readdir(small.folder)).filter((name) => /\.(?:json|safetensors)$/.test(name));
  files = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(path.join(small.folder, name))] as const)));
});
beforeEach(() => {
  engine = inMemoryEngine(hub.folders);
  hub.server.add('org/small', { files, tags: ['license:mit'] });
});
afterEach(async () => {
  engine.connection.end();
  await engine.ended;
});
afterAll(() => small.remove());

const endpoint = () => hub.server.endpoint;
const stalled: Fault = (seen, _, response) => {
  if (seen.at !== 'cdn' || !seen.path.includes('model.safetensors')) return false;
  response.writeHead(200, { 'content-length': files['model.safetensors'].length });
  response.write(files['model.safetensors'].subarray(0, 2000)); // and no more
  return true;
};

test('a model is looked up, added with progress, listed, told about, opened under its name, and removed', async () => {
  const looked = await engine.ask('hubModel', { reference: 'org/small', endpoint: endpoint() });
  expect(looked).toMatchObject({ id: 'org/small', licence: 'mit', problem: null, here: 0 });
  const progress: EngineProgress[] = [];
  const added = await engine.ask('addModel', { reference: 'org/small', endpoint: endpoint() }, { onProgress: (one) => progress.push(one) });
  expect(added).toMatchObject({ reference: 'org/small', commit: COMMIT, bytes: looked.bytes, downloaded: looked.bytes });
  expect(progress.at(-1)).toMatchObject({ stage: 'Downloading org/small', download: { bytes: looked.bytes, total: looked.bytes } });

  const list = await engine.ask('listModels', null);
  expect(list.models.map(({ reference, place, removable }) => [reference, place, removable])).toEqual([['python-errors', 'package', false], ['types', 'package', false], ['org/small', 'store', true]]);

  const info = await engine.ask('modelInfo', { model: 'org/small' });
  const { tensors } = await openCheckpoint(small.folder);
  const parameters = [...tensors.values()].reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b), 0);
  expect(info).toMatchObject({
    reference: 'org/small', place: 'store', format: 'safetensors', path: added.path, commit: COMMIT, problems: [], family: 'llama',
    layers: 3, width: 16, heads: 2, keyValueHeads: 1, context: 160, parameters, dtypes: ['F32'], bytes: looked.bytes, tokenizer: true,
  });
  expect(info.estimate!.memory).toBeGreaterThan(4 * parameters);

  const opened = await engine.ask('openModel', { model: 'org/small', threads: 1 });
  expect(opened).toMatchObject({ id: 'org/small', folder: added.path });
  expect((await engine.ask('analyse', read)).reading.model.id).toBe('org/small');
  expect(await engine.ask('removeModel', { reference: 'org/small' })).toBe(looked.bytes);
  await expect(engine.ask('modelInfo', { model: 'org/small' })).rejects.toThrow('is not on this machine');
});

test('a download runs beside: requests do not wait for it, nor it for them', async () => {
  await engine.ask('openModel', { model: small.folder, threads: 1 });
  hub.server.faults = [stalled];
  const cancel = new CancellationTokenSource();
  const adding = engine.ask('addModel', { reference: 'org/small', endpoint: endpoint() }, { cancel }).then(() => 'added', (error: ResponseError<unknown>) => error.code);
  await vi.waitUntil(() => hub.server.requestsFor('model.safetensors', 'cdn').length > 0);
  const explained = engine.ask('analyse', explain);
  expect((await engine.ask('listModels', null)).models).toMatchObject([{ reference: 'python-errors' }, { reference: 'types' }, { reference: 'org/small', incomplete: true }]);
  expect((await explained).reading.model.layers).toBe(3); // while the download hangs
  cancel.cancel();
  expect(await adding).toBe(-32800);
  expect(await engine.ask('addModel', { reference: 'org/small', endpoint: endpoint() })).toMatchObject({ reference: 'org/small' });
  expect(hub.server.requestsFor('model.safetensors', 'cdn').map(({ range }) => range !== null)).toEqual([false, true]);
});

test('the end of the connection ends a download', async () => {
  hub.server.faults = [stalled];
  const adding = engine.ask('addModel', { reference: 'org/small', endpoint: endpoint() }).catch(() => 'ended');
  await vi.waitUntil(() => hub.server.requestsFor('model.safetensors', 'cdn').length > 0);
  engine.connection.end();
  await engine.ended;
  void adding;
  engine = inMemoryEngine(hub.folders);
  expect(await engine.ask('addModel', { reference: 'org/small', endpoint: endpoint() })).toMatchObject({ reference: 'org/small' }); // no lock is left
});

test('a refusal says what it is about, and the token is nowhere in it', async () => {
  hub.server.add('org/gated', { files, gated: 'manual' });
  const failure = async (token: string | null) => {
    const error = (await engine.ask('addModel', { reference: 'org/gated', endpoint: endpoint(), token }).catch((reason: unknown) => reason)) as ResponseError<EngineFailure>;
    expect(JSON.stringify([error.message, error.data, error.stack])).not.toContain('hf_right');
    return error.data?.refusal;
  };
  expect([await failure(null), await failure('hf_right')]).toEqual(['token', 'licence']);
  await expect(engine.ask('addModel', {} as never)).rejects.toThrow('The request addModel: "reference" is missing; it must be a text.');
  await expect(engine.ask('modelInfo', {} as never)).rejects.toThrow('The request modelInfo: "model" is missing; it must be a text.');
});

test('a family that is not known is refused before its weights come, and told of one that is here', async () => {
  const config = Buffer.from(JSON.stringify({ ...(JSON.parse(files['config.json'].toString()) as object), model_type: 'mamba' }));
  hub.server.add('org/other', { files: { ...files, 'config.json': config } });
  await expect(engine.ask('addModel', { reference: 'org/other', endpoint: endpoint() })).rejects.toThrow('the model type "mamba" is not supported');
  expect(hub.server.requestsFor('model.safetensors')).toEqual([]);
  expect((await engine.ask('hubModel', { reference: 'org/other', endpoint: endpoint() })).problem).toContain('"mamba"');

  const folder = path.join(hub.root, 'elsewhere');
  for (const name of Object.keys(files)) await copyFile(path.join(small.folder, name), path.join(folder, name));
  await writeFile(path.join(folder, 'config.json'), config);
  const info = await engine.ask('modelInfo', { model: 'elsewhere', from: hub.root });
  expect(info).toMatchObject({ place: null, family: 'mamba', layers: null, estimate: null });
  expect(info.problems).toEqual([expect.stringContaining('the model type "mamba" is not supported')]);
});

test('what a folder lacks is told', async () => {
  const folder = path.join(hub.root, 'elsewhere');
  await writeFile(path.join(folder, 'config.json'), files['config.json']);
  const info = await engine.ask('modelInfo', { model: folder });
  expect(info).toMatchObject({ tokenizer: false, layers: 3, parameters: null, problems: [`${folder} lacks tokenizer.json, model.safetensors. Download the model again.`] });
});

describe('Hugging Face’s cache', () => {
  /** As huggingface_hub 2 lays out what the Hub has in Xet: blobs are links to a place that all models share. */
  test('opens in the layout of huggingface_hub 2, in shards that lie in different folders', async () => {
    const { tensors } = await openCheckpoint(small.folder);
    const cache = hub.folders.huggingface;
    const home = path.join(cache, 'models--org--shared');
    const snapshot = path.join(home, 'snapshots', COMMIT);
    for (const folder of [path.join(home, 'blobs'), path.join(home, 'refs'), snapshot]) await mkdir(folder, { recursive: true });
    const link = async (name: string, content: Buffer) => {
      const hash = sha256(content);
      const shared = path.join(cache, 'blobs', hash.slice(0, 2), hash);
      await mkdir(path.dirname(shared), { recursive: true });
      await writeFile(shared, content);
      await symlink(path.relative(path.join(home, 'blobs'), shared), path.join(home, 'blobs', hash));
      await symlink(path.join('..', '..', 'blobs', hash), path.join(snapshot, name));
    };
    const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
    const map: Record<string, string> = {};
    for (const [i, shard] of shards.entries()) {
      const part = [...tensors.values()].filter((_, at) => at % 2 === i);
      const data = await Promise.all(part.map(async (tensor) => ({ name: tensor.name, shape: tensor.shape, data: await readTensor(tensor) })));
      const file = path.join(hub.root, shard);
      await writeSafetensors(file, data);
      for (const { name } of part) map[name] = shard;
      await link(shard, await readFile(file));
    }
    for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json']) await link(name, files[name]);
    await link('model.safetensors.index.json', Buffer.from(JSON.stringify({ weight_map: map })));
    await writeFile(path.join(home, 'refs', 'main'), COMMIT);

    const [shared, plain] = await Promise.all([loadModel('org/shared', { threads: 1, folders: hub.folders }), loadModel(small.folder, { threads: 1 })]);
    const ids = shared.tokenizer.encode(CODE).map(({ id }) => id);
    const last = async ({ model: of }: typeof shared) => [...(await of.logits(await of.run([ids]), [ids.length - 1])).data];
    expect(await last(shared)).toEqual(await last(plain));
    await Promise.all([shared.model.release(), plain.model.release()]);
  });
});

test('a GGUF file that is none is refused by name', async () => {
  const file = path.join(hub.root, 'elsewhere', 'x.gguf');
  await writeFile(file, 'not a GGUF file at all, though long enough');
  await expect(engine.ask('openModel', { model: file, threads: 1 })).rejects.toThrow('x.gguf: is not a GGUF file');
  expect(await engine.ask('modelInfo', { model: file })).toMatchObject({ format: 'gguf', problems: [expect.stringContaining('is not a GGUF file')], estimate: null });
});

