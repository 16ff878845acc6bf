import { beforeAll, describe, expect, test } from 'vitest';
import { mends } from '../../../src/snippets/edits/mend';
import { DEFAULT_LIMIT_PER_KIND, EDIT_KINDS, proposeEdits, proposeEditsSync } from '../../../src/snippets/edits';
import type { EditKind, ProgramEdit } from '../../../src/snippets/edits';
import { createParser, MAX_CODE_LENGTH } from '../../../src/snippets/syntax/parse';
import type { PythonParser } from '../../../src/snippets/syntax/parse';
import { Random } from '../../../src/corpus/random';
import { HARD_TEXTS } from '../tokenizer/kit';

let parser: PythonParser;
beforeAll(async () => void (parser = await createParser()));

const of = (kind: EditKind, code: string): ProgramEdit[] => proposeEditsSync(parser, code, { kinds: [kind] });
const variants = (kind: EditKind, code: string): string[] => of(kind, code).map((edit) => edit.variant);

const PROGRAM = `import math
from os import path as p

class Basket:
    def __init__(self, prices):
        self.prices = prices

    def mean(self, scale=1):
        total = 0
        for price in self.prices:
            total += price * scale
        return total / len(self.prices)

basket = Basket([3, 4.5, 7])
labels = {"name": "fruit", "size": "12"}
print("mean: " + str(basket.mean(scale=2)), labels["name"])
print(f"{math.floor(basket.mean())!r:>4} {labels['size']}", [5, 6][1])
`;

/** What must hold for every edit of any text. */
function checkEdit(edit: ProgramEdit, code: string): void {
  expect(edit.original).toBe(code);
  expect(edit.variant).not.toBe(code);
  expect(edit.description).toMatch(/^[a-z].* (on line|line) \d+/);
  expect(code.slice(0, edit.start) + edit.replacement + code.slice(edit.end)).toBe(edit.variant);
  let built = '';
  let at = 0;
  for (const { start, end, replacement } of edit.changes) {
    expect(start).toBeGreaterThanOrEqual(at);
    expect(end).toBeGreaterThanOrEqual(start);
    built += code.slice(at, start) + replacement;
    at = end;
  }
  expect(built + code.slice(at)).toBe(edit.variant);
  const blank = /^\s*(?=\S)/.exec(code.slice(edit.start, edit.end))?.[0] ?? '';
  expect(edit.line).toBe((code.slice(0, edit.start) + blank).split(/\r\n|\r|\n/).length);
}

