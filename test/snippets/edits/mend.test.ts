/** Every repair, on a program that fails, run: what it changes, and that the error is gone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mends } from '../../../src/snippets/edits/mend';
import type { EditKind } from '../../../src/snippets/edits';
import { proposeNear, whatHappens } from '../../../src/snippets/twins/near';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';

let sandbox: PythonSandbox;
const label = (codes: string[]) => sandbox.runMany(codes);
beforeAll(async () => void (sandbox = await PythonSandbox.start()));
afterAll(() => sandbox.close());

/** A program, its error, a kind of repair, and what a repair of that kind that Python accepts must hold. */
const CASES: readonly [code: string, error: string, kind: EditKind, mended: string][] = [
  ['total = 3\nif total = 3:\n    print(total)', 'SyntaxError', 'repair-syntax', 'if total == 3'],
  ['x = [1, 2 3]\nprint(x)', 'SyntaxError', 'repair-syntax', '[1, 2, 3]'],
  ['print "hello"', 'SyntaxError', 'repair-syntax', 'print("hello")'],
  ['fro i in range(2):\n    print(i)', 'SyntaxError', 'repair-syntax', 'for i in'],
  ['größe = 2\nprint("π", grösse)', 'NameError', 'repair-name', 'print("π", größe)'],
  ['print(hello)', 'NameError', 'repair-name', 'print("hello")'],
  ['class A:\n    def __init__(self):\n        self.size = 2\n    def show(self):\n        return size\nprint(A().show())', 'NameError', 'repair-name', 'return self.size'],
  ['n = 0\ndef add():\n    n += 1\n    return n\nprint(add())', 'UnboundLocalError', 'repair-scope', 'global n'],
  ['def f():\n    n = 0\n    def g():\n        n += 1\n        return n\n    return g()\nprint(f())', 'UnboundLocalError', 'repair-scope', 'nonlocal n'],
  ['class A:\n    def __init__(self):\n        self.balance = 1\nprint(A().ballance)', 'AttributeError', 'repair-attribute', 'A().balance'],
  ['xs = []\nxs.push(3)\nprint(xs)', 'AttributeError', 'repair-attribute', 'xs.append(3)'],
  ['d = {"size": 3}\nprint(d.size)', 'AttributeError', 'repair-attribute', 'd["size"]'],
  ['print("t: " + 130)', 'TypeError', 'repair-conversion', '"t: " + "130"'],
  ['n = 4\nprint("t: " + n)', 'TypeError', 'repair-conversion', 'str(n)'],
  ['a = "7"\nprint(3 + a)', 'TypeError', 'repair-conversion', 'int(a)'],
  ['a = "7"\nprint(a < 3)', 'TypeError', 'repair-conversion', 'int(a)'],
  ['p = "19.90"\nprint(f"{p:.2f}")', 'ValueError', 'repair-conversion', '{float(p):.2f}'],
  ['for i in range("3"):\n    print(i)', 'TypeError', 'repair-conversion', 'range(3)'],
  ['for i in 3:\n    print(i)', 'TypeError', 'repair-conversion', 'range(3)'],
  ['print(int("3.5"))', 'ValueError', 'repair-conversion', 'float("3.5")'],
  ['d = {"Anna": 1}\nprint(d["Ana"])', 'KeyError', 'repair-key', 'd["Anna"]'],
  ['d = {"a": 1}\nfor k in ["a", "b"]:\n    print(d[k])', 'KeyError', 'repair-key', '"b": 1'],
  ['d = {"a": 1}\nk = "b"\nprint(d[k])', 'KeyError', 'repair-key', 'd.get(k, 0)'],
  ['xs = [1, 2, 3]\nprint(xs[7])', 'IndexError', 'repair-index', 'xs[2]'],
  ['xs = [1, 2]\nfor i in range(len(xs)):\n    print(xs[i], xs[i + 1])', 'IndexError', 'repair-index', 'range(len(xs) - 1)'],
  ['import asyncio\nasync def f():\n    return 2\nasync def main():\n    return 1 + f()\nprint(asyncio.run(main()))', 'TypeError', 'repair-await', '1 + await f()'],
  ['async def f():\n    return 2\ndef main():\n    return await f()\nmain()', 'SyntaxError', 'repair-await', 'async def main'],
  ['class A:\n    def size():\n        return 2\nprint(A().size())', 'TypeError', 'repair-self', 'def size(self)'],
  ['class A:\n    def size(self):\n        return 2\nprint(A.size())', 'TypeError', 'repair-self', 'A().size()'],
  ['def f(a, b):\n    return a + b\nprint(f(1))', 'TypeError', 'repair-argument', 'f(1, 1)'],
  ['def f(a):\n    return a\nprint(f(1, 2))', 'TypeError', 'repair-argument', 'f(1)'],
  ['def f(colour):\n    return colour\nprint(f(color=1))', 'TypeError', 'repair-argument', 'colour=1'],
  ['def f(a):\n    b = a * 2\nprint(f(1) + 1)', 'TypeError', 'repair-return', 'return b'],
  ['def f(a):\n    a * 2\nprint(f(1) + 1)', 'TypeError', 'repair-return', 'return a * 2'],
  ['def f(a):\n    if a:\n        return "x"\nprint(f(0).upper())', 'AttributeError', 'repair-return', 'return ""'],
  ['def f(a):\n    if a:\n        return "x"\nprint(f(0).upper())', 'AttributeError', 'repair-none', '(f(0) or "").upper()'],
  ['n = 0\nprint(4 / n)', 'ZeroDivisionError', 'repair-guard', '4 / (n or 1)'],
  ['xs = []\nprint(4 / len(xs))', 'ZeroDivisionError', 'repair-guard', 'if len(xs) else 0'],
  ['print(max([]))', 'ValueError', 'repair-guard', 'default=0'],
  ['a, b = [1, 2, 3]\nprint(a, b)', 'ValueError', 'repair-guard', 'a, b, *_ ='],
  ['a, b, c = [1, 2]\nprint(a, b)', 'ValueError', 'repair-guard', 'a, b ='],
  ['print(math.pi)', 'NameError', 'repair-import', 'import math\n'],
  ['c = Counter("abc")\nprint(c)', 'NameError', 'repair-import', 'from collections import Counter\n'],
  ['import maths\nprint(1)', 'ModuleNotFoundError', 'repair-import', 'import math\n'],
  ['from math import squrt\nprint(1)', 'ImportError', 'repair-import', 'import sqrt'],
  ['def f(n):\n    if n == 0:\n        return 1\n    return n * f(n - 2)\nprint(f(5))', 'RecursionError', 'repair-recursion', 'n <= 0'],
  ['def f(n):\n    return n * f(n - 1)\nprint(f(5))', 'RecursionError', 'repair-recursion', 'if n <= 0:'],
];

