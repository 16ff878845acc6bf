import { mkdtemp, readFile, rm, stat, writeFile, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSafetensorsHeader, readTensor } from '../../../src/checkpoints/safetensors';
import { Model } from '../../../src/model';
import { CodeTokenizer } from '../../../src/snippets/tokenizer/tokenizer';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { ActivationReader, activationSize } from '../../../src/training/sae/activations';
import { readSae } from '../../../src/training/sae/folder';
import { makeSaes, parseSites, type MakeSaesOptions } from '../../../src/training/sae/make';
import { measureSaes, type SaeReport } from '../../../src/training/sae/measure';
import { programFiles, promptIds, PromptStream, type PromptOptions } from '../../../src/training/sae/prompts';
import { kept, saeTables } from '../../../src/training/sae/table';
import { expectClose } from '../../model/close';
import { settings } from './synthetic';
import { parseSite } from '../../../src/vocabulary/sites';

const MODEL = 'models/python-errors';
const SITES = ['blocks.1.hook_resid_post', 'blocks.0.hook_attn_out'];
let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-saes-'));
  data = path.join(folder, 'programs.jsonl');
  const programs = Array.from({ length: 60 }, (_, i) => ({
    code: i % 2 === 0 ? `value = ${i}\nprint("total: " + value)` : `names = [${i}, 2]\nprint(names[${i}])`,
    label: i % 2 === 0 ? 'TypeError' : 'IndexError',
  }));
  await writeFile(data, programs.map((program) => `${JSON.stringify(program)}\n`).join(''));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const options = (changes: Partial<MakeSaesOptions> = {}): MakeSaesOptions => ({
  model: MODEL,
  sites: SITES,
  data: [data],
  template: PYTHON_ERROR_TYPE,
  validation: 10,
  seed: 3,
  settings: { ...settings, latents: 256, active: 8, tokens: 64 * 120, buffer: 1500, rate: 3e-3, rows: { keep: 0.5, keepQuestion: 0.2, lastWeight: 4, skip: 0, seed: 3 } },
  realCodeShare: 0.1,
  dtype: 'F16',
  out: path.join(folder, 'saes'),
  work: path.join(folder, 'work'),
  threads: 2,
  ...changes,
});

/** Names, sizes and times of what lies in folders. */
async function everyFile(...folders: string[]): Promise<string[]> {
  const all = await Promise.all(folders.map(async (one) => (await readdir(one, { recursive: true })).map((name) => path.join(one, name))));
  return Promise.all(all.flat().sort().map(async (file) => `${file} ${(await stat(file)).size} ${(await stat(file)).mtimeMs}`));
}

describe('autoencoders of the embedded model', () => {
  let report: SaeReport;
  let written: string[][];
  beforeAll(async () => {
    await makeSaes(options());
    const pairs = path.join(folder, 'pairs.jsonl');
    const rows = [['print("drawer: " + 37)', 'TypeError'], ['print("drawer: " + "37"', 'SyntaxError']].map(([code, label]) => JSON.stringify({ code, label }));
    await writeFile(pairs, rows.join('\n'));
    const { model, sites, data: sources, template, out } = options();
    const before = await everyFile(folder, model);
    report = await measureSaes({ model, sites, data: sources, template, out, programs: 10, pairs, threads: 2 });
    written = [before, await everyFile(folder, model)];
  }, 120_000);

  test('measuring writes nothing unless a report is asked for, and no report over another file', async () => {
    expect(written[1]).toEqual(written[0]);
    const { model, sites, data: sources, template, out } = options();
    const tracked = path.join(folder, 'README.md');
    await writeFile(tracked, '# Mine\n');
    const asked = measureSaes({ model, sites, data: sources, template, out, programs: 10, threads: 2, report: tracked });
    await expect(asked).rejects.toThrow('README.md is there already, and is no report of this command.');
    expect(await readFile(tracked, 'utf8')).toBe('# Mine\n');
  });

  test('the folder is SAELens’s: fields, shapes, decoder rows of norm 1', async () => {
    const target = path.join(folder, 'saes', SITES[0]);
    const config = JSON.parse(await readFile(path.join(target, 'cfg.json'), 'utf8'));
    expect(config).toMatchObject({
      architecture: 'topk', d_in: 192, d_sae: 256, k: 8, dtype: 'float32', normalize_activations: 'none', apply_b_dec_to_input: true,
      reshape_activations: 'none', rescale_acts_by_decoder_norm: false,
      metadata: { hook_name: SITES[0], model_name: 'python-errors', prepend_bos: true, exclude_special_tokens: false, context_size: 512 },
    });
    expect(config.metadata.latent_lens.model_sha256).toMatch(/^[0-9a-f]{64}$/);
    const { tensors } = await readSafetensorsHeader(path.join(target, 'sae_weights.safetensors'));
    const shapes = Object.fromEntries([...tensors].map(([name, { shape, dtype }]) => [name, [dtype, ...shape].join(' ')]));
    expect(shapes).toEqual({ W_enc: 'F16 192 256', b_enc: 'F16 256', W_dec: 'F16 256 192', b_dec: 'F16 192' });
    const rows = await readTensor(tensors.get('W_dec')!);
    for (let latent = 0; latent < 256; latent++) expect(Math.hypot(...rows.subarray(192 * latent, 192 * (latent + 1)))).toBeCloseTo(1, 2);
    expect((await stat(path.join(target, 'sae_weights.safetensors'))).size).toBeLessThan(2 * (2 * 192 * 256 + 256 + 192) + 1000);
  });

  test('what is read back is what was trained, in the model’s units', async () => {
    const { shape, weights } = await readSae(path.join(folder, 'saes', SITES[1]));
    expect(shape).toMatchObject({ architecture: 'topk', inputs: 192, latents: 256, active: 8 });
    // b_dec is near the centre of the activations themselves, not of scaled ones.
    const model = await Model.load(MODEL);
    const tokenizer = await CodeTokenizer.fromFolder(MODEL);
    const ids = promptIds(tokenizer, PYTHON_ERROR_TYPE, 'print(1)');
    const run = await model.run([ids], { read: [parseSite(SITES[1], 6)] });
    const norm = (values: Float32Array) => Math.hypot(...values);
    const typical = norm(run.sites.get(SITES[1])!.data.subarray(192 * 3, 192 * 4));
    expect(norm(weights.get('b_dec')!)).toBeLessThan(2 * typical);
    expect(norm(weights.get('b_dec')!)).toBeGreaterThan(0.1 * typical);
    await model.release();
  });

  test('measures: the error term gives the model back, and the reconstruction keeps much of it', () => {
    expect(report.programs).toBe(10);
    expect(report.saes.map(({ site }) => site)).toEqual(SITES);
    for (const { l0, explained, dead, loss, answerLoss } of report.saes) {
      expect(l0).toBeGreaterThan(4);
      expect(l0).toBeLessThanOrEqual(8);
      expect(explained).toBeGreaterThan(0.5);
      expect(dead).toBeLessThan(1);
      expect(loss.zero).toBeGreaterThan(loss.model);
      expect(answerLoss.recovered).toBeCloseTo((answerLoss.zero - answerLoss.sae) / (answerLoss.zero - answerLoss.model), 6);
    }
    expect(report.saes[0].loss.recovered).toBeGreaterThan(0.3);
    expect(report.pairs.map(({ sites }) => sites.length)).toEqual([1, 1, 2]);
    for (const pair of report.pairs) {
      expect(pair.withError.clean).toBeCloseTo(pair.model.clean, 2);
      expect(pair.withError.corrupted).toBeCloseTo(pair.model.corrupted, 2);
      expect(kept(pair, 'clean')).toBeCloseTo(pair.sae.clean / pair.model.clean, 6);
    }
    expect(saeTables(report)).toContain('| `blocks.1.hook_resid_post` |');
    expect(report.sample.latents[SITES[0]].length).toBeGreaterThan(0);
    expect(report.sample.latents[SITES[0]].length).toBeLessThanOrEqual(8);
    expect(saeTables(report)).toContain('| all 2 |');
  });

  test('another seed or model does not go on from the same work folder', async () => {
    await expect(makeSaes(options({ seed: 4 }))).rejects.toThrow('holds a training with other settings');
  });
});

