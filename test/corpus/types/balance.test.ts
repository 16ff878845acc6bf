import { describe, expect, test } from 'vitest';
import { balanced } from '../../../src/corpus/types/balance';
import { baseline, NamePrior, sameNameInWindow } from '../../../src/corpus/types/baselines';
import { gramsOf, SeenCode } from '../../../src/corpus/types/near-duplicates';
import type { TypeRow } from '../../../src/corpus/types/row';
import { Random } from '../../../src/corpus/random';

const row = (more: Partial<TypeRow>): TypeRow => ({
  id: 'a', language: 'typescript', prefix: '', suffix: '', type: 'string', kind: 'keyword', site: 'parameter', name: 'x', ...more,
});

test('rows are balanced: shares of kinds, no type too often, nothing without an answer', () => {
  const random = new Random(5);
  const kinds = ['keyword', 'keyword', 'keyword', 'declared', 'library', 'outside', 'compound'] as const;
  const rows = Array.from({ length: 6000 }, (_, i) => {
    const kind = random.pick(kinds);
    const type = kind === 'keyword' ? random.pick(['string', 'string', 'string', 'number', 'boolean', 'void', 'any', 'unknown']) : `${kind}${i % 300}`;
    return row({ id: String(i), kind, type, site: random.pick(['parameter', 'property']) });
  });
  const chosen = balanced(rows, random);
  const share = (fits: (one: TypeRow) => boolean) => chosen.filter(fits).length / chosen.length;
  expect(chosen.length).toBeGreaterThan(1000);
  expect(share(({ kind }) => kind === 'outside')).toBe(0);
  expect(share(({ kind }) => kind === 'compound')).toBeCloseTo(0.26, 1);
  expect(share(({ kind }) => kind === 'library')).toBeLessThan(0.09);
  expect(share(({ type }) => type === 'string')).toBeLessThan(0.09);
  expect(share(({ type }) => type === 'any')).toBeLessThan(0.035);
  expect(share(({ site }) => site === 'property')).toBeLessThan(0.22);
  expect(new Set(chosen.map(({ id }) => id)).size).toBe(chosen.length);
  const half = chosen.slice(0, chosen.length / 2);
  expect(half.filter(({ kind }) => kind === 'keyword').length / half.length).toBeCloseTo(share(({ kind }) => kind === 'keyword'), 1);
});

describe('without a model', () => {
  const prior = new NamePrior([row({ name: 'maxCount', type: 'number' }), row({ name: 'title' }), row({ name: 'label' })]);

  test('the same name in the window comes first, then the name, its last word, and what is most frequent', () => {
    expect(baseline(row({ name: 'title', prefix: 'let title: Title = 1;\nfunction f(title: ' }), prior)).toBe('Title');
    expect(baseline(row({ name: 'title', prefix: 'f(title: ' }), prior)).toBe('string');
    expect(baseline(row({ name: 'lineCount', prefix: 'f(lineCount: ' }), prior)).toBe('number');
    expect(baseline(row({ name: 'other', prefix: 'f(other: ' }), prior)).toBe('string');
    expect(baseline(row({ name: 'f', site: 'return' }), prior)).toBe('');
  });

  test('of several annotations of a name the most frequent counts, and none of a longer name', () => {
    const found = (suffix: string, language: TypeRow['language'] = 'typescript') => sameNameInWindow({ language, site: 'parameter', name: 'at', prefix: 'format: string', suffix });
    expect(found('')).toBeUndefined();
    expect(found('(at: A, b) (at?: Map<K, V>[]) (at: A)')).toBe('A');
    expect(found('(at?: Map<K, V>[])')).toBe('Map<K, V>[]');
    expect(found('def f(at: list[int] = 3): pass', 'python')).toBe('list[int]');
  });
});

describe('near duplicates', () => {
  const code = (name: string) => `function ${name}(a: number, b: string) {\n  // adds\n  const all = [a, 1, 'x'];\n  return all.concat(b).join('-').trim();\n}`;

  test('a function that differs in layout, comments and literals is one, another is not', () => {
    const seen = new SeenCode();
    expect(seen.isNew(gramsOf(code('join')))).toBe(true);
    expect(seen.isNew(gramsOf(code('join').replace('// adds', '').replace(/\n\s*/g, ' ').replace("'x'", "'other'").replace('1', '25')))).toBe(false);
    expect(seen.isNew(gramsOf(code('join').replace(/all/g, 'parts').replace(/\ba\b/g, 'first').replace(/\bb\b/g, 'last')))).toBe(true);
  });

  test('what is too short to tell is new', () => {
    const seen = new SeenCode();
    expect([seen.isNew(gramsOf('let a = 1;')), seen.isNew(gramsOf('let a = 1;'))]).toEqual([true, true]);
  });
});
