import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { architectureFor, type Architecture } from '../../../src/architectures';
import { openCheckpoint } from '../../../src/checkpoints/checkpoint';
import { readTensor } from '../../../src/checkpoints/safetensors';
import { floats, ints, Session, type NdArray } from '../../../src/graph';
import { groupByLength, makeBatch } from '../../../src/training/lm/batches';
import { answerStep, evaluationStep, trainedWeights, trainingStep } from '../../../src/training/lm/graph';
import { trainLanguageModel, type TrainOptions } from '../../../src/training/lm/train';
import type { LogEntry } from '../../../src/training/lm/log';
import { exportWeights, freshState, importWeights, loadCheckpoint, type Position, type Saved, type State } from '../../../src/training/lm/state';
import { Random } from '../../../src/corpus/random';
import { PROBES, probeNames } from '../../../src/training/lm/probes';
import { TYPE_CLASSES } from '../../../src/corpus/labelling/trace';
import { validate } from '../../../src/training/lm/validate';
import { writeSafetensors } from '../../../src/checkpoints/write-safetensors';
import { encodeSample, messageText, type Sample } from '../../../src/training/lm/samples';
import { decayed, warmedUp } from '../../../src/training/lm/schedule';
import type { Draw } from '../../../src/training/lm/shards';
import { loadGolden, type Golden } from '../../golden/fixture';
import { expectClose } from '../../model/close';

describe.each(['gqa', 'mha-tied'] as const)('a training step of llama-%s agrees with PyTorch', (name) => {
  let golden: Golden;
  let architecture: Architecture;
  let weights: Record<string, NdArray>;
  let feeds: Record<string, NdArray>;
  beforeAll(async () => {
    golden = await loadGolden(name);
    architecture = architectureFor(JSON.parse(await readFile(path.join(golden.folder, 'config.json'), 'utf8')));
    const { tensors } = await openCheckpoint(golden.folder);
    weights = {};
    for (const [key, shape] of architecture.weights) weights[key] = floats(await readTensor(tensors.get(key)!), shape);
    const tokens = golden.training.get('train/tokens')!;
    const [rows, length] = tokens.shape;
    const positions = ints(Array.from({ length: rows * length }, (_, i) => i % length), [rows, length]);
    const at = Array.from({ length: rows * (length - 1) }, (_, i) => Math.floor(i / (length - 1)) * length + (i % (length - 1)));
    feeds = {
      tokens: ints(Array.from(tokens.data), [rows, length]),
      positions,
      keyPositions: positions,
      at: ints(at, [at.length]),
      targets: ints(at.map((i) => tokens.data[i + 1]), [at.length]),
      targetWeights: floats(new Float32Array(at.length).fill(1 / at.length), [at.length]),
    };
    // The reference has no probes: they take no part in the loss.
    for (const name of probeNames()) {
      Object.assign(feeds, { [`${name}/at`]: ints([0], [1]), [`${name}/targets`]: ints([0], [1]), [`${name}/weights`]: floats(Float32Array.of(0), [1]) });
      const shape = [PROBES[name].classes.length, architecture.shape.width];
      expect(trainedWeights(architecture).get(`${name} probe`)).toEqual(shape);
      weights[`${name} probe`] = floats(new Float32Array(shape[0] * shape[1]), shape);
    }
  });

  test('the loss and its gradient for every weight', async () => {
    const session = await Session.open(evaluationStep(architecture, { gradients: true }));
    const results = await session.run({ ...weights, ...feeds });
    expect(Number(results.loss.data[0])).toBeCloseTo(golden.training.get('train/loss')!.data[0], 4);
    for (const key of architecture.weights.keys()) {
      expectClose(results[`gradient/${key}`].data as Float32Array, golden.training.get(`weight_grad/${key}`)!.data, key);
    }
  });

  test('three steps of AdamW with clipping', async () => {
    const options = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0.1, clipNorm: 1 };
    const session = await Session.open(trainingStep(architecture, { adamW: options }));
    const state: Record<string, NdArray> = { ...weights };
    for (const [key, { shape, data }] of Object.entries(weights)) {
      for (const moment of ['mean', 'variance']) state[`${key}/${moment}`] = floats(new Float32Array(data.length), shape);
    }
    const one = (value: number) => floats(Float32Array.of(value), []);
    for (let step = 1; step <= 3; step++) {
      const scalars = { rate: one(1e-2), meanCorrection: one(1 - 0.9 ** step), varianceCorrection: one(1 - 0.95 ** step) };
      const results = await session.run({ ...state, ...feeds, ...scalars });
      expect(Number(results.loss.data[0])).toBeCloseTo(golden.training.get('train/loss')!.data[step - 1], 3);
      expect(Number(results.gradientNorm.data[0])).toBeCloseTo(golden.training.get('train/grad_norm')!.data[step - 1], 3);
      for (const key of Object.keys(state)) state[key] = results[`new/${key}`];
    }
    // AdamW divides by the gradient's size, so tiny gradients magnify rounding: 1e-3 of the largest weight.
    for (const key of architecture.weights.keys()) {
      expectClose(state[key].data as Float32Array, golden.training.get(`adamw/${key}`)!.data, key, 1e-3);
    }
  });
});

