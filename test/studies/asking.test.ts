/** What is asked: the same numbers as the commands for one set give, chances that add up, and mutants that every model shares. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../cli/kit';
import { smallModel, type SmallModel } from '../engine/small-model';
import { loadModel, type LoadedModel } from '../../src/engine/session/load';
import type { Evaluation } from '../../src/engine/evaluation/evaluate';
import type { TypesEvaluation } from '../../src/engine/evaluation/evaluate-types';
import { predict } from '../../src/methods/prediction/prediction';
import type { StudyReport } from '../../src/protocol/studies/report';
import type { StudyRow } from '../../src/protocol/studies/rows';
import { distribution, drawSamples, sampleChance } from '../../src/studies/asking/chance';
import { nameOnly } from '../../src/studies/asking/explanations';
import { StudyFolder } from '../../src/studies/running/folder';
import { studyReport } from '../../src/studies/report/report';
import { wilson } from '../../src/studies/statistics/interval';
import { uniformFrom } from '../../src/random';
import { changed } from '../../src/snippets/judge/changes';
import { runHere, writeLines, writeStudy } from './kit';

const lines = (file: string) => readFileSync(`test/fixtures/${file}`, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, string>);
let at: string;
let fim: SmallModel;
let other: SmallModel;
beforeAll(async () => {
  at = mkdtempSync(path.join(os.tmpdir(), 'latent-lens-study-'));
  [fim, other] = await Promise.all([smallModel(['<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<|endoftext|>']), smallModel()]);
});
afterAll(async () => {
  await Promise.all([fim.remove(), other.remove()]);
  rmSync(at, { recursive: true, force: true });
});

const rowsOf = async (name: string) => new StudyFolder(path.join(at, name)).rows();
const accuracyOf = ({ sections }: StudyReport) => sections.find(({ id }) => id === 'accuracy')!.figures[0].rows[0];

describe('types', () => {
  const edits = ['rename-misleading', 'rename-letter', 'remove-annotation'];
  let rows: StudyRow[];
  let report: StudyReport;
  let file: string;
  const short = (file: string) => lines(file).filter(({ prefix, suffix }) => prefix.length + suffix.length < 380);
  const some = [...short('types-typescript.jsonl').slice(0, 2), ...short('types-python.jsonl').slice(0, 1)];
  beforeAll(async () => {
    file = writeStudy(at, {
      models: [fim.folder], programs: [{ from: 'file', path: writeLines(at, 'types.jsonl', some) }], edits: { kinds: edits }, explanations: true,
      examples: [{ count: 1, from: 'any' }, { count: 1, from: 'other', edited: 'rename-letter' }], sampling: { k: [1, 10] }, analyses: { lens: { topK: 1 } },
    });
    await runHere(file, path.join(at, 'types'));
    rows = await rowsOf('types');
    report = await studyReport(path.join(at, 'types'));
  }, 240_000);

  test('are predicted as "types evaluate" predicts them', async () => {
    const { out } = await run(['types', 'evaluate', path.join(at, 'types.jsonl'), '--model', fim.folder, '--json']);
    const evaluation = JSON.parse(out) as TypesEvaluation;
    const originals = rows.filter(({ condition }) => condition === 'original');
    expect(originals).toHaveLength(some.length);
    for (const one of evaluation.rows) {
      const row = originals.find(({ program }) => program === one.id)!;
      expect([row.predicted, row.probability, row.rank, row.exact, row.checks, row.overGeneral, row.truth], one.id).toEqual([
        one.predicted, one.probability, one.rank, one.exact, one.checks, one.overGeneral, one.type,
      ]);
    }
    expect(accuracyOf(report)).toMatchObject({ programs: some.length, top_10: evaluation.topTen });
  });

  test('are asked after edits that are the same for every model, and keep the type', async () => {
    const two = writeStudy(at, { models: [fim.folder, other.folder], programs: [{ from: 'file', path: 'types.jsonl' }], edits: { kinds: edits } }, 'two.study.json');
    await runHere(two, path.join(at, 'two'));
    const both = (await rowsOf('two')).filter(({ condition }) => edits.includes(condition!));
    const names = [...new Set(both.map(({ model }) => model!))];
    expect(names).toHaveLength(2);
    const textsOf = (name: string) => both.filter(({ model }) => model === name).map(({ program, condition, number, code }) => [program, condition, number, code].join('\0')).sort();
    expect(textsOf(names[0])).toEqual(textsOf(names[1]));
    expect(textsOf(names[0]).length).toBeGreaterThan(some.length);
    for (const { code, holeStart, holeEnd, truth } of both) expect(code!.slice(holeStart!, holeEnd!)).toBe(truth);
    for await (const { value } of new StudyFolder(path.join(at, 'two')).entries<{ program: { code: string }; edits: { changes: { start: number; end: number; replacement: string }[] }[] }>('prepare')) {
      for (const edit of value.edits) expect(both.some(({ code }) => code === changed(value.program.code, edit.changes))).toBe(true);
    }
    const fragility = (await studyReport(path.join(at, 'two'))).sections.find(({ id }) => id === 'fragility')!;
    expect(new Set(fragility.figures[0].rows.map(({ condition }) => condition))).toEqual(new Set(both.map(({ condition }) => condition)));
  }, 240_000);

  test('are explained by what stands around them', () => {
    const own = rows.filter(({ condition, explanations }) => condition === 'original' && explanations);
    expect(own).toHaveLength(some.length);
    for (const { explanations, code, holeStart, holeEnd } of own) {
      for (const name of ['nearest', 'mostFrequent', 'sameName'] as const) {
        const says = explanations![name] as string | null;
        if (says !== null) expect(code!.slice(0, holeStart!) + code!.slice(holeEnd!)).toContain(says);
      }
      expect(typeof explanations!.nameAlone).toBe('string');
    }
    expect(nameOnly({ name: 'age', site: 'parameter' }, 'python').before).toBe('def f(age: ');
  });

  test('are asked with examples of other programs, and say where these do not fit', () => {
    const given = rows.filter(({ condition }) => condition === 'examples');
    expect(given).toHaveLength(2 * some.length);
    const read = given.filter(({ problem }) => problem === null);
    const alone = new Map(rows.filter(({ condition }) => condition === 'original').map((row) => [row.program, row.tokens!]));
    for (const { program, tokens } of read) expect(tokens!).toBeGreaterThan(alone.get(program)!);
    for (const { problem } of given) if (problem !== null) expect(problem).toMatch(/^With the examples it has \d+ tokens; the model reads at most 144\.$|^There are too few programs that could be examples\.$/);
  });

  test('have a lens whose last row is the prediction', () => {
    for (const { measures, truthProbability, tokenRank, problem } of rows.filter(({ condition }) => condition !== 'examples')) {
      if (problem !== null) continue;
      expect((measures!['lens.truthRank'] as number[]).at(-1)).toBe(tokenRank);
      expect((measures!['lens.truthProbability'] as number[]).at(-1)).toBeGreaterThanOrEqual(truthProbability! - 1e-6);
    }
    const { figures } = report.sections.find(({ id }) => id === 'analysis-lens')!;
    expect(figures.map(({ name }) => name)).toContain('lens-truthprobability');
  });
});

describe('errors', () => {
  test('are predicted as "evaluate" predicts them, and edits are run', async () => {
    const some = lines('handwritten.jsonl').slice(0, 6);
    const file = writeStudy(at, { programs: [{ from: 'file', path: writeLines(at, 'errors.jsonl', some) }], edits: { kinds: ['rename-all', 'drop-bracket'] } }, 'errors.study.json');
    expect((await runHere(file, path.join(at, 'errors'))).problems).toBe(0);
    const rows = await rowsOf('errors');
    const { out } = await run(['evaluate', path.join(at, 'errors.jsonl'), '--json']);
    const evaluation = JSON.parse(out) as Evaluation;
    const originals = rows.filter(({ condition }) => condition === 'original');
    evaluation.rows.forEach(({ predicted, probability, label }, i) => {
      const row = originals.find(({ program }) => program === `errors.jsonl:${i + 1}`)!;
      expect([row.predicted, row.truth]).toEqual([predicted, label]);
      expect(row.probability).toBeCloseTo(probability, 4);
    });
    const report = await studyReport(path.join(at, 'errors'));
    const hits = evaluation.rows.filter(({ predicted, label }) => predicted === label).length;
    const { value, low, high } = wilson(hits, 6)!;
    const [right, from, to] = [value, low, high].map((one) => Number(one.toPrecision(7)));
    expect(accuracyOf(report)).toMatchObject({ programs: 6, right, right_low: from, right_high: to });
    for (const row of rows.filter(({ condition }) => condition === 'rename-all')) expect(row.truth).toBe(originals.find(({ program }) => program === row.program)!.truth);
    for (const row of rows.filter(({ condition }) => condition === 'drop-bracket')) expect(row.truth).toBe('SyntaxError');
    expect(rows.filter(({ condition }) => condition === 'drop-bracket').length).toBeGreaterThan(2);
  }, 240_000);

  test('come as pairs like a pair', async () => {
    const pair = ['city = "Oslo"\nprint("Degrees: " + 21)', 'city = "Oslo"\nprint("Degrees: " + 21'];
    const file = writeStudy(at, { programs: [{ from: 'pair', pair, count: 3 }] }, 'pair.study.json');
    await runHere(file, path.join(at, 'pair'));
    const rows = await rowsOf('pair');
    expect(rows).toHaveLength(6);
    expect(new Set(rows.map(({ cluster }) => cluster)).size).toBe(3);
    for (const { program, truth } of rows) expect(truth).toBe(program!.endsWith('a') ? 'TypeError' : 'SyntaxError');
  }, 240_000);
});

describe('chances', () => {
  let loaded: LoadedModel;
  beforeAll(async () => void (loaded = await loadModel(fim.folder, { threads: 1 })));
  afterAll(() => loaded.model.release());
  const prompt = [40, 41, 42, 43, 44];
  const answer = [50, 51];

  test('at temperature 1 are the probability of the answer', async () => {
    const { answers } = await predict(loaded.model, prompt, [{ label: 'a', text: '', ids: answer }, { label: 'b', text: '', ids: [60] }]);
    const exact = answers.find(({ label }) => label === 'a')!.probability;
    expect(await sampleChance(loaded.model, prompt, answer, { temperature: 1, topP: 1 })).toBeCloseTo(exact, 9);
  });

  test('add up, and lose what top p cuts', () => {
    const logits = Float32Array.from([2, 1, 0, -1]);
    const all = distribution(logits, { temperature: 0.5, topP: 1 });
    expect(all.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(all[0] / all[1]).toBeCloseTo(Math.exp(2), 9);
    const cut = distribution(logits, { temperature: 1, topP: 0.7 });
    expect([...cut].map((chance) => chance > 0)).toEqual([true, true, false, false]);
    expect(cut[0] / cut[1]).toBeCloseTo(Math.E, 6);
    expect(distribution(logits, { temperature: 1, topP: 0.01 })).toEqual(Float64Array.from([1, 0, 0, 0]));
  });

  test('are what drawn samples show, within their band', async () => {
    const { model } = loaded;
    const top = (await predict(model, prompt, [{ label: 'a', text: '', ids: [1] }, { label: 'b', text: '', ids: [2] }], { topK: 1 })).top[0].id;
    const how = { temperature: 0.7, topP: 0.95 };
    const chance = await sampleChance(model, prompt, [top], how);
    const right = await drawSamples(model, prompt, [top], 1000, how, uniformFrom(5));
    expect(chance).toBeGreaterThan(0.01);
    const { low, high } = wilson(right, 1000)!;
    expect(low).toBeLessThan(chance);
    expect(high).toBeGreaterThan(chance);
    expect(await drawSamples(model, prompt, [top], 1000, how, uniformFrom(5))).toBe(right);
  });
});
