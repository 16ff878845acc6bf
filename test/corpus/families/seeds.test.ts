import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import { seedFamily } from '../../../src/corpus/families/seeds';
import { join, lex } from '../../../src/corpus/rewriting/lexer';
import { MAX_CHARACTERS, MAX_LINES } from '../../../src/corpus/rewriting/lines';
import { renameNames } from '../../../src/corpus/rewriting/rename';
import { literalVariables } from '../../../src/corpus/rewriting/variables';
import { filesOf } from '../../../src/corpus/written/files';
import { readWrittenPrograms } from '../../../src/corpus/written/programs';
import { Random } from '../../../src/corpus/random';

const LABELS = `TypeError SyntaxError IndentationError NameError UnboundLocalError AttributeError IndexError KeyError
  ValueError ZeroDivisionError ImportError ModuleNotFoundError FileNotFoundError AssertionError RecursionError
  StopIteration`.split(/\s+/);
const ALL = new Set([...LABELS, 'no error']);

const seedPrograms = readWrittenPrograms(filesOf('data/python-errors/seeds', '.py'));
const family = seedFamily(seedPrograms);

let sandbox: PythonSandbox;
beforeAll(async () => {
  sandbox = await PythonSandbox.start();
});
afterAll(() => sandbox.close());

describe('seed programs', () => {
  it('are many, short and different', () => {
    expect(seedPrograms.length).toBeGreaterThanOrEqual(1000);
    expect(new Set(seedPrograms.map((seed) => seed.code)).size).toBe(seedPrograms.length);
    for (const { code } of seedPrograms) expect(code.split('\n').length).toBeLessThanOrEqual(15);
  });

  it('cover every label, and most raise nothing', () => {
    const errors = seedPrograms.map((seed) => seed.label);
    for (const error of errors) expect(ALL).toContain(error);
    for (const label of ALL) expect(errors).toContain(label);
    const correct = errors.filter((error) => error === 'no error').length / errors.length;
    expect(correct).toBeGreaterThan(0.35);
  });

  it('raise what their headings say, every one', async () => {
    const outcomes = await sandbox.runMany(seedPrograms.map((seed) => seed.code));
    const wrong = seedPrograms.flatMap((seed, i) => (outcomes[i].label === seed.label ? [] : [{ ...seed, raises: outcomes[i].label }]));
    expect(wrong).toEqual([]);
  });
});

describe('the lexer', () => {
  it('loses nothing, even of broken programs', () => {
    const random = new Random('lexer');
    for (const { code } of seedPrograms) {
      expect(join(lex(code))).toBe(code);
      const cut = code.slice(0, random.int(0, code.length));
      expect(join(lex(cut))).toBe(cut);
    }
  });

  it('sees names in the fields of an f-string only', () => {
    const names = lex('f"a {b:>{c}} d" + "{e}"').filter((token) => token.kind === 'name');
    expect(names.map((token) => token.text)).toContain('b');
    for (const hidden of ['a', 'd', 'e']) expect(names.map((token) => token.text)).not.toContain(hidden);
  });
});

describe('renaming', () => {
  it('keeps what correct programs do, nearly always', async () => {
    const random = new Random('rename');
    const correct = seedPrograms.filter((seed) => seed.label === 'no error').filter((_, i) => i % 3 === 0);
    const outcomes = await sandbox.runMany(correct.map((seed) => renameNames(seed.code, random, 1)));
    const kept = outcomes.filter((outcome) => outcome.label === 'no error').length / outcomes.length;
    expect(kept).toBeGreaterThan(0.95);
  });

  it('renames every use, and misspells a misspelled one again', () => {
    const fresh = renameNames('total = 0\nfor i in range(5):\n    totl += i\nprint(f"{total}")', new Random(3), 1);
    expect(fresh).not.toMatch(/\btotal\b|\btotl\b/);
    const [first] = /^\w+/.exec(fresh)!;
    expect(fresh).toContain(`{${first}}`);
    expect(fresh.split(new RegExp(`\\b${first}\\b`)).length).toBe(3);
  });
});

describe('literal variables', () => {
  it('are found with their contents', () => {
    const found = literalVariables('n = 5\nxs = [1,\n  "a"]\nd = {"k": [1, 2], 3: 4}\ny = n + 1');
    expect(found).toEqual([
      { name: 'n', line: 1, type: 'int', value: 5 },
      { name: 'xs', line: 3, type: 'list', items: ['1', '"a"'] },
      { name: 'd', line: 4, type: 'dict', items: ['"k"', '3'] },
    ]);
  });
});

describe('the seeds family', () => {
  const groups = (seed: string, count: number): string[][] => {
    const random = new Random(seed);
    return Array.from({ length: count }, () => family.make(random));
  };

  it('is a function of the seed', () => {
    expect(groups('same', 50)).toEqual(groups('same', 50));
    expect(groups('same', 50)).not.toEqual(groups('other', 50));
  });

  it('makes programs that fit', () => {
    for (const code of groups('fit', 500).flat()) {
      expect(code.split('\n').length).toBeLessThanOrEqual(MAX_LINES);
      expect(code.length).toBeLessThanOrEqual(MAX_CHARACTERS);
      expect(code.trim()).not.toBe('');
    }
  });

  it('makes twins with different labels, of every label', async () => {
    const made = groups('labels', 330);
    const outcomes = await sandbox.runMany(made.flat());
    let at = 0;
    const labels = made.map((group) => group.map(() => outcomes[at++]!.label));
    const mixed = labels.filter((group) => new Set(group).size > 1).length / labels.length;
    expect(mixed).toBeGreaterThan(0.6);
    const flat = labels.flat();
    for (const label of ALL) expect(flat).toContain(label);
    expect(flat.filter((label) => ALL.has(label)).length / flat.length).toBeGreaterThan(0.95);
  });
});
