import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAnalogs, halves, type AnalogOptions, type Analogs } from '../../../src/snippets/analogs/analogs';
import { analogOf, planAnalogs } from '../../../src/snippets/analogs/plan';
import type { Key } from '../../../src/snippets/analogs/slots';
import { singleChange } from '../../../src/snippets/twins/align';
import { applyChanges, keysOf, pairOf, parser } from './kit';
import { PythonSandbox, type Outcome } from '../../../src/snippets/sandbox/sandbox';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { promptTokens, renderPrompt } from '../../../src/snippets/prompts/prompts';
import { kitTokenizer } from '../tokenizer/kit';

let sandbox: PythonSandbox;
beforeAll(async () => {
  sandbox = await PythonSandbox.start();
});
afterAll(() => sandbox.close());

const label = (codes: string[]) => sandbox.runMany(codes);
const find = (original: string, variant: string, options: Partial<AnalogOptions> = {}): Promise<Analogs> =>
  findAnalogs(pairOf(original, variant), { count: 12, seed: 7, label, ...options });

describe('pairs like a pair', () => {
  const original = 'city = "Lisbon"\nprint("Weather for " + city)\nprint("Temperature: " + 21)\n';
  const variant = original.replace('21', '"21"');

  test('are as many as were asked for, all different, the same from the same seed, and differ by the same edit', async () => {
    const found = await find(original, variant);
    expect(found.shortfall).toBeNull();
    expect(found.pairs).toHaveLength(12);
    expect(new Set(found.pairs.map((pair) => pair.original)).size).toBe(12);
    for (const pair of found.pairs) {
      expect(pair.original).not.toContain('Lisbon');
      expect(applyChanges(pair)).toBe(pair.variant);
      expect(pair.variant).toBe(pair.original.replace(/\d\d/, '"$&"'));
    }
    expect((await find(original, variant)).pairs).toEqual(found.pairs);
    expect((await find(original, variant, { seed: 8 })).pairs).not.toEqual(found.pairs);
  });

  test('do what the given pair does, in the same lines', async () => {
    const { pairs, outcomes } = await find(original, variant);
    expect(outcomes.original).toMatchObject({ label: 'TypeError', line: 3 });
    const done = await label(pairs.flatMap((pair) => [pair.original, pair.variant]));
    expect(new Set(done.map((outcome, i) => `${i % 2} ${outcome.label} ${outcome.line}`))).toEqual(new Set(['0 TypeError 3', '1 no error null']));
  });

  test('can be held to the tokens of the given pair', async () => {
    const tokenizer = kitTokenizer();
    const count = (code: string) => promptTokens(tokenizer, renderPrompt(PYTHON_ERROR_TYPE, code, null)).length;
    const found = await find(original, variant, { sameTokens: { tokenizer, template: PYTHON_ERROR_TYPE } });
    expect(found.pairs.length).toBeGreaterThan(0);
    for (const pair of found.pairs) expect([count(pair.original), count(pair.variant)]).toEqual([count(original), count(variant)]);
  });

  test('what the outcome hangs on stays as it is', async () => {
    const code = 'from datetime import datetime\nday = datetime.strptime("2024-10-17", "%Y-%m-%d")\nprint("Day: " + day)\n';
    const found = await find(code, code.replace('+ day', '+ str(day)'));
    expect(found.pairs).toHaveLength(12);
    expect(found.fixed).toContain('number 17');
    expect(found.pairs.every((pair) => pair.original.includes('"%Y-%m-%d"') && pair.original.includes('-17"'))).toBe(true);
  });

  test('words that hang together: one of them stays, so that most pairs do what the given one does', async () => {
    const together = (codes: string[]): Promise<Outcome[]> =>
      Promise.resolve(codes.map((code) => ({ label: /tea|milk/.test(code) ? 'KeyError' : 'no error', message: null, line: 1 })));
    const found = await find('drink["tea"]["milk"]', 'drink["tea"]["milk"] + 1', { label: together, count: 60 });
    expect(found.pairs).toHaveLength(60);
    expect(found.fixed).toHaveLength(1);
    expect(['word tea', 'word milk']).toContain(found.fixed[0]);
    expect(found.replaced).not.toContain(found.fixed[0]);
    expect(found.dropped.outcome).toBe(found.tried - 60);
  });

  test('are fewer where there is too little to replace, and a sentence says so', async () => {
    const none = await find('print(len())\n', 'print()\n');
    expect(none.pairs).toEqual([]);
    expect(none.shortfall).toMatch(/^No pairs like this one were found: nothing in the program can be replaced/);
    const few = await find('print(7 + "")\n', 'print(7)\n');
    expect(few.pairs).toHaveLength(8);
    expect(few.shortfall).toBe(
      'Only 8 of 12 pairs like this one were found: only one word or number of the program can be replaced. Choose a program with more names, texts or numbers of its own.',
    );
  });

  test('can be cancelled between two batches, and say how far they are', async () => {
    const progress: number[] = [];
    const stop = new AbortController();
    const onProgress = (done: number) => {
      progress.push(done);
      if (done >= 100) stop.abort(new Error('enough'));
    };
    await expect(find(original, variant, { count: 250, onProgress, signal: stop.signal })).rejects.toThrow('enough');
    expect(progress).toEqual([0, 100]);
  });

  test('are refused where Python could not judge the pair itself', async () => {
    const outcome: Outcome = { label: 'timeout', message: null, line: null };
    const tooSlow = (codes: string[]) => Promise.resolve(codes.map(() => outcome));
    await expect(find('while True: pass\n', 'pass\n', { label: tooSlow })).rejects.toThrow(/could not judge the original program: timeout/);
  });
});

