/** Right against wrong: roles that divide a prompt, attention and masking by role as the analyses give them, and differences with intervals. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyse } from '../../src/engine/analyses/analyse';
import { Reading } from '../../src/engine/analyses/reading';
import { Session } from '../../src/engine/analyses/session';
import { Languages } from '../../src/engine/languages';
import { loadModel } from '../../src/engine/session/load';
import { uniformFrom } from '../../src/random';
import { PYTHON_ERROR_TYPE } from '../../src/snippets/prompts/templates';
import { maskedByRole } from '../../src/studies/asking/masking';
import { stretchesOf, tokenRolesOf } from '../../src/studies/asking/roles';
import { contrastSection } from '../../src/studies/report/contrast';
import { maskingSection } from '../../src/studies/report/masking';
import { studyReport } from '../../src/studies/report/report';
import { StudyFolder } from '../../src/studies/running/folder';
import { clusterDifferences, type Grouped } from '../../src/studies/statistics/difference';
import { rowOf, type StudyRow } from '../../src/protocol/studies/rows';
import { checkedStudy } from '../../src/protocol/studies/study';
import { CODE_ROLES } from '../../src/vocabulary/code-roles';
import { smallModel, type SmallModel } from '../engine/small-model';
import { runHere, writeLines, writeStudy } from './kit';

describe('roles', () => {
  const told = (code: string, language: string, annotations: { start: number; end: number }[] = [], name: string | null = null) =>
    stretchesOf(code, language, annotations, name).filter(({ role }) => role !== 'blanks').map(({ start, end, role }) => [code.slice(start, end), role]);

  test('of Python', () => {
    expect(told('if age > 20.5:  # old "x"\n    print(f"a {age}")', 'python')).toEqual([
      ['if', 'keywords'], ['age', 'names'], ['>', 'signs'], ['20.5', 'numbers'], [':', 'signs'], ['# old "x"', 'comments'],
      ['print', 'names'], ['(', 'signs'], ['f"a {age}"', 'strings'], [')', 'signs'],
    ]);
  });

  test('of TypeScript, with annotations and the name that is asked about', () => {
    const code = 'function f(user: User, $n: number) { /* user\'s */ return user + "user" + `a` } // $n';
    const at = (text: string) => ({ start: code.indexOf(text), end: code.indexOf(text) + text.length });
    expect(told(code, 'typescript', [at('number')], 'user')).toEqual([
      ['function', 'keywords'], ['f', 'names'], ['(', 'signs'], ['user', 'same'], [':', 'signs'], ['User', 'names'], [',', 'signs'], ['$n', 'names'], [':', 'signs'],
      ['number', 'annotations'], [')', 'signs'], ['{', 'signs'], ["/* user's */", 'comments'], ['return', 'keywords'], ['user', 'same'], ['+', 'signs'],
      ['"user"', 'strings'], ['+', 'signs'], ['`a`', 'strings'], ['}', 'signs'], ['// $n', 'comments'],
    ]);
  });

  test.each(['python', 'typescript'])('divide any %s text without a gap', (language) => {
    const uniform = uniformFrom(3);
    const parts = ['"', "'", '`', '/*', '*/', '//', '#', '\n', '\\', 'f"{', '}', 'é', '😀', ' ', 'x1', '1e5', '$', '"""', '\r\n'];
    for (let i = 0; i < 300; i++) {
      const code = Array.from({ length: 1 + Math.floor(uniform() * 12) }, () => parts[Math.floor(uniform() * parts.length)]).join('');
      const all = stretchesOf(code, language);
      expect(all.map(({ start, end }) => code.slice(start, end)).join(''), JSON.stringify(code)).toBe(code);
      all.forEach(({ start }, at) => expect(start).toBe(at === 0 ? 0 : all[at - 1].end));
    }
  });
});

