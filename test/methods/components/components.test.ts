/** Components: sums that close on every family, the slow way through each head's own output, and what is known on paper. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import {
  attentionTerms, cumulative, directComponents, dot, namedComponents, neuronComponents, sourceComponents, type Components,
} from '../../../src/methods/components/components';
import { logitDifference, Model } from '../../../src/model';
import { blockSite, siteName, type BlockSite } from '../../../src/vocabulary/sites';
import { ALL_GOLDEN, readGolden, type Golden } from '../../golden/fixture';
import { CANCELLING, cancellingModel, DEAD, deadHeadModel, INDUCTION, inductionModel } from '../../planted/circuits';


/** As exact as float32 allows: 1e-5 of the largest term, times the root of their number. */
function tolerance(terms: readonly number[]): number {
  return 1e-5 * Math.max(...terms.map(Math.abs)) * Math.sqrt(terms.length);
}
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);

describe.each(ALL_GOLDEN)('%s', (name) => {
  let model: Model;
  let golden: Golden;
  beforeAll(async () => {
    golden = await readGolden(name);
    model = await Model.load(golden.folder, { threads: 1 });
  });
  afterAll(() => model.release());

  test('sums: the metric, each attention output, each MLP, each head, and the lens with the final scale', async () => {
    const { tokens, answers } = golden.prompts[0];
    const { layers, heads } = model.shape;
    for (const position of [tokens.length - 1, 3]) {
      const each = (site: BlockSite) => Array.from({ length: layers }, (_, layer) => blockSite(layer, site));
      const read = [...each('hook_attn_out'), ...each('mlp.hook_post'), ...each('hook_resid_post'), ...each('hook_mlp_out')];
      const { components, sites } = await directComponents(model, tokens, position, logitDifference(answers[0], answers[1]), { read });
      const at = (site: BlockSite, layer: number) => sites.get(siteName(blockSite(layer, site)))!;

      const logits = (await model.logits(await model.run([tokens]), [position])).data;
      expect(components.metric).toBeCloseTo(logits[answers[0]] - logits[answers[1]], 5);
      const terms = namedComponents(components).map(({ value }) => value);
      expect(Math.abs(sum(terms) - components.uncapped)).toBeLessThan(tolerance(terms));

      const attention = attentionTerms(components);
      const lens = cumulative(components);
      const biases = (components.normBias ?? 0) + (components.unembedBias ?? 0);
      const sources = await sourceComponents(model, tokens, position, components, Array.from({ length: layers }, (_, layer) => layer));
      for (let layer = 0; layer < layers; layer++) {
        expect(Math.abs(attention[layer] - dot(at('hook_attn_out', layer).data, components.direction)), `attention ${layer}`).toBeLessThan(tolerance(terms));
        expect(Math.abs(lens[layer + 1] - biases - dot(at('hook_resid_post', layer).data, components.direction)), `lens ${layer}`).toBeLessThan(tolerance(terms));
        const { neurons, bias } = await neuronComponents(model, layer, at('mlp.hook_post', layer), components);
        expect(Math.abs(sum(neurons) + (bias ?? 0) - components.mlps[layer]), `neurons ${layer}`).toBeLessThan(tolerance([...neurons, ...terms]));
        for (let head = 0; head < heads; head++) {
          const row = sources[layer][head];
          expect(Math.abs(sum(row) - components.heads[layer][head]), `sources of ${layer}.${head}`).toBeLessThan(tolerance([...row, ...terms]));
          expect(row.slice(position + 1).every((value) => value === 0)).toBe(true);
        }
      }
    }
  });

  test('a head: what is lost of its layer\'s attention output without it, read in the same direction', async () => {
    const { tokens, answers } = golden.prompts[0];
    const last = tokens.length - 1;
    const { components } = await directComponents(model, tokens, last, logitDifference(answers[0], answers[1]));
    const layer = model.shape.layers - 1;
    if (/gemma[23]/.test(model.architecture.family)) return; // their norm behind attention has another scale without the head
    for (let head = 0; head < model.shape.heads; head++) {
      const out = async (without: boolean) => {
        const site = blockSite(layer, 'attn.hook_z');
        const edit = ({ data, shape }: FloatArray) =>
          floats(data.map((value, i) => (Math.floor(i / shape[3]) % shape[2] === head ? 0 : value)), shape);
        const hooks = without ? [{ site, edit }] : [];
        const written = (await model.run([tokens], { hooks, read: [blockSite(layer, 'hook_attn_out')] })).sites.get(siteName(blockSite(layer, 'hook_attn_out')))!;
        return written.data.slice(last * model.shape.width, (last + 1) * model.shape.width);
      };
      const [whole, less] = [await out(false), await out(true)];
      const lost = dot(whole, components.direction) - dot(less, components.direction);
      expect(Math.abs(lost - components.heads[layer][head])).toBeLessThan(tolerance([...components.heads.flat(), ...components.mlps, components.embed]));
    }
  });
});

