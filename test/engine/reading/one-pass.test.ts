/** An open question reads its prompt once: the answers, the prediction and the lens come of one run, with the numbers of runs of their own. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { analyse } from '../../../src/engine/analyses/analyse';
import { Reading } from '../../../src/engine/analyses/reading';
import { Session } from '../../../src/engine/analyses/session';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { lensSites, logitLens } from '../../../src/methods/lenses/logit-lens';
import { predict } from '../../../src/methods/prediction/prediction';
import { paramsOf } from '../../../src/protocol/analyses';
import { smallModel, type SmallModel } from '../small-model';

let small: SmallModel;
let loaded: LoadedModel;
beforeAll(async () => {
  small = await smallModel(['<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<|endoftext|>']);
  loaded = await loadModel(small.folder, { threads: 1 });
});
afterAll(async () => {
  await loaded.model.release();
  await small.remove();
});

const TEXT = 'def greet(name: str):\n    return name.title()\n';

test.each([
  ['next-token', { start: 37, end: 37 }],
  ['type', { start: 16, end: 19 }],
] as const)('%s', async (id, hole) => {
  const { model } = loaded;
  const runs = vi.spyOn(model, 'run');
  const reading = await Reading.open(new Session(loaded), { id, behind: true }, { file: 'greet.py', text: TEXT, hole });
  const { parts } = await analyse(reading, { prediction: paramsOf('prediction'), lens: paramsOf('lens') });
  const { ids } = reading.program;
  const ofPrompt = runs.mock.calls.filter(([rows]) => rows.some((row) => row.length === ids.length && row.every((one, at) => one === ids[at])));
  expect(ofPrompt).toHaveLength(1);
  runs.mockRestore();

  const { answers } = reading.question;
  const apart = await predict(model, ids, answers);
  const shown = parts.prediction!.value.answers;
  expect(shown.map(({ label }) => label)).toEqual(apart.answers.map(({ label }) => label));
  shown.forEach(({ probability, logit }, i) => {
    expect(Math.abs(probability - apart.answers[i].probability)).toBeLessThan(1e-6);
    expect(Math.abs(logit - apart.answers[i].logit)).toBeLessThan(1e-5);
  });
  const lens = await logitLens(model, await model.run([ids], { read: lensSites(model) }), answers.map((answer) => answer.ids[0]));
  const rows = parts.lens!.value.answers.flat(2);
  lens.answers.flat(2).forEach(({ logit }, i) => expect(Math.abs(rows[i].logit - logit)).toBeLessThan(1e-5));
  expect(rows).toHaveLength(lens.answers.flat(2).length);
});
