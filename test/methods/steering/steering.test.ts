/** Steering: a factor of 0 is the base, the difference of one pair at one place is the patch of that place, and the numbers beside it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { activationsAt, divergences, meanDifference, norm, randomVector, signTest, steeringHooks, type Steering } from '../../../src/methods/steering/steering';
import { heldOutEffect } from '../../../src/methods/steering/steering-effect';
import { generate, Model } from '../../../src/model';
import { blockSite, siteName, type BlockSite } from '../../../src/vocabulary/sites';
import { readGolden } from '../../golden/fixture';

const ORIGINAL = [3, 14, 15, 9, 26, 5, 31, 7];
const VARIANT = [3, 14, 8, 9, 11, 5, 31, 7];

describe.each(['llama-gqa', 'llama-mqa', 'families/gpt2', 'families/gpt_neox', 'families/gemma2'])('%s', (fixture) => {
  let model: Model;
  beforeAll(async () => void (model = await Model.load((await readGolden(fixture)).folder, { threads: 1 })));
  afterAll(() => model.release());
  /** At every position. */
  const logits = async (hooks: Parameters<Model['run']>[1] = {}) => (await model.logits(await model.run([ORIGINAL], hooks), ORIGINAL.map((_, i) => i))).data;
  const delta = async (site: BlockSite, layer: number, position: number) => {
    const [[of], [from]] = [await activationsAt(model, [{ ids: VARIANT, position }], site, [layer]), await activationsAt(model, [{ ids: ORIGINAL, position }], site, [layer])];
    return meanDifference(of, from);
  };

  test('a factor of 0 is the base bit by bit', async () => {
    const how: Steering = { site: 'hook_resid_post', vectors: new Map([[1, await delta('hook_resid_post', 1, 4)]]), factor: 0, at: () => true };
    expect(await logits({ hooks: steeringHooks(how) })).toEqual(await logits());
  });

  test.each(['hook_resid_post', 'hook_resid_pre', 'hook_attn_out'] as const)('the difference of one pair at one place, once, is the patch of that place at %s', async (site) => {
    for (const [layer, position] of [[0, 4], [1, 2], [1, ORIGINAL.length - 1]]) {
      const where = blockSite(layer, site);
      const values = (await model.run([VARIANT], { read: [where] })).sites.get(siteName(where))!;
      const { width } = model.shape;
      const patch = ({ data, shape }: FloatArray) => {
        const edited = data.slice();
        edited.set(values.data.subarray(position * width, (position + 1) * width), position * width);
        return floats(edited, shape);
      };
      const patched = await logits({ hooks: [{ site: where, edit: patch }] });
      const how: Steering = { site, vectors: new Map([[layer, await delta(site, layer, position)]]), factor: 1, at: (at) => at === position };
      const steered = await logits({ hooks: steeringHooks(how) });
      steered.forEach((value, i) => expect(Math.abs(value - patched[i])).toBeLessThan(1e-4));
      expect(steered).not.toEqual(await logits());
    }
  });

  test('what is written with the vector at each new token is what a full run of the text with it says', async () => {
    const vectors = new Map([[0, randomVector(model.shape.width, 3, 5)], [1, randomVector(model.shape.width, 3, 6)]]);
    const how: Steering = { site: 'hook_resid_post', vectors, factor: 1, at: (at) => at >= ORIGINAL.length - 1 };
    const written = await generate(model, ORIGINAL, { maxTokens: 5, hooks: (start) => steeringHooks(how, start) });
    const text = [...ORIGINAL];
    for (const id of written) {
      const { data } = await model.logits(await model.run([text], { hooks: steeringHooks(how) }), [text.length - 1]);
      expect(data.indexOf(Math.max(...data))).toBe(id);
      text.push(id);
    }
  });

  test('on programs that are held out: each steered by itself, the random vector by the same norm, and the coin', async () => {
    const programs = [{ ids: ORIGINAL, position: 7 }, { ids: VARIANT, position: 3 }];
    const answers = [4, 9, 21].map((id) => ({ label: String(id), text: String(id), ids: [id] }));
    const how = { site: 'hook_resid_post' as const, vectors: new Map([[1, randomVector(model.shape.width, 4, 9)]]), factor: 2 };
    const found = await heldOutEffect(model, programs, answers, { toward: '4', away: '21' }, how);
    let agree = 0;
    const mean = { before: 0, after: 0, random: 0 };
    for (const [i, { ids, position }] of programs.entries()) {
      const said = async (vectors: Steering['vectors'], factor: number) => {
        const at = (where: number) => (position === ids.length - 1 ? where >= position : where === position);
        const { data } = await model.logits(await model.run([ids], { hooks: steeringHooks({ ...how, vectors, factor, at }) }), [ids.length - 1]);
        return data[4] - data[21];
      };
      const [before, after, random] = [await said(how.vectors, 0), await said(how.vectors, 2), await said(new Map([[1, randomVector(model.shape.width, 4, i)]]), 2)];
      mean.before += before / 2;
      mean.after += after / 2;
      mean.random += random / 2;
      if (after > random) agree++;
    }
    for (const name of ['before', 'after', 'random'] as const) expect(found.difference[name]).toBeCloseTo(mean[name], 3);
    expect([found.programs, found.agree, found.p]).toEqual([2, agree, signTest(agree, 2)]);
  });

  test('divergence: none from itself, none before what is steered, and what the whole distributions say behind it', async () => {
    const vectors = new Map([[0, randomVector(model.shape.width, 2, 1)]]);
    const base = await model.run([ORIGINAL]);
    const steered = await model.run([ORIGINAL], { hooks: steeringHooks({ site: 'hook_resid_post', vectors, factor: 1, at: (at) => at === 5 }) });
    expect((await divergences(model, base, base)).every((value) => value < 1e-6)).toBe(true);
    const found = await divergences(model, base, steered);
    expect(found.slice(0, 5).every((value) => value < 1e-5)).toBe(true);
    const softmax = (row: Float32Array) => {
      const exps = [...row].map((logit) => Math.exp(logit));
      const sum = exps.reduce((a, b) => a + b, 0);
      return exps.map((value) => value / sum);
    };
    const [p, q] = [softmax((await model.logits(steered, [6])).data), softmax((await model.logits(base, [6])).data)];
    expect(found[6]).toBeCloseTo(p.reduce((sum, value, i) => sum + value * Math.log(value / q[i]), 0), 5);
    expect(found[5]).toBeGreaterThan(1e-6);
  });
});

test('means, norms, random directions and the sign test', () => {
  const of = (...values: number[]) => Float32Array.from(values);
  expect([...meanDifference([of(1, 2), of(3, 4)], [of(1, 1)])]).toEqual([1, 2]);
  expect(norm(of(3, 4, 12), 0, 2)).toBe(5);
  const random = randomVector(64, 3, 7);
  expect(norm(random)).toBeCloseTo(3, 5);
  expect(randomVector(64, 3, 7)).toEqual(random);
  expect(Math.abs(randomVector(64, 3, 8).reduce((sum, value, i) => sum + value * random[i], 0))).toBeLessThan(6);
  expect(signTest(4, 4)).toBeCloseTo(1 / 16, 12);
  expect(signTest(2, 3)).toBeCloseTo(0.5, 12);
  expect(signTest(0, 5)).toBe(1);
});
