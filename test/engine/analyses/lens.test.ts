/** The lens as an analysis: the tuned lens beside the logit lens, its figures, saved results old and new, and what is said without one. */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { Session } from '../../../src/engine/analyses/session';
import { figuresOf } from '../../../src/figures';
import { csv } from '../../../src/figures/kinds/figure';
import { identityTranslator } from '../../../src/methods/lenses/tuned-lens';
import { writeLensCard, writeTunedLens } from '../../../src/methods/lenses/tuned-lens-folder';
import { floats } from '../../../src/graph';
import { readResult, type Result } from '../../../src/protocol/documents/result';
import { run, temporaryFolder } from '../../cli/kit';
import { resultOf } from '../analysed';
import { smallModel, type SmallModel } from '../small-model';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';

let small: SmallModel;
let loaded: LoadedModel;
let beside: string;
beforeAll(async () => {
  small = await smallModel();
  loaded = await loadModel(small.folder);
  beside = path.join(small.folder, 'lens');
});
afterAll(async () => {
  await loaded.model.release();
  await small.remove();
});

const asked = (lens: object) => resultOf(new Session(loaded), { text: CODE }, { prediction: {}, lens });
const names = (result: Result) => figuresOf('lens', result).map(({ name }) => name);

test('without a tuned lens: the logit lens, and a sentence for who asks for more', async () => {
  const result = await asked({});
  expect(result.parts.lens!.value.tuned).toBeUndefined();
  expect(names(result)).toEqual(['logit-lens-answers', 'logit-lens']);
  for (const lens of ['tuned', 'both'] as const) {
    const none = await asked({ lens });
    expect(none.parts.lens).toBeUndefined();
    expect(none.missing!.lens).toContain('There is no tuned lens of this model. Train one, latent-lens train lens');
  }
  await expect(asked({ lensFolder: path.join(small.folder, 'nowhere') })).rejects.toThrow('holds no tuned lens');
});

test('with one beside the model: both, compared, and identity translators make them the same', async () => {
  const { width, layers } = loaded.model.shape;
  await mkdir(beside);
  await writeTunedLens(beside, Array.from({ length: layers }, () => identityTranslator(width)), 'small', 'F32');
  const same = await asked({});
  const { tuned, ...logit } = same.parts.lens!.value;
  expect(tuned!.top).toEqual(logit.top);
  expect(tuned!.answers).toEqual(logit.answers);
  expect(tuned!.divergence).toBeNull();
  expect(same.parts.lens!.problems[0]).toContain('has no card');

  const moved = Array.from({ length: layers }, (_, layer) => {
    const { weight, bias } = identityTranslator(width);
    return { weight, bias: floats(bias.data.map((_, i) => Math.sin(i + layer) * 5), bias.shape) };
  });
  await writeTunedLens(beside, moved, 'small', 'F32');
  const each = { before: { tokens: 2, last: 1.5 }, after: { tokens: 0.5, last: 0.25 } };
  await writeLensCard(beside, {
    format: 'latent-lens/tuned-lens', version: 1, model: { id: 'small', sha256: await loaded.model.sha256() }, template: 'python-error-type',
    training: { data: [], steps: 1, batch: 1, rate: 1, seed: 1 }, heldOut: { programs: 7, tokens: 90 }, layers: moved.map(() => each),
  });
  const result = await asked({});
  const { value, findings, problems } = result.parts.lens!;
  expect({ ...value, tuned: undefined }).toEqual({ ...logit, tuned: undefined });
  expect(value.tuned!.answers[1]).not.toEqual(value.answers[1]);
  expect(value.tuned!.answers.at(-1)).toEqual(value.answers.at(-1));
  expect([problems, value.tuned!.divergence]).toEqual([[], moved.map(() => ({ logit: 2, tuned: 0.5 }))]);
  expect(findings.join(' ')).not.toContain('nats'); // it is said where the lens is shown
  const far = figuresOf('lens', result).at(-1)!;
  expect(far.about).toBe('Mean KL(model ‖ lens), in nats a token, on 7 programs that the tuned lens was not trained on. After layer 0 the logit lens is 2.00 nats from the model, the tuned lens 0.50. The last layer is the model.');
  expect(far.rows().map(({ logit, tuned }) => [logit, tuned])).toEqual([[2, 0.5], [2, 0.5], [2, 0.5], [0, 0]]);

  expect(names(result)).toEqual(['logit-lens-answers', 'logit-lens', 'tuned-lens-answers', 'tuned-lens', 'lenses-compared', 'lens-divergence']);
  const compared = figuresOf('lens', result).find(({ name }) => name === 'lenses-compared')!;
  if (compared.kind !== 'lines') throw new Error('no lines');
  const { label } = result.parts.prediction!.value;
  expect(compared.series.slice(0, 2).map((one) => one.label)).toEqual([`${label}, logit lens`, `${label}, tuned lens`]);
  const at = value.labels.indexOf(label);
  expect(compared.series[1].values).toEqual(value.tuned!.answers.map((row) => row[value.positions - 1][at].probability));
  expect(compared.points).toEqual(['embed', '0', '1', '2']);
  expect(csv(compared.rows()).split('\n')).toHaveLength(2 * 4 * value.labels.length + 2);

  expect(names(await asked({ lens: 'tuned' }))).toEqual(['tuned-lens-answers', 'tuned-lens']);
  const plain = await asked({ lens: 'logit' });
  expect(plain.parts.lens!.value).toEqual(logit);
});

