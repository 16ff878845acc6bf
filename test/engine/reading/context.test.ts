import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readNotebook } from '../../../src/snippets/context/notebook';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import { UNJUDGED, type Labeller } from '../../../src/snippets/twins/variants';
import { UNJUDGED as IN_DOCUMENTS } from '../../../src/protocol/words/outcome';
import type { Against } from '../../../src/engine/twins/against';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { explained as explainedBy, resultOf, type Source } from '../analysed';
import { smallModel, type SmallModel } from '../small-model';

let small: SmallModel;
let loaded: LoadedModel;
let sandbox: PythonSandbox;
beforeAll(async () => {
  small = await smallModel();
  [loaded, sandbox] = await Promise.all([loadModel(small.folder, { threads: 1 }), PythonSandbox.start()]);
}, 120_000);
afterAll(async () => {
  sandbox?.close();
  await loaded?.model.release();
  await small?.remove();
});

const label: Labeller = (codes, how) => sandbox.runMany(codes, undefined, undefined, how);
/** Without a comparison. */
const explained = async (source: Source) => {
  const { reading, parts: { prediction } } = await resultOf(loaded, source, { prediction: {} }, { label });
  return { ...reading, actual: prediction!.value.actual, findings: prediction!.findings };
};
const compared = (source: Source) => explainedBy(loaded, source, { label });
const against = (source: Source, twin: Against) => explainedBy(loaded, source, { label, against: twin });

test('both lists of outcomes that are no verdict are the same', () => expect(IN_DOCUMENTS).toEqual(UNJUDGED));

describe('packages', () => {
  test.each([
    ['import pandas as pd\npd.read_csv("a.csv")', 'not contained', 'The package `pandas` is not in the sandbox.'],
    ['from sklearn.svm import SVC', 'not contained', 'The package `sklearn` is not in the sandbox.'],
    ['try:\n    import numpy\nexcept ImportError:\n    numpy = None\nnumpy.zeros(3)', 'not contained', 'The program tries the package `numpy`, which is not in the sandbox.'],
    ['import nunpy', 'ModuleNotFoundError', "No module named 'nunpy'"],
    ['import StringIO', 'ModuleNotFoundError', "No module named 'StringIO'"],
    ['import xml.ElementTree', 'ModuleNotFoundError', "No module named 'xml.ElementTree'"],
    ['1 / 0\nimport numpy', 'ZeroDivisionError', 'division by zero'],
    ['import numpy\nprint(', 'SyntaxError', "'(' was never closed"],
    ['def f():\n    import numpy\nprint(1)', 'no error', null],
  ])('%j', async (text, outcome, message) => {
    expect((await explained({ text })).actual).toMatchObject({ label: outcome, message });
  });

  test('a name that is no known package is said to be so, and modules of the user are not missed', async () => {
    const { actual, findings } = await explained({ text: 'import nunpy' });
    expect(actual!.note).toMatch(/^No package `nunpy` is known/);
    expect(findings).toContain(actual!.note);
    const own = await explained({ text: 'import arrange', folder: path.resolve('src/engine/analyses') });
    expect(own.actual!.label).toBe('ModuleNotFoundError'); // arrange.ts is no module of Python
    const guest = await explained({ text: 'import guest', folder: path.resolve('src/snippets/sandbox') });
    expect(guest.actual).toMatchObject({ label: 'not contained', message: '`guest` is a file or folder of yours, which the sandbox has not.' });
  });
});

test('a definition that nothing calls is no verdict, nor the truth of a comparison', async () => {
  const { actual, findings, patching } = await compared({ text: 'def f(x):\n    return x / 0\n' });
  expect(actual).toMatchObject({ label: 'no error', uncalled: ['f'] });
  expect(findings[0]).toMatch(/whether that is right is not known\. Nothing calls `f`, so its body was not run\./);
  if (patching) expect(patching.metric.positive).not.toBe('no error');
  expect((await explained({ text: 'def f(x):\n    return x / 0\nf(1)\n' })).actual).toMatchObject({ label: 'ZeroDivisionError', line: 2 });
});

