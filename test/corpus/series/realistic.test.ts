import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from '../../../src/corpus/labelling/answers';
import { QUIET } from '../../../src/corpus/labelling/labels';
import { Random } from '../../../src/corpus/random';
import { Prior } from '../../../src/corpus/series/prior';
import { isMeasured, readRealistic, realisticSource, type RealisticProgram } from '../../../src/corpus/series/realistic';
import { PythonSandbox } from '../../../src/snippets/sandbox/sandbox';
import { createParser } from '../../../src/snippets/syntax/parse';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'realistic-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string): RealisticProgram[] {
  writeFileSync(path.join(folder, 'some.py'), text);
  return readRealistic(folder);
}

describe('realistic programs', () => {
  it('have the first option of each slot as written, and a twin for each other', async () => {
    const [program] = read('#--- no error\nsizes = [1, ⟦2|"2"|⟧]\ntotal = ⟦#x sum|max⟧(sizes)\nprint(⟦#x abs|str⟧(total) or 1 | 2)\n');
    expect(program.code).toBe('sizes = [1, 2]\ntotal = sum(sizes)\nprint(abs(total) or 1 | 2)');
    const parser = await createParser();
    const codes = new Set<string>();
    const edits = new Set<string | undefined>();
    for (let seed = 0; seed < 60; seed++) {
      const group = realisticSource([program], parser, 400).draw(new Random(seed), new Prior());
      for (const { code, edit } of group?.drafts ?? []) {
        codes.add(code);
        edits.add(edit);
        expect(code).not.toMatch(/[⟦⟧]/);
        if (edit === 'written twin') expect(code.includes('max(')).toBe(code.includes('str(')); // slots of one name switch together
      }
    }
    expect(codes).toContain(program.code);
    expect(codes).toContain(program.code.replace('[1, 2]', '[1, "2"]'));
    expect(codes).toContain(program.code.replace('[1, 2]', '[1, ]'));
    expect(edits).toContain('written twin');
    expect(edits.size).toBeGreaterThan(3); // and mutants
  });

  it.each([
    ['x = ⟦1|2', 'a slot lacks its ⟧.'],
    ['x = 1⟧', 'a ⟧ closes no slot.'],
    ['x = ⟨1|2⟩', 'a realistic program has twin slots ⟦a|b⟧ and no free choice ⟨.'],
  ])('are refused with file and line: %s', (code, message) => {
    expect(() => read(`#--- no error\nx = 0\n#--- no error\n${code}\n`)).toThrow(`some.py:3: ${message}`);
  });

  it('are measured one in twelve', () => {
    const programs = readRealistic('data/python-errors/realistic');
    const share = programs.filter(isMeasured).length / programs.length;
    expect(share).toBeGreaterThan(0.04);
    expect(share).toBeLessThan(0.14);
  });

  it('raise what their headings say', async () => {
    const sandbox = await PythonSandbox.start();
    try {
      const programs = readRealistic('data/python-errors/realistic');
      const outcomes = await sandbox.runMany(programs.map(({ code }) => code));
      const wrong = programs.flatMap(({ place, label, code }, i) => {
        const found = answerOf(outcomes[i].label, code);
        const said = label === 'no error' ? QUIET : label;
        return found === said ? [] : [`${place}: ${label}, but ${outcomes[i].label}: ${outcomes[i].message}`];
      });
      expect(wrong).toEqual([]);
    } finally {
      await sandbox.close();
    }
  }, 600_000);
});