test('a last block that is computed only where it counts changes neither loss nor gradients', async () => {
  const architecture = architectureFor({
    model_type: 'llama', num_hidden_layers: 6, hidden_size: 16, num_attention_heads: 4, num_key_value_heads: 2, intermediate_size: 24,
    vocab_size: 40, max_position_embeddings: 64, tie_word_embeddings: true,
  });
  const random = new Random(9);
  const samples = Array.from({ length: 5 }, (): Sample => {
    const length = random.int(6, 12);
    const some = (step: number) => Uint8Array.from({ length }, (_, i) => (i % step === 0 ? 1 + (i % 5) : 0));
    const marks = { line: some(3), type: some(2), syntax: some(1) };
    return { ids: Uint16Array.from({ length }, () => random.int(3, 39)), kinds: Uint8Array.from({ length }, (_, i) => (i === 0 ? 0 : i === length - 1 ? 2 : 1)), marks };
  });
  const { feeds } = makeBatch(samples, { codeFraction: 0.5, code: 0.3, label: 1, message: 0, syntax: 0.4, type: 0.5, line: 1 }, random);
  const state = freshState(architecture, { adamW: { beta1: 0, beta2: 0, epsilon: 1, weightDecay: 0, clipNorm: 1 } }, 4);
  const weights = Object.fromEntries([...trainedWeights(architecture).keys()].map((name) => [name, state[name]]));
  for (const name of probeNames()) weights[`${name} probe`].data.forEach((_, i, data) => (data[i] = 0.1 * random.normal()));
  const plain = await (await Session.open(evaluationStep(architecture, { gradients: true, plain: true }))).run({ ...weights, ...feeds });
  const fast = await (await Session.open(evaluationStep(architecture, { gradients: true }))).run({ ...weights, ...feeds });
  for (const key of Object.keys(plain)) expectClose(fast[key].data as Float32Array, plain[key].data as Float32Array, key, 1e-4);
});

