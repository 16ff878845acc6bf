/** Where an error comes from, as the program's own traceback tells it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { causeOf, detailProgram, distanceOf, readDetail } from '../../../src/snippets/cause';
import { whatHappens } from '../../../src/snippets/twins/near';
import { sharedParser } from '../../../src/snippets/syntax/parse';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';

let sandbox: PythonSandbox;
const label = (codes: string[]) => sandbox.runMany(codes);
beforeAll(async () => void (sandbox = await PythonSandbox.start()));
afterAll(() => sandbox.close());

async function places(code: string) {
  const { outcome, detail } = await whatHappens(code, label);
  const cause = causeOf((await sharedParser()).parse(code), outcome, detail)!;
  return { cause, detail, at: (distance: number) => cause.places.filter((place) => place.distance === distance).map(({ start, end }) => code.slice(start, end)) };
}

test('the expression, its statement, definitions, calls and what these depend on', async () => {
  const { at, cause } = await places('rate = 3\nsize = "x"\ndef area(w, h):\n    scaled = w * rate\n    return scaled - h\ntotal = area(2, size)\nprint(total)\n');
  expect(at(0)).toEqual(['scaled - h']);
  expect(at(1)).toEqual(['return scaled - h']);
  expect(at(2).sort()).toEqual(['h', 'scaled = w * rate']);
  expect(at(3)).toEqual(['area(2, size)']);
  expect(at(4)).toEqual(expect.arrayContaining(['rate = 3', 'size = "x"', 'w']));
  const code = 'rate = 3';
  expect(distanceOf(cause.places, [{ start: 0, end: code.length }])).toBe(4);
});

test('columns count UTF-8 bytes for Python, and UTF-16 units here', async () => {
  const { at } = await places('größe = "☕👩‍👩‍👧"\nprint("é☕", größe + 1)');
  expect(at(0)).toEqual(['größe + 1']);
  expect(at(2)).toEqual(['größe = "☕👩‍👩‍👧"']);
});

test('broken syntax: what Python points at, its line, what is not closed, the lines around', async () => {
  const { at } = await places('a = 1\nb = (a +\nc = 2\nprint(c)');
  expect(at(0)[0]).toBe('(');
  expect(at(1)).toContain('b = (a +');
  expect(at(2)).toEqual(expect.arrayContaining(['a = 1', 'c = 2']));
});

test('what is known of names, attributes, keys and lengths', async () => {
  expect((await places('total = 1\nprint(totl)')).detail).toMatchObject({ name: 'totl', suggestion: 'total', known: ['total'] });
  expect((await places('"a".uper()')).detail).toMatchObject({ name: 'uper', suggestion: 'upper', type: 'str' });
  expect((await places('d = {"a": [1, 2]}\nprint(d["a"][5])')).detail).toMatchObject({ type: 'list', length: 2 });
  expect((await places('d = {"a": 1, 2: 3}\nprint(d["b"])')).detail).toMatchObject({ type: 'dict', keys: ["'a'", '2'], types: { d: 'dict' } });
});

test('the program runs as a module of its own, and what it leaves behind cannot mislead', async () => {
  const [own] = await label([detailProgram('str = list = len = type = None\njson = re = 3\nprint(missing)')]);
  expect(readDetail(own)).toMatchObject({ frames: [{ line: 3, name: '<module>' }], name: 'missing' });
  const forged = { label: own.label, line: 1, message: '{"frames": [[99, "x", 0, 0, "f"], [1, 1, 0, 3, "g"]], "keys": [3], "length": "many", "known": {}}' };
  expect(readDetail(forged)).toMatchObject({ frames: [{ line: 1, name: 'g' }], keys: undefined, length: undefined, known: undefined });
  const far = causeOf((await sharedParser()).parse('x = 1'), { label: 'E', message: null, line: 1 }, readDetail({ ...forged, message: '{"frames": [[50, 60, 0, 3, "g"]]}' }));
  expect(far!.places.map(({ distance }) => distance)).toEqual([1]);
  for (const message of ['[', '3', 'null']) expect(readDetail({ ...forged, message })?.frames ?? []).toEqual([]);
  expect(readDetail({ ...forged, label: 'TypeError' })).toBeNull();
});
