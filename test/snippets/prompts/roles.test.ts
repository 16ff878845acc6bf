import { beforeAll, expect, test } from 'vitest';
import { inOnePiece } from '../../../src/snippets/prompts/prompts';
import { createParser, type PythonParser } from '../../../src/snippets/syntax/parse';
import { roleText, tokenRoles } from '../../../src/snippets/prompts/roles';

let parser: PythonParser;
beforeAll(async () => {
  parser = await createParser();
});

/** The role of the one token that is marked with « and ». */
function role(marked: string, before = '', after = ''): string {
  const [head, token, tail] = marked.split(/[«»]/);
  const code = head + token + tail;
  const start = before.length + head.length;
  const prompt = inOnePiece(before + code + after, before.length, before.length + code.length);
  return roleText(tokenRoles(parser.parse(code), prompt, [{ start, end: start + token.length }])[0]);
}

test.each([
  ['print("a«"»)', 'closing quote inside print(…)'],
  ['print(«"»a")', 'opening quote inside print(…)'],
  ['print("«a»")', 'text in a string inside print(…)'],
  ['x = 1\nprint«("»a")', 'opening parenthesis and opening quote inside print(…)'],
  ['print("a«")»', 'closing quote and closing parenthesis of print(…)'],
  ['x = 1\nxs.append(«7»)', 'number inside .append(…)'],
  ['x = 1\nxs.append(1«7»)', 'digit of a number inside .append(…)'],
  ['if« count» > 3:\n    pass', 'name in the condition of an if'],
  ['while x:\n    x« -=» 1', 'operator -= in the body of a while'],
  ['if x«:»\n    pass', 'colon of an if'],
  ['def f(a, «b»):\n    return a', 'parameter in the parameters of a def'],
  ['def f(a):\n   « return» a', 'keyword return in the body of a def'],
  ['def f(a):\n    return« a»', 'name in a return'],
  ['def f(a):«\n    »return a', 'line break and indentation after the header of a def'],
  ['import os«\n»x = 1', 'line break after an import'],
  ['x = 1«\n»y = 2', 'line break after an assignment'],
  ['print(1)«\n»y = 2', 'line break after print(…)'],
  ['x = [1,«\n»2]', 'line break in a list'],
  ['if x:\n«  »  y = 2', 'indentation in the body of an if'],
  ['from« os» import path', 'module’s name in an import'],
  ['from os import« path»', 'imported name in an import'],
  ['for« item» in items:\n    pass', 'loop variable of a for'],
  ['for item in« items»:\n    pass', 'name in what a for goes over'],
  ['y = 1\n«long»_name = 2', 'beginning of an assigned name'],
  ['y = 1\nlong«_name» = 2', 'end of an assigned name'],
  ['x = xs[«0»]', 'number in an index'],
  ['x = {"a«":» 1}', 'closing quote and colon in a dict'],
  ['x = «f"»{a}"', 'opening quote of an f-string on the right of an assignment'],
  ['x = f"{«a»}"', 'name in a field of an f-string'],
  ['x = 1  «# why»', 'comment'],
  ['x = 1\nclass« A»(B):\n    pass', 'class’s name'],
  ['«x» = 1', 'assigned name at the beginning'],
  ['print(max(a)\nx, y = «4», 5', 'number inside print(… without its )'],
  ['x = 5 «$» 3', 'stray sign in broken syntax'],
])('%s is a %s', (marked, expected) => {
  expect(role(marked)).toBe(expected);
});

test('what stands around the code is the question; its last token is named', () => {
  const code = 'x = 1';
  const prompt = inOnePiece(`Q: ${code}\n# A`, 3, 8);
  const ranges = [{ start: 0, end: 0 }, { start: 0, end: 3 }, { start: 3, end: 4 }, { start: 8, end: 9 }, { start: 9, end: 10 }, { start: 10, end: 12 }];
  expect(tokenRoles(parser.parse(code), prompt, ranges).map(roleText)).toEqual([
    'beginning of the text', 'the question', 'assigned name at the beginning', 'line break before the question', 'the question', 'the question’s last token',
  ]);
});

test('every token of anything has a role', () => {
  const texts = ['', 'def', '))((', '"""', "f'{", 'x = "\\n\\t"', '\t\tif\r\n\r\n', 'é = "日本"', 'a\n  b\n c', '`x`', 'match x:\n  case {"a": [1, *_]}:\n    pass'];
  for (const code of texts) {
    const prompt = inOnePiece(code, 0, code.length);
    for (const size of [1, 2, 5]) {
      const ranges = Array.from({ length: Math.ceil(code.length / size) }, (_, i) => ({ start: i * size, end: Math.min(code.length, (i + 1) * size) }));
      for (const { kind } of tokenRoles(parser.parse(code), prompt, ranges)) expect(kind).toMatch(/\S/);
    }
  }
});
