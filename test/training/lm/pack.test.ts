import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { architectureFor } from '../../../src/architectures';
import { readSafetensorsHeader, readTensor } from '../../../src/checkpoints/safetensors';
import { floats, Session, type FloatArray } from '../../../src/graph';
import { makeBatch } from '../../../src/training/lm/batches';
import { trainedWeights, trainingStep } from '../../../src/training/lm/graph';
import { freshState } from '../../../src/training/lm/state';
import { loadTokenizer } from '../../../src/training/lm/make-model';
import { PackPart, writePack } from '../../../src/training/lm/pack';
import { PROBES, probeNames } from '../../../src/training/lm/probes';
import { Random } from '../../../src/corpus/random';
import { configOf, readRecipe, type Recipe } from '../../../src/training/lm/recipe';
import { roundsOf } from '../../../src/training/lm/rounds';
import type { Sample } from '../../../src/training/lm/samples';
import { expectClose } from '../../model/close';

const folders: string[] = [];
const newFolder = async () => {
  folders.push(await mkdtemp(path.join(os.tmpdir(), 'latent-lens-pack-')));
  return folders.at(-1)!;
};
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
const array = async (folder: string, name: string) => gunzipSync(await readFile(path.join(folder, `${name}.gz`)));

describe('the trainer for graphics cards, against the fixture that it wrote', () => {
  const golden = new Map<string, Float32Array>();
  let recipe: Recipe;
  let shares: number[];
  const samples: Sample[] = [];
  beforeAll(async () => {
    const { tensors, metadata } = await readSafetensorsHeader(path.resolve('test/fixtures/golden/train-gpu.safetensors'));
    for (const [name, tensor] of tensors) golden.set(name, await readTensor(tensor));
    recipe = JSON.parse(metadata.recipe) as Recipe;
    shares = JSON.parse(metadata.shares) as number[];
    let start = 0;
    for (const length of golden.get('samples/lengths')!) {
      const part = (name: string) => golden.get(`samples/${name}`)!.subarray(start, start + length);
      const marks = Object.fromEntries(probeNames().map((name) => [name, Uint8Array.from(part(name))]));
      samples.push({ ids: Uint16Array.from(part('ids')), kinds: Uint8Array.from(part('kinds')), marks });
      start += length;
    }
  });

  test('a pack holds the samples as the trainer read them', async () => {
    const folder = await newFolder();
    const part = new PackPart(folder, 'train', ['programs', 'real']);
    await part.begin();
    expect(await part.add(samples.slice(0, 4), 'programs')).toBe(true);
    expect(await part.add(samples, 'programs', part.bytes)).toBe(false);
    expect(await part.add(samples.slice(4), 'real')).toBe(true);
    expect(part.totals()).toEqual({ samples: 9, tokens: golden.get('samples/ids')!.length });
    const words = (bytes: Buffer) => Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16LE(2 * i));
    const given = (name: string) => [...golden.get(`samples/${name}`)!];
    for (const name of ['lengths', 'ids']) expect(words(await array(folder, `train.${name}.u16`))).toEqual(given(name));
    for (const name of ['kinds', ...probeNames()]) expect([...(await array(folder, `train.${name}.u8`))]).toEqual(given(name));
    expect([...(await array(folder, 'train.groups.u8'))]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1]);
  });

  test('two steps agree: every loss, the gradients’ norm, and every updated weight', async () => {
    const { training } = recipe;
    const architecture = architectureFor(configOf({ ...recipe, stored: 'F32' }));
    const state = freshState(architecture, training, 0);
    for (const [name, shape] of trainedWeights(architecture)) state[name] = floats(golden.get(`before/${name}`)!, shape);
    const session = await Session.open(trainingStep(architecture, training), { threads: 1 });
    for (const [i, group] of [samples.slice(0, 5), samples.slice(5)].entries()) {
      const { feeds, kinds } = makeBatch(group, training.lossWeights, new Random(0));
      const scalar = (value: number) => floats(Float32Array.of(value), []);
      const { beta1, beta2 } = training.adamW;
      const results = await session.run({
        ...state, ...feeds,
        rate: scalar(shares[i] * training.rate), matrixRate: scalar(shares[i] * training.matrixRate!),
        meanCorrection: scalar(1 - beta1 ** (i + 1)), varianceCorrection: scalar(1 - beta2 ** (i + 1)),
      });
      for (const name of Object.keys(state)) state[name] = results[`new/${name}`] as FloatArray;
      const step = (name: string) => golden.get(`step${i + 1}/${name}`)!;
      const mean = (kind: string) => {
        const chosen = kinds.flatMap((one, at) => (one === kind ? [Number(results.losses.data[at])] : []));
        return [chosen.reduce((a, b) => a + b, 0) / chosen.length];
      };
      for (const name of ['loss', 'gradientNorm']) expectClose([Number(results[name].data[0])], step(name), name, 1e-5);
      for (const name of probeNames()) expectClose([Number(results[`${name}/loss`].data[0])], step(`${name}Loss`), name, 1e-5);
      for (const kind of ['code', 'label']) expectClose(mean(kind), step(`${kind}Loss`), kind, 1e-5);
      for (const name of trainedWeights(architecture).keys()) {
        expectClose(state[name].data, step(name), `${name} after step ${i + 1}`, 1e-4);
      }
    }
    await session.release();
  });
});