describe('each kind', () => {
  test.each<[EditKind, string, string[]]>([
    ['drop-bracket', 'print(f([1]))', ['print(f([1))', 'print(f([1])', 'print(f([1])']],
    [
      'drop-quote',
      'print("hi", \'there\', f"{x}")',
      ['print("hi, \'there\', f"{x}")', 'print("hi", \'there, f"{x}")', 'print("hi", \'there\', f"{x})'],
    ],
    ['drop-colon', 'if x:\n    y = lambda a: a\n', ['if x\n    y = lambda a: a\n', 'if x:\n    y = lambda a a\n']],
    ['over-indent', 'a = 1\nb = 2', ['    a = 1\nb = 2', 'a = 1\n    b = 2', ' a = 1\nb = 2', 'a = 1\n b = 2']],
    ['dedent', 'if x:\n  y = 1', ['if x:\ny = 1', 'if x:\n y = 1']],
    ['quote-number', 'x = 3 + 4.5', ['x = "3" + 4.5', 'x = 3 + "4.5"']],
    ['unquote-number', "x = \"12\" + 'ab' + '3.5'", ["x = 12 + 'ab' + '3.5'", 'x = "12" + \'ab\' + 3.5']],
    ['quote-number-drop-bracket', 'print("a: " + 37)', ['print("a: " + "37"']],
    ['unquote-number-add-bracket', 'print("a: " + "37"', ['print("a: " + 37)']],
    ['drop-conversion', 'print("n: " + str(n))', ['print("n: " + n)']],
    ['index-out-of-range', 'x = [1, 2]\nprint(x[0])', ['x = [1, 2]\nprint(x[2])', 'x = [1, 2]\nprint(x[3])']],
    ['divide-by-zero', 'n = 4\nprint(9 / n)', ['n = 4\nprint(9 / 0)', 'n = 0\nprint(9 / n)']],
    ['drop-argument', 'f(a, k=2)', ['f(a)', 'f(k=2)']],
    ['add-argument', 'f(1, k=2)', ['f(1, 2, k=2)']],
    ['rename-all', 'total = 1\nprint(total)', []],
  ])('%s', (kind, code, expected) => {
    const found = variants(kind, code);
    if (kind === 'rename-all') {
      expect(found).toHaveLength(2);
      for (const variant of found) expect(variant).toMatch(/^(\w+) = 1\nprint\(\1\)$/);
    } else if (kind === 'drop-bracket') {
      expect(found).toEqual(['print(f([1))', 'print(f([1])']); // both parentheses leave the same text
    } else expect(found).toEqual(expected);
  });

  test('a known dictionary misses a key, an unknown subscript an index', () => {
    expect(variants('missing-key', 'd = {1: "a"}\nprint(d[1])').every((code) => /print\(d\[\d+\]\)$/.test(code))).toBe(
      true,
    );
    expect(of('index-out-of-range', 'd = {1: "a"}\nprint(d[1])')).toEqual([]);
    const keys = variants('missing-key', 'print(user["name"], user["names"])').map(
      (code) => /\["(.*?)"\]/.exec(code)![1],
    );
    expect(keys.length).toBeGreaterThan(1);
    expect(keys).not.toContain('names');
    expect(variants('index-out-of-range', 'x = [1]\nx[i]')[0]).toBe('x = [1]\nx[len(x)]');
    expect(variants('index-out-of-range', 'x = [1, 2]\nx[-1]')[0]).toBe('x = [1, 2]\nx[-3]');
  });

  test('a string to be formatted is not divided', () => {
    expect(of('divide-by-zero', '"%d" % 3')).toEqual([]);
    expect(variants('divide-by-zero', 'x //= 2.5')).toEqual(['x //= 0.0']);
  });

  test('misspelt names are identifiers that the program and Python do not have', () => {
    const taken = new Set(PROGRAM.match(/\w+/g));
    for (const kind of ['missing-attribute', 'misspell-import', 'rename-use'] as const) {
      const edits = of(kind, PROGRAM);
      expect(edits.length).toBeGreaterThan(2);
      for (const { replacement } of edits) {
        expect(replacement).toMatch(/^[\p{ID_Start}_][\p{ID_Continue}]*$/u);
        expect(taken.has(replacement)).toBe(false);
      }
    }
    const imports = of('misspell-import', PROGRAM).map((edit) => edit.description);
    expect(imports[0]).toMatch(/^changed the module math to \w+ on line 1$/);
    expect(imports[2]).toMatch(/^changed the imported name path to \w+ on line 2$/);
    expect(variants('misspell-import', 'from __future__ import annotations')).toEqual([]);
  });

  test('types: a number in an operand becomes a list, a string a number', () => {
    const found = variants('change-type', 'x = 3 + "ab"');
    expect(found.slice(0, 2)).toEqual(['x = [3] + "ab"', 'x = 3 + 2']);
    expect(found).toContain('x = None + "ab"');
    expect(of('change-type', 'match x:\n    case 3:\n        pass')).toEqual([]);
  });

  test('quotes in an f-string field are not those of the f-string', () => {
    expect(variants('quote-number', 'print(f"{x + 1}")')).toEqual(['print(f"{x + \'1\'}")']);
  });

  test('words say where', () => {
    const words = proposeEditsSync(parser, PROGRAM).map((edit) => edit.description);
    expect(words).toContain('removed the closing parenthesis of len(…) on line 12');
    expect(words).toContain('removed the colon after def mean on line 8');
    expect(words).toContain('took the number 12 out of its quotes on line 15');
    expect(words).toContain('moved line 9 left by 4 spaces');
    expect(of('rename-all', PROGRAM).map((edit) => edit.description)[1]).toMatch(
      /^renamed Basket to \w+ in all 2 places, from line 4 on$/,
    );
  });
});

