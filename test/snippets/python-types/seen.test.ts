/** Types as a run shows them, and edits that were really run. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changed } from '../../../src/snippets/judge/changes';
import { pythonTypeEdits, verifiedPythonEdits } from '../../../src/snippets/python-types/edits';
import { typesSeen } from '../../../src/snippets/python-types/seen';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import { createParser, type PythonParser } from '../../../src/snippets/syntax/parse';

let parser: PythonParser;
let sandbox: PythonSandbox;
beforeAll(async () => {
  [parser, sandbox] = await Promise.all([createParser(), PythonSandbox.start({ timeoutMs: 500 })]);
});
afterAll(() => sandbox.close());

const run = (codes: string[]) => sandbox.runMany(codes);

function holed(marked: string): { text: string; hole: { start: number; end: number } } {
  const [before, type, after] = marked.split(/[«»]/);
  return { text: before + type + after, hole: { start: before.length, end: before.length + type.length } };
}

test.each([
  ['a parameter, at every call', 'def f(a, n: «float» = 1):\n    "doc"\n    return n\nf(0); f(0, 2.5); f(0, n=None)', ['int', 'float', 'None']],
  ['in one line', 'def f(n: «int»): return n\nf([1, "a", 2])', ['list[int | str]']],
  ['before a statement of several lines', 'def f(n: «»):\n    for i in n:\n        print(i)\nf({"ä😀": 1.5})', ['dict[str, float]']],
  ['of a method, though the program fails later', 'class A:\n    def m(self, other: «A»):\n        return other\nA().m(A())\n1 / 0', ['A']],
  ['what is returned, by any way', 'def f(x) -> «int | None»:\n    if x:\n        return 1\nf(0); f(1)', ['None', 'int']],
  ['a variable', 'for i in (1, "a", (2, None)):\n    x: «object» = i', ['int', 'str', 'tuple[int, None]']],
  ['what the program never comes by', 'def f(n: «int»):\n    return n', []],
])('types seen: %s', async (_, code, types) => expect(await typesSeen(parser, holed(code), run)).toEqual(types));

test.each([
  ['a coroutine', 'async def f() -> «int»:\n    return 1'],
  ['a program without an end', 'def f(n: «int»):\n    return n\nf(1)\nwhile True: pass'],
  ['a type inside of a type', 'x: list[«int»] = [1]'],
  ['no Python', 'def f(n: «int»:'],
])('not told: %s', async (_, code) => expect(await typesSeen(parser, holed(code), run)).toBeNull());

const HARD = `import functools

LIMIT = 3


class Meter:
    unit = "m"

    def __init__(self, size: float, unit: str = unit) -> None:
        self.size = size
        self.unit = unit

    def scaled(self, factor: «float») -> "Meter":
        size = self.size * factor
        return Meter(size=size, unit=self.unit)


def counted(function):
    calls = 0

    @functools.wraps(function)
    def call(*args, **options):
        nonlocal calls
        calls += 1
        if calls > LIMIT:
            raise OverflowError(f"{calls:>{LIMIT}} calls")
        return function(*args, **options)

    return call


@counted
def total(meters: list[Meter], start: float = 0.0) -> float:
    sums = [start := start + meter.size for meter in meters]
    squares = {size: [size for size in sums] for size in sums if (last := size)}
    return max(squares) + last


meters = [Meter(1.5).scaled(factor) for factor in (1, 2.0)]
for start in range(5):
    print(total(meters, start=start))
`;

test('a program of many scopes does the same after each edit', async () => {
  const asked = holed(HARD);
  const edits = pythonTypeEdits(parser, { ...asked, seed: 1 });
  const wrong = (await verifiedPythonEdits(parser, asked, edits, run)).flatMap(({ kept, why }, i) =>
    kept ? [] : [`${why}: ${edits[i].description}\n${changed(asked.text, edits[i].changes)}`]);
  expect(wrong).toEqual([]);
  const names = new Set(edits.flatMap(({ names: given }) => Object.keys(given)));
  expect([...names].sort()).toEqual(expect.arrayContaining(['LIMIT', 'Meter', 'calls', 'counted', 'factor', 'last', 'meters', 'size', 'squares']));
  for (const fixed of ['unit', 'scaled']) expect(edits.filter(({ name, of }) => name === fixed && of === 'function')).toEqual([]);
  const [{ label }] = await run([asked.text]);
  expect(label).toBe('OverflowError');
});
