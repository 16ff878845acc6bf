/** Tuned lenses: identity is the logit lens, training lowers the divergence, and what is written is read back and applied as on paper. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logitLens, lensSites } from '../../../src/methods/lenses/logit-lens';
import { identityTranslator, tunedLens } from '../../../src/methods/lenses/tuned-lens';
import { readTunedLens, type LensCard, type StoredLens } from '../../../src/methods/lenses/tuned-lens-folder';
import { Model } from '../../../src/model';
import { floats } from '../../../src/graph';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { evaluateLenses } from '../../../src/training/lens/evaluate';
import { makeLens, type MakeLensOptions } from '../../../src/training/lens/make';
import { lensTrainingSites, trainLens } from '../../../src/training/lens/train';
import { ActivationReader, type RoundSource } from '../../../src/training/sae/activations';
import { Random } from '../../../src/corpus/random';
import { blockSite } from '../../../src/vocabulary/sites';
import { smallModel, type SmallModel } from '../../engine/small-model';

const PROMPT = [5, 300, 17, 42, 260, 9];
const ANSWERS = [3, 200, 77];

let small: SmallModel;
let model: Model;
let work: string;
let options: MakeLensOptions;
beforeAll(async () => {
  small = await smallModel();
  model = await Model.load(small.folder);
  work = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-lens-'));
  const data = path.join(work, 'programs.jsonl');
  const programs = Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? `value = ${i}\nprint("total: " + value)` : `names = [${i}, 2]\nprint(names[${i}])`));
  await writeFile(data, programs.map((code) => `${JSON.stringify({ code })}\n`).join(''));
  options = {
    model: small.folder, data: [data], template: PYTHON_ERROR_TYPE, validation: 12, programs: 12, realCodeShare: 0, keep: 1, keepQuestion: 0.3, lastWeight: 1,
    settings: { steps: 120, batch: 64, buffer: 600, rate: 1e-2, adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clipNorm: 1 } },
    seed: 4, dtype: 'F16', out: path.join(work, 'lens'), threads: 1,
  };
});
afterAll(async () => {
  await model.release();
  await small.remove();
  await rm(work, { recursive: true, force: true });
});

const logitLensOf = async (of: Model, prompt: readonly number[]) =>
  logitLens(of, await of.run([prompt], { read: lensSites(of) }), ANSWERS, { topK: 4 });

test('identity translators are the logit lens, exactly, and the last row is the model', async () => {
  const identity = Array.from({ length: model.shape.layers }, () => identityTranslator(model.shape.width));
  const tuned = await tunedLens(model, identity, PROMPT, ANSWERS, { topK: 4 });
  const plain = await logitLensOf(model, PROMPT);
  expect(tuned.top).toEqual(plain.top);
  expect(tuned.answers).toEqual(plain.answers);
  const others = identity.map(({ weight, bias }) => ({ weight, bias: floats(bias.data.map(() => 3), bias.shape) }));
  const changed = await tunedLens(model, others, PROMPT, ANSWERS, { topK: 4 });
  expect(changed.answers.at(-1)).toEqual(plain.answers.at(-1));
  expect(changed.answers[1]).not.toEqual(plain.answers[1]);
  expect(changed.sites).toEqual(['blocks.0.hook_resid_pre', ...plain.sites.slice(1)]);
});

describe.each(['gpt2', 'gemma2', 'gpt_neox', 'gptj', 'qwen3'])('%s', (family) => {
  let other: Model;
  beforeAll(async () => void (other = await Model.load(`test/fixtures/golden/families/${family}`)));
  afterAll(() => other.release());

  test('what the first translator reads is what goes into the first layer, positions and all', async () => {
    const { width, layers, vocabulary } = other.shape;
    const prompt = PROMPT.map((id) => id % vocabulary);
    const identity = Array.from({ length: layers }, () => identityTranslator(width));
    const tuned = await tunedLens(other, identity, prompt, [1], { topK: 2 });
    const run = await other.run([prompt], { read: [blockSite(0, 'hook_resid_pre')] });
    const { data } = await other.logits({ resid: run.sites.get('blocks.0.hook_resid_pre')! }, [prompt.length - 1]);
    expect(tuned.answers[0][prompt.length - 1][0].logit).toBeCloseTo(data[1], 5);
  });

  test('the divergence falls at every layer, whatever norm and cap the logits have', async () => {
    const random = new Random('prompts');
    const prompts = Array.from({ length: 60 }, () => Array.from({ length: 12 }, () => random.int(0, Math.min(40, other.shape.vocabulary) - 1)));
    const reader = await ActivationReader.open(other, lensTrainingSites(other), 1);
    const [own, heldOut] = [prompts.slice(0, 50), prompts.slice(50)];
    const activations = await reader.read(own, own.map((ids) => [...ids.keys()]));
    await reader.release();
    const ones = new Float32Array(50 * 12).fill(1);
    const rounds: RoundSource = { cursor: { file: 0, next: 0 }, next: () => Promise.resolve({ activations, weights: ones, shares: ones }) };
    const trained = await trainLens(other, rounds, { ...options.settings, steps: 100, batch: 100, seed: 1 }, { threads: 1 });
    const identity = trained.map(() => identityTranslator(other.shape.width));
    const { lenses: [before, after] } = await evaluateLenses(other, [identity, trained], heldOut, { threads: 1 });
    for (const [layer, { tokens }] of after.entries()) expect(tokens).toBeLessThan(0.9 * before[layer].tokens);
  });
});

describe('a trained lens', () => {
  let card: LensCard;
  let stored: StoredLens;
  const read = async (folder = options.out) => readTunedLens(folder, { ...model.shape, sha256: await model.sha256() });
  beforeAll(async () => {
    card = await makeLens(options);
    stored = await read();
  }, 120_000);

  test('the divergence from the model falls at every layer, on programs that it was not trained on', () => {
    expect(card.layers).toHaveLength(model.shape.layers);
    for (const { before, after } of card.layers) {
      expect(before.tokens).toBeGreaterThan(0.01);
      expect(after.tokens).toBeLessThan(0.7 * before.tokens);
      expect(after.last).toBeLessThan(before.last);
    }
    expect(card.heldOut.programs).toBe(12);
    expect(stored.card).toEqual(card);
  });

  test('divergence and translated rows are those of the formulas, computed in float64', async () => {
    const last = PROMPT.length - 1;
    const run = await model.run([PROMPT], { read: [blockSite(1, 'hook_resid_post')] });
    const own = run.sites.get('blocks.1.hook_resid_post')!;
    const { width } = model.shape;
    const { weight, bias } = stored.translators[2];
    const translated = new Float32Array(own.data.length);
    for (let row = 0; row <= last; row++) {
      for (let i = 0; i < width; i++) {
        let sum = own.data[row * width + i] + bias.data[i];
        for (let j = 0; j < width; j++) sum += weight.data[i * width + j] * own.data[row * width + j];
        translated[row * width + i] = sum;
      }
    }
    const rows = Array.from(PROMPT.keys());
    const [q, p] = [await model.logits({ resid: floats(translated, own.shape) }, rows), await model.logits(run, rows)];
    const tuned = await tunedLens(model, stored.translators, PROMPT, ANSWERS, { topK: 4 });
    const size = model.shape.vocabulary;
    const logProbabilities = (data: Float32Array, row: number) => {
      const logits = Array.from(data.subarray(row * size, (row + 1) * size));
      const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
      return logits.map((logit) => logit - total);
    };
    const divergences = rows.map((row) => {
      const [ours, theirs] = [logProbabilities(q.data, row), logProbabilities(p.data, row)];
      ANSWERS.forEach((id, i) => expect(tuned.answers[2][row][i].logProbability).toBeCloseTo(ours[id], 3));
      return theirs.reduce((sum, value, id) => sum + Math.exp(value) * (value - ours[id]), 0);
    });
    const measured = await evaluateLenses(model, [stored.translators], [PROMPT], { threads: 1 });
    expect(measured.tokens).toBe(PROMPT.length);
    expect(measured.lenses[0][2].tokens).toBeCloseTo(divergences.reduce((a, b) => a + b) / rows.length, 3);
    expect(measured.lenses[0][2].last).toBeCloseTo(divergences[last], 3);
  });

  test('the same seed gives the same lens', async () => {
    const again = path.join(work, 'again');
    await makeLens({ ...options, out: again, settings: { ...options.settings, steps: 6 } });
    const first = await readFile(path.join(again, 'params.safetensors'));
    await makeLens({ ...options, out: again, settings: { ...options.settings, steps: 6 } });
    expect((await readFile(path.join(again, 'params.safetensors'))).equals(first)).toBe(true);
  }, 60_000);

  test('names, fields and refusals of the folder', async () => {
    const config = JSON.parse(await readFile(path.join(options.out, 'config.json'), 'utf8')) as Record<string, unknown>;
    expect(config).toMatchObject({ d_model: 16, num_hidden_layers: 3, bias: true, lens_type: 'linear_tuned_lens' });
    const other = path.join(work, 'other');
    await mkdir(other);
    await expect(read(other)).rejects.toThrow('it has no config.json');
    await copyFile(path.join(options.out, 'config.json'), path.join(other, 'config.json'));
    await expect(read(other)).rejects.toThrow('it has no params.safetensors');
    await writeFile(path.join(other, 'params.pt'), 'PK');
    await expect(read(other)).rejects.toThrow('params.pt is a pickle, which can run code when it is read');
    await copyFile(path.join(options.out, 'params.safetensors'), path.join(other, 'params.safetensors'));
    expect((await read(other)).card).toBeNull();
    await writeFile(path.join(other, 'card.json'), JSON.stringify({ ...card, model: { id: 'x', sha256: '0' } }));
    await expect(read(other)).rejects.toThrow('trained for other weights');
    await writeFile(path.join(other, 'card.json'), '{}');
    await expect(read(other)).rejects.toThrow('is not the card of a tuned lens');
    await rm(path.join(other, 'card.json'));
    await writeFile(path.join(other, 'config.json'), JSON.stringify({ ...config, d_model: 32 }));
    await expect(read(other)).rejects.toThrow('3 layers of width 32, and the model in use has 3 of width 16');
    await expect(makeLens({ ...options, programs: 13 })).rejects.toThrow('no 13 can be measured');
  });
});
