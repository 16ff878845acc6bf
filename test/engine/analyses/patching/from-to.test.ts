/** From → to as an analysis and a command: places, what changed and what did not, text with its tokens, templates, and refusals. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Session } from '../../../../src/engine/analyses/session';
import { loadModel } from '../../../../src/engine/session/load';
import { figuresOf } from '../../../../src/figures';
import type { AskedParams } from '../../../../src/protocol/analyses';
import { readResult, type Result } from '../../../../src/protocol/documents/result';
import { PATCHSCOPES } from '../../../../src/vocabulary/patchscopes';
import { run, temporaryFolder } from '../../../cli/kit';
import { resultOf } from '../../analysed';
import { familyModel } from '../../family-model';
import { fakePython, smallModel, type SmallModel } from '../../small-model';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const OTHER = CODE.replace('21', '"21"');
const source = { file: 'weather.py', text: CODE };

describe('as an analysis', () => {
  let session: Session;
  beforeAll(async () => {
    session = new Session(await loadModel(path.resolve('models/python-errors')));
  });
  afterAll(() => session.close());
  const of = (params: AskedParams<'fromTo'>, options: Parameters<typeof resultOf>[3] = {}) =>
    resultOf(session, source, { prediction: {}, fromTo: params, patching: { site: 'hook_resid_post', direction: 'noising', exact: true } }, { label: fakePython, against: { program: { file: null, text: OTHER } }, ...options });

  test('aligned and in the same layer it is the sweep’s cell, also in the matrix; the result reads back, and figures have every cell', async () => {
    const { layers } = session.loaded.model.shape;
    const result = await of({ from: ['2:last'], to: ['2:last'], generate: 3, matrix: true, lens: true });
    const { value, findings, problems } = result.parts.fromTo!;
    expect(value.patches).toHaveLength(1);
    const [{ from: [from], to, changed }] = value.patches;
    expect([changed, problems]).toEqual([true, []]);
    expect(result.reading.tokens[to.position].text).toBe(to.text);
    expect(result.pair!.tokens[from.position].text).toBe(from.text);
    const swept = result.parts.patching!.value;
    expect(value.metric).toEqual(swept.metric);
    expect(value.before.metric).toBeCloseTo(swept.clean, 3);
    expect(value.after.metric).toBeCloseTo(swept.logitDifference[2][to.position]!, 3);
    expect(value.matrix!.metric![2][2]).toBeCloseTo(value.after.metric!, 3);
    expect(value.before.answers[0].label).toBe(result.parts.prediction!.value.label);
    expect(value.after.lens!.at(-1)![0].text).toBe(value.after.top[0].text);
    expect(value.control!.count).toBe(8);
    expect(findings.join(' ')).toContain('8 other tokens drawn at random');
    expect(readResult(JSON.stringify(result), 'saved.json').parts.fromTo).toEqual(result.parts.fromTo);
    const figures = figuresOf('fromTo', result);
    expect(figures.map(({ name }) => name)).toEqual(['from-to-places', 'from-to-answers', 'from-to-written', 'from-to-lens', 'from-to-layers', 'from-to-predicted']);
    expect(figures[4].rows()).toHaveLength(layers * layers);
    expect(figures[4].kind === 'grid' && figures[4].grid.texts!.flat()).toContain(value.matrix!.top[2][2].text.replace(' ', '·'));

    const spoiled = structuredClone(result);
    spoiled.parts.fromTo!.value.matrix!.top.pop();
    expect(() => readResult(JSON.stringify(spoiled), 'saved.json')).toThrow('matrix.top');
  });

  test('each place of its own run and site; the mean over programs; a program of one is that program', async () => {
    const folder = await temporaryFolder();
    const one = await folder.write('one.py', OTHER);
    const two = await folder.write('two.py', 'items = [1, 2]\nprint(items[5])\n');
    const own = { against: undefined };
    const asVariant = (await of({ from: ['2:last'], to: ['2:last'] })).parts.fromTo!.value;
    const asProgram = (await of({ from: ['2:last'], to: ['2:last'], programs: [one], answers: [asVariant.metric!.positive, asVariant.metric!.negative] }, own)).parts.fromTo!.value;
    expect(asProgram.after).toEqual(asVariant.after);
    expect(asProgram.patches[0].from[0].run).toBe(one);

    const answers = [asVariant.metric!.positive, asVariant.metric!.negative] as [string, string];
    const apart = await of({
      from: ['2:last', '3:2:1', '1:?'], to: ['2:last'], reads: ['1', 'original', 'identity'], sites: ['hook_resid_post', 'hook_mlp_out', 'hook_attn_out'],
      programs: [two], how: 'mean', answers,
    }, own);
    const [{ from, to }] = apart.parts.fromTo!.value.patches;
    expect(from.map(({ run: named, site }) => [named, site])).toEqual([[two, undefined], ['original', 'hook_mlp_out'], ['identity', 'hook_attn_out']]);
    expect(to.site).toBeUndefined();
    expect(readResult(JSON.stringify(apart), 'saved.json').parts.fromTo).toEqual(apart.parts.fromTo);
    expect(figuresOf('fromTo', apart)[0].rows().map(({ read, site }) => [read, site])).toContainEqual(['identity', 'hook_attn_out']);

    const mean = (await of({ from: ['2:last'], to: ['2:last'], programs: [one, two], how: 'mean', answers }, own)).parts.fromTo!;
    expect(mean.value.patches[0].from.map(({ run: named }) => named)).toEqual([one, two]);
    expect(mean.findings[0]).toContain('the mean of');
    const same = (await of({ from: ['2:last'], to: ['2:last'], programs: [one, one], how: 'mean', answers }, own)).parts.fromTo!.value;
    expect(same.after.metric).toBeCloseTo(asVariant.after.metric!, 4);

    const refused = (params: AskedParams<'fromTo'>) => expect(of({ ...params, answers }, own)).rejects;
    await refused({ from: ['2:last'], programs: [one, two] }).toThrow('2 programs and 1 places to read');
    await refused({ from: ['2:last'], reads: ['2'], programs: [one] }).toThrow('There is no program 2; --programs has 1.');
    await refused({ from: ['2:last', '1:last'], reads: ['original', '1', '1'], programs: [one] }).toThrow('Of runs 3 are given, and of places that are read 2.');
    await refused({ from: ['2:last'], programs: [one], sites: ['mlp.hook_post'], toSites: ['hook_resid_post'] }).toThrow('nothing of the one fits the other');
    await refused({ from: ['2:last'], programs: ['nowhere.py'] }).toThrow('nowhere.py is not there');
    await folder.remove();
  });

  test('into itself nothing is another number, and that is said', async () => {
    const { value, problems } = (await of({ from: ['3:2:1'], to: ['3:2:1'], read: 'original', generate: 4 }, { against: undefined })).parts.fromTo!;
    expect(value.patches[0]).toMatchObject({ changed: false, ratio: 0 });
    expect(value.after).toEqual(value.before);
    expect(problems).toEqual([expect.stringContaining('changed nothing there')]);
    const last = session.loaded.model.shape.layers - 1;
    const unread = (await of({ from: ['0:last'], to: [`${last}:#3`], read: 'original' })).parts.fromTo!;
    expect(unread.value.after.metric).toBe(unread.value.before.metric);
    expect(unread.problems).toEqual([expect.stringContaining('reaches nothing')]);
  });

  test('the last token after the last layer brings the other program’s answer with it', async () => {
    const last = session.loaded.model.shape.layers - 1;
    const result = await of({ from: [`${last}:last`], to: [`${last}:last`] });
    const { after, patches } = result.parts.fromTo!.value;
    expect(after.answers[0].label).toBe(result.pair!.prediction.label);
    expect(after.answers[0].logit).toBeCloseTo(result.pair!.prediction.answers.find(({ label }) => label === after.answers[0].label)!.logit, 3);
    const back = (await of({ from: [`${last}:last`], to: [`${last}:last`], read: 'original', into: 'variant' })).parts.fromTo!.value;
    expect(back.after.answers[0].label).toBe(result.parts.prediction!.value.label);
    expect(patches[0].to.position).toBe(result.reading.tokens.length - 1);
  });

  test.each(Object.keys(PATCHSCOPES) as (keyof typeof PATCHSCOPES)[])('the template %s is read in place of the program', async (into) => {
    const asked: AskedParams<'fromTo'> = { from: ['2:2:1'], read: 'original', into, generate: 3 };
    const result = await resultOf(session, source, { fromTo: asked });
    const { value } = result.parts.fromTo!;
    expect([value.prompt, value.metric, value.before.answers]).toEqual([PATCHSCOPES[into].text, null, []]);
    expect(value.patches[0].to.text).toContain('?');
    expect(value.after.written!.tokens.length).toBeGreaterThan(0);
    expect(value.control!.metric).toBeNull();
    expect((await resultOf(session, source, { fromTo: { ...asked, to: ['2:?'] } })).parts.fromTo!.value).toEqual(value);
    expect(result.pair).toBeNull();
  });

  test.each<[string, AskedParams<'fromTo'>, string]>([
    ['a layer that is not there', { from: ['40:last'] }, 'There is no layer 40 (40:last); the model has the layers 0 to'],
    ['a line that is not there', { from: ['0:99:1'] }, 'there is no line 99'],
    ['as many of neither', { from: ['0:last', '1:last'], to: ['0:last', '1:last', '2:last'] }, '2 places are read and 3 changed'],
    ['a line of a template', { from: ['0:last'], to: ['0:1:1'], into: 'identity' }, 'The template identity has no place 0:1:1. Name it as LAYER:?'],
  ])('refuses %s', async (_, params, sentence) => {
    await expect(of(params)).rejects.toThrow(sentence);
  });

  test('a layer that is not there is refused before a variant is looked for', async () => {
    const stages: string[] = [];
    const asked = of({ from: ['40:last'] }, { against: undefined, onProgress: (stage) => stages.push(stage) });
    await expect(asked).rejects.toThrow('There is no layer 40');
    expect(stages.filter((stage) => /variant/i.test(stage))).toEqual([]);
  });

  test('a mean is of all that is read', async () => {
    const { value } = (await of({ from: ['1:#3', '1:#5', '2:#7'], to: ['2:last'], how: 'mean', read: 'original' })).parts.fromTo!;
    expect(value.patches.map(({ from }) => from.length)).toEqual([3]);
  });
});

test.each(['gemma2', 'gptj'])('%s: another family, at a site in the middle', async (family) => {
  const loaded = await familyModel(family);
  const { value } = (await resultOf(loaded, source, { fromTo: { from: ['0:#4'], to: ['1:last'], site: 'attn.hook_z', generate: 2, matrix: true, read: 'original' } })).parts.fromTo!;
  expect(value.matrix!.metric![0][1]).toBeCloseTo(value.after.metric!, 3);
  await loaded.model.release();
});

describe('on the command line', () => {
  let small: SmallModel;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let file: string;
  let other: string;
  beforeAll(async () => {
    [small, folder] = [await smallModel(), await temporaryFolder()];
    [file, other] = [await folder.write('weather.py', CODE), await folder.write('other.py', OTHER)];
  });
  afterAll(async () => {
    await small.remove();
    await folder.remove();
  });
  const patch = (...flags: string[]) => run(['patch', file, '--model', small.folder, '--no-run', ...flags]);

  test('text and tokens of what was written stand at the top', async () => {
    const { code, out } = await patch('--source', other, '--from', '1:2:24,0:last', '--to', '2:last,1:#4', '--generate', '3', '--json');
    expect(code).toBe(0);
    const document = JSON.parse(out) as Result & { text: string; tokens: { id: number; text: string; probability: number }[] };
    const { value } = document.parts.fromTo!;
    expect([document.text, document.tokens]).toEqual([value.after.written!.text, value.after.written!.tokens]);
    expect(document.tokens.map(({ text }) => text).join('')).toBe(document.text);
    for (const { probability } of document.tokens) expect(probability).toBeGreaterThan(0);
    expect(value.patches.map(({ from: [from], to }) => [from.layer, to.layer])).toEqual([[1, 2], [0, 1]]);
    expect(document.pair!.code).toContain('"21"');
  });

  test('the program itself as source is its own run: from one token to another, as --read original has it', async () => {
    const asked = ['--from', '1:2:7', '--to', '2:last', '--generate', '2', '--json'];
    const [itself, original] = [await patch('--source', file, ...asked), await patch('--read', 'original', ...asked)];
    expect([itself.code, itself.out]).toEqual([0, original.out]);
    const { pair, parts } = JSON.parse(itself.out) as Result;
    expect([pair, parts.fromTo!.value.read, parts.fromTo!.value.patches[0].changed]).toEqual([null, 'original', true]);
  });

  test('a place that a program does not have is refused with that program', async () => {
    const [of, into] = [await patch('--source', other, '--from', '1:9:1'), await patch('--read', 'original', '--from', '1:last', '--to', '1:9:1')];
    expect([of.code, of.err]).toEqual([1, expect.stringContaining('In the variant: there is no line 9; the file ends with line 3.')]);
    expect([into.code, into.err]).toEqual([1, expect.stringMatching(/^There is no line 9/m)]);
  });

  test('without --from it is the sweep', async () => {
    const asked = ['--against', 'quote-number', '--answers', 'NameError, no error', '--json'];
    const swept = JSON.parse((await patch(...asked)).out) as Result;
    const named = JSON.parse((await run(['patching', file, '--model', small.folder, '--no-run', ...asked])).out) as Result;
    expect(swept.parts.patching).toEqual(named.parts.patching);
    expect(swept.parts.fromTo).toBeUndefined();
  });

  test('people read what was read and changed', async () => {
    const { out, code } = await patch('--read', 'original', '--from', '0:1:1', '--to', '2:last', '--matrix', '--generate', '2');
    expect(code).toBe(0);
    for (const part of ['Answers before and after', 'From every layer into every layer', 'The same from 8 other tokens drawn at random']) expect(out).toContain(part);
    const help = await run(['patch', '--help']);
    for (const part of ['Read is the run on the variant', 'Changed is the run on FILE']) expect(help.out.replace(/\s+/g, ' ')).toContain(part);
  });

  test.each<[string[], string]>([
    [['--from', '3'], 'LAYER:LINE:COL'],
    [['--from', '0:last', '--direction', 'noising'], '--direction belongs to the sweep'],
    [['--from', '0:last', '--source', 'x.py', '--read', 'original'], 'give one of them'],
    [['--from', '0:last', '--into', 'nowhere'], 'identity'],
  ])('%j is refused as wrong use', async (flags, part) => {
    const { code, err } = await patch(...flags);
    expect([code, err.replace(/\s+/g, ' ')]).toEqual([2, expect.stringContaining(part)]);
  });
});
