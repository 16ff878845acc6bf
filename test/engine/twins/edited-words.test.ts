import { expect, it } from 'vitest';
import { editedWords } from '../../../src/engine/twins/edited-words';

const code = 'city = "Oslo"\n\nprint("Temperature: " + 21)\n';
const source = { code, firstLine: 5 };

it.each([
  ['+ 21)', '+ "21")', '21 → "21" on line 7'],
  ['city = ', 'cities = ', 'city → cities on line 5'],
  ['"Oslo"', '"Bergen"', 'Oslo → Bergen on line 5'],
  [' + 21', '', '+ 21 removed on line 7'],
  ['print(', 'print(city, ', 'city, added on line 7'],
  ['"Oslo"\n', '"Oslo"\nx = 1\n', 'x = 1 added on line 6'],
  ['\n\nprint', '\n    print', 'white space changed on line 7'],
  ['city = "Oslo"\n\nprint', 'a = 1\nb = 2\nprint', 'other code on line 5'],
])('%j to %j is said', (from, to, words) => {
  expect(editedWords(source, code.replace(from, to))).toBe(`your own variant: ${words}`);
});

it('lines are those of the file, also where the code was gathered', () => {
  const gathered = { code, firstLine: 1, parts: [{ at: 0, start: 0, line: 1 }, { at: code.indexOf('print'), start: 400, line: 40 }] };
  expect(editedWords(gathered, code.replace('21', '22'))).toContain('on line 40');
});
