import { expect, test } from 'vitest';
import { coloursOf, inertIo, type Io } from '../../src/cli/io';
import { formatJson } from '../../src/cli/json';
import { progressLine } from '../../src/cli/progress';
import { styleFor } from '../../src/cli/render/style';
import { parseCodeArgument } from '../../src/cli/arguments/source';

test('colours only where they are welcome', () => {
  expect(coloursOf(true, {})).toBe('256');
  expect(coloursOf(true, { COLORTERM: 'truecolor' })).toBe('true');
  expect(coloursOf(false, {})).toBe('none');
  expect(coloursOf(true, { TERM: 'dumb' })).toBe('none');
  expect(coloursOf(true, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe('none');
  expect(coloursOf(true, { FORCE_COLOR: '0' })).toBe('none');
  expect(coloursOf(false, { FORCE_COLOR: '1' })).toBe('256');
  expect(coloursOf(false, { FORCE_COLOR: '3' })).toBe('true');
});

test('a file with a line range', () => {
  expect(parseCodeArgument('a.py')).toEqual({ file: 'a.py', lines: null });
  expect(parseCodeArgument('a.py:7')).toEqual({ file: 'a.py', lines: { first: 7, last: 7, around: true } });
  expect(parseCodeArgument('a.py:7-7').lines).not.toHaveProperty('around', true);
  expect(parseCodeArgument('a.py:7-12')).toEqual({ file: 'a.py', lines: { first: 7, last: 12 } });
  expect(parseCodeArgument('C:\\work\\a.py:3')).toEqual({ file: 'C:\\work\\a.py', lines: { first: 3, last: 3, around: true } });
  expect(parseCodeArgument('C:\\work\\a.py')).toEqual({ file: 'C:\\work\\a.py', lines: null });
});

test('JSON has short things on one line, and says the same', () => {
  const value = { name: 'a', list: [1, 2, 3], long: Array.from({ length: 60 }, (_, i) => ({ i, text: 'x\n"' })), none: null, empty: {}, left: undefined };
  const text = formatJson(value);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
  expect(text).toContain('\n  "list": [1,2,3],\n');
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(122);
});

test('progress is one line on a terminal, and a line for each stage elsewhere', () => {
  const written = (progressLineOn: boolean) => {
    let err = '';
    const write = (text: string) => void (err += text);
    const rewrite = progressLineOn ? (text: string) => write(`\r\x1b[2K${text}`) : null;
    const io = { out: () => undefined, err: write, line: rewrite, columns: 30, colours: 'none' as const, signal: new AbortController().signal };
    const line = progressLine(io);
    line.report('Loading');
    for (let done = 1; done <= 3; done++) line.report('A stage with quite a long name', done, 3);
    line.clear();
    return err;
  };
  expect(written(false)).toBe('Loading …\nA stage with quite a long name (3) …\n');
  const terminal = written(true);
  expect(terminal).not.toContain('\n');
  expect(terminal.endsWith('\r\x1b[2K')).toBe(true);
  for (const line of terminal.split('\r\x1b[2K')) expect(line.length).toBeLessThan(30);
});

test('what is written cannot control the terminal, but for our own colours', () => {
  const written = { out: '', err: '', line: '' };
  const io = (colours: Io['colours']): Io => inertIo({
    out: (text) => void (written.out = text), err: (text) => void (written.err = text), line: (text) => void (written.line = text),
    columns: 80, colours, signal: new AbortController().signal,
  });
  const own = `${styleFor('true').paint(styleFor('true').bold('a'), [1, 2, 3], [4, 5, 6])}${styleFor('256').red('b')}${styleFor('256').paint('c', null, [9, 9, 9])}`;
  const evil = '\x1b]0;owned\x07\x1b[2J\x1b[8mx\x9b31m\u202e\u200b\u2028\rb';
  const spelledOut = '\\u{1b}]0;owned\\u{7}\\u{1b}[2J\\u{1b}[8mx\\u{9b}31m\\u{202e}\\u{200b}\\u{2028}\\u{d}b';
  io('true').out(`${own}${evil}\r\n\té\n`);
  expect(written.out).toBe(`${own}${spelledOut}\r\n\té\n`);
  io('none').out(styleFor('256').red('b'));
  expect(written.out).toBe('\\u{1b}[31mb\\u{1b}[39m');
  io('true').err(`${own}${evil}\n`);
  io('true').line!(evil);
  expect(written.err).not.toContain('\x1b');
  expect(written.line).toBe(spelledOut);
  io('none').err('x'.repeat(100_000));
  expect(written.err.length).toBeLessThan(11_000);
  expect(written.err.endsWith('… (90,000 characters more)\n')).toBe(true);
});

test('JSON escapes what turns text around, and says the same', () => {
  const value = { '\u202e': ['\u2028\x7f\x9b\u{e0001}é😀\x1b', 'x'.repeat(200)] };
  const text = formatJson(value);
  expect(text).toContain('"\\u202e"');
  expect(text).toContain('\\u2028\\u007f\\u009b\\udb40\\udc01é😀\\u001b');
  expect(JSON.parse(text)).toEqual(value);
});