describe('a selection', () => {
  const text = 'import math\n\ndef f(r):\n    if r > 0:\n        x = "a" + 1\n    return x\n';

  test('is read without its indentation, and every token lies where it is in the file', async () => {
    const range = { start: text.indexOf('    if r'), end: text.indexOf('    return') };
    const { source, tokens, actual, counterfactual } = await compared({ text: `r = 1\n${text}`, range: { start: range.start + 6, end: range.end + 6 } });
    expect(source).toMatchObject({ code: 'if r > 0:\n    x = "a" + 1\n', firstLine: 5, lastLine: 6 });
    for (const token of tokens) {
      if (token.start !== null && !token.text.includes('\n')) expect(`r = 1\n${text}`.slice(token.start, token.end!)).toBe(token.text);
    }
    expect(actual).toMatchObject({ label: 'NameError', line: 5 });
    expect(actual!.note).toMatch(/^`r` is defined elsewhere in the file, and these lines were run alone\./);
    if (counterfactual?.actual?.line) expect(counterfactual.actual.line).toBeGreaterThanOrEqual(5);
  });

  test('of a place is read with what it needs', async () => {
    const whole = readFileSync(path.join('test', 'snippets', 'context', 'needs.txt'), 'utf8');
    const start = whole.indexOf('def area');
    const { source, actual } = await explained({ text: whole, range: { start, end: whole.indexOf('\n\n\ndef half') }, needs: true });
    expect(source.read).toBe('function `area` with what it needs: lines 1, 3, 7–8, 11–12 and 27');
    expect(source.code).toBe('import math\nTAU = 2 * math.pi\ndef area(r):\n    return half(TAU) * r * r\ndef half(x):\n    return x / "2"\nprint(area(3))\n');
    expect(actual).toMatchObject({ label: 'TypeError', line: 12 });
  });
});

describe('of code that is more than the model reads', () => {
  const filler = (name: string) => `    def ${name}(self):\n        return [${'1, '.repeat(30)}]\n\n`;
  const text = `class Shop:\n    rate = 2\n\n${filler('a')}${filler('b')}    def total(self, x):\n        y = x + "1"\n        return y * self.rate\n\n${filler('c')}shop = Shop()\nprint(shop.total(1))\n`;
  const range = { start: 0, end: text.indexOf('\n\nshop') };

  test('the method at the cursor is read and run, with what it needs', async () => {
    const { source, actual, tokens } = await explained({ text, range, needs: true, at: text.indexOf('self.rate') });
    expect(source.code).toBe('class Shop:\n    rate = 2\n\n    def total(self, x):\n        y = x + "1"\n        return y * self.rate\n\nshop = Shop()\nprint(shop.total(1))\n');
    expect(source.read).toBe('method `total` of class `Shop` with what it needs, as all of it is more than the model reads: lines 1–3, 10–13 and 17–18');
    expect(actual).toMatchObject({ label: 'TypeError', line: 11 });
    for (const token of tokens) if (token.start !== null && !token.text.includes('\n')) expect(text.slice(token.start, token.end!)).toBe(token.text);
  });

  test('a statement that needs too much is refused', async () => {
    const long = `def f():\n    ${'x = 1; '.repeat(60)}\n    if x:\n        import math\n        print(math.pi)\n    return 1\nprint(g)\n`;
    const source = { text: long, range: { start: 0, end: long.indexOf('\nprint(g)') }, needs: true, at: long.indexOf('math.pi') };
    await expect(explained(source)).rejects.toThrow(/tokens with the question; .* reads at most/);
  });
});

describe('a variant of one’s own is an edit of the code that is read', () => {
  const text = 'import math\n\ndef f(r):\n    if r > 0:\n        x = "a" + 1\n    return x\n';
  const block = { text, range: { start: text.indexOf('    if r'), end: text.indexOf('    return') } };

  test('of a selection without its indentation', async () => {
    const { counterfactual, actual } = await against(block, { edited: 'if 1 > 0:\n    x = "a" + 1\n', description: 'your own variant' });
    expect(actual).toMatchObject({ label: 'NameError', line: 4 });
    expect(counterfactual).toMatchObject({ description: 'your own variant', actual: { label: 'TypeError', line: 5 } });
    expect(counterfactual!.alignment.columns.filter(({ original, variant }) => original === null || variant === null).length).toBeLessThan(3);
  });

  test('of code that was gathered', async () => {
    const whole = readFileSync(path.join('test', 'snippets', 'context', 'needs.txt'), 'utf8');
    const start = whole.indexOf('def area');
    const source = { text: whole, range: { start, end: whole.indexOf('\n\n\ndef half') }, needs: true };
    const { code } = (await explained(source)).source;
    const { counterfactual, actual } = await against(source, { edited: code.replace('"2"', '2') });
    expect(actual).toMatchObject({ label: 'TypeError', line: 12 });
    expect(counterfactual!.actual).toMatchObject({ label: 'no error' });
    await expect(against(source, { edited: code })).rejects.toThrow('hold the same code');
    await expect(against(source, { edited: ' ' })).rejects.toThrow('there is no code here');
  });

  test('of a cell behind others, whose prelude is run with it', async () => {
    const notebook = { number: 3, before: [{ number: 1, text: 'a = 1' }, { number: 2, text: `b = [${'1, '.repeat(150)}]` }] };
    const { counterfactual } = await against({ text: 'print(a + "x")', notebook }, { edited: 'print(a + b[0])' });
    expect(counterfactual!.actual).toMatchObject({ label: 'no error' });
  });

  test('and another program is put together by itself', async () => {
    const other = { file: 'other.py', text: text.replace('r > 0', '1 > 0'), range: block.range };
    const { counterfactual } = await against(block, { program: other });
    expect(counterfactual).toMatchObject({ code: 'if 1 > 0:\n    x = "a" + 1\n', description: 'the code of other.py', actual: { label: 'TypeError', line: 5 } });
  });
});

