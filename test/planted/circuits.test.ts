/** Planted circuits do what they are said to do. */
import { expect, test } from 'vitest';
import { floats, type FloatArray } from '../../src/graph';
import type { Hook, Model } from '../../src/model';
import { blockSite } from '../../src/vocabulary/sites';
import { attentionFrom } from '../../src/methods/attention/attention';
import { CANCELLING, cancellingModel, DEAD, deadHeadModel, INDUCTION, inductionModel, TOKENS } from './circuits';

const PROMPT = [0, 5, 7, 3, 9, 2, 7]; // 7 came before, with 3 behind it

async function logits(model: Model, ids: readonly number[], hooks: readonly Hook[] = []): Promise<number[]> {
  return [...(await model.logits(await model.run([ids], { hooks }), [ids.length - 1])).data];
}

interface Head {
  layer: number;
  head: number;
}

/** What a head mixes becomes something else at all positions. */
function replaced({ layer, head }: Head, by: (value: number, i: number) => number): Hook {
  const edit = ({ data, shape }: FloatArray) =>
    floats(data.map((value, i) => (Math.floor(i / shape[3]) % shape[2] === head ? by(value, i) : value)), shape);
  return { site: blockSite(layer, 'attn.hook_z'), edit };
}
const silent = (head: Head) => replaced(head, () => 0);
const disturbed = (head: Head) => replaced(head, (value, i) => value + Math.sin(i));

const isClose = (found: readonly number[], expected: (id: number) => number) =>
  found.forEach((value, id) => expect(Math.abs(value - expected(id)), `token ${id}`).toBeLessThan(1e-4));

test('induction: the token behind the earlier copy, by two heads that attend to one token each', async () => {
  const model = await inductionModel();
  isClose(await logits(model, PROMPT), (id) => (id === 3 ? INDUCTION.logit : 0));
  isClose(await logits(model, [...PROMPT, 3]), (id) => (id === 9 ? INDUCTION.logit : 0));
  const weights = await attentionFrom(model, PROMPT, 6);
  const most = ({ layer, head }: Head) => weights[layer][head].map((value) => Number(value.toFixed(6)));
  expect(most(INDUCTION.previous)).toEqual([0, 0, 0, 0, 0, 1, 0]);
  expect(most(INDUCTION.induction)).toEqual([0, 0, 0, 1, 0, 0, 0]);
  expect(weights[0][0].every((weight) => Math.abs(weight - 1 / 7) < 1e-5)).toBe(true);
  // Each of the two is needed, and no other: without the first the second reads every token alike.
  isClose(await logits(model, PROMPT, [silent(INDUCTION.induction)]), () => 0);
  isClose(await logits(model, PROMPT, [silent(INDUCTION.previous)]), (id) => (PROMPT.filter((one) => one === id).length / 7) * INDUCTION.logit);
  expect(await logits(model, PROMPT, [disturbed({ layer: 1, head: 0 })])).toEqual(await logits(model, PROMPT));
  await model.release();
});

test('cancelling heads: what the one writes the other takes away', async () => {
  const model = await cancellingModel();
  isClose(await logits(model, PROMPT), (id) => (id === 7 ? 1 : 0));
  isClose(await logits(model, PROMPT, [silent(CANCELLING.writer)]), (id) => (id === 7 ? 1 : 0));
  isClose(await logits(model, PROMPT, [silent(CANCELLING.eraser)]), (id) => (id === 7 ? 1 : 0) + (id === 5 ? CANCELLING.logit : 0));
  await model.release();
});

test('a dead head: it alone changes nothing', async () => {
  const model = await deadHeadModel();
  const whole = await logits(model, PROMPT);
  expect(new Set(whole.map((value) => value.toFixed(3))).size).toBe(TOKENS);
  for (let layer = 0; layer < 3; layer++) {
    for (let head = 0; head < 3; head++) {
      const changed = await logits(model, PROMPT, [disturbed({ layer, head })]);
      if (layer === DEAD.layer && head === DEAD.head) expect(changed).toEqual(whole);
      else expect(Math.max(...changed.map((value, i) => Math.abs(value - whole[i])))).toBeGreaterThan(1e-2);
    }
  }
  await model.release();
});
