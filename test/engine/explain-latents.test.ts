import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { listSaes, openSaes } from '../../src/engine/latents/saes';
import type { AskedParams } from '../../src/protocol/analyses';
import type { LatentsDocument } from '../../src/protocol/documents/latents';
import { patchLatents } from '../../src/methods/latents/patching';
import { toRows } from '../../src/sae';
import { saeFolder, writeSae } from '../sae/kit';
import { explained, latentsFor, type Analysing, type Opening } from './analysed';
import { fakePython } from './small-model';
import { openSmallSaes } from './small-saes';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const source = { file: 'weather.py', text: CODE };
const last = 'blocks.2.hook_resid_post';

const { small, loaded, session, folders, saes } = await openSmallSaes([{ site: 'blocks.1.hook_mlp_out' }, { site: last }]);

const latents = (params: AskedParams<'latents'> = {}, options: Opening & Analysing = {}) =>
  latentsFor(session, source, { top: 12, ...params }, { label: fakePython, ...options });
const size = ({ attribution }: { attribution: number | null }) => Math.abs(attribution!);

describe('the document', () => {
  let result: LatentsDocument;
  beforeAll(async () => void (result = await latents({ check: true })));

  test('compares as explain does, and says so', async () => {
    const explanation = await explained(session, source, { label: fakePython });
    expect(result).toMatchObject({ template: 'python-error-type', errorTerm: true, mode: 'pass-through' });
    for (const key of ['model', 'source', 'prompt', 'tokens', 'prediction', 'actual', 'counterfactual'] as const) expect(result[key]).toEqual(explanation[key]);
    expect(result.metric).toEqual(explanation.patching!.metric);
    expect(result.clean).toBeCloseTo(explanation.patching!.clean, 4);
    expect(result.corrupted).toBeCloseTo(explanation.patching!.corrupted, 4);
    expect(Math.abs(result.withoutErrorTerms.clean - result.clean)).toBeGreaterThan(1e-3);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(result.saes.map(({ site, layer, architecture, width, latents: count, k, format }) => [site, layer, architecture, width, count, k, format])).toEqual([
      ['blocks.1.hook_mlp_out', 1, 'topk', 16, 40, 6, 'saelens'],
      [last, 2, 'topk', 16, 40, 6, 'saelens'],
    ]);
  });

  test('lists the largest first, with their tokens and shares', () => {
    const { latents: list, clean, corrupted, tokens } = result;
    expect(list).toHaveLength(12);
    expect(list.map(size)).toEqual(list.map(size).sort((a, b) => b - a));
    for (const { position, token, attribution, logits, directEffect, site, description } of list) {
      expect(token).toBe(tokens[position].text);
      expect(attribution).toBeCloseTo(logits.attribution / (clean - corrupted), 4);
      expect(description).toBeNull();
      // Behind the last layer the straight way is the only one.
      if (site === last) expect([position, directEffect]).toEqual([tokens.length - 1, expect.closeTo(attribution!, 4)]);
    }
    expect(list.some(({ site }) => site === last)).toBe(true);
  });

  test('activations are those of both programs, and the check puts the one into the other', async () => {
    const { latents: list, tokens, counterfactual, metric, corrupted } = result;
    const ids = [tokens, counterfactual.tokens].map((own) => own.map(({ id }) => id));
    const runs = await Promise.all(ids.map((prompt) => loaded.model.run([prompt], { read: saes.map(({ site }) => site) })));
    for (const latent of list.slice(0, 6)) {
      const sae = saes.find(({ config }) => config.site === latent.site)!;
      const position = counterfactual.alignment.columns.find(({ original }) => original === latent.position)!.variant!;
      const at = async (run: number, row: number) => (await sae.someLatents(toRows(sae, runs[run].sites.get(latent.site)!), [latent.latent])).data[row];
      expect([latent.clean, latent.corrupted]).toEqual([expect.closeTo(await at(0, latent.position), 4), expect.closeTo(await at(1, position), 4)]);
      const setting = { sae, latent: latent.latent, position, head: null, value: latent.clean };
      const tokensOf = { positive: metric.positiveToken, negative: metric.negativeToken };
      const [patched] = await patchLatents(loaded.model, ids[1], tokensOf, [setting], { saes, error: true });
      expect(latent.logits.patched).toBeCloseTo(patched - corrupted, 3);
    }
    expect(Math.abs(corrupted)).toBeGreaterThan(0.01);
    expect(list.some(({ clean, corrupted: other }) => Math.abs(clean - other) > 0.1)).toBe(true);
  });

  test('sums are those of the nodes, for latents and errors', async () => {
    const all = await latents({ top: 10_000 });
    const of = (list: { site: string; logits: number | { attribution: number } }[]) =>
      list.filter(({ site }) => site === last).reduce((sum, { logits }) => sum + (typeof logits === 'number' ? logits : logits.attribution), 0);
    const sums = all.saes[1].logits;
    expect(of(all.latents)).toBeCloseTo(sums.latents, 3);
    expect(of(all.summed)).toBeCloseTo(sums.latents, 3);
    expect(of(all.errors)).toBeCloseTo(sums.error!, 3);
    expect(all.errors.map(({ position }) => position).every((position) => position < all.tokens.length)).toBe(true);
  });

  test('the check is of the latents listed', () => {
    const estimates = result.latents.map(({ logits }) => logits.attribution);
    const patched = result.latents.map(({ logits }) => logits.patched!);
    expect(patched.some((value) => Math.abs(value) > 1e-4)).toBe(true);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const covariance = (a: number[], b: number[]) => mean(a.map((value, i) => value * b[i])) - mean(a) * mean(b);
    const correlation = covariance(estimates, patched) / Math.sqrt(covariance(estimates, estimates) * covariance(patched, patched));
    expect(result.check!.count).toBe(12);
    expect(result.check!.correlation).toBeCloseTo(correlation, 4);
    expect(result.check!.sameSign).toBe(estimates.filter((value, i) => Math.sign(value) === Math.sign(patched[i])).length);
    expect(result.latents.every(({ patched: share, logits }) => Math.abs(share! * (result.clean - result.corrupted) - logits.patched!) < 1e-3)).toBe(true);
  });
});