describe('renaming everywhere', () => {
  const renamed = (code: string): string[] => [
    ...new Set(
      proposeEditsSync(parser, code, { kinds: ['rename-all'], limitPerKind: 99 }).map(
        (edit) => /^renamed (\S+) to/.exec(edit.description)![1],
      ),
    ),
  ];

  test('attributes, keyword arguments, imports and methods keep their names', () => {
    // `scale` is passed by keyword, `mean` is a method, `math` a module; `p` is an alias of its own.
    expect(renamed(PROGRAM)).toEqual(['p', 'Basket', 'prices', 'total', 'price', 'basket', 'labels']);
    for (const { variant } of of('rename-all', PROGRAM)) {
      expect(variant).toContain('self.prices');
      expect(variant).toContain('scale=2');
      expect(variant).toMatch(/^import math\nfrom os import path as \w+\n/);
    }
  });

  test('uses in f-strings, comprehensions, closures and global statements follow', () => {
    const code =
      'total = 1\ndef f():\n    global total\n    total += 1\n    return [total for _ in f"{total!r:>{total}}"]\n';
    const [edit] = of('rename-all', code).filter((found) => found.description.includes('total'));
    expect(edit.changes).toHaveLength(6);
    expect(edit.variant).not.toContain('total');
  });

  test.each([
    ['a builtin', 'list = list("ab")\nprint(list)'],
    ['reading names as data', 'total = 1\nprint(locals()["total"])'],
    ['a parameter given by keyword', 'print((lambda total: total)(total=1))'],
    ['a parameter given in a dictionary', 'def _(total):\n    return total\n_(**{"total": 1})'],
    ['a pattern', 'match x:\n    case [total]:\n        print(total)'],
    ['a class attribute', 'class A:\n    total = 1\nprint(A.total)'],
    ['an exception', 'class A(Exception):\n    pass\nraise A'],
    ['a name that is not bound', 'print(total)'],
    ['an import', 'import total\nprint(total)'],
  ])('%s is left alone', (_, code) => {
    expect(
      renamed(code).filter(
        (name) => name === 'total' || name === 'list' || (name === 'A' && code.includes('Exception')),
      ),
    ).toEqual([]);
  });

  test('in broken code, words of an open string are not names', () => {
    const code = 'total = 3\nprint("the total is, total)\nprint(total)';
    const [edit] = of('rename-all', code);
    expect(edit.changes.map(({ start }) => start)).toEqual([0, code.lastIndexOf('total')]);
  });
});

describe('repairs', () => {
  test.each<[EditKind, string, string]>([
    ['repair-bracket', 'print("a: " + {3}', 'print("a: " + {3})'],
    ['repair-bracket', 'x = [1, 2\nx += 3\n', 'x = [1, 2]\nx += 3\n'],
    ['repair-bracket', 'x = [1, 2  # two\ny = 3\n', 'x = [1, 2]  # two\ny = 3\n'],
    ['repair-bracket', 'print((1 + 2]))', 'print((1 + 2))'],
    ['repair-bracket', 'x = [1, 2)\n', 'x = [1, 2]\n'],
    ['repair-bracket', 'if f(1:\n    x = 2\n', 'if f(1):\n    x = 2\n'],
    ['repair-bracket', 'x = {\n    "a": 1,\n    "b": 2\nprint(x)\n', 'x = {\n    "a": 1,\n    "b": 2}\nprint(x)\n'],
    ['repair-quote', 'print("hi)\n', 'print("hi")\n'],
    ['repair-quote', "name = 'Ann\nprint(name)\n", "name = 'Ann'\nprint(name)\n"],
    ['repair-quote', 'x = """abc\n', 'x = """abc"""\n'],
    ['repair-quote', "x = 'It's raining'\n", "x = 'It\\'s raining'\n"],
    ['repair-colon', 'def f(x)\n    return x\n', 'def f(x):\n    return x\n'],
    ['repair-colon', 'for i in range(3)  # three\n    print(i)\n', 'for i in range(3):  # three\n    print(i)\n'],
    ['repair-colon', 'if x\r\n    y = 1\r\nelse\r\n    y = 2\r\n', 'if x:\r\n    y = 1\r\nelse\r\n    y = 2\r\n'],
    ['repair-indentation', 'if x:\nprint(1)\n', 'if x:\n    print(1)\n'],
    ['repair-indentation', 'x = 1\n  y = 2\n', 'x = 1\ny = 2\n'],
    ['repair-indentation', 'if x:\n    a = 1\n  b = 2\n', 'if x:\n    a = 1\nb = 2\n'],
  ])('%s of %j', (kind, code, repaired) => {
    expect(variants(kind, code)).toContain(repaired);
  });

  test('sound code is not repaired', () => {
    for (const code of [
      PROGRAM,
      'x = """\n  a\n b"""\ny = [\n1,\n    2]\n',
      'if x: y = 1\nz = 2\n',
      'def f(a,\n      b):\n  pass\n',
      'match = f(1)\nif match is None:\n    case = [2]\n    match.add(case)\nprint(match)\n',
    ]) {
      const kinds = EDIT_KINDS.filter((kind) => kind.startsWith('repair'));
      expect(proposeEditsSync(parser, code, { kinds })).toEqual([]);
    }
  });

  test('undoing a dropped bracket, quote or colon is among the repairs', () => {
    for (const kind of ['drop-bracket', 'drop-quote', 'drop-colon'] as const) {
      for (const { variant } of of(kind, 'for word in ["ab", "c"]:\n    print(word.upper())\n')) {
        const repairs = proposeEditsSync(parser, variant, {
          kinds: ['repair-bracket', 'repair-quote', 'repair-colon'],
        });
        expect(
          repairs.map((edit) => edit.variant),
          variant,
        ).toContain('for word in ["ab", "c"]:\n    print(word.upper())\n');
      }
    }
  });
});

