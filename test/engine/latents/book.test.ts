import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readInts, readSafetensorsHeader, readTensor } from '../../../src/checkpoints/safetensors';
import { writeSafetensors } from '../../../src/checkpoints/write-safetensors';
import { describeSaes } from '../../../src/engine/latents/describe-saes';
import { LatentBook } from '../../../src/engine/latents/book';
import { checkedParams } from '../../../src/engine/requests';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { openSaes } from '../../../src/engine/latents/saes';
import { tokenEffects } from '../../../src/model';
import type { LatentSearch } from '../../../src/protocol/asked';
import { decoderDirections, type LoadedSae } from '../../../src/sae';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { saeFolder, writeSae } from '../../sae/kit';
import { smallModel, type SmallModel } from '../small-model';

const RESID = 'blocks.1.hook_resid_post';
const POST = 'blocks.0.mlp.hook_post';
const PROGRAMS = [
  'x = 1\nprint("a" + x)', 'def f(n):\n    return f(n - 1)\nf(3)', 'import os\nos.remove("b.txt")', 'for i in range(3):\n    print(i)',
  'print("never closed', 'xs = [1, 2]\nxs[5]', 'if True:\nprint(1)', 'd = {"k": 1}\nd["q"]',
];

let small: SmallModel;
let loaded: LoadedModel;
let collection: string;
let saes: LoadedSae[];
let book: LatentBook;
beforeAll(async () => {
  small = await smallModel();
  loaded = await loadModel(small.folder, { threads: 1 });
  collection = await saeFolder();
  await cp(await writeSae({ site: RESID, dIn: 16, dSae: 60, architecture: 'topk' }), path.join(collection, RESID), { recursive: true });
  await cp(await writeSae({ site: POST, dIn: 24, dSae: 40 }), path.join(collection, POST), { recursive: true });
  const [written] = await describeSaes(loaded, PYTHON_ERROR_TYPE, [collection], { programs: [...PROGRAMS, 'x = 1\n'.repeat(200)].map((code) => ({ code })) });
  expect(written).toMatchObject({ file: path.join(collection, 'latents.safetensors'), saes: 2, latents: 100, programs: 8, leftOut: 1 });
  saes = await openSaes(loaded, [collection]);
  book = new LatentBook(loaded, saes);
});
afterAll(async () => {
  for (const sae of saes) await sae.release();
  await loaded.model.release();
  await small.remove();
});

/** Checked as a request is. */
const search = async (change: Partial<LatentSearch>, within = book) =>
  within.search(checkedParams('searchLatents', { by: 'description', query: '', site: null, limit: 1000, ...change }));

/** A book on the SAE of a folder alone. */
async function bookOn<T>(folder: string, work: (book: LatentBook) => Promise<T>, explanations: Record<string, string> = {}): Promise<T> {
  const own = await openSaes(loaded, [folder]);
  try {
    return await work(new LatentBook(loaded, own, explanations));
  } finally {
    for (const sae of own) await sae.release();
  }
}

describe('a latent’s page', () => {
  test('holds what was collected, with contexts as texts and the nearest latents described', async () => {
    const { hits } = await search({ site: RESID });
    const page = await book.page({ site: RESID, latent: hits[0].latent });
    expect(page).toMatchObject({ site: RESID, link: null, problem: null, sae: { site: RESID, latents: 60, k: 6 } });
    const { contexts, histogram, density, tokens, nearest } = page.facts!;
    expect(density).toBe(hits[0].density);
    expect(histogram.reduce((a, b) => a + b)).toBe(Math.round(density * tokens));
    expect(contexts[0].activation).toBeCloseTo(page.maximum!, 5);
    for (const { before, token, after, role } of contexts) {
      const shown = `${before.replace(/^…/, '')}${token}${after.replace(/…$/, '')}`;
      expect(PROGRAMS.filter((program) => (program + PYTHON_ERROR_TYPE.suffix).includes(shown))).toHaveLength(1);
      expect(role).toMatch(/\S/);
    }
    expect(nearest).toHaveLength(4);
    const [first] = nearest;
    expect({ ...first, cosine: undefined }).toEqual({ ...(await book.describe([{ site: RESID, latent: first.latent }]))[0], cosine: undefined });
  });

  test('has no effects where the site writes to no residual stream', async () => {
    const page = await book.page({ site: POST, latent: 3 });
    expect([page.promotes, page.suppresses, page.facts!.nearest.length]).toEqual([null, null, 4]);
  });

  test('without facts has what the weights say, and that it has no facts', async () => {
    const alone = await saeFolder();
    await cp(path.join(collection, RESID), path.join(alone, 'sae'), { recursive: true });
    const page = await bookOn(alone, (other) => other.page({ site: RESID, latent: 7 }));
    expect([page.facts, page.maximum, page.description, page.problem]).toEqual([null, null, null, null]);
    const stored = await book.page({ site: RESID, latent: 7 });
    expect(page.promotes!.map(({ id, text }) => [id, text])).toEqual(stored.promotes!.map(({ id, text }) => [id, text]));
    page.suppresses!.forEach(({ logit }, i) => expect(Math.abs(logit - stored.suppresses![i].logit)).toBeLessThan(1e-3 * Math.abs(logit)));
    await bookOn(alone, (other) => expect(search({}, other)).rejects.toThrow(/Nothing is known yet .* latent-lens saes describe/));
  });
});

