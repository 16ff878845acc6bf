import { describe, expect, test } from 'vitest';
import { wordChanges, alignTokens, singleChange } from '../../../src/snippets/twins/align';
import type { Alignment } from '../../../src/snippets/twins/align';
import { proposeEdits } from '../../../src/snippets/edits';
import type { Change } from '../../../src/snippets/edits';
import { PYTHON_ERROR_TYPE } from '../../../src/snippets/prompts/templates';
import { Random } from '../../../src/corpus/random';
import type { Token } from '../../../src/snippets/tokenizer/ranges';
import { kitTokenizer } from '../tokenizer/kit';

/** One token a character. */
const letters = (text: string): Token[] =>
  Array.from(text, (char, i) => ({ id: char.codePointAt(0)!, text: char, start: i, end: i + 1 }));

/** "a-b" style: each column as original over variant, `.` for none. */
function shown(original: Token[], variant: Token[], { columns }: Alignment): string {
  const text = (tokens: Token[], i: number | null): string => (i === null ? '.' : tokens[i].text);
  return columns.map((column) => text(original, column.original) + text(variant, column.variant)).join(' ');
}

const alignText = (original: string, variant: string, changes: Change[] = singleChange(original, variant)): string =>
  shown(letters(original), letters(variant), alignTokens(letters(original), letters(variant), changes));

/** The length of a longest common subsequence, by the textbook recursion. */
function longest(a: number[], b: number[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i][j] = a[i - 1] === b[j - 1] ? table[i - 1][j - 1] + 1 : Math.max(table[i - 1][j], table[i][j - 1]);
    }
  }
  return table[a.length][b.length];
}

describe('alignTokens', () => {
  test('equal sequences, substitutions, insertions and deletions', () => {
    expect(alignText('abc', 'abc')).toBe('aa bb cc');
    expect(alignText('abc', 'axc')).toBe('aa bx cc');
    expect(alignText('abcd', 'axd')).toBe('aa bx c. dd');
    expect(alignText('axd', 'abcd')).toBe('aa xb .c dd');
    expect(alignText('', 'ab')).toBe('.a .b');
    expect(alignText('ab', '')).toBe('a. b.');
  });

  test('the difference stays where the edit was, also among equal tokens', () => {
    const drop = (at: number): string => alignText('))))', ')))', [{ start: at, end: at + 1, replacement: '' }]);
    expect(drop(0)).toBe('). )) )) ))');
    expect(drop(1)).toBe(')) ). )) ))');
    expect(drop(3)).toBe(')) )) )) ).');
    expect(alignText('aa', 'aaa', [{ start: 0, end: 0, replacement: 'a' }])).toBe('.a aa aa');
    expect(alignText('aa', 'aaa', [{ start: 2, end: 2, replacement: 'a' }])).toBe('aa aa .a');
  });

  test('changes in several places', () => {
    const changes = [
      { start: 0, end: 1, replacement: 'yy' },
      { start: 3, end: 4, replacement: 'yy' },
    ];
    expect(alignText('x=1x;1', 'yy=1yy;1', changes)).toBe('xy .y == 11 xy .y ;; 11');
  });

  test('a shortest edit script: as many equal tokens matched as there can be, each once and in order', () => {
    const random = new Random('align');
    for (let i = 0; i < 300; i++) {
      const original = Array.from({ length: random.int(0, 12) }, () => random.pick(['a', 'b', 'c'])).join('');
      const start = random.int(0, original.length);
      const end = random.int(start, original.length);
      const replacement = Array.from({ length: random.int(0, 4) }, () => random.pick(['a', 'b', 'd'])).join('');
      const variant = original.slice(0, start) + replacement + original.slice(end);
      const [a, b] = [letters(original), letters(variant)];
      const { columns, sameLength } = alignTokens(a, b, [{ start, end, replacement }]);
      const present = (side: 'original' | 'variant'): number[] =>
        columns.map((column) => column[side]).filter((index): index is number => index !== null);
      expect(present('original')).toEqual(a.map((_, index) => index));
      expect(present('variant')).toEqual(b.map((_, index) => index));
      expect(sameLength).toBe(columns.length === a.length && columns.length === b.length);
      const equal = columns.filter(({ original: x, variant: y }) => x !== null && y !== null && a[x].id === b[y].id);
      expect(equal.length).toBe(
        longest(
          a.map(({ id }) => id),
          b.map(({ id }) => id),
        ),
      );
    }
  });

  test('of real prompts, the template aligns with itself and the edit is where it differs', async () => {
    const tokenizer = kitTokenizer();
    const code = 'total = 12\nprint("é😀: " + total, total)';
    const { suffix } = PYTHON_ERROR_TYPE;
    for (const edit of await proposeEdits(code)) {
      const a = tokenizer.encode(code + suffix);
      const b = tokenizer.encode(edit.variant + suffix);
      const { columns } = alignTokens(a, b, edit.changes);
      const suffixTokens = tokenizer.encode(suffix).length - 2; // the first one may merge with the code
      for (let k = 1; k <= suffixTokens; k++) {
        expect(columns.at(-k)).toEqual({ original: a.length - k, variant: b.length - k });
      }
      expect(columns[0]).toEqual({ original: 0, variant: 0 });
      const touched = (token: Token): boolean =>
        edit.changes.some(({ start, end }) => token.start < end + 6 && token.end > start - 6);
      for (const { original: x, variant: y } of columns) {
        if (x !== null && !touched(a[x])) expect(y !== null && b[y].id, edit.description).toBe(a[x].id);
      }
    }
  });

  test('programs that differ in too much are refused', () => {
    const [a, b] = [letters('a'.repeat(5000)), letters('b'.repeat(5000))];
    expect(() => alignTokens(a, b, [{ start: 0, end: 5000, replacement: 'b'.repeat(5000) }])).toThrow('5000 and 5000');
  });

  test('a single change between two texts', () => {
    expect(singleChange('abc', 'abc')).toEqual([]);
    expect(singleChange('aXc', 'aYZc')).toEqual([{ start: 1, end: 2, replacement: 'YZ' }]);
    expect(singleChange('aa', 'aaa')).toEqual([{ start: 2, end: 2, replacement: 'a' }]);
  });
});

describe('changes between two texts, word by word', () => {
  test.each([
    ['let a = 1; let b = a;', 'let count = 1; let b = count;', ['a→count', 'a→count']],
    ['f(x)', 'g(x)', ['f→g']],
    ['x', 'x + 1', ['→ + 1']],
    ['one two three', 'three', ['one two →']],
    ['same', 'same', []],
    ['', 'new', ['→new']],
    ['a  b', 'a b', ['  → ']],
    ['ä = 1', 'ö = 1', ['ä→ö']],
  ])('%s to %s', (original, variant, expected) => {
    const changes = wordChanges(original, variant);
    expect(changes.map(({ start, end, replacement }) => `${original.slice(start, end)}→${replacement}`)).toEqual(expected);
    let made = '';
    let at = 0;
    for (const { start, end, replacement } of changes) {
      made += original.slice(at, start) + replacement;
      at = end;
    }
    expect(made + original.slice(at)).toBe(variant);
  });
});
