import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logitLens } from '../../src/methods/logit-lens';
import { predict } from '../../src/methods/prediction';
import { predictMany } from '../../src/methods/predictions';
import { Model } from '../../src/model';

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
  expect(answersProbability).toBeCloseTo(order.reduce((a, b) => a + b), 6);
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

test("the lens' last layer is the prediction, and its first reads the embedding", async () => {
  const answers = ANSWERS.filter(({ ids }) => ids.length === 1);
  const prediction = await predict(model, PROMPT, answers, { topK: 4 });
  const lens = await logitLens(model, PROMPT, answers.map(({ ids }) => ids[0]), { topK: 4 });
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
