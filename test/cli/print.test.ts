import { expect, it } from 'vitest';
import type { Io } from '../../src/cli/io';
import { print } from '../../src/cli/print';

const evil = { label: '\x1b[31mred\x1b[0m', tokens: [{ text: '\x9b1m' }], '\x1b[1mkey': 1, share: NaN, none: undefined };

function printed(json: boolean): string {
  let text = '';
  const io: Io = { out: (more) => (text += more), err: () => undefined, columns: 80, colours: 'true', line: null, signal: new AbortController().signal };
  print(io, evil, json, (result, style) => `${style.bold('x')} ${result.label} ${result.tokens[0].text} ${Object.keys(result)[2]} ${result.share}`);
  return text;
}

it('texts from elsewhere bring no colours of their own, ours stay, and so does where each character stands', () => {
  expect(printed(false)).toBe('\x1b[1mx\x1b[22m ␛[31mred␛[0m ␛1m ␛[1mkey NaN');
});

it('JSON keeps the characters, escaped', () => {
  expect(printed(true)).not.toMatch(/[\x1b\x9b]/); // eslint-disable-line no-control-regex
  expect(JSON.parse(printed(true))).toMatchObject({ label: evil.label });
});
