import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { evaluate } from '../../src/engine/evaluation/evaluate';
import { packageModelFolder, loadModel, type LoadedModel } from '../../src/engine/session/load';
import { explanationOf } from '../../src/protocol/documents/explanation';
import { readResult, type Result } from '../../src/protocol/documents/result';
import { PACKAGE_MODELS } from '../../src/vocabulary/package-models';
import { PYTHON_ERROR_TYPE, type Template } from '../../src/snippets/prompts/templates';
import { EXPLANATION, explained, resultOf, variantsFor } from './analysed';
import { fakePython, smallModel, type SmallModel } from './small-model';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';
const source = { file: 'weather.py', text: CODE };

let small: SmallModel;
let loaded: LoadedModel;
beforeAll(async () => {
  small = await smallModel();
  loaded = await loadModel(small.folder, { threads: 1 });
});
afterAll(async () => {
  await loaded.model.release();
  await small.remove();
});

describe('an explanation', () => {
  test('holds what it was made from, and its parts agree', async () => {
    const stages = new Set<string>();
    const asked = { ...EXPLANATION, prediction: { topK: 3 }, lens: { topK: 3 } };
    const whole = await resultOf(loaded, source, asked, { label: fakePython, onProgress: (stage) => stages.add(stage) });
    expect(whole).toMatchObject({ format: 'latent-lens/result', version: 2, reading: { template: 'python-error-type' } });
    expect(Object.keys(whole.parts)).toEqual(['prediction', 'lens', 'patching']);
    const params = { patching: { site: 'hook_resid_pre', direction: 'denoising', exact: false, answers: null }, prediction: { topK: 3 } };
    expect(whole.parts).toMatchObject({ patching: { params: params.patching }, prediction: { params: params.prediction } });
    const result = explanationOf(whole);
    expect(result.model).toEqual({ id: loaded.id, sha256: await loaded.model.sha256(), layers: 3 });
    expect(result.source).toEqual({ file: 'weather.py', code: CODE, start: 0, end: CODE.length, firstLine: 1, lastLine: 2 });
    expect(result.prompt.startsWith(CODE.trimEnd())).toBe(true);
    expect(result.actual).toEqual({ label: 'TypeError', message: 'can only concatenate str (not "int") to str', line: 2 });
    expect(stages).toContain('Patching');

    const inCode = result.tokens.filter(({ start }) => start !== null);
    expect(inCode.map(({ start, end }) => CODE.slice(start!, end!)).join('')).toBe(CODE.trimEnd());
    expect(result.tokens.at(-1)).toMatchObject({ start: null, end: null });

    const { lens, prediction } = result;
    expect([lens.layers, lens.positions]).toEqual([4, result.tokens.length]);
    expect(lens.labels).toEqual(PYTHON_ERROR_TYPE.answers.map(({ label }) => label));
    expect(prediction.answers).toHaveLength(lens.labels.length);
    for (const { label, logit, probability } of prediction.answers) {
      const last = lens.answers[3].at(-1)![lens.labels.indexOf(label)];
      expect(last.logit).toBeCloseTo(logit, 3);
      expect(last.probability).toBeCloseTo(probability, 5);
    }
    expect(lens.top[3].at(-1)!.map(({ text }) => text)).toEqual(prediction.top.map(({ text }) => text));

    const { counterfactual, patching } = result;
    expect(counterfactual!.alignment.columns.length).toBeGreaterThanOrEqual(result.tokens.length);
    expect(patching).toMatchObject({ site: 'hook_resid_pre', direction: 'denoising' });
    // What the model predicts, and what is true of the program or of the variant.
    expect(patching!.metric.positive).toBe(prediction.label);
    expect(['TypeError', counterfactual!.actual!.label]).toContain(patching!.metric.negative);
    expect(patching!.metric.description).toContain('first token');
    expect(patching!.logitDifference).toHaveLength(3);
    expect(patching!.logitDifference[0]).toHaveLength(result.tokens.length);
    expect(result.findings.length).toBeGreaterThanOrEqual(3);
    expect(JSON.parse(JSON.stringify(whole))).toEqual(whole);
    expect(readResult(JSON.stringify(whole), 'saved.json')).toEqual(whole);
  });

  test('what is told while it is made adds up to it', async () => {
    const seen: { parts: string[]; stage: string }[] = [];
    let last: Result | null = null;
    const result = await resultOf(loaded, source, EXPLANATION, {
      label: fakePython,
      onPartial: (known, { stage }) => {
        last = known;
        seen.push({ parts: Object.keys(known.parts), stage });
      },
    });
    expect(seen[0]).toEqual({ parts: ['prediction'], stage: 'Making variants' });
    expect(seen[1]).toEqual({ parts: ['prediction', 'lens'], stage: 'Making variants' });
    expect(seen[2]).toEqual({ parts: ['prediction', 'lens'], stage: 'Patching' });
    expect(seen.at(-1)).toEqual({ parts: ['prediction', 'lens', 'patching'], stage: 'Patching' });
    const { patching } = result.parts;
    expect(last).toEqual({ ...result, parts: { ...result.parts, patching: { ...patching, value: last!.parts.patching!.value, findings: [] } } });
  });

  test('with another number of tokens takes no more runs of the model', async () => {
    const run = vi.spyOn(loaded.model, 'run');
    const counts: number[] = [];
    for (const topK of [10, 3]) {
      run.mockClear();
      const result = await resultOf(loaded, source, { prediction: { topK }, lens: { topK }, patching: {} }, { label: fakePython });
      expect(result.pair!.prediction.top).toHaveLength(topK);
      counts.push(run.mock.calls.length);
    }
    run.mockRestore();
    expect(counts[1]).toBe(counts[0]);
  });

  test('both directions say the same of the same two programs', async () => {
    const options = { label: fakePython, against: { kind: 'quote-number' as const } };
    const denoising = await explained(loaded, source, options);
    const noising = await explained(loaded, source, { ...options, asked: { patching: { direction: 'noising' } } });
    expect(denoising.counterfactual!.code).toContain('"21"');
    expect(denoising.counterfactual!.actual!.label).toBe('no error');
    const [a, b] = [denoising.patching!, noising.patching!];
    expect(a.clean).toBeCloseTo(b.clean, 3);
    expect(a.corrupted).toBeCloseTo(b.corrupted, 3);
    // Where the programs begin alike, a patch leaves the run that it is made in as it is.
    expect(a.logitDifference[0][0]).toBeCloseTo(a.corrupted, 3);
    expect(b.logitDifference[0][0]).toBeCloseTo(b.clean, 3);
    for (const { effect, logitDifference, clean, corrupted } of [a, b]) {
      if (effect === null) continue;
      for (const [layer, row] of effect.entries()) {
        for (const [position, value] of row.entries()) {
          const raw = logitDifference[layer][position];
          if (raw === null) expect(value).toBeNull();
          else expect(value).toBeCloseTo((raw - corrupted) / (clean - corrupted), 3);
        }
      }
    }
  });

  test('a token without counterpart has no effect, not a zero', async () => {
    const other = { file: 'other.py', text: 'city = "Lisbon"\nprint("Temperature: " + str(21))\n' };
    const result = await explained(loaded, { ...source, text: other.text }, { label: fakePython, against: { program: source } });
    expect(result.counterfactual).toMatchObject({ kind: null, description: 'the code of weather.py', actual: { label: 'TypeError' } });
    const gone = result.counterfactual!.alignment.columns.filter(({ variant }) => variant === null).map(({ original }) => original!);
    expect(gone.length).toBeGreaterThan(0);
    for (const row of result.patching!.logitDifference) row.forEach((value, position) => expect(value === null).toBe(gone.includes(position)));
  });

  test('of some lines has lines and offsets of the file', async () => {
    const text = `import math\r\n\r\n${CODE.replaceAll('\n', '\r\n')}`;
    const start = text.indexOf('city');
    const result = await explained(loaded, { file: 'weather.py', text, range: { start, end: text.trimEnd().length } }, { label: fakePython });
    expect(result.source).toMatchObject({ firstLine: 3, lastLine: 4 });
    expect(result.actual!.line).toBe(4);
    for (const { text: token, start: from, end } of result.tokens) {
      if (from !== null && !token.includes('\n')) expect(text.slice(from, end!)).toBe(token);
    }
    const { description, tokens, code } = result.counterfactual!;
    expect(description).toMatch(/line [34]/);
    const own = tokens.filter((token) => token.start !== null);
    expect([own[0].start, own.at(-1)!.end]).toEqual([start, start + code.trimEnd().length]);
  });

  test('without running has no truth, but a variant that the model reads otherwise, if there is one', async () => {
    const result = await explained(loaded, source);
    expect(result.actual).toBeNull();
    expect(result.counterfactual!.actual).toBeNull();
    expect(result.findings[0]).toContain('not run');
  });

  test('without a usable variant says why', async () => {
    const judge = (label: string) => (codes: readonly string[]) => Promise.resolve(codes.map(() => ({ label, message: 'because', line: null })));
    const why = ({ parts, missing }: Result) => {
      const said = parts.prediction!.findings.at(-1);
      expect(missing).toEqual({ patching: said });
      return said;
    };
    const { parts: { prediction } } = await resultOf(loaded, source, { prediction: {} });
    const same = await resultOf(loaded, source, EXPLANATION, { label: judge(prediction!.value.label) });
    expect(explanationOf(same)).toMatchObject({ counterfactual: null, patching: null });
    expect(why(same)).toMatch(/^None of \d+ edits changes what Python does/);
    expect(explanationOf(same).findings.filter((sentence) => sentence === why(same))).toHaveLength(1);
    const timeout = await resultOf(loaded, source, EXPLANATION, { label: judge('timeout') });
    expect(explanationOf(timeout)).toMatchObject({ actual: { label: 'timeout', line: null }, counterfactual: null });
    expect(why(timeout)).toContain('as it could not be checked itself');
  });

  test('whose one answer is the beginning of the other has no patching and says why', async () => {
    const template: Template = { ...PYTHON_ERROR_TYPE, id: 'alike', answers: [{ label: 'TypeError', text: ' TypeError' }, { label: 'no error', text: ' TypeError nowhere' }] };
    const result = await explained(loaded, source, { template, label: fakePython, against: { kind: 'quote-number' } });
    expect(result.counterfactual).not.toBeNull();
    expect(result.patching).toBeNull();
    expect(result.findings.at(-1)).toContain('begins with all of " TypeError"');
    expect(result.prediction.answersProbability).toBe(result.prediction.answers[0].probability); // the longer one is within the shorter one
    expect(result.prediction.answers).toHaveLength(2);
  });

  test('refuses nothing to read, too much to read, and nothing to compare with', async () => {
    const run = (text: string, options?: Parameters<typeof explained>[2]) => explained(loaded, { file: 'a.py', text }, { label: fakePython, ...options });
    await expect(run(' \n\t\n')).rejects.toThrow('a.py: there is no code here, only white space.');
    await expect(run('x = 1\n'.repeat(5000))).rejects.toThrow(
      /^a\.py: the 5,000 lines are over [\d,]+ tokens with the question; .+ reads at most 160\. Choose fewer lines: the first \d+ fit \(a\.py:1-\d+\)\. Or name one line \(a\.py:LINE,/,
    );
    await expect(run(CODE, { against: { number: 5000 } })).rejects.toThrow(/There is no variant 5000; they are numbered 1 to \d+/);
    await expect(run(CODE, { against: { kind: 'misspell-import' } })).rejects.toThrow('no variant of the kind misspell-import');
    await expect(run(CODE, { against: { program: { file: 'b.py', text: `${CODE}\n\n` } } })).rejects.toThrow('b.py and a.py hold the same code');
  });

  test('can be stopped', async () => {
    const stop = new AbortController();
    const running = explained(loaded, source, { label: fakePython, signal: stop.signal, onProgress: (stage) => stage === 'Patching' && stop.abort() });
    await expect(running).rejects.toThrow(/abort/i);
  });
});

test('as many lines fit as the message about a long program says', async () => {
  const text = 'value = 1 + 2\n'.repeat(400);
  const message = await explained(loaded, { file: 'a.py', text }).catch((error: Error) => error.message);
  const fitting = Number(/1-(\d+)/.exec(message as string)![1]);
  const first = (lines: number) => explained(loaded, { file: 'a.py', text: 'value = 1 + 2\n'.repeat(lines) }, { against: { program: source } });
  await expect(first(fitting)).resolves.toBeDefined();
  await expect(first(fitting + 1)).rejects.toThrow('reads at most');
});

test('variants are listed with truth and prediction, numbered as --against takes them', async () => {
  const list = await variantsFor(loaded, source, { label: fakePython });
  expect(list.variants.map(({ number }) => number)).toEqual(list.variants.map((_, i) => i + 1));
  expect(list.actual!.label).toBe('TypeError');
  const { number, code, kind, actual, prediction } = list.variants[2];
  const result = await explained(loaded, source, { label: fakePython, against: { number } });
  expect(result.counterfactual).toMatchObject({ code, kind, actual });
  expect(result.counterfactual!.prediction.label).toBe(prediction.label);
  expect(result.counterfactual!.prediction.answers[0].probability).toBeCloseTo(prediction.probability, 4);
  for (const variant of list.variants) expect(variant.labelChanged).toBe(variant.actual!.label !== 'TypeError');
});

test('a truth that is none of the answers is said, with the base class that is one', async () => {
  const raises = (label: string) => () => Promise.resolve([{ label, message: null, line: 1 }]);
  const source = { file: null, text: 'import json\njson.loads("{bad}")\n' };
  const against = { program: { file: null, text: 'import json\njson.loads("{}")\n' } };
  const both = (label: string): typeof fakePython => (codes) => Promise.all(codes.map(async () => (await raises(label)())[0]!));
  const json = await explained(loaded, source, { against, label: both('JSONDecodeError') });
  expect(json.actual).toMatchObject({ label: 'JSONDecodeError', unlisted: { base: 'ValueError' } });
  expect(json.findings[0]).toContain('Python raises JSONDecodeError on line 1, which is none of the 17 answers; it is a kind of ValueError, which is');
  const own = await explained(loaded, source, { against, label: both('MyError') });
  expect(own.actual!.unlisted).toEqual({ base: null });
  expect(own.findings[0]).toMatch(/which is none of the 17 answers\./);
  for (const label of ['TypeError', 'no error', 'timeout']) {
    expect((await explained(loaded, source, { against, label: both(label) })).actual).not.toHaveProperty('unlisted');
  }
});

test('an evaluation counts the predictions that are the canonical label', async () => {
  const data = ['x = 1', 'print(', CODE].map((code) => ({ code, label: 'none' }));
  const name = (row: number) => `row ${row}`;
  const { rows } = await evaluate(loaded, PYTHON_ERROR_TYPE, data, { name });
  expect(rows.map(({ label }) => label)).toEqual(['no error', 'no error', 'no error']);
  const right = data.map(({ code }, i) => ({ code, label: i < 2 ? ` ${rows[i].predicted} ` : 'OSError' }));
  const again = await evaluate(loaded, PYTHON_ERROR_TYPE, right, { name });
  expect(again).toMatchObject({ accuracy: 1, programs: 2, unlisted: 1 }); // OSError is none of the answers, so it could not be predicted
  expect(again.rows.map(({ unlisted }) => unlisted ?? false)).toEqual([false, false, true]);
  await expect(evaluate(loaded, PYTHON_ERROR_TYPE, [{ code: 'x = 1', label: 'OSError' }], { name })).rejects.toThrow('None of the labels is one of the 17 answers (');
  await expect(evaluate(loaded, PYTHON_ERROR_TYPE, [...data, { code: 'x = 1\n'.repeat(100), label: '' }], { name })).rejects.toThrow(/^row 3: the 100 lines/);
});

test.each(PACKAGE_MODELS)('the model %s that comes with the package is found from its source', (name) => {
  expect(existsSync(path.join(packageModelFolder(name), 'model.safetensors'))).toBe(true);
});
