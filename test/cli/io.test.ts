import { expect, test } from 'vitest';
import { coloursOf } from '../../src/cli/io';
import { formatJson } from '../../src/cli/json';
import { progressLine } from '../../src/cli/progress';
import { parseCodeArgument } from '../../src/cli/source';

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
  expect(parseCodeArgument('a.py:7')).toEqual({ file: 'a.py', lines: { first: 7, last: 7 } });
  expect(parseCodeArgument('a.py:7-12')).toEqual({ file: 'a.py', lines: { first: 7, last: 12 } });
  expect(parseCodeArgument('C:\\work\\a.py:3')).toEqual({ file: 'C:\\work\\a.py', lines: { first: 3, last: 3 } });
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