test('saved results read back; those of the former version still open, and damaged ones are named', async () => {
  const result = await asked({});
  expect(readResult(JSON.stringify(result), 'a file').parts.lens).toEqual(result.parts.lens);
  const { tuned, ...logit } = result.parts.lens!.value;
  const former = { ...result, parts: { lens: { ...result.parts.lens, params: { topK: 10 }, value: logit } } };
  const opened = readResult(JSON.stringify(former), 'a file');
  expect(opened.parts.lens!.value).toEqual(logit);
  expect(names(opened)).toEqual(['logit-lens-answers', 'logit-lens']);
  const damaged = { ...former, parts: { lens: { ...former.parts.lens, value: { ...logit, tuned: { ...tuned, top: tuned!.top.slice(1) } } } } };
  expect(() => readResult(JSON.stringify(damaged), 'a file')).toThrow('"parts.lens.value.tuned.top"');
});

test('one that is cut off is refused where it was asked for, and left out where it only lies there', async () => {
  const file = path.join(beside, 'params.safetensors');
  const whole = await readFile(file);
  await writeFile(file, whole.subarray(0, whole.length - 100));
  const { value, problems } = (await asked({})).parts.lens!;
  expect([value.tuned, problems]).toEqual([undefined, [expect.stringMatching(/^The tuned lens beside the model is left out\. .*the file is cut off or damaged/)]]);
  await expect(asked({ lens: 'both' })).rejects.toThrow('the file is cut off or damaged');
  await writeFile(file, whole);
});

test('on the command line', async () => {
  const folder = await temporaryFolder();
  const [file, elsewhere] = [await folder.write('weather.py', CODE), path.join(small.folder, 'elsewhere')];
  await mkdir(elsewhere);
  for (const name of ['config.json', 'params.safetensors']) await copyFile(path.join(beside, name), path.join(elsewhere, name));
  await rm(beside, { recursive: true });
  const command = ['lens', file, '--model', small.folder, '--no-run'];
  const none = await run([...command, '--lens', 'both']);
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('There is no tuned lens of this model.')]);
  const explained = await run(['explain', ...command.slice(1), '--lens', 'tuned']);
  expect([explained.code, explained.err]).toEqual([1, expect.stringContaining('There is no tuned lens of this model.')]);
  expect(explained.err).not.toMatch(/Reading variants|Patching/);
  const shown = await run([...command, '--lens-folder', elsewhere]);
  expect(shown.err).toContain('has no card');
  for (const title of ['Logit lens', 'Tuned lens', 'Both lenses']) expect(shown.out).toContain(title);
  const json = await run([...command, '--lens-folder', elsewhere, '--json']);
  expect((JSON.parse(json.out) as Result).parts.lens!.value.tuned!.folder).toBe(elsewhere);

  const data = await folder.write('programs.jsonl', Array.from({ length: 40 }, (_, i) => `${JSON.stringify({ code: `x = [${i}]\nprint(x[${i}])` })}\n`).join(''));
  const trained = await run([
    'train', 'lens', '--model', small.folder, '--data', data, '--validation', '8', '--programs', '8', '--steps', '4', '--batch', '64', '--buffer', '200',
    '--real-code', '0.01', '--threads', '1',
  ]);
  expect(trained.code, trained.err).toBe(0);
  expect(trained.out).toContain('| embedding |');
  expect(JSON.parse(await readFile(path.join(beside, 'card.json'), 'utf8'))).toMatchObject({ heldOut: { programs: 8 } });
  const both = await run([...command, '--lens', 'both']);
  expect(both.code, both.err).toBe(0);
  await writeFile(path.join(beside, 'params.safetensors'), 'short');
  expect((await run(command)).err).toContain('params.safetensors');
  await folder.remove();
}, 120_000);
