/** Edits of Python programs that keep a type: what a name means in every kind of scope, what goes with it, and that programs do the same. */
import { beforeAll, describe, expect, test } from 'vitest';
import { changed, moved } from '../../../src/snippets/judge/changes';
import type { TypeEdit } from '../../../src/snippets/judge/messages';
import { filled, pythonTypeEdits, verifiedPythonEdits } from '../../../src/snippets/python-types/edits';
import { createParser, type PythonParser } from '../../../src/snippets/syntax/parse';

let parser: PythonParser;
beforeAll(async () => void (parser = await createParser()));

/** The code with a hole at «…», which holds the type. */
function holed(marked: string): { text: string; hole: { start: number; end: number } } {
  const [before, type, after] = marked.split(/[«»]/);
  return { text: before + type + after, hole: { start: before.length, end: before.length + type.length } };
}

/** The code in which every name that can be renamed has its neutral name; with names as they come. */
function neutral(code: string): string {
  const asked = holed(`${code}\nlast_of_all: «int» = 0\n`);
  const edits = pythonTypeEdits(parser, asked).filter(({ kind, style, of }) => kind === 'rename' && style === 'neutral' && of !== 'several');
  const changes = edits.flatMap((edit) => edit.changes.map((change) => ({ ...change, replacement: `${Object.keys(edit.names)[0].toUpperCase()}` })));
  changes.sort((a, b) => a.start - b.start);
  return changed(asked.text, changes).replace(/\n(?:last_of_all|LAST_OF_ALL): int = 0\n$/, '');
}

describe('what a name means: all that can be renamed is in capitals', () => {
  test.each([
    ['shadowing', 'x = 1\ndef f(x):\n    y = x\n    return y\nprint(x, f(2))', 'X = 1\ndef F(X):\n    Y = X\n    return Y\nprint(X, F(2))'],
    ['a name that is not given here is no one’s', 'print(later)', 'print(later)'],
    ['builtins keep theirs, also where they are given something', 'list = [1]\nprint(list, len(list))', 'list = [1]\nprint(list, len(list))'],
    ['attributes never', 'class A:\n    size = 1\n    def grow(self):\n        size = self.size\n        return size\nA().grow()', 'class A:\n    size = 1\n    def grow(self):\n        SIZE = self.size\n        return SIZE\nA().grow()'],
    ['of a class’s body the name outside too, which it may read', 'unit = 1\nclass Box:\n    unit = unit\nprint(unit)', 'unit = 1\nclass BOX:\n    unit = unit\nprint(unit)'],
    ['a method does not see the names of its class', 'rate = 2\nclass B:\n    other = 1\n    def m(self):\n        return rate', 'RATE = 2\nclass B:\n    other = 1\n    def m(self):\n        return RATE'],
    ['f-strings', 'total = 1\nwide = 5\nprint(f"total {total:>{wide}}")', 'TOTAL = 1\nWIDE = 5\nprint(f"total {TOTAL:>{WIDE}}")'],
    ['an f-string that prints the name', 'total = 1\nprint(f"{total=}")', 'total = 1\nprint(f"{total=}")'],
    ['decorators', 'def twice(fn):\n    return fn\n@twice\ndef g(value):\n    return value\ng(1)', 'def TWICE(FN):\n    return FN\n@TWICE\ndef G(value):\n    return value\nG(1)'],
    ['what is read as text', 'value = 1\nprint(locals()["value"])', 'value = 1\nprint(locals()["value"])'],
    ['imports', 'import math as m\nfrom os import path\nprint(m.pi, path)', 'import math as m\nfrom os import path\nprint(m.pi, path)'],
    ['errors, files and loops', 'try:\n    pass\nexcept ValueError as problem:\n    print(problem)\nfor a, (b, *c) in []:\n    print(a, b, c)', 'try:\n    pass\nexcept ValueError as PROBLEM:\n    print(PROBLEM)\nfor A, (B, *C) in []:\n    print(A, B, C)'],
    ['what cases capture', 'match 1:\n    case [first, *rest]:\n        print(first, rest)', 'match 1:\n    case [first, *rest]:\n        print(first, rest)'],
    ['annotations in quotes', 'class Node:\n    pass\ndef link(a: "Node", b: "list[Node]") -> "Node | None":\n    return a', 'class NODE:\n    pass\ndef LINK(A: "NODE", B: "list[NODE]") -> "NODE | None":\n    return A'],
    ['a type variable with its text', 'from typing import TypeVar\nT = TypeVar("T")\ndef first(items: list[T]) -> T:\n    return items[0]', 'from typing import TypeVar\nT = TypeVar("T")\ndef FIRST(ITEMS: list[T]) -> T:\n    return ITEMS[0]'],
  ])('%s', (_, code, expected) => expect(neutral(code)).toBe(expected));
});

