import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { enclosingCodeSync, SHORT_TEXT_LINES } from '../../../src/snippets/context/enclosing';
import { createParser, MAX_CODE_LENGTH, type PythonParser } from '../../../src/snippets/syntax/parse';

let parser: PythonParser;
beforeAll(async () => {
  parser = await createParser();
});

function codeAt(text: string, offset: number): string | null {
  const range = enclosingCodeSync(parser, text, offset);
  return range && text.slice(range.start, range.end);
}

describe('a short text', () => {
  test.each(readdirSync('examples').filter((name) => name.endsWith('.py')))('such as %s is taken whole from anywhere', (name) => {
    const text = readFileSync(path.join('examples', name), 'utf8');
    expect(text.split('\n').length).toBeLessThanOrEqual(SHORT_TEXT_LINES);
    for (let at = 0; at <= text.length; at++) expect(codeAt(text, at)).toBe(text.trimEnd());
  });

  test('loses the blank lines around it', () => {
    expect(codeAt('\n \t\n  x = (\n\n', 0)).toBe('  x = (');
    expect(codeAt('\r\r\nx = 1\r\ny = 2 \r\n', 0)).toBe('x = 1\r\ny = 2');
  });

  test.each(['', '\n\n', ' \t\f\r\n', '# only\n\n# comments', '\ufeff'])('%j has no code', (text) => {
    for (let at = 0; at <= text.length; at++) expect(codeAt(text, at)).toBeNull();
  });
});

/** Lines that say to which block they belong; '.' marks those that are in none. */
const LONG = `
. import math
a import sys
a ALL = [
a
a     1,
a ]  # trailing
.
. # about f, further up
.
. # about f
f @cached
f @other(
f     1)
f def f(x):
f     y = x
f
f     def inner():
f         return y
f     return inner
f     # an afterthought
b total = 1; total += 2
b # between
b print(total)
c class C:
c     def m(self):
c         return """
c
c unindented text
c """
.
m if __name__ == "__main__":
m     f(1)
m else:
m     C()
. # the end
`;

/** The text of LONG, and of each line its offset and its block's letter. */
function longText() {
  const lines = LONG.slice(1).trimEnd().split('\n').map((line) => ({ letter: line[0] === '.' ? '' : line[0], text: line.slice(2) }));
  lines[0].letter = 'a';
  let offset = 0;
  const placed = lines.map((line) => ({ ...line, start: offset, end: (offset += line.text.length + 1) - 1 }));
  return { text: lines.map(({ text }) => text).join('\n'), lines: placed };
}

test('in a longer text it is the function, the class or the statements together', () => {
  const { text, lines } = longText();
  const block = (letter: string) => {
    const own = lines.filter((line) => line.letter === letter);
    return text.slice(own[0].start, own.at(-1)!.end).trimEnd();
  };
  // Where the cursor is in no block: the one directly below a comment, else the nearest before.
  const elsewhere = ['a', 'a', 'a', 'f', 'c', 'm'];
  for (const { letter, start, end } of lines) {
    const wanted = letter || elsewhere.shift()!;
    for (const at of [start, end]) expect(codeAt(text, at), JSON.stringify(text.slice(start, end))).toBe(block(wanted));
  }
  expect(elsewhere).toEqual([]);
});

test('before the first block it is the first', () => {
  const text = `# about all\n\n${'\n'.repeat(20)}x = 1\n\n${'y = 2\n'.repeat(20)}`;
  expect(codeAt(text, 0)).toBe('x = 1');
});

describe('broken code', () => {
  const before = 'def early(a):\n    return a\n\n\n';
  const after = `\n\ndef late(b):\n    return b\n\nprint(late(1))\n${'late(2)\n'.repeat(20)}`;
  test.each([
    ['an unclosed bracket', 'total = round(1,\nprint(total)'],
    ['a function without colon', 'def broken(x)\n    y = x\n\n    return y'],
    ['an open string', 'def broken():\n    print("oh)\n    return 1'],
    ['wrong indentation', 'for i in x:\n    if i:\n    print(i)\n    else:\n  print(2)'],
    ['no Python at all', '}}} ??? $$$\n{{{'],
  ])('%s is its paragraph, and the sound parts stay what they are', (_, code) => {
    const text = before + code + after;
    for (let at = before.length; at <= before.length + code.length; at++) expect(codeAt(text, at)).toBe(code);
    expect(codeAt(text, 5)).toBe(before.trimEnd());
    expect(codeAt(text, text.indexOf('return b'))).toBe('def late(b):\n    return b');
  });

  test('even where all of it is broken or far too long', () => {
    const open = '('.repeat(3000);
    expect(codeAt(`${open}\n\nx\n${'\n1'.repeat(30)}`, open.length + 2)).toBe('x');
    const long = `x = 1\n\n${'y = 2\n'.repeat(MAX_CODE_LENGTH / 6)}\nz = 3\n`;
    expect(codeAt(long, long.length)).toBe('z = 3');
    expect(codeAt(long, 2)).toBe('x = 1');
  });
});
