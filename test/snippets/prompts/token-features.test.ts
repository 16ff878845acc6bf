import { beforeAll, expect, test } from 'vitest';
import { inOnePiece } from '../../../src/snippets/prompts/prompts';
import { createParser, type PythonParser } from '../../../src/snippets/syntax/parse';
import { tokenRoles } from '../../../src/snippets/prompts/roles';
import { tokenFeatures } from '../../../src/snippets/prompts/token-features';

let parser: PythonParser;
beforeAll(async () => {
  parser = await createParser();
});

/** Features of each word or sign of a program that has no question. */
function featuresOf(code: string, more: { raisedLine?: number | null; answer?: string } = {}): Map<string, string[]> {
  const prompt = inOnePiece(code, 0, code.length);
  const tokens = [...code.matchAll(/\n *| ?\w+| ?[^\w\s]+?/g)].map((match) => ({ start: match.index, end: match.index + match[0].length, text: match[0] }));
  const tree = parser.parse(code);
  const found = tokenFeatures({ tree, prompt, tokens, roles: tokenRoles(tree, prompt, tokens), ...more });
  return new Map(tokens.map(({ text, start }, i) => [`${text.trim()}@${start}`, found[i]]));
}

test('kind, token, place, what stands before, and what the name was given', () => {
  const features = featuresOf('total = 3\nprint("a" + total)', { raisedLine: 2, answer: 'TypeError' });
  expect(features.get('total@21')).toEqual(expect.arrayContaining([
    'kind=name', 'token=`total`', 'place=inside print(…)', 'before=after an operator +', 'before=after `+`', 'value=that was given a number',
    'depth=in a bracket', 'statement=in a line that begins with print', 'raises=in the line that raises', 'answer=where the model answers TypeError',
  ]));
  expect(features.get(')@27')).toContain('beforeValue=after a name that was given a number');
  expect(features.get('total@0')).toEqual(expect.arrayContaining(['line=in the first line', 'line=at the beginning of a line', 'statement=in an assignment', 'raises=before the line that raises']));
  expect(features.get('total@0')!.some((name) => name.startsWith('value='))).toBe(false);
});

test('a name that nothing was given before: not a builtin, a parameter, an imported or later assigned one', () => {
  const nothing = (code: string) => [...featuresOf(code)].filter(([, names]) => names.includes('value=that nothing was given before')).map(([key]) => key.split('@')[0]);
  expect(nothing('import os\ndef f(a):\n    return a + b + len(os.name)\nprint(f(1), c)\nc = 1')).toEqual(['b', 'c']);
  expect(nothing('x = x + 1')).toEqual(['x']);
  expect(nothing('for i in range(3):\n    with open(i) as g:\n        g.read()')).toEqual([]);
});

test('depth counts open brackets, and who raises is said only where it is known', () => {
  const features = featuresOf('f([1, 2], 3)');
  expect(features.get('1@3')).toContain('depth=two or more brackets deep');
  expect(features.get('3@9')).toContain('depth=in a bracket');
  expect(features.get('f@0')!.some((name) => name.startsWith('depth='))).toBe(false);
  expect([...features.values()].flat().some((name) => name.startsWith('raises='))).toBe(false);
});
