/** Many pairs as an analysis: what is told of each adds up, beside what other words do; of one pair nothing stands beside it; the command. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Session } from '../../../../src/engine/analyses/session';
import { loadModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import type { Part } from '../../../../src/protocol/analyses';
import { readResult } from '../../../../src/protocol/documents/result';
import { run } from '../../../cli/kit';
import { resultOf } from '../../analysed';
import { fakePython } from '../../small-model';
import { pairCommand } from '../command-line';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const AGAINST = { program: { file: null, text: CODE.replace('21', '"21"') } };

/** Its SAEs are opened once. */
let session: Session;
beforeAll(async () => {
  session = new Session(await loadModel(path.resolve('models/python-errors')));
});
afterAll(() => session.close());

const of = (params: Parameters<typeof resultOf>[2]['pairs'], options: Parameters<typeof resultOf>[3] = {}) =>
  resultOf(session, { file: 'weather.py', text: CODE }, { prediction: {}, pairs: params }, { label: fakePython, against: AGAINST, ...options });

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('over pairs: sums close, intervals hold means, and what words alone change is less than what tells the programs apart', async () => {
  const stages = new Set<string>();
  const result = await of({ prompts: 4, top: 6, steps: 1 }, { onProgress: (stage) => void stages.add(stage) });
  const { value: part, findings } = result.parts.pairs!;
  const { layers, heads } = session.loaded.model.shape;
  expect(part.prompts).toEqual({ asked: 4, found: 4, used: 5 });
  const difference = part.variant.mean - part.original.mean;
  expect(part.original.low!).toBeLessThanOrEqual(part.original.mean);
  expect(part.original.high!).toBeGreaterThanOrEqual(part.original.mean);
  expect(sum(part.direct.map(({ change }) => change.mean))).toBeCloseTo(difference, 3);
  expect(part.saes.map(({ sites, count }) => [sites, count])).toEqual([['hook_attn_out', 6], ['hook_mlp_out', 6], ['hook_resid_post', 6], ['all', 18]]);
  for (const { withErrors, randomErrors, withoutErrors } of part.saes) {
    expect(withErrors).toEqual({ original: expect.closeTo(part.original.mean, 4), variant: expect.closeTo(part.variant.mean, 4), signKept: 1 });
    expect(randomErrors.original).not.toBe(withoutErrors.original);
  }
  // In the last layer all of it is at the last token, or still to be read; other words move less than half of it anywhere.
  const { mean, low, high, control } = part.patching;
  expect(mean).toHaveLength(layers);
  mean.forEach((row, layer) => row.forEach((value, place) => {
    if (value === null) return;
    expect(low[layer][place]!).toBeLessThanOrEqual(value + 1e-6);
    expect(high[layer][place]!).toBeGreaterThanOrEqual(value - 1e-6);
    expect(Math.abs(control[layer][place] ?? 0)).toBeLessThan(0.5);
  }));
  expect(Math.max(...mean.flat().map((value) => value ?? 0))).toBeGreaterThan(0.5);
  expect(part.nodes.writers).toHaveLength(1 + layers * (heads + 1));
  for (const { name, place, score } of part.nodes.top) {
    expect(part.nodes.scores[part.nodes.writers.indexOf(name)][place]).toBeCloseTo(score.mean, 4);
  }
  expect(part.nodes.random!).toBeLessThan(Math.abs(part.nodes.top[0].patched!.mean));
  const { top, firing, total } = part.latents!;
  expect(top).toHaveLength(6);
  expect(total).toBeGreaterThan(1000);
  expect(Math.abs(top[0].score.mean)).toBeGreaterThan(top[0].score.control!);
  top.forEach(({ site, latent, place, original, activeIn }) => {
    const row = firing.latents.findIndex((one) => one.site === site && one.latent === latent);
    expect(firing.original[row][place]).toBeGreaterThanOrEqual(original - 1e-3);
    expect(activeIn.original > 0 || original === 0).toBe(true);
  });
  expect(findings.join('\n')).toMatch(/on average over 5 pairs[\s\S]*without error terms[\s\S]*takes most of the difference[\s\S]*scores and patches agree/);
  expect([...stages]).toEqual(expect.arrayContaining(['Making pairs like this one', 'Patching places', 'Scoring nodes', 'Patching latents']));
  expect(figuresOf('pairs', result).map(({ kind }) => kind)).toEqual(['table', 'grid', 'bars', 'bars', 'table', 'grid']);
  const parsed = JSON.stringify(result);
  expect(readResult(parsed, 'saved.json').parts.pairs).toEqual(result.parts.pairs);
  const cut = JSON.parse(parsed) as typeof result;
  cut.parts.pairs!.value.patching.low.pop();
  expect(() => readResult(JSON.stringify(cut), 'saved.json')).toThrow('patching.low');
}, 120_000);

test('of one pair: no interval and no control, and without Python it is told why there are no others', async () => {
  const { value: part, findings } = (await of({ prompts: 0, top: 2, steps: 0 })).parts.pairs!;
  expect(part.prompts).toEqual({ asked: 0, found: 0, used: 1 });
  expect([part.original.low, part.nodes.top[0].score.control, part.patching.control.flat().find((value) => value !== null)]).toEqual([null, null, undefined]);
  expect(findings[0]).toContain('in this pair');
  const { problems } = (await of({ prompts: 4, top: 1, steps: 0 }, { label: undefined })).parts.pairs!;
  expect(problems.join(' ')).toContain('Python does not run here');
}, 120_000);

test('the command: as people read it and as scripts do, and a wrong flag in a sentence', async () => {
  const { asked, remove } = await pairCommand('pairs', CODE);
  const few = ['--prompts', '0', '--top', '3'];
  const { out, err } = await run([...asked, ...few]);
  expect(err).toContain('There are no SAEs of this model');
  for (const words of ['Residual stream, patched by layer and place', 'Heads and MLPs', 'What is written to the logits directly']) expect(out).toContain(words);
  expect(out).not.toContain('latent');
  const value = JSON.parse((await run([...asked, ...few, '--json'])).out) as { parts: { pairs: { value: Part<'pairs'> } } };
  expect([value.parts.pairs.value.latents, value.parts.pairs.value.saes]).toEqual([null, []]);
  expect((await run([...asked, ...few, '--csv'])).out.split('\n').length).toBeGreaterThan(20);
  const wrong = await run([...asked, '--top', '0']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('from 1 to 200')]);
  await remove();
}, 120_000);
