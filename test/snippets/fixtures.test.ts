import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PythonSandbox } from '../../src/snippets/sandbox/sandbox';
import type { LabelledProgram } from '../fixtures/study-pairs';
import { findHeldOut, heldOutNumbers, heldOutWords, studyPairs, toJsonLines } from '../fixtures/study-pairs';
import { ERROR_TYPES, NO_ERROR } from '../../src/vocabulary/labels';

const fixtures = new URL('../fixtures/', import.meta.url);
const examples = new URL('../../examples/', import.meta.url);

function readRows(name: string): LabelledProgram[] {
  const lines = readFileSync(new URL(name, fixtures), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as LabelledProgram);
}

/** The examples with the error that the table in their README claims. */
function readExamples(): (LabelledProgram & { file: string })[] {
  const readme = readFileSync(new URL('README.md', examples), 'utf8');
  return [...readme.matchAll(/^\| \[(\w+\.py)\][^|]*\|[^|]*\| ([^|]+) \|/gm)].map(([, file, label]) => ({
    file,
    code: readFileSync(new URL(file, examples), 'utf8'),
    label,
  }));
}

/** A row of real-units.jsonl: of which release ("name version") and under which licence its code is. */
interface RealUnit extends LabelledProgram {
  source: string;
  licence: string;
}

/** The rows of a table in the README of the fixtures, without its head, by the title of its section. */
function readTable(section: string): string[][] {
  const readme = readFileSync(new URL('README.md', fixtures), 'utf8');
  const [, text] = readme.split(`\n## ${section}\n`);
  const rows = text.split('\n## ')[0].split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()));
}

/** The programs to try, with what the README says that they raise. */
function readTried(): (LabelledProgram & { file: string })[] {
  return readTable('Programs to try').map(([link, label]) => {
    const file = link.slice(1, link.indexOf(']'));
    return { file, label, code: readFileSync(new URL(`tried/${file}`, fixtures), 'utf8') };
  });
}

