import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats } from '../../src/graph';
import { generate, Model, readOut, truncateCache } from '../../src/model';
import { expectClose } from './close';
import { BLOCK_SITES, blockSite, parseSite, siteName, type Site } from '../../src/vocabulary/sites';

const GOLDEN = path.resolve('test/fixtures/golden');

describe('hooks and starting points', () => {
  let model: Model;
  const prompts = [[3, 14, 15, 9, 26, 5], [35, 8, 9]];
  beforeAll(async () => {
    model = await Model.load(path.join(GOLDEN, 'llama-gqa'));
  });
  afterAll(() => model.release());
  const ends = (positions: number) => prompts.map((prompt, row) => row * positions + prompt.length - 1);
  const sites: Site[] = [
    { kind: 'embed' },
    ...BLOCK_SITES.flatMap((site) => [0, 1, 2].map((layer) => blockSite(layer, site))),
    { kind: 'final' },
  ];

  test.each(sites.map((site) => [siteName(site), site] as const))('%s: writing back what was read changes nothing', async (_name, site) => {
    const plain = await model.run(prompts);
    const before = await model.logits(plain, ends(plain.layout.positions));
    const edited = await model.run(prompts, { hooks: [{ site, edit: (x) => floats(x.data.slice(), x.shape) }], read: [site] });
    expectClose((await model.logits(edited, ends(plain.layout.positions))).data, before.data, 'logits', 1e-5);
    expect(edited.sites.has(siteName(site))).toBe(true);
  });

  test.each(sites.map((site) => [siteName(site), site] as const))('%s: an edit reaches the logits, and only from its prompt', async (_name, site) => {
    const plain = await model.run(prompts);
    const before = await model.logits(plain, ends(plain.layout.positions));
    const edit = (x: { data: Float32Array }) => void x.data.subarray(0, x.data.length / 2).fill(0.3); // the first prompt of two
    const after = await model.logits(await model.run(prompts, { hooks: [{ site, edit }] }), ends(plain.layout.positions));
    const V = model.shape.vocabulary;
    expectClose(after.data.subarray(V), before.data.subarray(V), 'the other prompt', 1e-5);
    expect(Math.max(...before.data.subarray(0, V).map((v, i) => Math.abs(v - after.data[i])))).toBeGreaterThan(1e-3);
  });

  test('an edit at one site shows at the sites after it and not before', async () => {
    const read = BLOCK_SITES.map((site) => blockSite(1, site));
    const plain = await model.run(prompts, { read });
    const edited = await model.run(prompts, { read, hooks: [{ site: blockSite(1, 'attn.hook_z'), edit: (x) => floats(x.data.map((v) => v * 2), x.shape) }] });
    for (const site of BLOCK_SITES) {
      const [a, b] = [plain, edited].map((run) => run.sites.get(siteName(blockSite(1, site)))!.data);
      const same = a.every((v, i) => Math.abs(v - b[i]) < 1e-6);
      expect(same, site).toBe(BLOCK_SITES.indexOf(site) < BLOCK_SITES.indexOf('attn.hook_z'));
    }
  });

  test('starting from a layer equals running from the start', async () => {
    const whole = await model.run(prompts, { read: [blockSite(1, 'hook_resid_pre')] });
    const upper = await model.run(prompts, { from: { layer: 1, resid: whole.sites.get('blocks.1.hook_resid_pre')! } });
    expectClose(upper.resid.data, whole.resid.data, 'resid', 1e-6);
    const lower = await model.run(prompts, { until: 1 });
    expectClose(lower.resid.data, whole.sites.get('blocks.1.hook_resid_pre')!.data, 'resid', 1e-6);
  });

  test('a prompt behind cached keys and values equals the whole prompt', async () => {
    const whole = await model.run([prompts[0]]);
    const logits = await model.logits(whole, [5]);
    const full = await model.run([prompts[0].slice(0, 5)], { cache: true });
    const past = truncateCache(full.cache!, 4);
    const rest = [prompts[0].slice(4), [1, 2], [7]];
    const batch = await model.run(rest, { past });
    expectClose((await model.logits(batch, [1])).data, logits.data, 'logits', 1e-5);
    const other = await model.run([[...prompts[0].slice(0, 4), 7]]);
    expectClose((await model.logits(batch, [4])).data, (await model.logits(other, [4])).data, 'shared prefix', 1e-5);
    const longer = await model.run([prompts[0].slice(4)], { past, cache: true });
    expect(longer.cache!.length).toBe(6);
    const next = await model.run([[2]], { past: longer.cache });
    const direct = await model.run([[...prompts[0], 2]]);
    expectClose((await model.logits(next, [0])).data, (await model.logits(direct, [6])).data, 'next token', 1e-5);
  });

  test('the read-out agrees with the logits', async () => {
    const run = await model.run(prompts);
    const rows = ends(run.layout.positions);
    const logits = await model.logits(run, rows);
    const readouts = await readOut(model, run.resid, rows, { topK: 5, answers: [4, 60] });
    readouts.forEach(({ top, answers, logSumExp }, row) => {
      const all = Array.from(logits.data.subarray(row * 61, (row + 1) * 61));
      const sorted = all.map((logit, id) => ({ logit, id })).sort((a, b) => b.logit - a.logit);
      expect(top.map(({ id }) => id)).toEqual(sorted.slice(0, 5).map(({ id }) => id));
      expect(logSumExp).toBeCloseTo(Math.log(all.reduce((sum, v) => sum + Math.exp(v), 0)), 4);
      expect(answers.map(({ rank }) => rank)).toEqual([4, 60].map((id) => sorted.findIndex((entry) => entry.id === id)));
      answers.forEach(({ logit }, i) => expect(logit).toBeCloseTo(all[[4, 60][i]], 4));
    });
  });

  test('generation with cached keys equals running the whole text for each token', async () => {
    const continued = await generate(model, prompts[0], { maxTokens: 6 });
    const text = [...prompts[0]];
    for (const id of continued) {
      const run = await model.run([text]);
      const [{ top }] = await readOut(model, run.resid, [text.length - 1], { topK: 1 });
      expect(id).toBe(top[0].id);
      text.push(id);
    }
    expect(continued).toHaveLength(6);
    expect(await generate(model, prompts[0], { maxTokens: 6, stop: [continued[2]] })).toEqual(continued.slice(0, continued.indexOf(continued[2])));
    const seeded = () => generate(model, prompts[0], { maxTokens: 6, temperature: 2, random: () => 0.7 });
    expect(await seeded()).toEqual(await seeded());
    await expect(generate(model, prompts[0], { maxTokens: 1, temperature: 1 })).rejects.toThrow('give `random`');
  });

  test('clear errors', async () => {
    await expect(model.run([])).rejects.toThrow('at least one prompt');
    await expect(model.run([[1], []])).rejects.toThrow('at least one token');
    await expect(model.run([[61]])).rejects.toThrow("Token 61 is outside the model's vocabulary of 61");
    await expect(model.run([Array.from({ length: 5000 }, () => 1)])).rejects.toThrow(/The prompt has 5000 tokens; this model takes at most/);
    await expect(Model.load('test/graph')).rejects.toThrow('is not a model folder: it has no config.json');
    const folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-mamba-'));
    await writeFile(path.join(folder, 'config.json'), '{"model_type": "mamba"}');
    await expect(Model.load(folder)).rejects.toThrow(`${path.join(folder, 'config.json')}: the model type "mamba" is not supported`);
    await rm(folder, { recursive: true });
    await expect(model.run(prompts, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    expect(() => parseSite('blocks.9.hook_resid_pre', 3)).toThrow('layers 0 to 2');
    expect(() => parseSite('blocks.0.hook_resid', 3)).toThrow('is not a site');
  });
});
