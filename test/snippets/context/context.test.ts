import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { dedented } from '../../../src/snippets/context/dedent';
import { KNOWN_PACKAGES } from '../../../src/snippets/outcomes/known-packages';
import { neededLines } from '../../../src/snippets/context/needs';
import { foreignMagic, withoutMagics } from '../../../src/snippets/context/notebook';
import { createParser, type PythonParser } from '../../../src/snippets/syntax/parse';
import { mayOnlyDefine, uncalled } from '../../../src/snippets/outcomes/uncalled';

let parser: PythonParser;
beforeAll(async () => {
  parser = await createParser();
});

describe('definitions that nothing calls', () => {
  const found = (code: string) => (mayOnlyDefine(code) ? uncalled(parser.parse(code)) : []);

  test.each([
    ['def f():\n    return 1 / 0\n', ['f']],
    ['"""Text."""\nimport math\nTAU = 2 * math.pi\n\ndef f(x):\n    return g(x)\n\ndef g(x):\n    return f(x)\n', ['f', 'g']],
    ['class A:\n    size = 2\n    def f(self):\n        return self.x\n', ['A']],
    ['@staticmethod\ndef f(): pass\n', ['f']],
    ['async def f():\n    await g()\n', ['f']],
  ])('%j', (code, names) => expect(found(code)).toEqual(names));

  test.each([
    'def f(): pass\nf()\n',
    'def f(): pass\nx = f()\n',
    'def f(): return 1\nclass A:\n    x = f()\n',
    'def wrap(g): return g\n@wrap\ndef f(): pass\n',
    'def f(): pass\ndef g(x=f()): pass\n',
    'class A:\n    def f(self): pass\na = A()\n',
    'class A:\n    x = 1\n',
    'x = 1\n',
    'def f(): pass\nfor i in range(3):\n    f()\n',
    'def f(:\n    pass\n',
  ])('%j is run', (code) => expect(found(code)).toEqual([]));
});

describe('a block without its indentation', () => {
  const parts = (text: string, start = 0, end = text.length) => {
    const found = dedented(text, start, end);
    if (!found) return null;
    // Every line of the code stands in the text where its place says.
    found.lines.forEach(({ at, start: place }, i) => {
      const line = found.code.slice(at, found.lines[i + 1]?.at);
      expect(text.slice(place, place + line.length)).toBe(line);
    });
    return found.code;
  };

  test('lines keep what they have more', () => {
    expect(parts('    if x:\n        y()\n\n    z()')).toBe('if x:\n    y()\n\nz()');
    expect(parts('\tif x:\r\n\t\ty()\r\n')).toBe('if x:\r\n\ty()\r\n');
    expect(parts('    a\n  # note\n    b')).toBe('a\n# note\nb');
  });

  test('a selection that begins behind the white space of its first line', () => {
    const text = 'def f():\n    a = 1\n    return a\n';
    expect(parts(text, text.indexOf('a = 1'))).toBe('a = 1\nreturn a\n');
  });

  test('text of strings stays', () => {
    expect(parts('    s = """a\n  b\n    c"""\n    t = 1')).toBe('s = """a\n  b\n    c"""\nt = 1');
  });

  test.each(['a\n  b', 'x', '', 'def f():\n    pass'])('%j has none', (text) => expect(parts(text)).toBeNull());
});

describe('what a definition needs', () => {
  const text = readFileSync(path.join('test', 'snippets', 'context', 'needs.txt'), 'utf8');
  const linesOf = (first: number, last = first) => neededLines(parser.parse(text), { first, last });

  test('imports, constants, functions and the call', () => {
    // area uses half and TAU, which uses math; a print calls it.
    expect(linesOf(7, 8)).toEqual([
      [{ first: 1, last: 1 }, { first: 3, last: 3 }, { first: 7, last: 8 }, { first: 11, last: 12 }, { first: 27, last: 27 }],
      [{ first: 1, last: 1 }, { first: 3, last: 3 }, { first: 7, last: 8 }, { first: 11, last: 12 }],
      [{ first: 7, last: 8 }],
    ]);
  });

  test('the call may be in another function', () => {
    // half is called by area, which a print calls.
    expect(linesOf(11, 12)[0]).toEqual([{ first: 1, last: 1 }, { first: 3, last: 3 }, { first: 7, last: 8 }, { first: 11, last: 12 }, { first: 27, last: 27 }]);
  });

  test('nothing more where nothing is used or calls', () => {
    expect(linesOf(19, 24)).toEqual([[{ first: 19, last: 24 }], [{ first: 19, last: 24 }]]);
    expect(neededLines(parser.parse('def f(:\n'), { first: 1, last: 1 }).at(-1)).toEqual([{ first: 1, last: 1 }]);
  });
});

describe('cells', () => {
  test('IPython’s own lines are left out, and lines stay where they are', () => {
    expect(withoutMagics('%matplotlib inline\n!ls -l\nx = 1\nx?\n  %time f()\nprint(x)')).toEqual({ code: 'pass\npass\nx = 1\npass\n  pass\nprint(x)', defines: null });
    expect(withoutMagics('files = !ls\n%run other.py').defines).toBe('files = !ls');
    expect(withoutMagics('%%time\nx = 1').code).toBe('pass\nx = 1');
  });

  test.each(['x = (7\n% 2)', 's = """\n%matplotlib\n!ls\n"""', 'x = 7 \\\n% 2', 'a != b', 'x = "?"', 'print("a = !b")', 'd = {"k": 1 % 2}'])('%j is Python', (code) => {
    expect(withoutMagics(code)).toEqual({ code, defines: null });
  });

  test('cells of another language are known by their first line', () => {
    expect(['%%bash\nls', '\n%%html\n<p>', '%%time\nx', '%%capture out\nx', 'x = 1\n%%bash'].map(foreignMagic)).toEqual(['%%bash', '%%html', null, null, null]);
  });
});

test('packages are known by the names under which they are imported', () => {
  for (const name of ['numpy', 'pandas', 'requests', 'cv2', 'PIL', 'yaml', 'sklearn', 'bs4', 'torch']) expect(KNOWN_PACKAGES.has(name), name).toBe(true);
  for (const name of ['nunpy', 'StringIO', 'imp', 'xml', 'json', 'maths', 'urllib2', 'distutils', 'pands']) expect(KNOWN_PACKAGES.has(name), name).toBe(false);
});