describe('the training loop', () => {
  const folders: string[] = [];
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
  const CONFIG = {
    model_type: 'llama', num_hidden_layers: 2, hidden_size: 16, num_attention_heads: 2, intermediate_size: 24, vocab_size: 40,
    max_position_embeddings: 64, tie_word_embeddings: true,
  };
  const architecture = architectureFor(CONFIG);
  // The answer repeats the second token: attention has to look back.
  const samples = (seed: string): Sample[] => {
    const random = new Random(seed);
    return Array.from({ length: 200 }, () => {
      const length = random.int(5, 9);
      const ids = Uint16Array.from({ length }, (_, i) => (i === 0 ? 0 : random.int(3, 20)));
      ids[length - 1] = 20 + (ids[1] % 4);
      return { ids, kinds: Uint8Array.from({ length }, (_, i) => (i === 0 ? 0 : i === length - 1 ? 2 : 1)) };
    });
  };
  const newFolder = async () => {
    folders.push(await mkdtemp(path.join(os.tmpdir(), 'latent-lens-train-')));
    return folders.at(-1)!;
  };
  const optimizer = {
    adamW: { beta1: 0.9, beta2: 0.95, epsilon: 1e-8, weightDecay: 0, clipNorm: 1 },
    muon: { momentum: 0.9, weightDecay: 0.01 },
  };
  const measured = samples('validation').map((sample, i) => ({ ...sample, label: String(sample.ids.at(-1)), source: i % 2 === 0 ? 'even' : 'odd' }));
  const options = async (until?: number): Promise<TrainOptions> => ({
    architecture,
    folder: await newFolder(),
    seed: 3,
    until,
    schedule: { warmup: 20, rate: 0.01, matrixRate: 0.02 },
    optimizer,
    lossWeights: { codeFraction: 0.5, code: 0.1, label: 1, message: 0, syntax: 0, type: 0, line: 1 },
    batchTokens: 256,
    threads: 1,
    data: { draw: (before) => ({ files: [`round ${Number(before?.files[0].slice(6) ?? -1) + 1}`], used: {} }), read: async ({ files }) => samples(files[0]) },
    validation: { samples: measured, answers: new Map([20, 21, 22, 23].map((id) => [String(id), id])) },
    validateEvery: 50,
    checkpointEvery: 7,
    logEvery: 10,
  });
  const bytes = (folder: string) => readFile(path.join(folder, 'checkpoint/model.safetensors'));
  const position = async (folder: string) => JSON.parse(await readFile(path.join(folder, 'checkpoint/position.json'), 'utf8')) as Position;
  const stoppedAt = async (run: TrainOptions, at: number) => {
    const stop = new AbortController();
    return trainLanguageModel({ ...run, signal: stop.signal, onProgress: ({ step }) => step === at && stop.abort() });
  };
  const logOf = async (folder: string) => (await readFile(path.join(folder, 'log.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as LogEntry);

  test('learns, logs and measures by source and length', async () => {
    const run = await options(240);
    expect((await trainLanguageModel(run)).finished).toBe(true);
    const log = await logOf(run.folder);
    expect(log).toHaveLength(24);
    expect(log.at(-1)!.labelLoss).toBeLessThan(0.5 * log[0].labelLoss);
    const { bySource, byLength, ...all } = log.at(-1)!.validation!;
    expect(all.accuracy).toBeGreaterThan(0.6);
    expect(all).toMatchObject({ programs: 200, noErrorRecall: null });
    expect(all.calibrationError).toBeGreaterThan(0);
    expect(Object.keys(byLength)).toEqual(['up to 64']);
    expect((bySource.even.accuracy + bySource.odd.accuracy) / 2).toBeCloseTo(all.accuracy, 9);
  });

  test('a run that was stopped goes on as if it had not been, bit for bit, in a round and between two', async () => {
    const whole = await options(40);
    await trainLanguageModel(whole);
    for (const at of [10, 20, 30]) {
      const run = await options(40);
      expect((await stoppedAt(run, at)).finished).toBe(false);
      expect((await position(run.folder)).step).toBe(at);
      await trainLanguageModel(run);
      expect((await bytes(run.folder)).equals(await bytes(whole.folder))).toBe(true);
      expect(await position(run.folder)).toEqual(await position(whole.folder));
    }
  });

  test('a run that was asked to end while it read a round goes on with that round', async () => {
    const whole = await options(40);
    await trainLanguageModel(whole);
    const run = await options(40);
    const stop = new AbortController();
    const read = async (draw: Draw) => {
      if (draw.files[0] === 'round 1') stop.abort();
      return stop.signal.aborted ? [] : samples(draw.files[0]);
    };
    await trainLanguageModel({ ...run, signal: stop.signal, data: { ...run.data, read } });
    expect(await position(run.folder)).toMatchObject({ round: 1, batch: 0 });
    await trainLanguageModel(run);
    expect((await bytes(run.folder)).equals(await bytes(whole.folder))).toBe(true);
  });

  test('a checkpoint whose writing was interrupted between its two names is found under the old one', async () => {
    const run = await options(10);
    await trainLanguageModel(run);
    await rename(path.join(run.folder, 'checkpoint'), path.join(run.folder, 'checkpoint.old'));
    expect((await loadCheckpoint(architecture, optimizer, run.folder))!.position.step).toBe(10);
  });

  test('a decay falls to nothing, leaves the trunk as it is, and goes on where it was interrupted', async () => {
    const trunk = await options(30);
    await trainLanguageModel(trunk);
    const before = await bytes(trunk.folder);
    const decay = async () => ({ ...(await options()), decay: 20, logEvery: 5, start: () => loadCheckpoint(architecture, optimizer, trunk.folder) as Promise<Saved> });
    const whole = await decay();
    const { finished, position: end } = await trainLanguageModel(whole);
    expect([finished, end.step, end.decayFrom]).toEqual([true, 50, 30]);
    const rates = (await logOf(whole.folder)).map(({ rate }) => rate);
    expect(rates.every((rate, i) => rate < (rates[i - 1] ?? 0.01))).toBe(true);
    expect(rates.at(-1)).toBeLessThan(0.0003);
    const interrupted = await decay();
    await stoppedAt(interrupted, 40);
    await trainLanguageModel(interrupted);
    expect((await bytes(interrupted.folder)).equals(await bytes(whole.folder))).toBe(true);
    expect((await bytes(trunk.folder)).equals(before)).toBe(true);
  });

  test('a trunk starts again from its weights in 16 bits, with the rate warming up, where it was in the data', async () => {
    const trunk = await options(30);
    const trained = await trainLanguageModel(trunk);
    const file = path.join(trunk.folder, 'trunk.safetensors');
    await exportWeights(architecture, trained, file);
    const { state, position: start } = await importWeights(architecture, optimizer, 3, file);
    expect(start).toEqual({ ...trained.position, started: 30 });
    for (const [name, { data }] of Object.entries(state)) {
      if (/\/(mean|variance|momentum)$/.test(name)) expect(data.every((value) => value === 0)).toBe(true);
      else if (!name.endsWith(' probe')) expectClose(data, trained.state[name].data, name, 5e-4);
    }
    const again = { ...(await options(60)), start: () => importWeights(architecture, optimizer, 3, file) };
    await trainLanguageModel(again);
    const log = await logOf(again.folder);
    expect(log.map(({ step, rate }) => [step, rate])).toEqual([[40, 0.005], [50, 0.01], [60, 0.01]]);
    expect(log[0].labelLoss).toBeLessThan((await logOf(trunk.folder))[0].labelLoss);
    expect(log.at(-1)!.tokens).toBeGreaterThan(trained.position.tokens);
  });

  test('a deeper trunk starts from a shallower model and computes the same', async () => {
    const { state: before } = await trainLanguageModel(await options(20));
    const file = path.join(await newFolder(), 'model.safetensors');
    const weights = [...architecture.weights].map(([name, shape]) => ({ name, shape, data: before[name].data as Float32Array }));
    await writeSafetensors(file, weights); // as a release: no probes, no position
    const deep = architectureFor({ ...CONFIG, num_hidden_layers: 4 });
    const { state, position } = await importWeights(deep, optimizer, 3, file, [0, 0, 1, 1]);
    expect(position).toMatchObject({ step: 0, started: 0, tokens: 0, round: 0 });
    const answers = new Map([20, 21, 22, 23].map((id) => [String(id), id]));
    const lossOf = async (of: Architecture, values: State) =>
      (await validate(await Session.open(answerStep(of)), of, values, measured, answers, 256)).loss;
    expect(await lossOf(deep, state)).toBeCloseTo(await lossOf(architecture, before), 5);
    const zero = [...deep.weights.keys()].filter((name) => state[name].data.every((value) => value === 0));
    expect(zero.sort()).toEqual(
      [0, 2].flatMap((layer) => [`model.layers.${layer}.mlp.down_proj.weight`, `model.layers.${layer}.self_attn.o_proj.weight`]),
    );
  });

  test('weights of another shape are refused by name', async () => {
    const trunk = await options(1);
    const file = path.join(trunk.folder, 'trunk.safetensors');
    await exportWeights(architecture, await trainLanguageModel(trunk), file);
    const other = architectureFor({
      model_type: 'llama', num_hidden_layers: 2, hidden_size: 32, num_attention_heads: 2, intermediate_size: 24, vocab_size: 40,
      max_position_embeddings: 64, tie_word_embeddings: true,
    });
    await expect(importWeights(other, optimizer, 3, file)).rejects.toThrow(/trunk\.safetensors: 'model\.embed_tokens\.weight' is missing or has another shape/);
    await expect(loadCheckpoint(other, optimizer, trunk.folder)).rejects.toThrow(/checkpoint: 'model\.embed_tokens\.weight'/);
  });
});

test('the rate warms up, stays, and decays by the root of the time', () => {
  const schedule = { warmup: 10, rate: 1 };
  expect([0, 9, 10, 1e6].map((step) => warmedUp(schedule, step))).toEqual([0.1, 1, 1, 1]);
  expect(decayed(0, 3)).toBeCloseTo(0.5);
  expect(decayed(2, 3)).toBeCloseTo(1 - Math.sqrt(3 / 4));
  expect(decayed(99, 100)).toBeGreaterThan(0); // the last step still moves
});

test('batches hold each sample once, within the token budget, and weights that sum to each kind', () => {
  const random = new Random(4);
  const samples = Array.from({ length: 50 }, (): Sample => {
    const length = random.int(3, 30);
    return { ids: Uint16Array.from({ length }, () => random.int(1, 9)), kinds: Uint8Array.from({ length }, (_, i) => (i === 0 ? 0 : i === length - 1 ? 2 : 1)) };
  });
  const groups = groupByLength(samples, 128, random);
  expect(new Set(groups.flat())).toEqual(new Set(samples));
  for (const group of groups) {
    const { feeds, kinds } = makeBatch(group, { codeFraction: 1, code: 0.5, label: 2, message: 0, syntax: 0, type: 0, line: 0.5 }, random);
    expect(feeds.tokens.data.length).toBeLessThanOrEqual(128);
    const total = (kind: string) => kinds.reduce((sum, k, i) => sum + (k === kind ? Number(feeds.targetWeights.data[i]) : 0), 0);
    expect(total('label')).toBeCloseTo(2, 5);
    expect(total('code')).toBeCloseTo(0.5, 5);
    const [row, length] = [0, feeds.tokens.shape[1]];
    const first = Number(feeds.at.data[0]);
    expect(feeds.targets.data[0]).toBe(feeds.tokens.data[row * length + first + 1]);
  }
});

test('the end of each line is marked with what the line raises', async () => {
  const folder = path.resolve('models/python-errors');
  const read = async (name: string) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as object;
  const tokenizer = new Tokenizer(await read('tokenizer.json'), await read('tokenizer_config.json'));
  const code = 'total = 3\n\nif total:\n    print("sum " + total)';
  const suffix = '\n# When this code is executed, Python will raise a';
  const sample = encodeSample(tokenizer, { code, suffix, answer: ' TypeError', raised: { label: 'TypeError', line: 4 } }, 100)!;
  const marked = [...sample.marks!.line!].flatMap((mark, i) => (mark === 0 ? [] : [[tokenizer.decode([sample.ids[i]]), PROBES.line.classes[mark - 1]]]));
  expect(marked.filter(([text]) => !text.includes('\n'))).toEqual([]);
  expect(marked.at(-1)).toEqual(['\n', 'TypeError']);
  expect(marked.slice(0, -1).map(([, label]) => label).every((label) => label === 'NoError')).toBe(true);
  expect(sample.ids.length).toBe(sample.marks!.line!.length);
  expect(encodeSample(tokenizer, { code }, 100)!.marks).toEqual({});
});

test('the last token of a traced expression is marked with its type', async () => {
  const folder = path.resolve('models/python-errors');
  const read = async (name: string) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as object;
  const tokenizer = new Tokenizer(await read('tokenizer.json'), await read('tokenizer_config.json'));
  const code = 'total = 3\nprint(total)';
  const types = [[15, 'function'], [21, 'int 3'], [22, 'None']].map(([end, type]): [number, number] => [Number(end), TYPE_CLASSES.indexOf(String(type))]);
  const { ids, marks } = encodeSample(tokenizer, { code, types }, 100)!;
  const marked = [...marks!.type!].flatMap((mark, i) => (mark === 0 ? [] : [[tokenizer.decode([ids[i]]), TYPE_CLASSES[mark - 1]]]));
  expect(marked).toEqual([['print', 'function'], ['total', 'int 3'], [')', 'None']]);
});

test('what Python said follows the answer on its first line', () => {
  expect(messageText(3, "name 'totl' is not defined\nmore")).toBe("\n# line 3: name 'totl' is not defined");
  expect(messageText(null, null)).toBe('');
});