test('without error terms attributions belong to the reconstructions, and there are no error nodes', async () => {
  const without = await latents({ errorTerm: false });
  expect(without.mode).toBe('through');
  expect([without.errors, without.check, without.saes.map(({ logits }) => logits.error)]).toEqual([[], null, [null, null]]);
  const { clean, corrupted } = without.withoutErrorTerms;
  for (const { attribution, logits } of without.latents) {
    if (attribution !== null) expect(attribution).toBeCloseTo(logits.attribution / (clean - corrupted), 3);
  }
  expect(without.latents[0].logits.attribution).not.toBeCloseTo((await latents()).latents[0].logits.attribution, 4);
});

test('with tokens added, positions are the original’s', async () => {
  const other = { file: 'other.py', text: `x = 1\n${CODE}` };
  const result = await latents({ top: 40 }, { against: { program: other } });
  expect(result.counterfactual.tokens.length).toBeGreaterThan(result.tokens.length);
  for (const { position, token } of result.latents) expect(token).toBe(result.tokens[position].text);
  for (const { position } of result.errors) expect(position).toBeLessThan(result.tokens.length);
  expect(result.latents).toHaveLength(40);
});

describe('positions', () => {
  test('that are chosen are the only ones, with the same effects; the document says which', async () => {
    const all = await latents({ top: 10_000 });
    expect(all.positions).toBeNull();
    const last_ = all.tokens.length - 1;
    const first = Math.min(...all.latents.map(({ position }) => position));
    const some = await latents({ top: 10_000, positions: [last_, first, first] });
    expect(some.positions).toEqual([first, last_]);
    const kept = all.latents.filter(({ position }) => [first, last_].includes(position));
    expect(some.latents).toEqual(kept);
    expect(new Set(kept.map(({ position }) => position)).size).toBe(2);
    expect(some.errors.every(({ position }) => [first, last_].includes(position))).toBe(true);
    expect([some.clean, some.corrupted]).toEqual([all.clean, all.corrupted]);
  });

  test('that are relevant are those where a patch of the residual stream moves a tenth', async () => {
    const { patching } = await explained(session, source, { label: fakePython, asked: { patching: { site: 'hook_resid_pre' } } });
    const relevant = patching!.effect![0].flatMap((_, position) => (patching!.effect!.some((row) => Math.abs(row[position] ?? 0) >= 0.1) ? [position] : []));
    const result = await latents({ positions: 'relevant' });
    expect(result.positions).toEqual(relevant);
    expect(relevant.length).toBeGreaterThan(0);
    expect(relevant.length).toBeLessThan(result.tokens.length / 2);
  });

  test('that do not exist or have no counterpart are refused in a sentence', async () => {
    await expect(latents({ positions: [999] })).rejects.toThrow(/There is no position 999; the code and the question have the positions 0 to \d+\./);
    await expect(latents({ positions: [] })).rejects.toThrow('No position is chosen');
    const against = { program: { file: null, text: 'print("Temperature: " + 21)\n' } };
    const { counterfactual } = await latents({}, { against });
    const lost = counterfactual.alignment.columns.find(({ variant }) => variant === null)!.original!;
    await expect(latents({ positions: [lost] }, { against })).rejects.toThrow(`Position ${lost} (`);
    await expect(latents({ positions: [lost] }, { against })).rejects.toThrow('has no counterpart in the variant');
  });
});