/** What one edit makes of a program, by the name that is renamed and its first place; null where it cannot be. */
function renamed(code: string, name: string, at = code.indexOf(name)): string | null {
  const asked = holed(`${code}\nlast_of_all: «int» = 0\n`);
  const edit = pythonTypeEdits(parser, asked).find(({ kind, style, of, changes, names }) =>
    kind === 'rename' && style === 'neutral' && of !== 'several' && names[name] !== undefined && changes.some(({ start }) => start === at));
  return edit ? changed(asked.text, edit.changes).replace('\nlast_of_all: int = 0\n', '').replaceAll(/_{1,2}tmp\d+|__typ\d+/g, '☐') : null;
}

describe('one name', () => {
  test.each([
    ['global', 'n = 0\ndef up():\n    global n\n    n += 1\nup()\nprint(n)', 'n', '☐ = 0\ndef up():\n    global ☐\n    ☐ += 1\nup()\nprint(☐)'],
    ['nonlocal and closures', 'def outer():\n    k = 0\n    def inner():\n        nonlocal k\n        k += 1\n        return lambda: k\n    return inner\nk = 5', 'k', 'def outer():\n    ☐ = 0\n    def inner():\n        nonlocal ☐\n        ☐ += 1\n        return lambda: ☐\n    return inner\nk = 5'],
    ['a comprehension’s own, whose first iterable is not its own', 'i = [1]\nprint([i for i in i])', 'i', '☐ = [1]\nprint([i for i in ☐])'],
    ['a name given inside of a comprehension', 'print([w for v in [1] if (w := v)], w)', 'w', 'print([☐ for v in [1] if (☐ := v)], ☐)'],
    ['keyword arguments of the function', 'def f(a, b=2):\n    return a + b\ndef g(b):\n    return f(1, b=b)\nprint(f(a=1, b=3), g(b=1), dict(b=4))', 'b', 'def f(a, ☐=2):\n    return a + ☐\ndef g(b):\n    return f(1, ☐=b)\nprint(f(a=1, ☐=3), g(b=1), dict(b=4))'],
    ['keyword arguments of a class', 'class C:\n    def __init__(self, size):\n        self.size = size\nC(size=1)', 'size', 'class C:\n    def __init__(self, ☐):\n        self.size = ☐\nC(☐=1)'],
    ['a default is evaluated outside', 'x = 1\ndef f(x=x):\n    return x', 'x', '☐ = 1\ndef f(x=☐):\n    return x'],
    ['a function that is called where it is defined', 'def f(n):\n    return f(n - 1) if n else 0\nf(1)', 'f', 'def ☐(n):\n    return ☐(n - 1) if n else 0\n☐(1)'],
  ])('%s', (_, code, name, expected) => expect(renamed(code, name, new RegExp(`\\b${name}\\b(?! => )`).exec(name === 'b' || name === 'size' ? code : code)!.index)).toBe(expected));

  test.each([
    ['passed on', 'def f(n):\n    return n\ncalls = [f]\ncalls[0](n=1)', 'n'],
    ['by a key that a text holds', 'import re\nclass A:\n    def __init__(self, n):\n        self.n = n\n    @classmethod\n    def make(cls, text):\n        return cls(**re.match("(?P<n>.)", text).groupdict())\nA.make("x")', 'n'],
    ['given in a dict', 'def f(n):\n    return n\nf(**{"n": 1})', 'n'],
    ['of a method, called on anything', 'class A:\n    def m(self, n):\n        return n\nA().m(n=1)', 'n'],
    ['behind a decorator', 'import functools\n@functools.cache\ndef f(n):\n    return n\nf(n=1)', 'n'],
    ['of a lambda', 'f = lambda n: n\nf(n=1)', 'n'],
    ['defined twice', 'def f(n):\n    return n\ndef f(n):\n    return -n\nf(n=1)', 'n'],
  ])('a parameter that is named by who calls it, %s, keeps its name', (_, code, name) => {
    const at = new RegExp(`\\b${name}\\b`).exec(code.slice(code.search(/def|lambda/)))!.index + code.search(/def|lambda/);
    expect(renamed(code, name, at)).toBeNull();
  });

  test('in a class and outside of it no name begins with two underscores, as Python would write the class’s name before it', () => {
    const code = 'rate = 2\nclass A:\n    def m(self):\n        near = rate\n        return near\nprint(A().m())';
    const asked = holed(`${code}\nlast: «int» = 0\n`);
    const edits = pythonTypeEdits(parser, asked).filter(({ style, of }) => style === 'neutral' && of !== 'several');
    const given = Object.assign({}, ...edits.map(({ changes, names }) => ({ [Object.keys(names)[0]]: changes[0].replacement })));
    expect(given.rate).toMatch(/^_tmp\d+$/);
    expect(given.near).toMatch(/^__tmp\d+$/);
  });
});

const PROGRAM = `def scale(values: list[int], factor: «int» = 2, *, label: str = "x") -> list[int]:
    total: int = 0
    for value in values:
        total += value * factor
    print(label, total)
    return [value * factor for value in values]


print(scale([1, 2], factor=3))
`;

