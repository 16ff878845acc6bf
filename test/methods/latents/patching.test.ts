import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floats, type FloatArray } from '../../../src/graph';
import { patchLatents, setLatents, type SaeLatentChange } from '../../../src/methods/latents/patching';
import { predict, type Prediction } from '../../../src/methods/prediction/prediction';
import { Model } from '../../../src/model';
import { fromRows, openSae, toRows, type LoadedSae } from '../../../src/sae';
import { writeSae } from '../../sae/kit';

const PROMPT = [3, 14, 15, 9, 26, 5];
const answers = [
  { label: 'one', text: 'one', ids: [4] },
  { label: 'two', text: 'two', ids: [21, 8, 2] },
];
let model: Model;
let middle: LoadedSae;
let heads: LoadedSae;
beforeAll(async () => {
  model = await Model.load(path.resolve('test/fixtures/golden/llama-gqa'), { threads: 1 });
  middle = await openSae(await writeSae({ offset: 1 }));
  heads = await openSae(await writeSae({ site: 'blocks.2.attn.hook_z', dIn: 8, offset: 1 }));
});
afterAll(() => Promise.all([model, middle, heads].map((open) => open.release())));

const change = (changes: SaeLatentChange[], error = true) => setLatents(model, PROMPT, answers, changes, { saes: [middle, heads], error });
const scores = ({ answers: list }: Prediction) => Object.fromEntries(list.map(({ label, logProbability }) => [label, logProbability]));
const expectSame = (a: Prediction, b: Prediction) => {
  for (const { label } of answers) expect(scores(a)[label]).toBeCloseTo(scores(b)[label], 4);
};

test('ablating nothing is the plain prediction; without error terms it is that of the reconstructions', async () => {
  const plain = await predict(model, PROMPT, answers);
  const { before, after, change: moved } = await change([]);
  expectSame(before, plain);
  expectSame(after, plain);
  for (const { probability, logit } of moved) expect([probability, logit]).toEqual([0, 0]);
  expect(Math.abs(scores((await change([], false)).before).one - scores(plain).one)).toBeGreaterThan(0.01);
});

test('a latent set to the activation that it has changes nothing', async () => {
  const run = await model.run([PROMPT], { read: [middle.site] });
  const [value] = (await middle.someLatents(toRows(middle, run.sites.get(middle.config.site)!), [5])).data.subarray(2);
  const { after } = await change([{ sae: middle, latent: 5, positions: [2], change: { kind: 'set', value } }]);
  expectSame(after, await predict(model, PROMPT, answers));
  const other = await change([{ sae: middle, latent: 5, positions: [2], change: { kind: 'set', value: value + 5 } }]);
  expect(Math.abs(other.change[0].logit)).toBeGreaterThan(1e-3);
});

test.each<[SaeLatentChange['change'], (value: number) => number]>([
  [{ kind: 'ablate' }, () => 0],
  [{ kind: 'set', value: 3 }, () => 3],
  [{ kind: 'scale', factor: -2 }, (value) => -2 * value],
  [{ kind: 'steer', by: 4 }, (value) => value + 4],
])('%j, at chosen positions and at all, as by hand', async (kind, expected) => {
  for (const positions of [[1, 4], 'all'] as const) {
    const { before, after, change: moved } = await change([{ sae: middle, latent: 7, positions, change: kind }]);
    // By hand: prompts with the answers behind them, in runs of their own, where 'all' reaches the answers' tokens too.
    for (const { label, ids } of answers) {
      const edit = async (activation: FloatArray) => {
        const x = toRows(middle, activation);
        const latents = await middle.encode(x);
        const old = await middle.decode(latents, x);
        for (let row = 0; row < x.shape[0]; row++) {
          if (positions === 'all' || (positions as readonly number[]).includes(row)) latents.data[row * 30 + 7] = expected(latents.data[row * 30 + 7]);
        }
        const now = await middle.decode(latents, x);
        return fromRows(middle, floats(x.data.map((value, i) => value + now.data[i] - old.data[i]), x.shape), activation);
      };
      const run = await model.run([[...PROMPT, ...ids.slice(0, -1)]], { hooks: [{ site: middle.site, edit }] });
      const { data, shape } = await model.logits(run, ids.map((_, i) => PROMPT.length - 1 + i));
      const logProbability = ids.reduce((total, id, i) => {
        const row = [...data.subarray(i * shape[1], (i + 1) * shape[1])];
        return total + row[id] - Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0));
      }, 0);
      expect(scores(after)[label]).toBeCloseTo(logProbability, 3);
      const probability = Math.exp(logProbability) - Math.exp(scores(before)[label]);
      expect(moved.find((one) => one.label === label)!.probability).toBeCloseTo(probability, 4);
    }
    expect(Math.max(...moved.map(({ logit }) => Math.abs(logit)))).toBeGreaterThan(1e-3);
  }
});