test('integrated gradients sum to more of what they should, and the document says how it was done', async () => {
  const [plain, integrated] = [await latents(), await latents({ method: 'integrated-gradients', steps: 20 })];
  expect([plain.method, plain.steps, integrated.method, integrated.steps]).toEqual(['gradient', 1, 'integrated-gradients', 20]);
  expect((await latents({ method: 'integrated-gradients', steps: 1 })).latents).toEqual(plain.latents);
  // Behind the last layer nothing but the final norm bends, and at the last position all of the difference is there.
  const miss = ({ saes: list, clean, corrupted }: LatentsDocument) => Math.abs(list[1].logits.latents + list[1].logits.error! - (clean - corrupted));
  expect(miss(integrated)).toBeLessThan(0.3 * miss(plain));
});

test('what latents stand for is looked up once for those listed, and the rest comes from the numbers', async () => {
  const describe = vi.spyOn(await session.book(), 'describe');
  describe.mockImplementation((refs) => Promise.resolve(refs.map((ref) => ({ ...ref, description: { text: `about ${ref.latent}`, source: 'automatic' as const }, maximum: 1 }))));
  const result = await latents();
  expect(describe.mock.calls.map(([refs]) => refs.length)).toEqual([12]);
  describe.mockRestore();
  for (const { latent, description } of result.latents) expect(description).toBe(`about ${latent}`);
  expect(result.findings[0]).toContain(`${result.latents[0].latent} of ${result.latents[0].site} (about ${result.latents[0].latent}) on `);
  expect(result.findings.length).toBeGreaterThan(2);
});

test('only the SAEs of the sites that are named take part', async () => {
  const [all, one] = [await latents({ top: 10_000 }), await latents({ top: 10_000, sites: [last] })];
  expect(one.saes.map(({ site }) => site)).toEqual([last]);
  expect(all.saes).toHaveLength(2);
  expect([...new Set(one.latents.map(({ site }) => site))]).toEqual([last]);
  await expect(latents({ sites: ['ln_final.hook_normalized'] })).rejects.toThrow('There is no SAE for "ln_final.hook_normalized"');
});

test('a limit on the context is kept to', async () => {
  await expect(latents({}, { contextLimit: 10 })).rejects.toThrow('the context limit in the settings allows 10');
});

describe('SAEs', () => {
  test('are found in folders of folders, in order, and in the model’s own', async () => {
    const list = await listSaes(loaded, folders);
    expect(list.saes.map(({ sae, problem }) => [sae!.site, problem])).toEqual([['blocks.1.hook_mlp_out', null], [last, null]]);
    await expect(openSaes(loaded, [])).rejects.toThrow(/^There are no SAEs for \S+ yet\. Add some that were trained on this model, or name their folder\.$/);
    await mkdir(path.join(small.folder, 'saes'));
    await expect(openSaes(loaded, [])).rejects.toThrow(/saes holds no SAE\. Give a folder with/);
    for (const site of ['blocks.10.x', 'blocks.2.x']) {
      await mkdir(path.join(small.folder, 'saes', site, 'deep'), { recursive: true });
      await writeFile(path.join(small.folder, 'saes', site, 'deep', 'sae.safetensors'), 'nothing');
    }
    const own = await listSaes(loaded, []);
    expect(own.saes.map(({ folder }) => path.relative(small.folder, folder))).toEqual(['saes/blocks.2.x/deep', 'saes/blocks.10.x/deep']);
    for (const { sae, problem } of own.saes) expect([sae, problem]).toEqual([null, expect.stringContaining('cfg.json') as string]);
    await expect(listSaes(loaded, ['nowhere'])).rejects.toThrow(/There is no folder .*nowhere\./);
    await expect(listSaes(loaded, [await saeFolder()])).rejects.toThrow(/holds no SAE/);
  });

  test('of another width, for a layer that is missing, or twice for a site are refused in a sentence', async () => {
    const list = await listSaes(loaded, [await writeSae({ dIn: 24 }), await writeSae({ site: 'blocks.7.hook_resid_post', dIn: 16 })]);
    expect(list.saes.map(({ sae, problem }) => [sae!.width, problem])).toEqual([
      [24, expect.stringMatching(/reads 24 numbers at blocks\.1\.hook_resid_post, but there this model has 16/) as string],
      [16, expect.stringMatching(/this model has the layers 0 to 2/) as string],
    ]);
    await expect(openSaes(loaded, [list.saes[0].folder])).rejects.toThrow('reads 24 numbers');
    const twice = [await writeSae({ dIn: 16 }), await writeSae({ dIn: 16 })];
    await expect(openSaes(loaded, twice)).rejects.toThrow('both belong to blocks.1.hook_resid_post');
    expect(await openSaes(loaded, [twice[0], twice[0]])).toHaveLength(1);
  });
});

test('nothing to compare with is a sentence', async () => {
  await expect(latents({}, { against: { number: 9999 } })).rejects.toThrow('There is no variant 9999');
});