describe('all kinds of edits of a function', () => {
  const asked = holed(PROGRAM);
  let edits: TypeEdit[];
  beforeAll(() => void (edits = pythonTypeEdits(parser, { ...asked, seed: 3 })));

  test('the hole is carried along, the same ones for the same seed, each once', () => {
    expect(pythonTypeEdits(parser, { ...asked, seed: 3 })).toEqual(edits);
    expect(new Set(edits.map(({ changes }) => JSON.stringify(changes))).size).toBe(edits.length);
    for (const { changes } of edits) {
      const hole = moved(asked.hole, changes)!;
      expect(changed(PROGRAM.replace(/[«»]/g, ''), changes).slice(hole.start, hole.end)).toBe('int');
    }
  });

  test('in every style, with names that usually mean another type', () => {
    const own = edits.filter(({ kind, name }) => kind === 'rename' && name === 'factor');
    expect(new Set(own.map(({ style }) => style))).toEqual(new Set(['misleading', 'neutral', 'swapped', 'scrambled', 'letter']));
    const misleading = own.filter(({ style }) => style === 'misleading');
    expect(misleading.length).toBe(3);
    for (const { description } of misleading) expect(description).toMatch(/^renamed the parameter `factor` to `\w+`, which is usually of type (?!int`?$)/);
    const [swapped] = own.filter(({ style }) => style === 'swapped');
    expect(swapped.description).toMatch(/^swapped the names `factor` and `\w+`$/);
    expect(changed(asked.text, own.find(({ style }) => style === 'letter')!.changes)).toMatch(/scale\(\[1, 2\], [a-z]=3\)/);
  });

  test('other annotations go, one by one and all; the type that is asked for stays', () => {
    const removed = edits.filter(({ kind }) => kind === 'remove');
    expect(removed.map(({ description }) => description)).toEqual([
      'removed all other types', 'removed the type list[int] of `values`', 'removed the type str of `label`',
      'removed the return type list[int] of `scale`', 'removed the type int of `total`',
    ]);
    expect(changed(asked.text, removed[0].changes)).toMatch(/^def scale\(values, factor: int = 2, \*, label = "x"\):\n {4}total = 0\n/);
  });

  test('unused declarations tempt', () => {
    const added = edits.filter(({ kind }) => kind === 'distract').map(({ changes }) => changed(asked.text, changes));
    expect(added.length).toBe(4);
    expect(added[0]).toMatch(/^def unused\(factor: (?!int\b)[\w[\], ]+\) -> None:\n {4}pass\n\n\ndef scale\(/);
    expect(added[2]).toMatch(/^unused: [\w[\], ]+ = \S+\n\n?def scale\(/);
  });

  test('what ends otherwise is found, what cannot be told is kept', async () => {
    const { Labels } = { Labels: (codes: string[]) => Promise.resolve(codes.map((code) => ({ label: /\b__tmp/.test(code) ? 'NameError' : 'no error', message: null, line: null }))) };
    const kept = await verifiedPythonEdits(parser, asked, edits, Labels);
    const wrong = edits.filter((_, i) => !kept[i].kept);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.every(({ style }) => style === 'neutral')).toBe(true);
    expect((await verifiedPythonEdits(parser, asked, edits)).every(({ kept: one }) => one)).toBe(true);
    const broken: TypeEdit = { ...edits[0], changes: [{ start: 0, end: 3, replacement: 'fed' }] };
    expect(await verifiedPythonEdits(parser, asked, [broken])).toEqual([{ kept: false, why: 'syntax' }]);
  });
});

test('names are not swapped where one would hide the other', () => {
  const code = 'high = 1\ndef f(score):\n    high = score\n    return high\nprint(f(2), high)\n';
  const asked = holed(`${code}zz: «int» = 0\n`);
  const edits = Array.from({ length: 8 }, (_, seed) => pythonTypeEdits(parser, { ...asked, seed })).flat();
  const swapped = edits.filter(({ style, names }) => style === 'swapped' && Object.keys(names).sort().join() === 'high,score');
  // That of the function's own two names is no harm; with the module's, both would be one.
  expect(new Set(swapped.map(({ changes }) => changed(asked.text, changes)))).toEqual(new Set([
    'high = 1\ndef f(high):\n    score = high\n    return score\nprint(f(2), high)\nzz: int = 0\n',
  ]));
});

test('an empty hole is filled while the code is read and run, and edits fit the code as it is', () => {
  const { text, hole } = holed('def f(count: «») -> int:\n    return count\nf(count=1)\n');
  expect(filled({ text, hole }).text).toContain('count: object)');
  const edits = pythonTypeEdits(parser, { text, hole });
  const letter = edits.find(({ style, name }) => style === 'letter' && name === 'count')!;
  expect(changed(text, letter.changes)).toMatch(/^def f\(([a-z]): \) -> int:\n {4}return \1\nf\(\1=1\)\n$/);
});

test('types that the hole names keep their names, and code that is none has no edits', () => {
  const edits = pythonTypeEdits(parser, holed('class Node:\n    pass\nroot: «Node» = Node()\n'));
  expect(edits.some(({ name }) => name === 'Node')).toBe(false);
  expect(edits.some(({ name }) => name === 'root')).toBe(true);
  expect(pythonTypeEdits(parser, holed('def f(a: «int»:\n'))).toEqual([]);
});