function countByLabel(rows: readonly LabelledProgram[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { label } of rows) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

describe('labels are what Python raises', () => {
  let sandbox: PythonSandbox;
  beforeAll(async () => {
    sandbox = await PythonSandbox.start();
  });
  afterAll(() => sandbox.close());

  /** Rows whose label differs from what the sandbox gives, with both. */
  async function findMislabelled(rows: readonly LabelledProgram[]): Promise<object[]> {
    const outcomes = await sandbox.runMany(rows.map((row) => row.code));
    return rows
      .map((row, i) => ({ ...row, actual: outcomes[i] }))
      .filter((row) => row.actual.label !== row.label);
  }

  it.each(['handwritten.jsonl', 'realistic.jsonl', 'real-units.jsonl', 'study-pairs.jsonl'])('in %s', async (name) => {
    expect(await findMislabelled(readRows(name))).toEqual([]);
  });

  it('in the examples', async () => {
    expect(await findMislabelled(readExamples())).toEqual([]);
  });

  it('in the programs to try', async () => {
    expect(await findMislabelled(readTried())).toEqual([]);
  });
});

describe('handwritten.jsonl', () => {
  const rows = readRows('handwritten.jsonl');

  it('has 200 different short programs', () => {
    expect(new Set(rows.map((row) => row.code)).size).toBe(200);
    expect(rows.filter((row) => row.code.length > 400 || row.code.split('\n').length > 15)).toEqual([]);
  });

  it('has 9 to 14 of each of the 17 classes', () => {
    const counts = countByLabel(rows);
    expect(counts.size).toBe(17);
    expect([...counts].filter(([, count]) => count < 9 || count > 14)).toEqual([]);
  });
});

describe('realistic.jsonl', () => {
  const rows = readRows('realistic.jsonl');

  it('has 100 different programs of 10 to 40 lines', () => {
    expect(new Set(rows.map((row) => row.code)).size).toBe(100);
    const lines = rows.map((row) => row.code.split('\n').length);
    expect([Math.min(...lines) >= 10, Math.max(...lines) <= 40]).toEqual([true, true]);
  });

  it('has 40 that raise nothing and at least two of each error', () => {
    const counts = countByLabel(rows);
    expect(counts.get(NO_ERROR)).toBe(40);
    expect(ERROR_TYPES.filter((label) => (counts.get(label) ?? 0) < 2)).toEqual([]);
    expect(counts.size).toBe(ERROR_TYPES.length + 1);
  });
});

describe('real-units.jsonl', () => {
  const rows = readRows('real-units.jsonl') as RealUnit[];

  it('has 100 different units of 8 to 45 lines, 44 of which raise nothing, and every error', () => {
    expect(new Set(rows.map((row) => row.code)).size).toBe(100);
    const lines = rows.map((row) => row.code.split('\n').length);
    expect([Math.min(...lines) >= 8, Math.max(...lines) <= 45]).toEqual([true, true]);
    const counts = countByLabel(rows);
    expect(counts.get(NO_ERROR)).toBe(44);
    expect([...counts.keys()].sort()).toEqual([...ERROR_TYPES, NO_ERROR].sort());
  });

  it('names its packages and licences as the README does, which has their copyright notices', () => {
    const counts = new Map<string, number>();
    for (const { source, licence } of rows) {
      const key = `${source}, ${licence}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const table = readTable('Whose code is in real-units.jsonl');
    const listed = table.map(([source, units, licence]) => [`${source}, ${licence}`, Number(units)]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(counts));
    expect(table.filter(([, , , notice]) => !notice.startsWith('Copyright'))).toEqual([]);
  });

  it('has the text of each licence, with the packages that are under it', () => {
    const texts = readFileSync(new URL('LICENCES.txt', fixtures), 'utf8');
    for (const { source, licence } of rows) {
      const [, names] = new RegExp(`^${licence}: (.*)$`, 'm').exec(texts) ?? [];
      expect(names?.split(', '), licence).toContain(source.split(' ')[0]);
    }
  });
});

describe('the programs to try', () => {
  it('are all in the table, five with an error and three without', () => {
    const listed = readTried();
    const files = readdirSync(fileURLToPath(new URL('tried/', fixtures)));
    expect(listed.map((program) => program.file).sort()).toEqual(files.sort());
    expect(listed.filter((program) => program.label === NO_ERROR)).toHaveLength(3);
    expect(countByLabel(listed).size).toBe(6);
  });
});

describe('the examples', () => {
  it('are all in the table, with ten different outcomes', () => {
    const listed = readExamples();
    const files = readdirSync(fileURLToPath(examples)).filter((name) => name.endsWith('.py'));
    expect(listed.map((example) => example.file).sort()).toEqual(files.sort());
    expect(countByLabel(listed).size).toBe(10);
  });
});

describe('study pairs', () => {
  it('are the rows of study-pairs.jsonl (vitest -u rewrites it)', async () => {
    await expect(toJsonLines(studyPairs())).toMatchFileSnapshot('../fixtures/study-pairs.jsonl');
  });

  it('are 200 different pairs, each with a held-out value', () => {
    const rows = studyPairs();
    expect(new Set(rows.map((row) => row.code)).size).toBe(400);
    expect([...countByLabel(rows)]).toEqual([['TypeError', 200], ['SyntaxError', 200]]);
    expect(rows.filter((row) => findHeldOut(row.code) === undefined)).toEqual([]);
  });

  it('draw on 150 words and 100 numbers', () => {
    expect(new Set(heldOutWords).size).toBe(150);
    expect(new Set(heldOutNumbers).size).toBe(100);
  });

  it('find a held-out value only as a whole token', () => {
    expect(findHeldOut('red_Wagon = 1')).toBe('wagon');
    expect(findHeldOut('x = "a37"')).toBe('37');
    expect(findHeldOut('x = 1370')).toBeUndefined();
    expect(findHeldOut('wagonload = 1')).toBeUndefined();
  });
});
