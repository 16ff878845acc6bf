/** Knock-out as an analysis: by places and by syntax, before and after as predictions are made with hooks, windows, heads, random tokens. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import { headsWithin, knockoutHooks, type Mask } from '../../../../src/methods/attention/knockout';
import { predict } from '../../../../src/methods/prediction/prediction';
import type { AskedParams } from '../../../../src/protocol/analyses';
import { readResult, type Result } from '../../../../src/protocol/documents/result';
import { run, temporaryFolder } from '../../../cli/kit';
import { opened, resultOf } from '../../analysed';
import { smallModel } from '../../small-model';

const CODE = '# adds a number\ncity = "Lisbon"\ndef unused(a):\n    """Nothing."""\n    return a\nprint("Temperature: " + 21)\nprint(city)\n';
const source = { file: 'weather.py', text: CODE };

describe('on the embedded model', () => {
  let loaded: LoadedModel;
  beforeAll(async () => void (loaded = await loadModel(path.resolve('models/python-errors'))));
  afterAll(() => loaded.model.release());
  const of = (params: AskedParams<'knockout'>) => resultOf(loaded, source, { prediction: {}, knockout: params });
  const partOf = async (params: AskedParams<'knockout'>) => (await of({ sweep: 'whole', draws: 0, ...params })).parts.knockout!;
  const read = ({ reading: { tokens } }: Result, positions: readonly number[]) => positions.map((at) => tokens[at].text).join('');

  test('the tokens of a stretch are those that are ignored; the answers are those of a prediction with hooks', async () => {
    const result = await of({ sources: ['6:25-6:27'] });
    const { value, findings } = result.parts.knockout!;
    expect(read(result, value.sources)).toContain('21');
    const reading = await opened(loaded, source);
    const mask: Mask = { sources: value.sources, queries: null, heads: headsWithin(loaded.model, 0, loaded.model.shape.layers - 1, null) };
    const after = await predict(loaded.model, reading.program.ids, reading.question.answers, { hooks: (start) => knockoutHooks(mask, start) });
    expect(value.after.label).toBe(after.label);
    for (const { label, probability } of after.answers) expect(value.after.answers.find((one) => one.label === label)!.probability).toBeCloseTo(probability, 4);
    const [a, b] = [value.metric.positive, value.metric.negative].map((label) => after.answers.find((one) => one.label === label)!.logit);
    expect(value.after.difference).toBeCloseTo(a - b, 3);
    expect(value.before.label).toBe(result.parts.prediction!.value.label);
    const last = result.reading.tokens.length - 1;
    expect(value.queries).toEqual(result.reading.tokens.flatMap((_, at) => (at > value.sources[0] && !value.sources.includes(at) ? [at] : [])));
    expect(value.queries.at(-1)).toBe(last);
    expect(value.share).toBeGreaterThan(0);
    expect(value.random!.draws).toBe(5);
    expect(value.pieces).toHaveLength(loaded.model.shape.layers - 2);
    expect(findings[0]).toContain('the model');
    expect(findings[1]).toContain(value.after.difference.toFixed(2).replace('-', '−'));
    expect(findings[2]).toMatch(/^Of windows of 3 layers, layers \d+ to \d+ alone change it most/);
    expect(figuresOf('knockout', result).map(({ name }) => name)).toEqual(['knockout', 'knockout-windows', 'knockout-ignored']);
    expect(readResult(JSON.stringify(result), 'saved.json').parts.knockout).toEqual(result.parts.knockout);
  });

  test('a window and a head alone are what they are when they are asked for as the whole', async () => {
    const sources = ['6:7-6:22'];
    const swept = await partOf({ sources, sweep: 'window', window: 2, layers: '1-4' });
    expect(swept.value.pieces.map(({ from, to }) => `${from}-${to}`)).toEqual(['1-2', '2-3', '3-4']);
    const [, piece] = swept.value.pieces;
    expect((await partOf({ sources, layers: '2-3' })).value.after.difference).toBeCloseTo(piece.difference!, 4);
    const heads = await partOf({ sources, sweep: 'head', heads: ['2.0', '3.1'] });
    expect(heads.value.pieces.map(({ from, head }) => `${from}.${head}`)).toEqual(['2.0', '3.1']);
    expect((await partOf({ sources, heads: ['3.1'] })).value.after.difference).toBeCloseTo(heads.value.pieces[1].difference!, 4);
  });

  test('syntax says what is ignored', async () => {
    const text = async (params: AskedParams<'knockout'>) => {
      const result = await of({ sweep: 'whole', draws: 0, ...params });
      return read(result, result.parts.knockout!.value.sources);
    };
    expect(await text({ syntax: 'comments' })).toContain('# adds a number');
    expect(await text({ syntax: 'docstrings' })).toContain('"""Nothing."""');
    const unused = await text({ syntax: 'uncalled' });
    for (const word of ['def unused', 'return a']) expect(unused).toContain(word);
    expect(unused).not.toContain('Temperature');
    const others = await of({ sweep: 'whole', draws: 0, syntax: 'occurrences', sources: ['7:7'] });
    expect(read(others, others.parts.knockout!.value.sources).trim()).toMatch(/^city/);
  });

  test('what cannot be done is said', async () => {
    const missing = async (params: AskedParams<'knockout'>) => (await of(params)).missing?.knockout;
    expect(await missing({})).toContain('Ignore This');
    expect(await missing({ sources: ['last'] })).toContain('No token that could read these');
    expect(await missing({ syntax: 'occurrences', sources: ['6:25'] })).toContain('Name one place of a variable');
    await expect(of({ sources: ['5000:1'] })).rejects.toThrow('There is no line 5000');
    await expect(of({ sources: ['6:7'], layers: '3-99' })).rejects.toThrow('There are no layers 3-99');
    await expect(of({ sources: ['6:7'], heads: ['0.99'] })).rejects.toThrow('There is no head 0.99');
    await expect(of({ sources: ['#0-#1'], queries: ['#1'] })).rejects.toThrow('reads nothing but these tokens');
  });
});

test('on the command line: several stretches, and before and after at the top of the document', async () => {
  const [small, folder] = [await smallModel(), await temporaryFolder()];
  const file = await folder.write('weather.py', CODE);
  const asked = ['knockout', file, '--model', small.folder, '--no-run'];
  const json = await run([...asked, '--sources', '2:8-2:16', '--sources', '6:25-6:27', '--json']);
  expect(json.code, json.err).toBe(0);
  const document = JSON.parse(json.out) as Result & { before: { label: string }; after: { label: string; difference: number } };
  expect(document.parts.knockout!.params.sources).toEqual(['2:8-2:16', '6:25-6:27']);
  expect([document.before, document.after]).toEqual([document.parts.knockout!.value.before, document.parts.knockout!.value.after]);
  const people = await run([...asked, '--syntax', 'comments', '--sweep', 'head']);
  for (const part of ['Answers before and after', 'Not read by one head', 'What is not read', 'random tokens']) expect(people.out).toContain(part);
  const wrong = await run([...asked, '--sources', '12:']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('LINE:COLUMN')]);
  await small.remove();
  await folder.remove();
});
