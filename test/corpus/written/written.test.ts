import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkMadeOf } from '../../../src/corpus/made-of';
import { corpusHash } from '../../../src/corpus/make';
import { filesOf, hashOfFiles } from '../../../src/corpus/written/files';
import { parsePrograms, readWrittenPrograms } from '../../../src/corpus/written/programs';
import { parseSkeletons, readSkeletons } from '../../../src/corpus/written/skeletons';
import { readWritten } from '../../../src/corpus/written/written';
import { readRecipe } from '../../../src/training/lm/recipe';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'written-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, text: string) => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

describe('written programs', () => {
  it('stand under headings, behind remarks', () => {
    expect(parsePrograms('# About.\n\n#--- no error\nprint(2)\n\n\n#--- NameError\nif True:\n    x\n', 'a/some.py')).toEqual([
      { label: 'no error', code: 'print(2)', topic: 'some', place: 'a/some.py:3' },
      { label: 'NameError', code: 'if True:\n    x', topic: 'some', place: 'a/some.py:7' },
    ]);
  });

  it.each([
    ['print(1)\n#--- no error\nprint(2)', 'some.py:1: a program stands under a heading'],
    ['#--- TypError\n1 + ""', 'some.py:1: "#--- TypError" is no heading. Write "#--- " and one of: TypeError,'],
    ['#---TypeError\n1 + ""', 'some.py:1: "#---TypeError" is no heading'],
    ['#--- no error\nx = 1\n#--- no error \nx = 2', 'some.py:3: "#--- no error " is no heading'],
    ['#--- no error\n\n#--- NameError\nx', 'some.py:1: there is no program under this heading.'],
  ])('are refused with file and line: %j', (text, message) => {
    expect(() => parsePrograms(text, 'some.py')).toThrow(message);
  });

  it('stand in one place only', () => {
    const files = [write('a.py', '#--- no error\nx = 1\n'), write('b.py', '#--- no error\ny = 1\n#--- no error\nx = 1\n')];
    expect(() => readWrittenPrograms(files)).toThrow(`${files[1]}:3: the same program stands at ${files[0]}:1.`);
  });
});

describe('skeleton files', () => {
  it('hold families with their weights and outcomes', () => {
    const text = '# About.\n\n=== a-b/c  weight 3  KeyError | no error\n$iv = ⟦1|2⟧\n\n---\nprint($lst[⟦$in|$out⟧])\n\n=== d/e  no error\n[$strs~⟦1|2⟧]\n';
    expect(parseSkeletons(text, 'x.skeleton')).toEqual([
      {
        name: 'a-b/c', weight: 3, outcomes: ['KeyError', 'no error'],
        skeletons: [{ text: '$iv = ⟦1|2⟧', place: 'x.skeleton:4' }, { text: 'print($lst[⟦$in|$out⟧])', place: 'x.skeleton:7' }],
      },
      { name: 'd/e', weight: 1, outcomes: ['no error'], skeletons: [{ text: '[$strs~⟦1|2⟧]', place: 'x.skeleton:10' }] },
    ]);
  });

  const family = (skeleton: string) => `=== a/b  no error\n${skeleton}\n`;
  it.each([
    ['x = ⟦1|2⟧\n', ':1: a skeleton stands under a heading'],
    ['=== a/b no error\nx\n', ':1: "=== a/b no error" is no heading such as'],
    ['=== a/b  KeyError | no eror\nx\n', ':1: the outcome "no eror" is no exception'],
    ['=== a/b  KeyError | KeyError\nx\n', ':1: the outcome "KeyError" is no exception, "own error" or "no error", or stands there twice.'],
    ['=== a/b  no error\n', ':2: a skeleton has no text.'],
    [family('⟦1|2⟧\n---\n\n---\n⟦1|2⟧'), ':4: a skeleton has no text.'],
    [family('⟦1|2⟧\n----\n⟦1|2⟧'), ':3: "----": skeletons are parted by a line "---".'],
    [family('\nx = ⟦1|2'), ':3: a slot lacks its ⟧.'],
    [family('x = 1⟩'), ':2: a ⟩ closes no slot.'],
    [family('x = ⟨1|2⟩'), ':2: a skeleton has no twin slot ⟦a|b⟧'],
    [family('x = ⟦1|$foo2⟧'), ':2: $foo2: there is no placeholder $foo2.'],
    [family('x = ⟦1|$(cap:foo)⟧'), ':2: $(cap:foo): there is no placeholder $foo.'],
    [family('x = ⟦1|$iv~3⟧'), ':2: $iv~3: only $ints, '],
    [family('x = ⟦1|$⟧'), ':2: a $ stands in the text that begins no placeholder.'],
  ])('are refused with file and line: %j', (text, message) => {
    expect(() => parseSkeletons(text, 'x.skeleton')).toThrow(`x.skeleton${message}`);
  });

  it('have each family and each skeleton once', () => {
    expect(() => readSkeletons([write('a.skeleton', `${family('⟦1|2⟧')}${family('⟦3|4⟧')}`)])).toThrow(/:4: the same family stands at .*:2\.$/);
    expect(() => readSkeletons([write('a.skeleton', family('⟦1|2⟧\n---\n⟦1|2⟧'))])).toThrow(/:4: the same skeleton stands at .*:2\.$/);
  });
});