test('a latent named at one position and at another is changed at both', async () => {
  const at = (...positions: number[]): SaeLatentChange => ({ sae: middle, latent: 7, positions, change: { kind: 'steer', by: 4 } });
  const together = await change([at(1, 4)]);
  expect((await change([at(1), at(4)])).change).toEqual(together.change);
  expect((await change([at(1)])).change).not.toEqual(together.change);
});

test('many latents in one batch are each alone, of a head as well', async () => {
  const metric = { positive: 4, negative: 21 };
  const settings = [
    { sae: middle, latent: 3, position: 1, head: null, value: 9 },
    { sae: heads, latent: 3, position: 5, head: 2, value: 9 },
    { sae: middle, latent: 8, position: 5, head: null, value: -4 },
    { sae: heads, latent: 3, position: 5, head: 0, value: 9 },
  ];
  const options = { saes: [middle, heads], error: true };
  const together = await patchLatents(model, PROMPT, metric, settings, options);
  expect(new Set(together.map((value) => value.toFixed(4))).size).toBe(4);
  for (const [i, setting] of settings.entries()) expect((await patchLatents(model, PROMPT, metric, [setting], options))[0]).toBeCloseTo(together[i], 4);
  const { after } = await change([{ sae: middle, latent: 8, positions: [5], change: { kind: 'set', value: -4 } }]);
  const logit = (wanted: string) => after.answers.find(({ label }) => label === wanted)!.logit;
  expect(logit('one') - logit('two')).toBeCloseTo(together[2], 4);
});

test('what does not exist is refused', async () => {
  const ablate = { kind: 'ablate' } as const;
  await expect(change([{ sae: middle, latent: 30, positions: 'all', change: ablate }])).rejects.toThrow('Latent 30 does not exist');
  await expect(change([{ sae: middle, latent: 1, positions: [6], change: ablate }])).rejects.toThrow('There is no position 6; the prompt has the positions 0 to 5.');
  const twice = [1, 2].map((): SaeLatentChange => ({ sae: middle, latent: 1, positions: 'all', change: ablate }));
  await expect(change(twice)).rejects.toThrow('is changed twice; name it once for each position');
  const overlapping = [[1, 2], [2, 3]].map((positions): SaeLatentChange => ({ sae: middle, latent: 1, positions, change: ablate }));
  await expect(change(overlapping)).rejects.toThrow('Latent 1 of blocks.1.hook_resid_post is changed twice at position 2');
  const huge: SaeLatentChange = { sae: middle, latent: 1, positions: 'all', change: { kind: 'set', value: 1e40 } };
  await expect(change([huge])).rejects.toThrow('no finite numbers; change the latents by less');
  const other = await openSae(await writeSae({ site: 'hook_embed' }));
  await expect(change([{ sae: other, latent: 1, positions: 'all', change: ablate }])).rejects.toThrow('is not spliced in');
});