describe('packing a data folder', () => {
  const model = path.resolve('models/python-errors');
  const program = (code: string, label: string, line: number | null, more = {}) =>
    JSON.stringify({ code, label, line, message: line === null ? null : 'no', family: 'test', ...more });
  let recipe: Recipe;
  let data: string;
  beforeAll(async () => {
    const own = await readRecipe(path.join(model, 'recipe.json'));
    const vocabularySize = (await loadTokenizer(model)).get_vocab().size; // the recipe's may be that of the next model
    // The standard library takes a while.
    recipe = { ...own, tokenizer: { ...own.tokenizer, vocabularySize }, data: { ...own.data, realCodeShare: 0 } };
    data = await newFolder();
    const shard = (name: string, lines: readonly string[]) => writeFile(path.join(data, name), `${lines.join('\n')}\n`);
    await shard('programs-00000.jsonl', [
      program('x = [1]\nprint(x[3])', 'IndexError', 2), program('x = 1', 'NoError', null, { types: [[1, 1]] }),
    ]);
    await shard('programs-00001.jsonl', [program('x = "a" + 1', 'TypeError', 1), program('acorn = 1', 'NoError', null)]);
    await shard('real-00000.jsonl', [program('y = {}\ny["k"]', 'KeyError', 2)]);
    const packaged = program('z = 1', 'NoError', null, { source: 'packages' });
    await shard('validation-00000.jsonl', [packaged, program('zz', 'NameError', 1)]);
  });

  test('has every sample of training once, and its share of a round; no word that is held out', async () => {
    const to = await newFolder();
    const report = await writePack(recipe, { data, model }, to, { mostBytes: 2 ** 26 });
    expect(report.leftOut).toEqual([]);
    const { samplesOf, validation } = roundsOf(recipe, data, await loadTokenizer(model));
    const shards = ['programs-00000.jsonl', 'real-00000.jsonl', 'programs-00001.jsonl'];
    const programs = (await Promise.all(shards.map((name) => samplesOf(name)))).flat();
    expect(programs).toHaveLength(4);
    const ids = await array(to, 'train.ids.u16');
    const lengths = await array(to, 'train.lengths.u16');
    expect(report.samples).toBe(lengths.length / 2);
    expect(report.samples).toBe(4);
    expect(report.tokens).toBe(ids.length / 2);
    const inPack = await array(to, 'train.line.u8');
    // Which shard of a series comes first is drawn.
    const marked = (marks: Iterable<number>) => [...marks].filter((mark) => mark > 0).sort();
    expect(marked(inPack)).toEqual(marked(programs.flatMap(({ marks }) => [...marks!.line!])));
    const packed = JSON.parse(await readFile(path.join(to, 'pack.json'), 'utf8')) as Record<string, never>;
    expect(packed).toMatchObject({ recipe, config: configOf(recipe), noError: 'NoError', quietWeight: 0.25 });
    expect(packed.probes).toEqual(PROBES);
    const [two, one, rest] = (packed.train as { groups: { name: string; samples: number; share: number }[] }).groups;
    expect([two.name, two.samples, one.name, one.samples, rest.name]).toEqual(['programs', 3, 'real', 1, 'standard library']);
    expect(two.share / one.share).toBeCloseTo(1.5, 9);
    expect(two.share + one.share + rest.share).toBeCloseTo(1, 9);
    expect(rest.share).toBe(recipe.data.realCodeShare);
    expect((packed.validation as { groups: unknown }).groups).toEqual([{ name: 'generated', samples: 1 }, { name: 'packages', samples: 1 }]);
    expect(validation).toHaveLength(2);
  });

  test('refuses the tokenizer of another recipe', async () => {
    const other = { ...recipe, tokenizer: { ...recipe.tokenizer, vocabularySize: 5000 } };
    await expect(writePack(other, { data, model }, await newFolder(), { mostBytes: 1000 })).rejects.toThrow('the recipe says 5000');
  });

  test('leaves out what finds no room, and refuses where that is all', async () => {
    expect((await writePack(recipe, { data, model }, await newFolder(), { mostBytes: 1000 })).leftOut).toHaveLength(2);
    await expect(writePack(recipe, { data, model }, await newFolder(), { mostBytes: 400 })).rejects.toThrow('Not one shard');
  });
});
