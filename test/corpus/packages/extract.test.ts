import { beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from '../../../src/corpus/labelling/answers';
import { extractPrograms, type Kind } from '../../../src/corpus/packages/extract';
import { twinsOf } from '../../../src/corpus/series/groups';
import { Prior } from '../../../src/corpus/series/prior';
import { blocksIn, sessionsIn, statementsOf } from '../../../src/corpus/packages/sessions';
import { roleOf, type SourceFile } from '../../../src/corpus/packages/sources';
import { createParser, type PythonParser } from '../../../src/snippets/syntax/parse';
import { Random } from '../../../src/corpus/random';

const MODULE = `"""A package for tests."""
import math
from .other import scale
import numpy

LIMIT = 10


def circle(radius):
    """Area of a circle.

    >>> circle(1) > 3
    True
    >>> for r in (1, 2):
    ...     print(round(circle(r)))
    3
    13
    >>> circle(None)
    Traceback (most recent call last):
    TypeError: unsupported
    """
    return math.pi * radius ** 2


def clipped(value):
    return min(scale(value), LIMIT)


def with_numpy(x):
    return numpy.array(x)
`;
const FILES: SourceFile[] = [
  { name: 'shapes/__init__.py', role: 'module', text: MODULE },
  { name: 'shapes/other.py', role: 'module', text: 'FACTOR = 3\n\n\ndef scale(x):\n    return x * FACTOR\n' },
  {
    name: 'tests/test_shapes.py',
    role: 'test',
    text: 'import pytest\nfrom shapes import clipped\n\n\ndef test_clip():\n    assert clipped(2) == 6\n    assert clipped(200) == 10\n\n\ndef test_fixture(tmp_path):\n    assert tmp_path\n',
  },
  {
    name: 'README.md',
    role: 'text',
    text: 'Use it:\n\n```python\nimport shapes\n\nprint(shapes.clipped(1))\n```\n\n```python\nimport requests\nrequests.get("x")\n```\n',
  },
];
const most: Record<Kind, number> = { definitions: 9, called: 9, session: 9, block: 9, test: 9, script: 9, head: 9 };

let parser: PythonParser;
beforeAll(async () => {
  parser = await createParser();
}, 300_000);

const programs = (seed: string) =>
  extractPrograms(FILES, { parser, library: new Set(['math', 'json']), random: new Random(seed), maxTokens: 400, most });

describe('extraction', () => {
  it('puts in front of a definition what it needs, across modules, and leaves out what needs another package', () => {
    const definitions = programs('a')
      .filter(({ kind }) => kind === 'definitions')
      .map(({ code }) => code);
    const clipped = definitions.find((code) => code.includes('def clipped'))!;
    expect(clipped).toContain('FACTOR = 3');
    expect(clipped.indexOf('LIMIT = 10')).toBeLessThan(clipped.indexOf('def clipped'));
    expect(clipped).not.toContain('import');
    expect(definitions.some((code) => code.includes('numpy'))).toBe(false);
  });

  it('runs the examples of docstrings, documentation and tests without the package', () => {
    const found = programs('a');
    const called = found.find(({ kind }) => kind === 'called')!.code;
    expect(called).toMatch(/^import math\n/);
    expect(called).toContain('print(round(circle(r)))');
    expect(called.trimEnd().endsWith('circle(None)')).toBe(true);
    expect(called).not.toContain('>>>');
    const test = found
      .filter(({ kind }) => kind === 'test')
      .map(({ code }) => code)
      .join('\n');
    expect(test).toContain('def scale(x)');
    expect(test).toMatch(/clipped\(200\)/);
    expect(test).not.toMatch(/pytest|tmp_path|shapes/);
    const blocks = found.filter(({ kind }) => kind === 'block');
    expect(blocks).toHaveLength(1);
    expect(blocks[0].code).toMatch(/\nprint\(clipped\(1\)\)$/);
  });

  it('gives the same programs and mutants for the same seed, byte for byte', () => {
    const run = () => {
      const random = new Random('b');
      return programs('b').map(({ code }) => twinsOf(code, { parser, prior: new Prior(), random, count: 4, maxTokens: 400 }));
    };
    expect(JSON.stringify(run())).toBe(JSON.stringify(run()));
    expect(run().flat().length).toBeGreaterThan(12);
  });

  it('knows what a file is for by its path', () => {
    expect(
      [
        'pkg/a.py',
        'tests/test_a.py',
        'examples/x.py',
        'README.rst',
        'setup.py',
        'pkg/_vendor/b.py',
        'pkg/data.json',
        'CHANGES.rst',
      ].map(roleOf),
    ).toEqual(['module', 'test', 'example', 'text', undefined, undefined, undefined, undefined]);
  });
});

describe('sessions', () => {
  it('prints what a session shows, keeps statements, and ends with an error', () => {
    const [session] = sessionsIn(
      '>>> x = [1,\n...      2]\n>>> x\n[1, 2]\n>>> print(3)\n3\n>>> x[5]\nTraceback (most recent call last):\nIndexError\n>>> x\n[1, 2]',
    );
    expect(statementsOf(parser, session, { shows: 'print' })).toEqual(['x = [1,\n     2]', 'print(x)', 'print(3)', 'x[5]']);
    expect(statementsOf(parser, session, { shows: 'assert' })[1]).toBe('assert x == [1, 2]');
  });

  it('finds code blocks of both kinds of prose', () => {
    expect(blocksIn('a\n\n.. code-block:: python\n\n   x = 1\n   y = 2\n\nb\n\n  ```python\n  z = 3\n  ```\n')).toEqual([
      'z = 3',
      'x = 1\ny = 2',
    ]);
  });
});

describe('answers', () => {
  it('follow the base classes, of the library and of the program', () => {
    expect(answerOf('JSONDecodeError', '')).toBe('ValueError');
    expect(answerOf('TabError', '')).toBe('IndentationError');
    expect(answerOf('no error', '')).toBe('NoError');
    expect(answerOf('OverflowError', '')).toBeUndefined();
    expect(answerOf('Missing', 'class Base(KeyError):\n    pass\nclass Missing(Base):\n    pass')).toBe('KeyError');
    expect(answerOf('Oops', 'class Oops(Exception):\n    pass')).toBeUndefined();
  });
});
