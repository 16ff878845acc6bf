import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_SITES, blockSite, parseSite, siteName, type Site } from '../../src/architectures';
import { floats } from '../../src/graph';
import { gradientsAt, logitDifference, Model, readOut, truncateCache } from '../../src/model';
import { expectClose, GOLDEN, readExpected, type Expected } from './golden';

const fixtures = readdirSync(GOLDEN).filter((name) => name.startsWith('llama'));

describe.each(fixtures)('%s agrees with transformers', (fixture) => {
  let model: Model;
  let expected: Expected;
  let prompts: number[][];
  beforeAll(async () => {
    model = await Model.load(path.join(GOLDEN, fixture));
    expected = await readExpected(fixture);
    prompts = [await expected.integers('prompt0/tokens'), await expected.integers('prompt1/tokens')];
  });
  afterAll(() => model.release());
  const named = (prefix: string) => expected.names.filter((name) => name.startsWith(prefix) && name.includes('hook_'));

  test('logits and every site, both prompts padded into one batch', async () => {
    const names = new Set(named('prompt0/').concat(named('prompt1/')).filter((n) => !n.includes('/grad/')).map((n) => n.slice(8)));
    const run = await model.run(prompts, { read: [...names].map((name) => parseSite(name, model.shape.layers)) });
    for (const [row, prompt] of prompts.entries()) {
      const indices = prompt.map((_, i) => row * run.layout.positions + i);
      expectClose((await model.logits(run, indices)).data, await expected.floats(`prompt${row}/logits`), 'logits');
      for (const name of names) {
        const { data, shape } = run.sites.get(name)!;
        const rowData = data.subarray(row * (data.length / 2), (row + 1) * (data.length / 2));
        const pattern = name.endsWith('hook_pattern');
        const T = prompt.length;
        const trimmed = pattern
          ? Array.from({ length: shape[1] * T * T }, (_, i) => rowData[Math.floor(i / (T * T)) * shape[2] * shape[3] + (Math.floor(i / T) % T) * shape[3] + (i % T)])
          : rowData.subarray(0, (rowData.length / shape[1]) * T);
        expectClose(trimmed, await expected.floats(`prompt${row}/${name}`), name);
      }
    }
  });

  test('gradients of a logit difference', async () => {
    for (const [row, prompt] of prompts.entries()) {
      const names = named(`prompt${row}/grad/`).map((name) => name.split('/grad/')[1]).filter((name) => name !== 'ln_final.hook_normalized');
      if (names.length === 0) continue;
      const [a, b] = await expected.integers(`prompt${row}/answers`);
      const { gradients } = await gradientsAt(model, [prompt], logitDifference(a, b), names.map((name) => parseSite(name, model.shape.layers)));
      for (const name of names) expectClose(gradients.get(name)!.data, await expected.floats(`prompt${row}/grad/${name}`), `gradient at ${name}`);
    }
  });
});

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

  test('clear errors', async () => {
    await expect(model.run([])).rejects.toThrow('at least one prompt');
    await expect(model.run([[1], []])).rejects.toThrow('at least one token');
    await expect(model.run([[61]])).rejects.toThrow("Token 61 is outside the model's vocabulary of 61");
    await expect(model.run([Array.from({ length: 5000 }, () => 1)])).rejects.toThrow(/The prompt has 5000 tokens; this model takes at most/);
    await expect(Model.load('test/graph')).rejects.toThrow('is not a model folder: it has no config.json');
    await expect(model.run(prompts, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    expect(() => parseSite('blocks.9.hook_resid_pre', 3)).toThrow('layers 0 to 2');
    expect(() => parseSite('blocks.0.hook_resid', 3)).toThrow('is not a site');
  });
});