describe('any text', () => {
  test('invariants of every edit, also of broken, hard and cut programs', () => {
    const random = new Random('edits');
    const texts = [PROGRAM, ...HARD_TEXTS, PROGRAM.replaceAll('\n', '\r\n'), PROGRAM.replaceAll('    ', '\t')];
    for (let i = 0; i < 25; i++) {
      const start = random.int(0, PROGRAM.length);
      texts.push(PROGRAM.slice(start, start + random.int(1, 200)));
      texts.push(PROGRAM.slice(0, start) + random.pick(HARD_TEXTS) + PROGRAM.slice(start + 2));
    }
    for (const code of texts) {
      const edits = proposeEditsSync(parser, code, { limitPerKind: 5 });
      for (const edit of edits) checkEdit(edit, code);
      expect(new Set(edits.map((edit) => edit.variant)).size).toBe(edits.length);
      const order = edits.map((edit) => (EDIT_KINDS as readonly string[]).indexOf(edit.kind));
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
  });

  test('every kind is found somewhere', () => {
    const found = new Set(
      [PROGRAM, 'print("a', 'f("1"', 'f(1', 'if x\n  y', 'x\n  y', 'x: int = 1  # one'].flatMap((code) =>
        proposeEditsSync(parser, code).map((edit) => edit.kind),
      ),
    );
    // The other repairs need an error: see mend.test.ts.
    const needing = mends.kinds;
    expect(EDIT_KINDS.filter((kind) => !found.has(kind) && !needing.includes(kind))).toEqual([]);
  });

  test('offsets count UTF-16 units after emoji, and edits keep them whole', () => {
    const code = 'größe = "👩‍👩‍👧‍👦"\nprint(größe + 1)';
    const [edit] = of('quote-number', code);
    expect(code.slice(edit.start, edit.end)).toBe('1');
    for (const found of proposeEditsSync(parser, code))
      expect(Buffer.from(found.variant).toString()).toBe(found.variant);
  });

  test('the same options give the same edits, with any parser', async () => {
    const options = { kinds: ['rename-use', 'drop-bracket'] as const, limitPerKind: 3 };
    expect(await proposeEdits(PROGRAM, options)).toEqual(proposeEditsSync(parser, PROGRAM, options));
  });

  test('limits and ranges', () => {
    for (const kind of EDIT_KINDS) expect(of(kind, PROGRAM).length).toBeLessThanOrEqual(DEFAULT_LIMIT_PER_KIND);
    const range = { start: PROGRAM.indexOf('return'), end: PROGRAM.indexOf('\n\nbasket') };
    const edits = proposeEditsSync(parser, PROGRAM, { range });
    expect(edits.length).toBeGreaterThan(5);
    for (const edit of edits) {
      expect(edit.changes.some(({ start, end }) => start <= range.end && end >= range.start)).toBe(true);
    }
    expect(proposeEditsSync(parser, PROGRAM, { limitPerKind: 0 })).toEqual([]);
    expect(() => proposeEditsSync(parser, 'x'.repeat(MAX_CODE_LENGTH + 1))).toThrow('Select a smaller part');
  });

  test('nesting too deep for recursion, and strings nested without end', () => {
    expect(() => proposeEditsSync(parser, '('.repeat(2000) + ')'.repeat(2000), { limitPerKind: 1 })).not.toThrow();
    expect(() => proposeEditsSync(parser, 'f"{'.repeat(1000), { limitPerKind: 1 })).not.toThrow();
  });
});