test('facts of another SAE, of another model, of another site or in a damaged file are not shown, and it is said why', async () => {
  const facts = path.join(collection, 'latents.safetensors');
  const problem = async (prepare: (folder: string) => Promise<unknown>) => {
    const folder = await saeFolder();
    await prepare(folder);
    return bookOn(folder, async (other) => {
      const { facts, description, problem, promotes } = await other.page({ site: RESID, latent: 0 });
      expect([facts, description, promotes!.length]).toEqual([null, null, 6]);
      return problem;
    });
  };
  const here = (folder: string) => cp(path.join(collection, RESID), path.join(folder, 'sae'), { recursive: true });
  const withFacts = (folder: string) => copyFile(facts, path.join(folder, 'latents.safetensors'));
  expect(await problem(async (folder) => {
    await cp(await writeSae({ site: RESID, dIn: 16, dSae: 60, architecture: 'topk', gain: 0.41 }), path.join(folder, 'sae'), { recursive: true });
    await withFacts(folder);
  })).toMatch(/is about another SAE at blocks\.1\.hook_resid_post: the weights differ\. Make it again/);
  expect(await problem(async (folder) => {
    await here(folder);
    await writeFile(path.join(folder, 'latents.safetensors'), 'abc');
  })).toMatch(/latents\.safetensors: .*only 3 bytes/);
  expect(await problem(async (folder) => {
    await here(folder);
    await cp(path.join(collection, POST), path.join(folder, 'other'), { recursive: true });
    await describeSaes(loaded, PYTHON_ERROR_TYPE, [path.join(folder, 'other')], { programs: PROGRAMS.map((code) => ({ code })) });
    await copyFile(path.join(folder, 'other', 'latents.safetensors'), path.join(folder, 'latents.safetensors'));
  })).toMatch(/has nothing about blocks\.1\.hook_resid_post/);
  const rewritten = (change: Record<string, string>) => problem(async (folder) => {
    await here(folder);
    const { tensors, metadata } = await readSafetensorsHeader(facts);
    const copied = [];
    for (const tensor of tensors.values()) {
      const { name, shape, dtype } = tensor;
      copied.push(dtype === 'I32' ? { name, shape, data: await readInts(tensor) } : { name, shape, data: await readTensor(tensor) });
    }
    await writeSafetensors(path.join(folder, 'latents.safetensors'), copied, { metadata: { ...metadata, ...change } });
  });
  expect(await rewritten({ model_sha256: 'f'.repeat(64) })).toMatch(/was made with another model\. Make it again/);
  expect(await rewritten({ suffix: ' Is it right?' })).toMatch(/prompt 0 is no program with the file's question\. Make the file again/);
});

describe('search', () => {
  test('finds latents in whose description or site all words occur, specific ones first and of these the ones that can do most', async () => {
    const all = await search({});
    expect(all.total).toBe(100);
    const described = all.hits.filter(({ description }) => description !== null);
    expect(described.length).toBeGreaterThan(5);
    const [word] = described[0].description!.text.split(' ');
    const { hits, total } = await search({ query: ` ${word.toUpperCase()}  BLOCKS.1 ` });
    const expected = described.filter(({ site, description }) => `${description!.text} ${site}`.toLowerCase().includes(word) && site === RESID);
    expect(total).toBe(expected.length);
    expect(hits.map(({ latent }) => latent).sort()).toEqual(expected.map(({ latent }) => latent).sort());
    const group = ({ density }: (typeof hits)[number]) => (density === 0 ? 2 : density! > 0.2 ? 1 : 0);
    expect(all.hits.map(group)).toEqual(all.hits.map(group).sort());
    expect(new Set(all.hits.map(group)).size).toBeGreaterThan(1);
    const specific = hits.filter((hit) => group(hit) === 0);
    const moves: number[] = [];
    for (const { site, latent, maximum } of specific) moves.push(Math.max(0, (await book.page({ site, latent })).promotes?.[0]?.logit ?? 0) * maximum!);
    expect(moves).toEqual([...moves].sort((a, b) => b - a));
    expect(await book.densities(hits)).toEqual(hits.map(({ density }) => density));
    expect((await search({ query: `${word} nowhere` })).hits).toEqual([]);
    expect(await search({ limit: 1, query: 'blocks' })).toEqual({ total: 100, hits: all.hits.slice(0, 1) });
  });

  test('finds latents by a token that they promote: exactly it first, then what begins with it, by the logit', async () => {
    const [sae] = saes.filter(({ config }) => config.site === RESID);
    const latents = Array.from({ length: 60 }, (_, i) => i);
    const { raised } = await tokenEffects(loaded.model, await decoderDirections(sae, latents), 6);
    const text = (i: number) => loaded.tokenizer.tokenText(raised.ids[i]).trim();
    const wanted = [...raised.ids.keys()].map(text).find((token) => /^\w$/.test(token))!;
    const best = latents.flatMap((latent) => {
      const own = Array.from({ length: 6 }, (_, i) => ({ latent, text: text(latent * 6 + i), logit: raised.logits[latent * 6 + i] }));
      const exact = own.find((token) => token.text === wanted);
      const token = exact ?? own.find((other) => other.text.startsWith(wanted));
      return token ? [{ latent, exact: Number(exact !== undefined), logit: token.logit }] : [];
    }).sort((a, b) => b.exact - a.exact || b.logit - a.logit);
    const { hits, total } = await search({ by: 'promotes', query: ` ${wanted}` });
    const densities = new Map(hits.map(({ latent, density }) => [latent, density!]));
    const order = ({ latent }: { latent: number }) => [densities.get(latent) === 0, densities.get(latent)! > 0.2].map(Number);
    const expected = [...best].sort((a, b) => order(a)[0] - order(b)[0] || b.exact - a.exact || order(a)[1] - order(b)[1]);
    expect(hits.map(({ latent }) => latent)).toEqual(expected.map(({ latent }) => latent));
    expect(total).toBe(best.length);
    const dead = hits.filter(({ density }) => density === 0);
    for (const { description } of dead) expect(description!.text).toMatch(/^never active/);
    expect(hits.slice(hits.length - dead.length)).toEqual(dead);
    expect(hits[0].promotes.map((token) => token.trim())).toContain(wanted);
    expect((await search({ by: 'promotes', query: wanted, site: POST })).total).toBe(0);
  });

  test('refuses questions that are none', async () => {
    await expect(search({ site: 'blocks.9.hook_resid_post' })).rejects.toThrow(/no SAE for "blocks\.9\.hook_resid_post"; there are some for/);
    await expect(search({ limit: 0 })).rejects.toThrow('"limit" is 0; it must be a whole number from 1 to 1000.');
    await expect(search({ query: 'x'.repeat(201) })).rejects.toThrow(/at most 200 characters/);
    await expect(search({ by: 'promotes', query: '' })).rejects.toThrow(/Give the token/);
    await expect(search({ by: 'nothing' as 'promotes' })).rejects.toThrow('"by" is "nothing"; it must be description or promotes.');
    await expect(book.describe([{ site: RESID, latent: 60 }])).rejects.toThrow(/Latent 60 does not exist; .* has the latents 0 to 59/);
    await expect(book.page({ site: RESID, latent: 1.5 })).rejects.toThrow(/Latent 1\.5 does not exist/);
  });
});

test('Neuronpedia’s explanations come first, with the latent’s page; what is wrong with them is said', async () => {
  const folder = await saeFolder('explanations');
  const line = (index: number, description: string) => JSON.stringify({ modelId: 'm', layer: '1-res', index: String(index), description });
  await writeFile(path.join(folder, 'batch-0.jsonl.gz'), gzipSync(`${line(3, 'parts of dates')}\n${line(9, 'names')}`));
  const explained = new LatentBook(loaded, saes, { [RESID]: path.dirname(folder) });
  const page = await explained.page({ site: RESID, latent: 3 });
  expect(page).toMatchObject({ description: { text: 'parts of dates', source: 'neuronpedia' }, link: 'https://www.neuronpedia.org/m/1-res/3', problem: null });
  expect((await explained.page({ site: RESID, latent: 4 })).link).toBeNull();
  expect(await explained.describe([{ site: RESID, latent: 4 }])).toEqual(await book.describe([{ site: RESID, latent: 4 }]));
  expect((await search({ query: 'dates of' }, explained)).hits.map(({ latent }) => latent)).toEqual([3]);

  await mkdir(path.join(folder, 'empty'));
  const wrong = await new LatentBook(loaded, saes, { [RESID]: path.join(folder, 'empty') }).page({ site: RESID, latent: 3 });
  expect(wrong.problem).toMatch(/holds no batch-0\.jsonl\.gz/);
  expect(wrong.facts).not.toBeNull();
});