describe('of a model', () => {
  const codes = [
    { id: 'a', code: 'total = 21  # a number\nprint("Sum: " + total)', label: 'TypeError' },
    { id: 'b', code: 'name = "Ada"  # a text\nprint("Name: " + name)', label: 'no error' },
    { id: 'c', code: 'items = [1, 2]\nprint(items[5])', label: 'IndexError' },
  ];
  let model: SmallModel;
  let at: string;
  let rows: StudyRow[];
  let out: string;
  beforeAll(async () => {
    model = await smallModel();
    at = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-study-'));
    out = path.join(at, 'out');
    const file = writeStudy(at, {
      models: [model.folder], programs: [{ from: 'file', path: writeLines(at, 'rows.jsonl', codes) }],
      analyses: { attention: {}, lens: { topK: 1 }, masking: { roles: ['comments', 'strings', 'names'], draws: 2 } },
    });
    expect(await runHere(file, out)).toMatchObject({ rows: codes.length, problems: 0 });
    rows = await new StudyFolder(out).rows();
  }, 120_000);
  afterAll(async () => {
    await model.remove();
    rmSync(at, { recursive: true, force: true });
  });

  test('the shares of attention of all roles are 1 at each layer', () => {
    for (const { measures } of rows) {
      const shares = Object.keys(CODE_ROLES).flatMap((role) => (measures![`attention.${role}`] as number[] | undefined) ?? []);
      expect(shares.length).toBeGreaterThan(3 * 4);
      for (const layer of [0, 1, 2]) {
        const sum = Object.keys(CODE_ROLES).reduce((all, role) => all + ((measures![`attention.${role}`] as number[] | undefined)?.[layer] ?? 0), 0);
        expect(sum).toBeCloseTo(1, 5);
      }
    }
  });

  test('masking comments is what knocking them out alone is', async () => {
    const loaded = await loadModel(model.folder);
    const session = new Session(loaded);
    const languages = new Languages();
    try {
      const { code, label } = codes[0];
      const row = rows.find(({ program }) => program === 'a')!;
      const reading = await Reading.open(session, PYTHON_ERROR_TYPE, { file: null, text: code });
      const rival = (await reading.prediction(1, {})).answers.find((one) => one.label !== label)!.label;
      const { parts, reading: read } = await analyse(reading, {
        knockout: { sources: null, syntax: 'comments', queries: null, layers: null, heads: null, sweep: 'whole', window: 3, draws: 0, answers: [label, rival] },
      });
      const { before, after, sources } = parts.knockout!.value;
      expect(row.measures!['masking.lead']).toBeCloseTo(before.difference, 4);
      expect(row.measures!['masking.comments.change']).toBeCloseTo(after.difference - before.difference, 4);
      expect(Math.abs(after.difference - before.difference)).toBeGreaterThan(1e-3);
      expect(row.measures!['masking.comments.tokens']).toBe(sources.length);
      expect(row.measures!['masking.comments.ahead']).toBe(Number(after.difference > 0));
      // What the code does not have is not masked, and what has no draws has nothing beside it.
      const roles = await tokenRolesOf(read, { code, hole: null, truth: label }, 'python', languages);
      const found = await maskedByRole(reading, roles, label, { roles: ['annotations', 'comments'], readers: 'all', draws: 0 });
      expect(Object.keys(found)).toEqual(['lead', 'comments.tokens', 'comments.change', 'comments.ahead', 'comments.random', 'comments.randomAhead']);
      expect([found['comments.change'], found['comments.random']]).toEqual([row.measures!['masking.comments.change'], null]);
      const direct = await maskedByRole(reading, roles, label, { roles: ['comments'], readers: 'answer', draws: 0 });
      const alone = await analyse(reading, {
        knockout: { sources: null, syntax: 'comments', queries: ['last'], layers: null, heads: null, sweep: 'whole', window: 3, draws: 0, answers: [label, rival] },
      });
      const { before: plain, after: last } = alone.parts.knockout!.value;
      expect(direct['comments.change']).toBeCloseTo(last.difference - plain.difference, 4);
      expect(direct['comments.change']).not.toBeCloseTo(found['comments.change'] as number, 4);
    } finally {
      languages.close();
      await session.close();
    }
  }, 60_000);

  test('are told in the report, once', async () => {
    const { sections } = await studyReport(out);
    const masking = sections.find(({ id }) => id === 'masking')!;
    expect(masking.findings[0]).toMatch(/^Where .+ is (?:right|wrong) \(\d programs?\), not reading .+ changes the truth’s lead by /);
    expect(new Set(masking.figures[0].rows.map(({ role }) => role))).toEqual(new Set(['comments', 'strings', 'names']));
    expect(sections.map(({ id }) => id)).not.toContain('analysis-masking');
  });
});

