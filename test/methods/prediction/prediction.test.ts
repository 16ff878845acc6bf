import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { continuation } from '../../../src/methods/prediction/continuation';
import { lensSites, logitLens } from '../../../src/methods/lenses/logit-lens';
import { predict } from '../../../src/methods/prediction/prediction';
import { predictMany } from '../../../src/methods/prediction/predictions';
import { Model } from '../../../src/model';

const PROMPT = [3, 14, 15, 9, 26, 5];
const ANSWERS = [
  { label: 'one', text: ' one', ids: [7] },
  { label: 'two', text: ' two', ids: [12, 3] },
  { label: 'three', text: ' three', ids: [12, 30, 2] },
  { label: 'four', text: ' four', ids: [22] },
];

let model: Model;
beforeAll(async () => {
  model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'), { threads: 1 });
});
afterAll(() => model.release());

/** log p(answer | prompt), from the whole sequence in one pass. */
async function sequenceLogProbability(prompt: number[], answer: number[]): Promise<number> {
  const whole = [...prompt, ...answer];
  const run = await model.run([whole]);
  const rows = answer.map((_, i) => prompt.length - 1 + i);
  const { data } = await model.logits(run, rows);
  const { vocabulary } = model.shape;
  return answer.reduce((sum, id, i) => {
    const logits = Array.from(data.subarray(i * vocabulary, (i + 1) * vocabulary));
    const top = Math.max(...logits);
    return sum + logits[id] - top - Math.log(logits.reduce((total, logit) => total + Math.exp(logit - top), 0));
  }, 0);
}

test('answers of several tokens have the probability of their whole sequence', async () => {
  const { answers, label, answersProbability } = await predict(model, PROMPT, ANSWERS);
  expect(answers).toHaveLength(4);
  for (const { label: name, logProbability, probability } of answers) {
    const expected = await sequenceLogProbability(PROMPT, ANSWERS.find((answer) => answer.label === name)!.ids);
    expect(logProbability).toBeCloseTo(expected, 4);
    expect(probability).toBeCloseTo(Math.exp(expected), 6);
  }
  const order = answers.map(({ probability }) => probability);
  expect(order).toEqual([...order].sort((a, b) => b - a));
  expect(label).toBe(answers[0].label);
  expect(answersProbability).toBeCloseTo(order.reduce((a, b) => a + b), 6); // none is the beginning of another
});

test('the answers together have the probability that what follows begins with one of them, by enumeration', async () => {
  const { vocabulary } = model.shape;
  const all = Array.from({ length: vocabulary }, (_, id) => id);
  const softmax = (logits: Float32Array) => {
    const top = Math.max(...logits);
    const weights = Array.from(logits, (logit) => Math.exp(logit - top));
    const total = weights.reduce((a, b) => a + b);
    return weights.map((weight) => weight / total);
  };
  const next = async (prompt: number[]) => softmax((await model.logits(await model.run([prompt]), [prompt.length - 1])).data);
  // [12] is the beginning of [12, 30], and [22, 5] of [22, 5, 1].
  const answers = [[7], [12], [12, 30], [22, 5], [22, 6], [22, 5, 1]].map((ids, i) => ({ label: `${i}`, text: ` ${i}`, ids }));
  const first = await next(PROMPT);
  let together = 0;
  for (const a of all) {
    const second = await next([...PROMPT, a]);
    for (const b of all) {
      const begins = answers.some(({ ids }) => ids.length < 3 && ids.every((id, i) => id === [a, b][i]));
      if (begins) together += first[a] * second[b];
    }
  }
  const { answersProbability, answers: scores } = await predict(model, PROMPT, answers);
  expect(answersProbability).toBeCloseTo(together, 6);
  expect(scores.reduce((sum, { probability }) => sum + probability, 0)).toBeGreaterThan(together + 1e-5);
  expect((await predict(model, PROMPT, [...answers].reverse())).answersProbability).toBeCloseTo(together, 6);
  const doubled = await predict(model, PROMPT, [...answers, { ...answers[0], label: 'again' }]);
  expect(doubled.answersProbability).toBeCloseTo(together, 6);
});

test('each token of an answer has its logit after those before it', async () => {
  const { answers } = await predict(model, PROMPT, ANSWERS);
  for (const { label, logit, logits } of answers) {
    const { ids } = ANSWERS.find((answer) => answer.label === label)!;
    const whole = [...PROMPT, ...ids];
    const run = await model.run([whole]);
    const rows = ids.map((_, i) => PROMPT.length - 1 + i);
    const { data } = await model.logits(run, rows);
    expect(logits).toHaveLength(ids.length);
    ids.forEach((id, i) => expect(logits[i]).toBeCloseTo(data[i * model.shape.vocabulary + id], 4));
    expect(logit).toBe(logits[0]);
  }
});

