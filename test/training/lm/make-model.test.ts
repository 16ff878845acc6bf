import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCheckpoint } from '../../../src/checkpoints/checkpoint';
import { exportTrunk, makeModel, type TrainingFolders } from '../../../src/training/lm/make-model';
import type { LogEntry } from '../../../src/training/lm/log';
import { readRecipe, type Recipe } from '../../../src/training/lm/recipe';

let folder: string;
let folders: TrainingFolders;
let recipe: Recipe;
const program = (i: number) => ({
  code: i % 2 === 0 ? `n${i} = ${i}\nprint(n${i} / 0)` : `n${i} = ${i}\nprint(n${i})`,
  label: i % 2 === 0 ? 'ZeroDivisionError' : 'NoError',
  line: i % 2 === 0 ? 2 : null,
  message: i % 2 === 0 ? 'division by zero' : null,
  family: 'typed/division',
});
const shard = (name: string, from: number, more: object = {}) =>
  writeFile(path.join(folders.data, name), Array.from({ length: 40 }, (_, i) => JSON.stringify({ ...program(from + i), ...more })).join('\n'));

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-make-'));
  folders = { data: path.join(folder, 'data'), model: path.join(folder, 'model'), work: path.join(folder, 'work') };
  await mkdir(folders.data);
  await mkdir(folders.model);
  for (const name of ['tokenizer.json', 'tokenizer_config.json']) await copyFile(`models/python-errors/${name}`, path.join(folders.model, name));
  const { vocab } = (JSON.parse(await readFile('models/python-errors/tokenizer.json', 'utf8')) as { model: { vocab: object } }).model;
  recipe = await readRecipe('models/python-errors/recipe.json');
  recipe.tokenizer.vocabularySize = Object.keys(vocab).length;
  recipe.data.realCodeShare = 0;
  Object.assign(recipe.model, { layers: 2, width: 32, heads: 2, keyValueHeads: 2, mlpWidth: 48 });
  Object.assign(recipe.training, { warmup: 2, batchTokens: 512, validateEvery: 20 });
  await shard('programs-00000.jsonl', 0);
  await shard('real-00000.jsonl', 40, { source: 'somebody/real' });
  await shard('validation-00000.jsonl', 80, { source: 'somebody/else' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a trunk is trained, measured by source, decayed to a model in 16 bits, and goes on as it was', { timeout: 120_000 }, async () => {
  expect(await makeModel(recipe, folders, { until: 20, threads: 1 })).toBe(true);
  const last = (await readFile(path.join(folders.work, 'log.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as LogEntry).at(-1)!;
  expect(Object.entries(last.validation!.bySource)).toEqual([['somebody/else', expect.objectContaining({ programs: 40, noErrorRecall: expect.any(Number) as number })]]);

  const checkpoint = path.join(folders.work, 'checkpoint');
  const files = ['model.safetensors', 'position.json'];
  const read = () => Promise.all(files.map((name) => readFile(path.join(checkpoint, name), 'base64')));
  const before = await read();
  expect(await makeModel(recipe, folders, { decay: 6, threads: 1 })).toBe(true);
  expect(await read()).toEqual(before);
  const { tensors } = await openCheckpoint(folders.model);
  expect([...tensors.values()].every(({ dtype }) => dtype === 'F16')).toBe(true);
  expect([...tensors.keys()].some((name) => name.endsWith('probe'))).toBe(false);
  expect(JSON.parse(await readFile(path.join(folders.model, 'config.json'), 'utf8'))).toMatchObject({ torch_dtype: 'float16', num_hidden_layers: 2 });

  const file = path.join(folder, 'trunk.safetensors');
  await exportTrunk(recipe, folders.work, file);
  const another = { ...folders, work: path.join(folder, 'another') };
  await makeModel(recipe, another, { until: 24, from: file, threads: 1 });
  const position = JSON.parse(await readFile(path.join(another.work, 'checkpoint/position.json'), 'utf8')) as object;
  expect(position).toMatchObject({ step: 24, started: 20 });
});

test('what is missing is said in a sentence', async () => {
  await expect(makeModel(recipe, { ...folders, work: path.join(folder, 'empty') }, { decay: 5 })).rejects.toThrow(/empty holds no checkpoint\. Train first/);
  await expect(makeModel(recipe, { ...folders, model: folder }, { until: 1 })).rejects.toThrow(/holds no readable tokenizer\. Train it first/);
});