describe('what a recipe names', () => {
  it.each(['recipe.json', 'recipe-gpu.json'])('is what the repository holds: %s', async (name) => {
    const { data } = await readRecipe(`models/python-errors/${name}`);
    expect(readWritten(data.written).seeds.length).toBeGreaterThan(1800);
  });

  it('is what the repository holds: the corpus', () => {
    const { sources, sha256 } = JSON.parse(readFileSync('data/python-errors/corpus.json', 'utf8')) as { sources: string; sha256: string };
    expect(corpusHash(sources)).toBe(sha256);
  });

  it('is refused when it is something else, nowhere, or unnamed', () => {
    const files = [write('seeds/a.py', '#--- no error\nx = 1\n'), write('skeletons/a.skeleton', '=== a/b  no error\n⟦1|2⟧\n')];
    const sha256 = hashOfFiles(files);
    expect(readWritten({ folder, sha256 })).toMatchObject({ seeds: [{ code: 'x = 1' }], families: [{ name: 'a/b' }], sha256 });
    writeFileSync(files[0], '#--- no error\nx = 2\n');
    expect(() => readWritten({ folder, sha256 })).toThrow(
      `The recipe is for other seeds and skeletons than ${folder} holds. Write ${hashOfFiles(files)} as its "data.written.sha256" if these are meant.`,
    );
    const nowhere = path.join(folder, 'nowhere');
    expect(() => readWritten({ folder: nowhere, sha256 })).toThrow(`There are no .py files in ${path.join(nowhere, 'seeds')}. They lie in the repository`);
    expect(() => readWritten(undefined)).toThrow('The recipe names no seeds and skeletons');
  });

  it('is read in the order of names without their endings', () => {
    for (const name of ['b.py', 'a-b.py', 'a.py', 'a.txt']) write(name, '');
    expect(filesOf(folder, '.py').map((file) => path.basename(file))).toEqual(['a.py', 'a-b.py', 'b.py']);
  });
});

describe('what a data folder is made of', () => {
  it('is kept beside it, and other settings are refused', () => {
    const file = path.join(folder, 'data', 'recipe.json');
    const madeOf = { seed: 1, shardSize: 5, written: 'aa' };
    checkMadeOf(file, madeOf);
    expect(() => checkMadeOf(file, madeOf)).not.toThrow();
    expect(() => checkMadeOf(file, { ...madeOf, seed: 2 })).toThrow('made with other settings or of other data');
    expect(() => checkMadeOf(file, { ...madeOf, written: 'bb' })).toThrow('made with other settings or of other data');
  });

  it('need not name seeds and skeletons, as older folders do not', () => {
    const file = write('recipe.json', '{"seed":1,"shardSize":5}');
    expect(() => checkMadeOf(file, { seed: 1, shardSize: 5, written: 'aa' })).not.toThrow();
    expect(() => checkMadeOf(file, { seed: 2, shardSize: 5, written: 'aa' })).toThrow('Delete that folder, or choose another.');
  });
});