describe('notebook cells', () => {
  const weather = readFileSync(path.join('test', 'engine', 'reading', 'weather.ipynb'), 'utf8');
  const cell = (json: string, number: number) => {
    const { cells } = readNotebook(json);
    const { text } = cells.find((one) => one.number === number)!;
    return explained({ text, notebook: { number, before: cells.filter((one) => one.number < number) } });
  };
  const cells = (...sources: string[]) => cell(JSON.stringify({ cells: sources.map((source) => ({ cell_type: 'code', source })) }), sources.length);

  test('stand behind the cells before them', async () => {
    const { actual, source } = await cell(weather, 3);
    expect(actual).toMatchObject({ label: 'TypeError', line: 2 });
    expect(source.read).toBe('cell 3 with the 1 cell before it');
    expect(source.code).toBe('city = "Lisbon"\ntemp = 21\n\nprint("Weather for " + city)\nprint("Temperature: " + temp)');
  });

  test('a cell before that raises is left out, and IPython’s own lines are not run', async () => {
    const { actual, source } = await cell(weather, 4);
    expect(actual).toMatchObject({ label: 'IndexError', line: 4 });
    expect(source.read).toBe('cell 4 with 1 of the 2 cells before it; cell 3, which raises TypeError, is left out');
  });

  test('await stands at the top, inside of a loop that runs', async () => {
    const sleep = 'import asyncio\nawait asyncio.sleep(0)\n';
    expect((await cells(`${sleep}1 / 0`)).actual).toMatchObject({ label: 'ZeroDivisionError', line: 3 });
    expect((await cells(`${sleep}x = [i async for i in g()]`, 'x = 1')).actual).toMatchObject({ label: 'no error' });
    expect((await cells('import asyncio\nasync def f(): pass\nasyncio.run(f())')).actual).toMatchObject({ label: 'RuntimeError', line: 3 });
    expect((await explained({ text: sleep })).actual).toMatchObject({ label: 'SyntaxError', line: 2 });
  });

  test.each([
    [['%%bash\nls'], "The cell is IPython's `%%bash`, not Python, and was not run."],
    [['x = 1', 'display(x)'], 'The cell uses `display`, which IPython defines; the sandbox has no IPython.'],
    [['files = !ls\nprint(files)'], 'The cell uses a name that `files = !ls` may define; the sandbox has no IPython.'],
    [['import pandas as pd', 'pd.DataFrame()'], 'The package `pandas` is not in the sandbox.'],
  ])('%j are not checked', async (sources, message) => expect((await cells(...sources)).actual).toMatchObject({ label: 'not contained', message }));

  test('the sandbox is as before after a cell', async () => {
    await cells('import asyncio\nawait asyncio.sleep(0)\nleft = 1');
    expect(await sandbox.run('left')).toMatchObject({ label: 'NameError' });
    expect(await sandbox.run('import asyncio\nasyncio.get_running_loop()')).toMatchObject({ label: 'RuntimeError' });
    expect(await sandbox.run('while True: pass', { cell: true })).toMatchObject({ label: 'timeout' });
    expect(await sandbox.run('__file__', { cell: true })).toMatchObject({ label: 'NameError' });
  });

  test('what does not fit is run, and not read', async () => {
    const { source, actual } = await cells('a = 1', `b = [${'1, '.repeat(150)}]`, 'print(a + "x")');
    expect(source.read).toBe('cell 3 with 0 of the 2 cells before it');
    expect(actual).toMatchObject({ label: 'TypeError', line: 1 });
  });
});