test.for<[string, string, string, string]>([
  ['parts of a name, capitals and plurals follow their word', 'group_size = 3\nGroupSizes = [group_size]\nprint("group", GroupSize)\n', 'GroupSize)', 'GroupSizes)'],
  ['format fields follow the argument of their name', 'print("{city:>10} {0!r}".format(1, city="Rome") + 2)\n', ' + 2', ''],
  ['names in fields of f-strings follow', 'total = 5\nprint(f"Sum {total:.2f} {{total}} {total!r:>{total}}" + 1)\n', ' + 1', ''],
  ['fields with quotes of their own', 'prices = {"tea": 2}\nprint(f\'{prices["tea"]:05d} \' + 3)\n', ' + 3', ''],
  ['percent formats and escapes stay', 'who = "Ann"\nprint("Hi\\n%s, %5.1f%% sure\\x41" % (who, 50) + 1)\n', ' + 1', ''],
  ['a shadowed builtin keeps its name', 'list = [4, 5]\nprint(list("abc"))\n', 'list("abc")', 'list'],
  ['global and nonlocal names follow', 'count = 0\ndef outer():\n    seen = 2\n    def inner():\n        nonlocal seen\n        global count\n        seen += 1\n        count += seen\n    inner()\n    return count + "x"\nouter()\n', ' + "x"', ''],
  ['keyword arguments follow the parameter', 'def greet(person, mark="!"):\n    return person + mark\nprint(greet(person="Eve", mark=3), end="")\n', 'mark=3', 'mark="?"'],
  ['attributes and methods of own classes follow', 'class Box:\n    def __init__(self, size):\n        self.size = size\n    def twice(self):\n        return self.size * 2\nprint(Box(size=4).twice() + "a")\n', ' + "a"', ''],
  ['a misspelt name stays misspelt', 'total = 20\nprint(totla)\n', 'totla', 'total'],
  ['names of a named tuple that stand in a string', 'from collections import namedtuple\nPoint = namedtuple("Point", "left top")\nprint(Point(left=2, top=3).top + "a")\n', ' + "a"', ''],
  ['reflection', 'wage = 12\nprint(globals()["wage"] + "a")\n', ' + "a"', ''],
  ['an edit in the middle of a word', 'price = 30\nprint(price + "a")\nprices = 1\n', 'prices = 1', 'pricey = 1'],
  ['a quote that is left open', 'name = "Kim"\nprint("Hello " + nmae)\n', '"Hello "', '"Hello '],
  ['line breaks of Windows, signs beyond the first plane', 'grüße = "🙂 Welt"\r\nprint(grüße + 12)\r\n', '12', '"12"'],
])('%s', async ([, original, from, to]) => {
  const variant = original.replace(from, to);
  const { pairs, fixed, dropped, shortfall } = await find(original, variant, { count: 20 });
  expect({ fixed, shortfall, dropped: dropped.outcome + dropped.line }).toEqual({ fixed: [], shortfall: null, dropped: 0 });
  for (const pair of pairs) expect(applyChanges(pair)).toBe(pair.variant);
  const plan = planAnalogs(await parser(), pairOf(original, variant));
  const shown = analogOf(plan, new Map(plan.keys.map((key) => [key, marked(key)])))!;
  expect(`${shown.original}---\n${shown.variant}`).toMatchSnapshot();
});

/** A replacement that shows what was replaced: `oxword`, the next letter, the next digits. */
function marked(key: Key): string {
  const text = key.slice(key.indexOf(' ') + 1);
  if (key.startsWith('word ')) return `ox${text}`;
  return [...text].map((sign) => (sign === '.' ? sign : String.fromCodePoint(sign.codePointAt(0)! + 1))).join('');
}

test('with nothing replaced an analog is the pair itself', async () => {
  const pair = pairOf('total = 12\nprint("all " + total)', 'total = 12\nprint("all " + str(total))');
  expect(analogOf(planAnalogs(await parser(), pair), new Map())).toMatchObject(pair);
  expect(await keysOf(pair)).toEqual(['word total', 'number 12']);
  expect(() => planAnalogs({ parse: () => undefined } as never, { ...pair, changes: singleChange('a', 'b') })).toThrow(/do not lead|in order/);
});

test('halves are the same ones for a seed, and lose nothing', () => {
  const items = Array.from({ length: 201 }, (_, i) => i);
  const { finding, evaluating } = halves(items, 3);
  expect([finding.length, evaluating.length]).toEqual([101, 100]);
  expect([...finding, ...evaluating].sort((a, b) => a - b)).toEqual(items);
  expect(halves(items, 3)).toEqual({ finding, evaluating });
  expect(halves(items, 4).finding).not.toEqual(finding);
});
