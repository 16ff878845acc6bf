import { beforeAll, describe, expect, test } from 'vitest';
import { drawPair, shown, whole } from '../../../src/corpus/types/generated/program';
import { pythonDialect } from '../../../src/corpus/types/generated/python';
import { typescriptDialect } from '../../../src/corpus/types/generated/typescript';
import { generateRows, type GeneratedRow } from '../../../src/corpus/types/generated/generate';
import { checkAll } from '../../../src/corpus/types/generated/verify';

describe('generated programs', () => {
  let rows: GeneratedRow[];
  beforeAll(() => {
    rows = generateRows(typescriptDialect, checkAll, 'test', 60);
  });

  test('are the same for the same seed, most of what is drawn, and of each site and kind', () => {
    expect(generateRows(typescriptDialect, checkAll, 'test', 5)).toEqual(rows.filter(({ id }) => /\/[0-4]\/\d$/.test(id)));
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map(({ site }) => site))).toEqual(new Set(['parameter', 'return', 'variable', 'property']));
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['keyword', 'declared', 'library', 'compound']));
  });

  test('have no mark left, and names that agree with the type in some 60 %, mislead in some 15 %', () => {
    for (const { prefix, suffix } of rows) expect(prefix + suffix).not.toMatch(/[«»⟦⟧\0]/);
    const many = Array.from({ length: 1500 }, (_, i) => drawPair(i % 2 ? typescriptDialect : pythonDialect, `names/${i}`)).flat();
    const share = (naming: string) => many.filter((one) => one.naming === naming).length / many.length;
    expect(share('agrees')).toBeCloseTo(0.6, 1);
    expect(share('neutral')).toBeCloseTo(0.25, 1);
    expect(share('misleads')).toBeCloseTo(0.15, 1);
  });

  test('twins differ in the use that decides the type, and in a name at most', () => {
    const [one, two] = drawPair(typescriptDialect, 'test/4');
    expect(one.type).not.toBe(two.type);
    const lines = (text: string) => text.split('\n');
    const differ = lines(whole(one.prefix + one.suffix)).filter((line) => !lines(whole(two.prefix + two.suffix)).includes(line));
    expect(differ.length).toBeLessThanOrEqual(4);
    expect(shown('a«: string»b«\0: number»')).toBe('a: stringb');
    expect(whole('a«: string»b«\0: number»')).toBe('a: stringb: number');
  });
});

test('the compiler says of each module alone whether it checks', () => {
  const codes = ['const a: number = 1;', 'const a: string = 1;', 'a;', 'const b = ;', 'new Date().getTime() * 2;', 'declare const a: {}; a.b;'];
  expect(checkAll(codes)).toEqual([true, false, false, false, true, false]);
});
