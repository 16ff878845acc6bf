/** A model's own answers: each has the probability that the model gives its whole sequence, and none that is more probable is missing. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { likelySequences, nextTokens } from '../../../src/methods/prediction/candidates';
import { predict } from '../../../src/methods/prediction/prediction';
import { Model } from '../../../src/model';

const PROMPT = [3, 14, 15, 9, 26, 5];

let model: Model;
beforeAll(async () => {
  model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'), { threads: 1 });
});
afterAll(() => model.release());

/** All sequences of at most one token before an end, each with its probability as answers have it. */
async function all(end: number): Promise<{ ids: number[]; logProbability: number }[]> {
  const { vocabulary } = model.shape;
  const tokens = Array.from({ length: vocabulary }, (_, id) => id).filter((id) => id !== end);
  const answers = [[end], ...tokens.map((id) => [id, end])].map((ids) => ({ label: ids.join(), text: '', ids }));
  const found = await predict(model, PROMPT, answers);
  return found.answers.map(({ label, logProbability }) => ({ ids: label.split(',').map(Number), logProbability }));
}

test('with an end of its own, as a search through all of them finds', async () => {
  const end = 7;
  const whole = await all(end);
  const found = await likelySequences(model, PROMPT, { most: 40, longest: 2, ends: [end], judge: (ids) => (ids.at(-1) === end ? 'complete' : 'open') });
  // A beam may miss what begins improbably; of these it does not.
  expect(found.slice(0, 5).map(({ ids }) => ids)).toEqual(whole.slice(0, 5).map(({ ids }) => ids));
  for (const { ids, logProbability } of found) {
    expect(logProbability).toBeCloseTo(whole.find((one) => one.ids.join() === ids.join())!.logProbability, 4);
  }
});

test('one that others end is counted with all that end it', async () => {
  const ends = [7, 9];
  const judge = (ids: readonly number[]) => (ends.includes(ids.at(-1)!) ? (ids.length === 1 ? 'none' as const : { ids: ids.length - 1 }) : 'open' as const);
  const [best] = await likelySequences(model, PROMPT, { most: 40, longest: 3, judge });
  const both = await predict(model, PROMPT, ends.map((end) => ({ label: `${end}`, text: '', ids: [...best.ids, end] })));
  expect(best.logProbability).toBeCloseTo(Math.log(both.answers.reduce((sum, { probability }) => sum + probability, 0)), 4);
});

test('nothing is found where nothing is complete', async () => {
  expect(await likelySequences(model, PROMPT, { most: 3, longest: 2, judge: () => 'open' })).toEqual([]);
});

test('the next tokens are those that the prediction has on top', async () => {
  const { top } = await predict(model, PROMPT, [{ label: 'a', text: 'a', ids: [1] }], { topK: 4 });
  expect((await nextTokens(model, PROMPT, 4)).map(({ ids }) => ids)).toEqual(top.map(({ id }) => [id]));
});
