/** Readers: sums that close to what a head's score, a head's values and a latent are, on every family, and the scores' softmax. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { latentReader, scoreReader, valueReaders, type Reader } from '../../../src/methods/components/component-readers';
import { directComponents, namedComponents, sourceComponents, termsAlong, writersAt } from '../../../src/methods/components/components';
import { divide, loadingsOf, withinScope } from '../../../src/engine/analyses/components/component-division';
import { logitDifference, Model } from '../../../src/model';
import { openSae } from '../../../src/sae';
import { blockSite, siteName } from '../../../src/vocabulary/sites';
import { ALL_GOLDEN, readGolden, type Golden } from '../../golden/fixture';
import { INDUCTION, inductionModel } from '../../planted/circuits';
import { writeSae } from '../../sae/kit';

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

describe.each(ALL_GOLDEN)('%s', (name) => {
  let model: Model;
  let golden: Golden;
  beforeAll(async () => {
    golden = await readGolden(name);
    model = await Model.load(golden.folder, { threads: 1 });
  });
  afterAll(() => model.release());

  async function closes(reader: Reader, ids: readonly number[], position: number, what: string): Promise<void> {
    const [writers] = await writersAt(model, ids, [position]);
    const terms = withinScope(await termsAlong(model, writers, reader.direction), reader.scope);
    const named = await divide(model, writers, terms, { by: 'head', saes: [], scope: reader.scope });
    const values = [...named.map(({ value }) => value), reader.bias];
    expect(sum(namedComponents(terms).map(({ value }) => value)), what).toBeCloseTo(sum(named.map(({ value }) => value)), 8);
    const close = 2e-5 * Math.max(...values.map(Math.abs), Math.abs(reader.value)) * Math.sqrt(values.length);
    expect(Math.abs(sum(values) - reader.value), what).toBeLessThan(close);
  }

  test('a score, by its query and by its key: both are one number, whose softmax is the pattern', async () => {
    const { tokens } = golden.prompts[0];
    const layer = model.shape.layers - 1;
    const query = tokens.length - 1;
    const site = blockSite(layer, 'attn.hook_pattern');
    const { sites } = await model.run([tokens], { read: [site] });
    const pattern = sites.get(siteName(site))!.data;
    for (const head of [0, model.shape.heads - 1]) {
      const row = pattern.subarray((head * tokens.length + query) * tokens.length, (head * tokens.length + query + 1) * tokens.length);
      const scores: number[] = [];
      for (const key of [query - 1, query]) {
        const byQuery = await scoreReader(model, tokens, { layer, head }, { query, key }, 'q');
        const byKey = await scoreReader(model, tokens, { layer, head }, { query, key }, 'k');
        expect(Math.abs(byQuery.value - byKey.value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(byQuery.value)));
        await closes(byQuery, tokens, query, `query of ${layer}.${head}`);
        await closes(byKey, tokens, key, `key of ${layer}.${head}`);
        scores.push(byQuery.value);
      }
      const cap = /gemma2/.test(model.architecture.family) ? softcap(golden) : null;
      const capped = scores.map((score) => (cap === null ? score : cap * Math.tanh(score / cap)));
      expect(capped[1] - capped[0]).toBeCloseTo(Math.log(row[query] / row[query - 1]), 3);
    }
  });

  test('values at a token: what each head contributes through it, divided among all that was written there; across the attention they sum to the whole', async () => {
    const { tokens, answers } = golden.prompts[0];
    const last = tokens.length - 1;
    const { components } = await directComponents(model, tokens, last, logitDifference(answers[0], answers[1]));
    const layer = model.shape.layers - 1;
    const [sources] = await sourceComponents(model, tokens, last, components, [layer]);
    const size = Math.max(...sources.flat().map(Math.abs));
    for (const from of [last - 1, last]) {
      const readers = await valueReaders(model, tokens, layer, { from, query: last }, components);
      for (const [head, reader] of readers.entries()) {
        expect(Math.abs(reader.value - sources[head][from]), `head ${head}`).toBeLessThan(2e-5 * size);
        await closes(reader, tokens, from, `head ${head} through ${from}`);
      }
    }
  });

  test('a latent of the stream and of attention’s output', async () => {
    const { tokens } = golden.prompts[0];
    const { layers, width } = model.shape;
    for (const site of ['hook_resid_pre', 'hook_resid_post', 'hook_attn_out'] as const) {
      const where = blockSite(layers - 1, site);
      const sae = await openSae(await writeSae({ site: siteName(where), dIn: width, dSae: 12, offset: 3 }), { threads: 1 });
      const [writers] = await writersAt(model, tokens, [2], { read: [where] });
      const activation = writers.sites.get(siteName(where))!;
      let found = 0;
      for (let latent = 0; latent < 12 && found < 2; latent++) {
        const reader = await latentReader(model, sae, activation, latent);
        if (!reader) continue;
        found++;
        await closes(reader, tokens, 2, `${site}:${latent}`);
      }
      expect(found, site).toBeGreaterThan(0);
      await sae.release();
    }
  });
});

interface Reference {
  tokens: number[];
  answers: [number, number];
  position: number;
  loadings?: { from: number; rows: Record<string, number[]> };
}
const REFERENCES = Object.entries(JSON.parse(readFileSync('test/fixtures/golden/components.json', 'utf8')) as Record<string, Reference>);

test.each(REFERENCES.filter(([, { loadings }]) => loadings))('%s: across the last attention, each vector carried by each head in PyTorch in float64', async (fixture, reference) => {
  const { tokens, answers, position, loadings: { from, rows: expected } = { from: 0, rows: {} } } = reference;
  const model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  const { components } = await directComponents(model, tokens, position, logitDifference(...answers));
  const where = { layer: model.shape.layers - 1, from, to: position };
  const { rows } = await loadingsOf(model, tokens, where, components, [], { by: 'head', top: 20 });
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort());
  const close = 2e-5 * Math.max(...Object.values(expected).flat().map(Math.abs));
  for (const { name, heads, bypass } of rows) {
    heads.forEach((value, head) => expect(Math.abs(value - expected[name][head]), `${name} by ${head}`).toBeLessThan(close));
    expect(bypass).toBe(0);
  }
  await model.release();
});

function softcap({ folder }: Golden): number {
  return (JSON.parse(readFileSync(`${folder}/config.json`, 'utf8')) as { attn_logit_softcapping: number }).attn_logit_softcapping;
}

test('induction: the key of the induction head is written by the head of the previous token', async () => {
  const model = await inductionModel();
  const prompt = [0, 5, 7, 3, 9, 2, 7];
  const { layer, head } = INDUCTION.induction;
  const reader = await scoreReader(model, prompt, { layer, head }, { query: 6, key: 3 }, 'k');
  const [writers] = await writersAt(model, prompt, [3]);
  const named = await divide(model, writers, await termsAlong(model, writers, reader.direction), { by: 'head', saes: [], scope: reader.scope });
  const most = named.reduce((a, b) => (Math.abs(b.value) > Math.abs(a.value) ? b : a));
  expect(most.name).toBe(`L${INDUCTION.previous.layer}H${INDUCTION.previous.head}`);
  expect(most.value / reader.value).toBeGreaterThan(0.9);
  await model.release();
});
