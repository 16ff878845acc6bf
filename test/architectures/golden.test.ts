/** Every fixture that transformers made of a tiny model: the same logits, sites and gradients. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gradientsAt, logitDifference, Model, truncateCache } from '../../src/model';
import { ALL_GOLDEN, readGolden, type Golden, type GoldenArray } from '../golden/fixture';
import { expectClose } from '../model/close';
import { blockSite, parseSite, siteName, type BlockSite } from '../../src/vocabulary/sites';

type Values = ReadonlyMap<string, GoldenArray>;
/** What these fixtures do not hold; `test/sae/transcoders.test.ts` holds them against TransformerLens, and against the formula. */
const WITHOUT_RECORD: readonly BlockSite[] = ['ln2.hook_normalized', 'mlp.hook_in'];
const recorded = (values: Values) => [...values.keys()].filter((key) => key.includes('hook_') && !key.startsWith('grad/'));


describe.each(ALL_GOLDEN)('%s agrees with transformers', (name) => {
  let golden: Golden;
  let model: Model;
  beforeAll(async () => {
    golden = await readGolden(name);
    model = await Model.load(golden.folder);
  });
  afterAll(() => model?.release());

  test('logits and every site, the prompts padded into one batch', async () => {
    const prompts = golden.prompts.map(({ tokens }) => tokens);
    const read = [...new Set(golden.prompts.flatMap(({ values }) => recorded(values)))].map((site) => parseSite(site, model.shape.layers));
    const run = await model.run(prompts, { read });
    const layers = Array.from({ length: model.shape.layers }, (_, layer) => layer);
    const recordedSites = model.architecture.sites.filter((site) => !WITHOUT_RECORD.includes(site));
    const blocks = layers.flatMap((layer) => recordedSites.map((site) => siteName(blockSite(layer, site))));
    const all = ['hook_embed', ...blocks, 'ln_final.hook_normalized'].sort();
    for (const [row, { tokens, values }] of golden.prompts.entries()) {
      const full = values.has('ln_final.hook_normalized');
      if (full) expect(recorded(values).sort(), 'every site of the family').toEqual(all);
      const length = tokens.length;
      const indices = tokens.map((_, i) => row * run.layout.positions + i);
      expectClose((await model.logits(run, indices)).data, values.get('logits')!.data, 'logits');
      for (const site of recorded(values)) {
        const { data, shape } = run.sites.get(site)!;
        const expected = values.get(site)!;
        const own = data.subarray((row * data.length) / prompts.length, ((row + 1) * data.length) / prompts.length);
        const pattern = site.endsWith('hook_pattern');
        expect(expected.shape, site).toEqual(pattern ? [shape[1], length, length] : [length, ...shape.slice(2)]);
        const trimmed = pattern ? withoutPadding(own, shape, length) : own.subarray(0, (own.length / shape[1]) * length);
        expectClose(trimmed, expected.data, site);
      }
    }
  });

  test('gradients of a logit difference', async () => {
    for (const { tokens, answers, values } of golden.prompts) {
      // The gradient at ln_final.hook_normalized is a difference of unembedding rows; it is not offered.
      const names = [...values.keys()].flatMap((key) => (key.startsWith('grad/') && !key.includes('ln_final') ? [key.slice(5)] : []));
      expect(names.length).toBeGreaterThan(0);
      const sites = names.map((site) => parseSite(site, model.shape.layers));
      const { gradients } = await gradientsAt(model, [tokens], logitDifference(...answers), sites);
      for (const site of names) expectClose(gradients.get(site)!.data, values.get(`grad/${site}`)!.data, `gradient at ${site}`);
    }
  });

  test('the rest of a prompt behind cached keys and values', async () => {
    const { tokens, values } = golden.prompts.at(-1)!;
    const { vocabulary, layers } = model.shape;
    const start = tokens.length - 2;
    const { cache } = await model.run([tokens], { cache: true });
    const last = siteName(blockSite(layers - 1, 'hook_resid_post'));
    const rest = await model.run([tokens.slice(start)], { past: truncateCache(cache!, start), read: [parseSite(last, layers)] });
    expectClose((await model.logits(rest, [0, 1])).data, values.get('logits')!.data.subarray(start * vocabulary), 'logits');
    expectClose(rest.sites.get(last)!.data, values.get(last)!.data.subarray(start * model.shape.width), last);
  });
});

/** Of one prompt's pattern [heads, queries, keys] the first `length` of both. */
function withoutPadding(pattern: Float32Array, [, heads, queries, keys]: readonly number[], length: number): number[] {
  const at = (head: number, query: number) => pattern.subarray((head * queries + query) * keys, (head * queries + query) * keys + length);
  return Array.from({ length: heads * length }, (_, i) => [...at(Math.floor(i / length), i % length)]).flat();
}