describe('differences', () => {
  const uniform = uniformFrom(11);
  const normal = () => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, -6);

  test('of independent groups have the interval of Welch’s formula', () => {
    const rows = Array.from({ length: 400 }, (_, i): Grouped => ({ cluster: `p${i}`, first: i % 4 === 0, values: [normal() + (i % 4 === 0 ? 1 : 0), null] }));
    const [found, none] = clusterDifferences(rows, 5);
    const moments = (first: boolean) => {
      const own = rows.filter((row) => row.first === first).map(({ values }) => values[0]!);
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      return { mean, error: own.reduce((a, b) => a + (b - mean) ** 2, 0) / (own.length - 1) / own.length };
    };
    const [a, b] = [moments(true), moments(false)];
    const half = 1.96 * Math.sqrt(a.error + b.error);
    expect(found!.value).toBeCloseTo(a.mean - b.mean, 10);
    expect(found!.low).toBeCloseTo(a.mean - b.mean - half, 1);
    expect(found!.high).toBeCloseTo(a.mean - b.mean + half, 1);
    expect(none).toBeNull();
  });

  test('of rows of the same programs know what these have in common', () => {
    const programs = Array.from({ length: 60 }, (_, i) => ({ cluster: `p${i}`, own: 10 * normal() }));
    const rows = programs.flatMap(({ cluster, own }): Grouped[] => [{ cluster, first: true, values: [own + 1] }, { cluster, first: false, values: [own] }]);
    const [found] = clusterDifferences(rows, 5);
    expect([found!.value, found!.low, found!.high].map((one) => Number(one.toFixed(9)))).toEqual([1, 1, 1]);
  });

  test('find the layer where a curve was made to part, and no other', () => {
    const row = (i: number): StudyRow => {
      const right = i % 2 === 0;
      const value = [0, 1, 2].map((layer) => Number((normal() + (layer === 1 && right ? 3 : 0)).toFixed(6)));
      return rowOf({ key: `k${i}`, model: 'm', program: `p${i}`, cluster: `p${i}`, condition: 'original', right, measures: { 'attention.comments': value, 'masking.lead': 1 } });
    };
    const { figures, findings } = contrastSection(Array.from({ length: 200 }, (_, i) => row(i)), 0)!;
    const [{ rows: told }] = figures;
    expect(told.map(({ number, layer }) => `${number} ${layer}`)).toEqual(['attention.comments 0', 'attention.comments 1', 'attention.comments 2']);
    expect(told.map(({ difference_low: low, difference_high: high }) => (low as number) > 0 || (high as number) < 0)).toEqual([false, true, false]);
    expect(findings).toEqual([expect.stringMatching(/^The share of the attention on comments differs most surely at layer 1: .+ Of 3 layers, taken alone, 1 shows a difference; the first at layer 1\.$/)]);
  });

  test('of roles that could not be masked are told as such', () => {
    const row = (i: number) => rowOf({
      key: `k${i}`, model: 'm', program: `p${i}`, cluster: `p${i}`, condition: 'original', right: true,
      measures: i < 3 ? { 'masking.lead': 1, 'masking.names.nothingLeft': 4 } : { 'masking.lead': 1, 'masking.names.tokens': 4, 'masking.names.change': 1, 'masking.names.ahead': 1, 'masking.names.random': null, 'masking.names.randomAhead': null },
    });
    const { findings } = maskingSection([0, 1, 2, 3].map(row), 0)!;
    expect(findings).toEqual([
      expect.stringContaining('and there is nothing to compare that with'),
      expect.stringMatching(/^Of 4 rows of m that have other names, 3 are left out: in some head a token reads nothing but these/),
    ]);
  });

  test('are not told of one side alone', () => {
    const row = rowOf({ key: 'k', model: 'm', program: 'p', cluster: 'p', condition: 'original', right: true, measures: { 'lens.x': [1, 2] } });
    expect(contrastSection([row, row, row], 0)).toBeNull();
  });
});

test.each<[string, object, string]>([
  ['a role that is none', { roles: ['commas'] }, '"analyses.masking.roles'],
  ['the question, without which nothing is asked', { roles: ['question'] }, '"analyses.masking.roles'],
  ['too many draws', { draws: 21 }, 'f: "analyses.masking.draws" is 21; it must be a whole number from 0 to 20.'],
])('%s cannot be masked', (_, masking, message) => {
  const study = { format: 'latent-lens/study', version: 1, title: 'T', programs: [{ from: 'file', path: 'rows.jsonl' }], analyses: { masking } };
  expect(() => checkedStudy(study, 'f')).toThrow(message);
});
