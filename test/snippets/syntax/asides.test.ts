/** Asides: comments, docstrings, functions that nothing calls, and where else a name stands. */
import { beforeAll, expect, test } from 'vitest';
import { asidesOf, otherOccurrences, type Aside } from '../../../src/snippets/syntax/asides';
import { createParser, type PythonParser } from '../../../src/snippets/syntax/parse';

let parser: PythonParser;
beforeAll(async () => void (parser = await createParser()));
const found = (code: string, kind: Aside) => asidesOf(parser.parse(code), kind).map(({ start, end }) => code.slice(start, end));

const CODE = `"""A module."""
import os
# about f
def f(x):
    'What f does.'
    "not this one"
    return x + g(x)  # sums

def g(x):
    return x

def distractor(y):
    """Never called."""
    return other(y)

def other(y):
    return distractor(y)

class C:
    """A class."""
    name = "no docstring"

print(f(1))
`;

test('comments, docstrings and functions that nothing reaches', () => {
  expect(found(CODE, 'comments')).toEqual(['# about f', '# sums']);
  expect(found(CODE, 'docstrings')).toEqual(['"""A module."""', "'What f does.'", '"""Never called."""', '"""A class."""']);
  expect(found(CODE, 'uncalled').map((text) => text.split('\n')[0])).toEqual(['def distractor(y):', 'def other(y):']);
});

test('functions of code that only defines, or may call what it does not name, count as called', () => {
  expect(found('"""Only defines."""\nimport os\ndef f():\n    pass\n', 'uncalled')).toEqual([]);
  expect(found('def f():\n    pass\nglobals()["f"]()\n', 'uncalled')).toEqual([]);
  expect(found('@register\ndef f():\n    pass\nx = 1\n', 'uncalled')).toEqual([]);
  expect(found('def f():\n    f()\nx = 1\n', 'uncalled')).toEqual(['def f():\n    f()']);
  expect(found('print("no doc")\n"neither"\n', 'docstrings')).toEqual([]);
});

test('the other places of a name', () => {
  const code = 'total = 1\nprint(total + x)\ntotal += 2\n';
  const tree = parser.parse(code);
  const at = code.indexOf('total +');
  expect(otherOccurrences(tree, [{ start: at, end: at + 5 }])!.map(({ start }) => start)).toEqual([0, code.lastIndexOf('total')]);
  expect(otherOccurrences(tree, [{ start: 6, end: 7 }])).toBeNull();
});