test('the reader gives the activations that the model has at those tokens', async () => {
  const model = await Model.load(MODEL);
  const tokenizer = await CodeTokenizer.fromFolder(MODEL);
  const prompts = ['print(1)', 'for x in [1, 2]:\n    print(x)'].map((code) => promptIds(tokenizer, PYTHON_ERROR_TYPE, code));
  const sites = [...SITES, 'blocks.1.attn.hook_z', 'blocks.0.mlp.hook_post'].map((name) => parseSite(name, 6));
  const reader = await ActivationReader.open(model, sites);
  const chosen = [[0, 3], [1, prompts[1].length - 1]];
  const read = await reader.read(prompts, chosen);
  for (const [i, site] of sites.entries()) {
    const name = [...SITES, 'blocks.1.attn.hook_z', 'blocks.0.mlp.hook_post'][i];
    const size = activationSize(model, site);
    const expected = new Float32Array(4 * size);
    for (const [row, prompt] of prompts.entries()) {
      const { data } = (await model.run([prompt], { read: [site] })).sites.get(name)!;
      chosen[row].forEach((token, j) => expected.set(data.subarray(token * size, (token + 1) * size), (2 * row + j) * size));
    }
    expectClose(read.get(name)!, expected, name, 1e-4);
  }
  await reader.release();
  await model.release();
  expect(() => activationSize(model, parseSite('blocks.0.attn.hook_pattern', 6))).toThrow('one vector a token');
});

test('the stream gives every program once, as the model reads it, and goes on from its cursor', async () => {
  const tokenizer = await CodeTokenizer.fromFolder(MODEL);
  const rest = { validation: 0, realCode: [], realCodeShare: 0, maxTokens: 100, seed: 1 };
  const prompts: PromptOptions = { tokenizer, template: PYTHON_ERROR_TYPE, files: programFiles([data]), ...rest };
  const stream = new PromptStream(prompts);
  const first: string[] = [];
  for (let i = 0; i < 60; i++) first.push((await stream.next()).join());
  expect(new Set(first).size).toBe(60);
  expect(first[0].split(',')[0]).toBe(String(tokenizer.bos));
  expect(tokenizer.decode(first[0].split(',').slice(1).map(Number))).toMatch(/Python will raise a$/);
  const cursor = stream.cursor;
  const next = await stream.next();
  expect(await new PromptStream(prompts, cursor).next()).toEqual(next);
  const held = new PromptStream({ ...prompts, validation: 55 });
  const few = new Set<string>();
  for (let i = 0; i < 15; i++) few.add((await held.next()).join());
  expect(few.size).toBe(5);
  expect(() => programFiles([path.join(folder, 'nothing')])).toThrow('There is no file or folder');
});

test('all stands for three sites of every layer', () => {
  expect(parseSites(['all'], 6)).toHaveLength(18);
  expect(parseSites(['all', 'blocks.0.hook_resid_pre'], 2)).toHaveLength(7);
  expect(() => parseSites(['blocks.9.hook_resid_post'], 6)).toThrow('the layers 0 to 5');
});