interface Reference {
  tokens: number[];
  answers: [number, number];
  position: number;
  difference: number;
  uncapped: number;
  components: Record<string, number>;
  sources: Record<string, number[]>;
}
const REFERENCES = JSON.parse(readFileSync('test/fixtures/golden/components.json', 'utf8')) as Record<string, Reference>;

test.each(Object.keys(REFERENCES))('%s: the numbers of PyTorch in float64, each head\'s output formed', async (fixture) => {
  const { tokens, answers, position, difference, uncapped, components: expected, sources } = REFERENCES[fixture];
  const model = await Model.load(path.resolve('test/fixtures/golden', fixture), { threads: 1 });
  const { components } = await directComponents(model, tokens, position, logitDifference(...answers));
  const close = 1e-5 * Math.max(...Object.values(expected).map(Math.abs));
  const found = named(components);
  expect([...found.keys()].sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of found) expect(Math.abs(value - expected[name]), name).toBeLessThan(close);
  expect(Math.abs(components.metric - difference)).toBeLessThan(close);
  expect(Math.abs(components.uncapped - uncapped)).toBeLessThan(close);
  const last = model.shape.layers - 1;
  const [rows] = await sourceComponents(model, tokens, position, components, [last]);
  rows.forEach((row, head) => row.forEach((value, at) => {
    expect(Math.abs(value - sources[`L${last}H${head}`][at]), `${head} through ${at}`).toBeLessThan(close);
  }));
  await model.release();
});

const named = (components: Components) => new Map(namedComponents(components).map(({ name, value }) => [name, value]));

test('induction: one head writes the answer, from the token that it predicts', async () => {
  const model = await inductionModel();
  const prompt = [0, 5, 7, 3, 9, 2, 7];
  const { components } = await directComponents(model, prompt, 6, [{ token: 3, coefficient: 1 }]);
  const { layer, head } = INDUCTION.induction;
  for (const [name, value] of named(components)) expect(value, name).toBeCloseTo(name === `L${layer}H${head}` ? INDUCTION.logit : 0, 4);
  const [sources] = await sourceComponents(model, prompt, 6, components, [layer]);
  sources[head].forEach((value, at) => expect(value).toBeCloseTo(at === 3 ? INDUCTION.logit : 0, 4));
  expect(cumulative(components).map((value) => Number(value.toFixed(3)))).toEqual([0, 0, INDUCTION.logit]);
  await model.release();
});

test('cancelling heads: as much of the one as of the other, and nothing of both', async () => {
  const model = await cancellingModel();
  const { components } = await directComponents(model, [0, 5, 7, 3, 9, 2, 7], 6, [{ token: 5, coefficient: 1 }]);
  const found = named(components);
  expect(found.get('L0H0')).toBeCloseTo(CANCELLING.logit, 4);
  expect(found.get('L1H3')).toBeCloseTo(-CANCELLING.logit, 4);
  expect(components.metric).toBeCloseTo(0, 4);
  await model.release();
});

test('a dead head writes nothing', async () => {
  const model = await deadHeadModel();
  const { components } = await directComponents(model, [0, 5, 7, 3, 9, 2, 7], 6, logitDifference(3, 4));
  components.heads.forEach((row, layer) => row.forEach((value, head) => {
    expect(value === 0, `${layer}.${head}`).toBe(layer === DEAD.layer && head === DEAD.head);
  }));
  await model.release();
});
