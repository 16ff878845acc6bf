import { mkdir, rm } from 'node:fs/promises';
import type { Evaluation } from '../../src/engine/evaluation/evaluate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explanationOf, type Explanation } from '../../src/protocol/documents/explanation';
import { readResult } from '../../src/protocol/documents/result';
import type { VariantList } from '../../src/protocol/documents/variants';
import { smallModel, type SmallModel } from '../engine/small-model';
import { run, temporaryFolder, type Folder } from './kit';

const CODE = 'city = "Lisbon"\nprint("Temperature: " + 21)\n';

let small: SmallModel;
let folder: Folder;
let code: string;
beforeAll(async () => {
  small = await smallModel();
  folder = await temporaryFolder();
  code = await folder.write('weather.py', CODE);
});
afterAll(() => Promise.all([small.remove(), folder.remove()]));

describe('explain', () => {
  test('prints for people, with progress on standard error only', async () => {
    const { code: exit, out, err } = await run(['explain', code, '--model', small.folder, '--no-run']);
    expect([exit, err]).toEqual([0, expect.stringContaining('Loading the model …\n') as string]);
    for (const part of ['2 │ print("Temperature: " + 21)', 'Prediction', 'Logit lens', 'layer 2', 'Findings', 'was not run']) expect(out).toContain(part);
    expect(out).not.toContain('\x1b');
    expect(Math.max(...out.split('\n').slice(1).map((line) => Array.from(line).length))).toBeLessThanOrEqual(80);
  });

  test('--json prints one document', async () => {
    const { code: exit, out } = await run(['explain', `${code}:2-2`, '--model', small.folder, '--no-run', '--json', '--top-k', '2', '--against', 'quote-number', '--direction', 'noising', '--site', 'hook_resid_mid', '--answers', 'NameError, no error']);
    expect(exit).toBe(0);
    const result = JSON.parse(out) as Explanation;
    expect(result.source).toMatchObject({ file: code, firstLine: 2, lastLine: 2, code: 'print("Temperature: " + 21)' });
    expect(result.patching).toMatchObject({ direction: 'noising', site: 'hook_resid_mid' });
    expect(result.patching!.metric).toMatchObject({ positive: 'NameError', negative: 'no error', basis: 'chosen' });
    expect(result.counterfactual!.kind).toBe('quote-number');
    expect(result.counterfactual!.description).toContain('line 2');
    const { model, tokens, prediction, actual, findings, patching } = result;
    const saved = readResult(out, 'the output');
    expect(explanationOf(saved)).toMatchObject({ model, tokens, prediction, actual, findings, patching });
    expect(saved.parts.lens!.value.top[0][0]).toHaveLength(2);
  });

  test('runs the code in Python, and compares with another file', async () => {
    const other = await folder.write('other.py', CODE.replace('21', '"21"'));
    const { code: exit, out } = await run(['explain', code, '--model', small.folder, '--against', other, '--json']);
    expect(exit).toBe(0);
    const result = JSON.parse(out) as Explanation;
    const python = expect.stringMatching(/^3\.\d+\.\d+$/) as string;
    expect(result.actual).toEqual({ label: 'TypeError', message: 'can only concatenate str (not "int") to str', line: 2, python });
    expect(result.counterfactual!.actual).toEqual({ label: 'no error', message: null, line: null, python });
  }, 300_000);

  test('an interrupted run says so', async () => {
    const stop = new AbortController();
    stop.abort();
    const { code: exit, out, err } = await run(['explain', code, '--model', small.folder, '--no-run'], { signal: stop.signal });
    expect([exit, out]).toEqual([130, '']);
    expect(err).toMatch(/Stopped\.\n$/);
  });
});

test('variants lists the edits, for people and as JSON', async () => {
  const people = await run(['variants', code, '--model', small.folder, '--no-run'], { columns: 120 });
  expect(people.code).toBe(0);
  expect(people.out).toContain('put the number 21 in quotes on line 2');
  expect(people.out).toContain('quote-number');
  const { out } = await run(['variants', code, '--model', small.folder, '--no-run', '--json']);
  const list = JSON.parse(out) as VariantList;
  expect(list.variants.length).toBeGreaterThan(10);
  expect(list.variants[0]).toMatchObject({ number: 1, actual: null, labelChanged: null });
});

