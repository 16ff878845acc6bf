/** Seeded random texts with a selection: all of Unicode, deep nesting, any line ends, and real programs cut and mixed with those. */
import { readFileSync } from 'node:fs';
import type { SourceText } from '../../src/engine/reading/program';
import { Random } from '../../src/corpus/random';

const PROGRAMS = readFileSync('test/fixtures/handwritten.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { code: string }).code);

/** What breaks programs that count characters, bytes or lines. */
const ODD = [
  '\0', '\t', '\f', '\v', '\r', '\r\n', '\n', '\x1b[31m', '\x7f', '\x85', '\xa0', '\xad', '\u2028', '\u2029', '\ufeff', '\ufffd', '\uffff', '\u200d', '\u202e', '\u0000a',
  'e\u0301', '\u0301', 'ﬁ', 'ſ', 'İ', 'ß', '한', '\u1112\u1161\u11ab', 'ก็', 'नी', 'שלום', 'مرحبا', '日本語', '𝕏 = 1', '👩‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇪', '\ud83d', '\ude00', '\ud800\ud800', '<s>', '<|endoftext|>', '</s>',
];
const PIECES = ['(', ')', '[', ']', '{', '}', '"', "'", '"""', "'''", 'f"{', '}"', '\\', '\\\n', '#', ':', ',', ' ', '    ', '\n', '=', '+', '1', '0x', '1e999', 'x', 'print', 'def f():', 'class', 'if', 'else', 'lambda', '@', ';', 'print("a" + 1)', 'é'];

export function randomSource(seed: number): SourceText {
  const random = new Random(`fuzz ${seed}`);
  const lineEnds = random.weighted([null, '\r\n', '\r', 'mixed'], [6, 2, 1, 1]);
  let text = random.weighted([programs, cut, mixed, unicode, pieces, nested, longLine], [3, 4, 4, 3, 3, 1, 1])(random);
  if (lineEnds) text = text.replace(/\n/g, () => (lineEnds === 'mixed' ? random.pick(['\n', '\r', '\r\n', '\n\r']) : lineEnds));
  if (random.chance(0.3)) return { file: null, text };
  const [start, end] = [random.int(0, text.length), random.int(0, text.length)].sort((a, b) => a - b);
  return { file: null, text, range: { start, end } };
}

const many = (random: Random, most: number, make: () => string) => Array.from({ length: random.int(0, most) }, make).join('');

function programs(random: Random): string {
  return many(random, 3, () => random.pick(PROGRAMS) + random.pick(['', '\n', '\n\n\n', ' ', '\n\t']));
}

function cut(random: Random): string {
  const text = random.pick(PROGRAMS);
  return text.slice(random.int(0, text.length >> 1), random.int(text.length >> 1, text.length));
}

/** A program with odd things put in. */
function mixed(random: Random): string {
  let text = random.chance(0.5) ? cut(random) : random.pick(PROGRAMS);
  for (let i = random.int(1, 5); i > 0; i--) {
    const at = random.int(0, text.length);
    text = text.slice(0, at) + random.pick(random.chance(0.6) ? ODD : PIECES) + text.slice(at + random.int(0, 2));
  }
  return text;
}

/** Any UTF-16 code units and code points. */
function unicode(random: Random): string {
  const one = () => {
    if (random.chance(0.3)) return random.pick(ODD);
    if (random.chance(0.2)) return String.fromCharCode(random.int(0, 0xffff));
    return String.fromCodePoint(random.pick([random.int(0, 0x7f), random.int(0x80, 0x2fff), random.int(0x3000, 0xffff), random.int(0x10000, 0x10ffff)]));
  };
  return many(random, random.pick([3, 20, 60]), one);
}

function pieces(random: Random): string {
  return many(random, random.pick([3, 30, 100]), () => random.pick(PIECES));
}

function nested(random: Random): string {
  const depth = random.pick([20, 60, 3000, 20_000]);
  const [open, close] = random.pick([['(', ')'], ['[', ']'], ['{', '}'], ['f"{', '}"'], ['not ', ''], ['x.', ''], ['if 1:\n ', ''], ['lambda: ', '1']]);
  const indented = open.includes('\n') ? Array.from({ length: Math.min(depth, 300) }, (_, i) => `${' '.repeat(i)}if 1:\n`).join('') : open.repeat(depth);
  return `${indented}${random.pick(['1', '', 'x', '"'])}${close.repeat(random.pick([0, depth, depth - 1]))}${random.pick(['', '\n'])}`;
}

function longLine(random: Random): string {
  const length = random.pick([500, 20_000, 300_000, 500_000]);
  return random.pick(['x = "a"; ', '1 + ', 'é', '👍🏽', '"', ' ', '[0],', '# ']).repeat(length / 4).slice(0, length) + many(random, 3, () => random.pick(PIECES));
}