describe('a repair', () => {
  test.each(CASES)('%j (%s): %s', async (code, error, kind, mended) => {
    const happened = await whatHappens(code, label);
    expect(happened.outcome.label).toBe(error);
    const proposed = (await proposeNear(code, happened)).filter(({ edit }) => edit.kind === kind);
    const found = proposed.find(({ edit }) => edit.variant.includes(mended));
    expect(found?.relation, proposed.map(({ edit }) => edit.variant).join('\n---\n')).toBe('repair');
    expect(found!.edit.description).toMatch(/^[a-z].* line \d+/);
    expect((await label([found!.edit.variant]))[0].label).toBe('no error');
    // The same with the line ends of Windows.
    const windows = code.replaceAll('\n', '\r\n');
    const again = (await proposeNear(windows, await whatHappens(windows, label))).filter(({ edit }) => edit.kind === kind);
    expect(again.map(({ edit }) => edit.variant.replaceAll('\r\n', '\n')).sort()).toEqual(proposed.map(({ edit }) => edit.variant).sort());
  });

  test('of every kind is among them, and none is proposed for a program that works', async () => {
    expect(mends.kinds.filter((kind) => !CASES.some(([, , one]) => one === kind))).toEqual([]);
    const code = 'd = {"a": 1}\nprint(d["a"], 1 / 2, "x" + str(3))';
    const near = await proposeNear(code, await whatHappens(code, label));
    expect(near.filter(({ relation }) => relation === 'repair')).toEqual([]);
  });
});

describe('edits are ordered by their distance to the cause', () => {
  /** In lines before the failing one much could be edited, and has nothing to do with it. */
  const AROUND = 'names = ["Ada", "Bo"]\nfor name in names:\n    print(name, len(name) + 1)\n';
  test.each([
    ['a value of another type', `${AROUND}price = 20\ntext = "Price: " + price\nprint(text)\n`, [5], [4]],
    ['a key through a call', `${AROUND}rates = {"DE": 1}\ndef rate(code):\n    return rates[code]\nprint(rate("FR"))\n`, [6, 4, 7], [5, 7]],
    ['a missing colon', `${AROUND}def f(x)\n    return x\nprint(f(1))\n`, [4], [5, 2]],
  ])('%s', async (_, code, nearest, next) => {
    const near = await proposeNear(code, await whatHappens(code, label));
    const lines = (wanted: (relation: string) => boolean) => near.filter(({ relation }) => wanted(relation)).map(({ edit }) => edit.line);
    expect(nearest).toContain(near[0].edit.line);
    expect(near[0].relation).toBe('repair');
    for (const line of lines((relation) => relation !== 'control' && relation !== 'repair')) expect([...nearest, ...next, nearest[0] - 1]).toContain(line);
    const controls = lines((relation) => relation === 'control');
    for (const line of [1, 2, 3]) if (line !== nearest[0] - 1) expect(controls).toContain(line);
    const order = near.map(({ nearness }) => nearness);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('what the model goes by comes before, wherever it is', async () => {
    const code = `${AROUND}print(missing)\n`;
    const at = code.indexOf('"Bo"');
    const near = await proposeNear(code, await whatHappens(code, label), [{ start: at, end: at + 4 }]);
    expect(near[0]).toMatchObject({ relation: 'read', edit: { line: 1 } });
  });
});