test('--few-shot asks after three solved programs, and the answers of a model that knows nothing are put into their place', async () => {
  const { code: exit, out } = await run(['explain', code, '--model', small.folder, '--no-run', '--few-shot', '--json']);
  expect(exit).toBe(0);
  const { template, prompt, source, tokens, prediction } = JSON.parse(out) as Explanation;
  expect(template).toBe('python-error-type-few-shot');
  expect(prompt).toMatch(/^count = 3\nprint\("Total: " \+ count\)\n# When this code is executed, Python will raise a TypeError\n\ncolours/);
  expect(tokens.filter(({ start }) => start !== null).map(({ start, end }) => CODE.slice(start!, end!)).join('')).toBe(source.code.trimEnd());
  expect(prediction.answersProbability).toBeLessThan(0.5);
  const people = await run(['explain', code, '--model', small.folder, '--no-run', '--few-shot']);
  for (const part of ['all 17 together', 'Another question, or solved examples', 'The 17 answers together have', 'rather']) expect(people.out).toContain(part);
});

test('evaluate prints accuracy, classes and confusion, or rows as JSON', async () => {
  const data = await folder.write('data.jsonl', ['x = 1', 'y = (', CODE].map((text, i) => JSON.stringify({ code: text, label: ['NoError', 'SyntaxError', 'TypeError'][i], ...(i < 2 && { source: 'here', id: `p${i}` }) })).join('\n'));
  const people = await run(['evaluate', data, '--model', small.folder]);
  expect(people.code).toBe(0);
  for (const part of ['Accuracy', 'of 3 programs', 'Calibration error', 'By class', 'By source', 'By length', '1 to 8 lines', 'Confusion matrix', 'no error']) expect(people.out).toContain(part);
  const { out } = await run(['evaluate', data, '--model', small.folder, '--json']);
  const result = JSON.parse(out) as Evaluation;
  expect(result.rows.map(({ label }) => label)).toEqual(['no error', 'SyntaxError', 'TypeError']);
  expect(result.accuracy).toBeCloseTo(result.rows.filter(({ label, predicted }) => label === predicted).length / 3, 10);
  for (const { probability } of result.rows) expect(probability).toBeGreaterThan(0);
  expect(result.rows.map(({ id }) => id)).toEqual(['p0', 'p1', undefined]);
  expect(result.bySource.here).toMatchObject({ programs: 2, accuracy: result.rows.slice(0, 2).filter(({ label, predicted }) => label === predicted).length / 2 });
  expect(result.noErrorRecall).toBe(Number(result.rows[0].predicted === 'no error'));
  expect(Object.values(result.byLength).reduce((sum, { programs }) => sum + programs, 0)).toBe(3);
  expect(result.calibrationError).toBeGreaterThan(0);
});

describe('what cannot be done is said in a sentence, without a stack', () => {
  const fails = async (args: readonly string[], message: string | RegExp) => {
    const { code: exit, out, err } = await run(args);
    expect([exit, out]).toEqual([1, '']);
    const said = err.split('\n').filter((line) => line !== '' && !line.endsWith('…'));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(message);
    expect(err).not.toMatch(/^\s+at /m);
  };
  const explain = (file: string, ...rest: string[]) => ['explain', file, '--no-run', '--model', small.folder, ...rest];

  test('about the file', async () => {
    await fails(explain('missing.py'), 'There is no file or folder missing.py.');
    await fails(explain(folder.path('.')), /is a folder; give a file\.$/);
    await fails(explain(await folder.write('empty.py', '')), /empty\.py is empty; there is no code to read\.$/);
    await fails(explain(await folder.write('blank.py', ' \n\t\n')), /holds only white space/);
    await fails(explain(await folder.write('zero.py', Uint8Array.of(120, 0, 120))), /binary file/);
    await fails(explain(await folder.write('latin.py', Uint8Array.of(120, 0xe9, 120))), /not UTF-8/);
    await fails(explain(await folder.write('long.py', 'total = 1 + 2\n'.repeat(5000))), /the 5,000 lines are over [\d,]+ tokens .* reads at most 160\. Choose fewer lines: the first \d+ fit/);
  });

  test('about the lines', async () => {
    await fails(explain(`${code}:3`), /weather\.py has 2 lines, so there is no line 3\.$/);
    await fails(explain(`${code}:1-9`), /there is no line 9/);
    await fails(explain(`${code}:2-1`), /no line range/);
    await fails(explain(`${code}:0`), /no line range/);
    const gap = await folder.write('gap.py', 'a = 1\n\n\nb = 2\n');
    await fails(explain(`${gap}:2-3`), /no code here/);
  });

  test('about the model', async () => {
    await fails(['explain', code, '--no-run', '--model', folder.path('.')], /it has no config\.json/);
    await fails(['explain', code, '--no-run', '--model', folder.path('nowhere')], /^There is no folder or file .*nowhere\. Give a model folder/);
    const lacking = await smallModel();
    await rm(`${lacking.folder}/tokenizer.json`);
    await fails(['explain', code, '--no-run', '--model', lacking.folder], /There is no tokenizer\.json in/);
    await rm(`${lacking.folder}/model.safetensors`);
    await fails(['explain', code, '--no-run', '--model', lacking.folder], /has neither model\.safetensors nor/);
    await lacking.remove();
  });

  test('about what to compare with', async () => {
    await fails(explain(code, '--against', 'nothing'), /neither a variant's number, nor a file, nor a kind of variant \(repair-bracket, /);
    await fails(explain(code, '--against', code), /hold the same code/);
    await fails(explain(code, '--answers', 'TypeError,Nonsense'), /"Nonsense" is none of the answers to compare; there are: /);
    await fails(explain(code, '--answers', 'TypeError,TypeError'), /Give two different answers/);
    await fails(explain(code, '--against', '100000'), /no variant 100000; they are numbered 1 to/);
  });

  test('about templates', async () => {
    await fails(explain(code, '--template', 'none.json'), 'There is no file or folder none.json.');
    await fails(explain(code, '--template', await folder.write('broken.json', '{')), /broken\.json is not valid JSON/);
    const two = ['a', 'b'].map((id) => ({ id, title: id, prefix: '', suffix: '\n#', answers: ['yes', 'no'] }));
    const file = await folder.write('two.json', JSON.stringify(two));
    await fails(explain(code, '--template', file), /holds 2 templates \(a, b\); choose one/);
    await fails(explain(code, '--template', `${file}#c`), /holds no template "c"/);
    const { code: exit, out } = await run([...explain(code, '--template', `${file}#b`), '--json']);
    expect(exit).toBe(0);
    expect((JSON.parse(out) as Explanation).prediction.answers.map(({ label }) => label).sort()).toEqual(['no', 'yes']);
  });

  test('about examples', async () => {
    const { code: exit, err } = await run(explain(code, '--few-shot', '--template', 'python-error-type'));
    expect(exit).toBe(2);
    expect(err).toContain('--few-shot is a template itself');
  });

  test('about data, with the line', async () => {
    const data = (name: string, ...lines: string[]) => folder.write(name, lines.join('\n'));
    const good = '{"code": "x = 1", "label": "no error"}';
    const evaluate = (file: string) => ['evaluate', file, '--model', small.folder];
    await fails(evaluate(await data('a.jsonl', good, '', '{"code"')), /a\.jsonl, line 3 is not valid JSON/);
    await fails(evaluate(await data('b.jsonl', good, '{"label": "TypeError"}')), /b\.jsonl, line 2 has no "code"/);
    await fails(evaluate(await data('c.jsonl', '{"code": "x", "label": 3}')), /c\.jsonl, line 1 has no "label"/);
    await fails(evaluate(await data('h.jsonl', '{"code": "x", "label": "ok", "source": 1}')), /h\.jsonl, line 1: "source" is no text/);
    await fails(evaluate(await data('d.jsonl', '[1]')), /line 1 has no "code"/);
    await fails(evaluate(await data('e.jsonl', '', '')), /e\.jsonl holds no rows/);
    await fails(evaluate(await data('f.jsonl', good, JSON.stringify({ code: 'x = 1\n'.repeat(900), label: 'no error' }))), /f\.jsonl, line 2: the 900 lines are/);
    await mkdir(folder.path('folder'), { recursive: true });
    await fails(evaluate(folder.path('folder')), /is a folder; give a file/);
  });
});

describe('wrong use has exit code 2', () => {
  test.each([
    [['explain'], "missing required argument 'file'"],
    [['explain', 'a.py', '--site', 'hook_nothing'], 'Allowed choices are hook_resid_pre'],
    [['explain', 'a.py', '--direction', 'sideways'], 'Allowed choices are denoising, noising'],
    [['explain', 'a.py', '--answers', 'TypeError'], 'Give two answers with a comma between them'],
    [['explain', 'a.py', '--top-k', '0'], 'whole number from 1 to 100'],
    [['explain', 'a.py', '--nonsense'], "unknown option '--nonsense'"],
    [['lens', 'a.py', '--generate', '3'], '--generate belongs to generation, '],
    [['head-patching', 'a.py', '--site', 'resid_post'], 'Allowed choices are attn.hook_z, attn.hook_q'],
    [['explain', 'a.py', 'b.py'], 'too many arguments'],
    [['evaluate'], "missing required argument 'data'"],
    [['explian'], "unknown command 'explian'"],
  ])('%j', async (args, message) => {
    const { code: exit, out, err } = await run(args);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  test.each([[[]], [['explain']], [['variants']], [['evaluate']], [['train']]])('help of %j', async (args) => {
    const { code: exit, out } = await run([...args, '--help']);
    expect(exit).toBe(0);
    expect(out).toContain('Usage: latent-lens');
    if (args[0] !== 'train') expect(out).toContain('Examples:');
  });
});

test('with LATENT_LENS_DEBUG an error has its stack', async () => {
  process.env.LATENT_LENS_DEBUG = '1';
  try {
    expect((await run(['explain', 'missing.py'])).err).toMatch(/\n\s+at /);
  } finally {
    delete process.env.LATENT_LENS_DEBUG;
  }
});
