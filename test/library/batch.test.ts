/** Batches against runs of one prompt with one hook each, and what is said where something is not there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Batch, blockSite, openModel, type Lens } from '../../src/library';
import { generate } from '../../src/model';
import { smallModel, type SmallModel } from '../engine/small-model';

let small: SmallModel;
let lens: Lens;
let batch: Batch;
let others: Batch;
const texts = ['print("a" + 1)', 'x = [1, 2, 3]\nprint(x[7])\n', 'y'];
beforeAll(async () => {
  small = await smallModel(['<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<|endoftext|>']);
  lens = await openModel(small.folder, { python: false });
  batch = new Batch(lens, texts);
  others = new Batch(lens, ['def f():\n    pass', 'z = {}', 'print(q, 3, 4)']);
});
afterAll(async () => {
  await lens.close();
  await small.remove();
});

const close = (a: Float32Array, b: Float32Array) => a.forEach(
  (value, i) => expect(Math.abs(value - b[i])).toBeLessThan(1e-4 * (1 + Math.abs(b[i]))),
);

/** The slow way: one prompt, one hook that knows its position. */
async function alone(prompt: readonly number[], layer: number, position: number, vector: Float32Array): Promise<Float32Array> {
  const { width } = lens.model.shape;
  const run = await lens.model.run([prompt], { hooks: [{ site: blockSite(layer, 'hook_resid_post'), edit: ({ data }) => void data.set(vector, position * width) }] });
  return (await lens.model.logits(run, [prompt.length - 1])).data;
}

test('prompts of other lengths change nothing', async () => {
  const logits = await batch.logits();
  for (const [i, prompt] of batch.prompts.entries()) {
    const run = await lens.model.run([prompt]);
    close(logits[i], (await lens.model.logits(run, [prompt.length - 1])).data);
  }
});

test('what is collected is what one run of each prompt has', async () => {
  const found = await batch.collect({ layers: [0, 2], at: [0, -1] });
  for (const [prompt, ids] of batch.prompts.entries()) {
    const run = await lens.model.run([ids], { read: [blockSite(2, 'hook_resid_post')] });
    const { data } = run.sites.get('blocks.2.hook_resid_post')!;
    const { width } = lens.model.shape;
    close(found.get({ layer: 2, at: -1, prompt }), data.slice((ids.length - 1) * width));
    close(found.get({ layer: 2, at: 0, prompt }), data.slice(0, width));
  }
  const mean = found.mean();
  const byHand = batch.prompts.reduce((sum, _, prompt) => sum + found.get({ layer: 0, at: -1, prompt })[3], 0) / 3;
  expect(mean.get({ layer: 0, at: -1 })[3]).toBeCloseTo(byHand, 5);
  expect(found.minus(found).mean().get({ layer: 0, at: -1 }).every((value) => value === 0)).toBe(true);
});

test('any layer goes to any layer, each prompt its own, as one hook does it', async () => {
  const found = await others.collect({ layers: [2], at: -1 });
  const patched = batch.patch([{ from: { layer: 2, at: -1 }, to: { layer: 0, at: -1 } }], found);
  const logits = await patched.logits();
  for (const [prompt, ids] of batch.prompts.entries()) close(
    logits[prompt], await alone(ids, 0, ids.length - 1, found.get({ layer: 2, at: -1, prompt })),
  );
  expect(patched.moved.map(({ changed }) => changed)).toEqual([true, true, true]);
  const [first] = await patched.top(1);
  expect(first[0].id).toBe(logits[0].indexOf(Math.max(...logits[0])));
});

test('one goes to all, and what is written sees it through the cache as without one', async () => {
  const mean = (await others.collect({ layers: [1], at: 0 })).mean();
  const patched = batch.patch([
    { from: { layer: 1, at: 0 }, to: { layer: 1, at: (tokens) => tokens.length - 2 < 0 ? 0 : tokens.length - 2 } },
  ], mean);
  const written = await patched.generate(4);
  for (const [prompt, ids] of batch.prompts.entries()) {
    const position = Math.max(0, ids.length - 2);
    const whole: number[] = [...ids];
    for (let i = 0; i < 4; i++) {
      const logits = await alone(whole, 1, position, mean.get({ layer: 1, at: 0 }));
      whole.push(logits.indexOf(Math.max(...logits)));
    }
    expect(written[prompt].map(({ id }) => id)).toEqual(whole.slice(ids.length));
  }
  const plain = await batch.generate(2);
  expect(plain[0].map(({ id }) => id)).toEqual(await generate(lens.model, batch.prompts[0], { maxTokens: 2 }));
});

test('added with a factor', async () => {
  const found = await others.collect({ layers: [1], at: -1 });
  const own = await batch.collect({ layers: [1], at: -1 });
  const logits = await batch.patch([{ from: { layer: 1, at: -1 }, to: { layer: 1, at: -1 } }], found, { how: 'add', factor: 2 }).logits();
  const sum = own.get({ layer: 1, at: -1, prompt: 1 }).map((value, i) => value + 2 * found.get({ layer: 1, at: -1, prompt: 1 })[i]);
  const [, ids] = batch.prompts;
  close(logits[1], await alone(ids, 1, ids.length - 1, sum));
});

test('a sentinel is a place', async () => {
  const code = 'const total = 1;\n';
  const { tokens } = lens.hole(code, { start: 6, end: 11 });
  const holes = new Batch(lens, [{ tokens }]);
  expect(holes.position('<fim_middle>', 0)).toBe(tokens.length - 1);
  expect(holes.position('<fim_prefix>', 0)).toBe(lens.tokenizer.addsBos ? 1 : 0);
  expect(() => holes.position('<fim>', 0)).toThrow('Prompt 0 has no token "<fim>".');
});

test('what was not collected, is not there or changes nothing is said', async () => {
  const found = await batch.collect({ layers: [1], at: -1 });
  const to = { layer: 1, at: -1 };
  expect(() => found.get({ layer: 2, at: -1 })).toThrow('Layer 2 was not collected; 1 were. Name it in collect({ layers }).');
  expect(() => batch.patch([{ from: { layer: 1, at: 0 }, to }], found)).toThrow('The place 0 was not collected; -1 were. Name it in collect({ at }).');
  expect(() => batch.patch([{ from: to, to: { layer: 3, at: -1 } }], found)).toThrow('There is no layer 3; the model has the layers 0 to 2.');
  expect(() => batch.patch([{ from: to, to: { layer: 0, at: 5 } }], found)).toThrow('There is no position 5 in prompt 2, which has 2 tokens.');
  expect(() => batch.patch([{ from: to, to }, { from: to, to }], found)).toThrow('Two patches are of one place: position');
  expect(() => new Batch(lens, ['a']).patch([{ from: to, to }], found)).toThrow('Activations of 3 prompts cannot be put into 1: give as many, or one (mean()).');
  await expect(batch.patch([{ from: to, to }], found).logits()).rejects.toThrow('Patch 0 changed nothing: what it puts at blocks.1.hook_resid_post is what stands there in every prompt.');
  expect(() => batch.patch([{ from: to, to: { layer: 0, at: -1 } }], found).moved).toThrow('Nothing was run yet');
  expect(() => new Batch(lens, [])).toThrow('A batch needs at least one prompt.');
  await expect(batch.collect({ site: 'attn.hook_pattern' as never })).rejects.toThrow('"attn.hook_pattern" has no vector at each position.');
});