test('a continuation takes the most probable token each time, and is none where an answer begins like it', async () => {
  const greedy: number[] = [];
  let probability = 1;
  for (let i = 0; i < 6; i++) {
    const prompt = [...PROMPT, ...greedy];
    const { data } = await model.logits(await model.run([prompt]), [prompt.length - 1]);
    const best = data.indexOf(Math.max(...data));
    probability *= 1 / data.reduce((sum, logit) => sum + Math.exp(logit - data[best]), 0);
    greedy.push(best);
  }
  const never = { ends: () => false };
  const answer = (...ids: number[]) => [{ label: 'x', text: ' x', ids }];
  const other = greedy[0] === 0 ? 1 : 0;
  const found = await continuation(model, PROMPT, answer(other), never);
  expect(found!.ids).toEqual(greedy);
  expect(found!.probability).toBeCloseTo(probability, 6);
  expect((await continuation(model, PROMPT, answer(greedy[0], other), { ends: () => true }))).toBeNull(); // one token, the beginning of an answer
  expect((await continuation(model, PROMPT, answer(other), { ends: () => true }))!.ids).toEqual(greedy.slice(0, 1));
  expect(await continuation(model, PROMPT, answer(...greedy, 1, 2), never)).toBeNull();
  expect(await continuation(model, PROMPT, answer(...greedy.slice(0, 2)), never)).toBeNull();
});

test.each([['single tokens', ANSWERS.filter(({ ids }) => ids.length === 1)], ['several tokens', ANSWERS]])(
  'many prompts together are predicted as one by one: %s',
  async (_, answers) => {
    const prompts = [PROMPT, [8], [35, 8, 9, 1, 2, 3, 4, 5, 6], [35, 8, 9], PROMPT];
    const done: number[] = [];
    const together = await predictMany(model, prompts, answers, { topK: 3, onProgress: (count) => done.push(count) });
    expect(done.at(-1)).toBe(prompts.length);
    for (const [i, prompt] of prompts.entries()) {
      const alone = await predict(model, prompt, answers, { topK: 3 });
      expect(together[i].label).toBe(alone.label);
      expect(together[i].top.map(({ id }) => id)).toEqual(alone.top.map(({ id }) => id));
      together[i].answers.forEach((answer, rank) => {
        expect(answer.label).toBe(alone.answers[rank].label);
        expect(answer.logProbability).toBeCloseTo(alone.answers[rank].logProbability, 4);
        expect(answer.logit).toBeCloseTo(alone.answers[rank].logit, 4);
      });
    }
  },
);

test('of many prompts, what most begin with is run once, and each is read as it is alone', async () => {
  const answers = ANSWERS.filter(({ ids }) => ids.length === 1);
  const { context } = model.shape;
  const common = Array.from({ length: context - 1 }, (_, i) => (i * 7) % 30);
  // Each differs from the others at one place; some are shorter.
  const prompts = Array.from({ length: Math.ceil(5000 / context) }, (_, i) => {
    const prompt = common.slice(0, common.length - (i % 3));
    prompt[(i * 5) % prompt.length] = 31;
    return prompt;
  });
  const run = vi.spyOn(model, 'run');
  const together = await predictMany(model, prompts, answers, { topK: 2 });
  const read = run.mock.calls.reduce((sum, [some]) => sum + some.length * Math.max(...some.map(({ length }) => length)), 0);
  run.mockRestore();
  expect(read).toBeLessThan(0.9 * prompts.reduce((sum, { length }) => sum + length, 0));
  for (const [i, prompt] of prompts.entries()) {
    const alone = await predict(model, prompt, answers, { topK: 2 });
    expect(together[i].label).toBe(alone.label);
    for (const [rank, { logProbability }] of alone.answers.entries()) expect(together[i].answers[rank].logProbability).toBeCloseTo(logProbability, 4);
  }
});

test('of prompts with answers of several tokens, what they begin with is run once', async () => {
  const run = vi.spyOn(model, 'run');
  const prompts = [[5, 6, 7, 8], [5, 6, 9], [3], [5, 6, 7, 8, 1], [5, 6, 7, 8]];
  const long = ANSWERS.filter(({ ids }) => ids.length > 1);
  await predictMany(model, prompts, long);
  const asPrompts = run.mock.calls.filter(([, options]) => options?.cache).map(([[ids]]) => ids);
  run.mockRestore();
  expect(asPrompts).toEqual([[3], [5, 6, 7, 8], [8], [1], [9]]);
});

test("the lens' last layer is the prediction, and its first reads the embedding", async () => {
  const answers = ANSWERS.filter(({ ids }) => ids.length === 1);
  const prediction = await predict(model, PROMPT, answers, { topK: 4 });
  const lens = await logitLens(model, await model.run([PROMPT], { read: lensSites(model) }), answers.map(({ ids }) => ids[0]), { topK: 4 });
  expect(lens.sites).toEqual(['hook_embed', ...Array.from({ length: model.shape.layers }, (_, l) => `blocks.${l}.hook_resid_post`)]);
  expect(lens.positions).toBe(PROMPT.length);
  const last = lens.sites.length - 1;
  const position = PROMPT.length - 1;
  expect(lens.top[last][position].map(({ id }) => id)).toEqual(prediction.top.map(({ id }) => id));
  answers.forEach(({ label }, i) => {
    const { logit, probability } = prediction.answers.find((answer) => answer.label === label)!;
    expect(lens.answers[last][position][i].logit).toBeCloseTo(logit, 4);
    expect(Math.exp(lens.answers[last][position][i].logProbability)).toBeCloseTo(probability, 5);
  });
  // A rank counts the tokens that are more probable.
  for (const [layer, row] of lens.answers.entries()) {
    for (const [at, [first]] of row.entries()) {
      const better = lens.top[layer][at].filter(({ logit }) => logit > first.logit).length;
      expect(Math.min(first.rank, 4)).toBe(better);
    }
  }
});
