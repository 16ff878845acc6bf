import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PythonSandbox } from '../../src/snippets/sandbox/sandbox';
import type { LabelledProgram } from '../fixtures/study-pairs';
import { findHeldOut, heldOutNumbers, heldOutWords, studyPairs, toJsonLines } from '../fixtures/study-pairs';

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

  it.each(['handwritten.jsonl', 'study-pairs.jsonl'])('in %s', async (name) => {
    expect(await findMislabelled(readRows(name))).toEqual([]);
  });

  it('in the examples', async () => {
    expect(await findMislabelled(readExamples())).toEqual([]);
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
