/** Types on the command line: the place, what the compiler says of each candidate, edits that keep the type, and data sets. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TypesEvaluation } from '../../../src/engine/evaluation/evaluate-types';
import type { Result } from '../../../src/protocol/documents/result';
import { run, temporaryFolder } from '../../cli/kit';
import { useOneJudge } from '../../snippets/judge/one-judge';
import { smallModel, type SmallModel } from '../small-model';

const CODE = `interface Item {
  name: string;
  price: number;
}

export function label(item: Item, prefix: string, amount = 1) {
  return prefix + item.name.trim() + amount;
}
`;

useOneJudge();

let fim: SmallModel;
let plain: SmallModel;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let file: string;
beforeAll(async () => {
  [fim, plain, folder] = await Promise.all([smallModel(['<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<|endoftext|>']), smallModel(), temporaryFolder()]);
  file = await folder.write('label.ts', CODE);
});
afterAll(async () => {
  await Promise.all([fim.remove(), plain.remove(), folder.remove()]);
});

const asked = async <T = Result>(model: SmallModel, ...args: string[]) => {
  const { code, out, err } = await run([...args, '--json', '--model', model.folder]);
  expect(err.replace(/^.* …\n|^This takes a while.*\n/gm, '')).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out) as T;
};

test('a cursor that is read around: what is behind it is read, so that nothing stands there to hold the prediction against', async () => {
  const { reading, parts: { prediction } } = await asked(fim, 'next', `${file}:7:10`, '--fim');
  expect(reading.place).toMatchObject({ behind: true });
  expect(reading.prompt).toBe(`<fim_prefix>${CODE.slice(0, reading.place!.start)}<fim_suffix>${CODE.slice(reading.place!.start)}<fim_middle>`);
  expect(prediction!.value.actual).toBeNull();
  const { parts } = await asked(fim, 'next', `${file}:7:10-7:16`, '--fim');
  expect(parts.prediction!.value.actual).toMatchObject({ label: 'prefix', by: 'the code' });
});

describe('an annotation', () => {
  test('is left out and read around, and each candidate is judged', async () => {
    const { reading, parts: { prediction, patching }, pair } = await asked(fim, 'types', 'explain', `${file}:6:30`);
    expect(reading.template).toBe('type');
    expect(CODE.slice(reading.place!.start, reading.place!.end)).toBe('Item');
    expect(reading.prompt).toBe(`<fim_prefix>${CODE.slice(0, reading.place!.start)}<fim_suffix>${CODE.slice(reading.place!.end)}<fim_middle>`);
    const { answers, actual } = prediction!.value;
    expect(actual).toMatchObject({ label: 'Item', by: 'the code' });
    const truth = answers.find(({ label }) => label === 'Item')!;
    expect(truth.verdict).toMatchObject({ parses: true, exact: true, equivalent: true, checks: true, overGeneral: false });
    for (const { label, verdict } of answers) expect(verdict, label).toBeDefined();
    expect(pair!.code).not.toBe(CODE);
    expect(patching!.value.effect === null || patching!.value.effect.length === 3).toBe(true);
  });

  test('of which other answers are told by the compiler what they are worth', async () => {
    const { parts: { prediction } } = await asked(fim, 'types', 'explain', `${file}:6:43`, '--answer', 'number', '--answer', 'any', '--answer', 'Promise<');
    const verdict = (label: string) => prediction!.value.answers.find((answer) => answer.label === label)!.verdict!;
    expect(verdict('string')).toMatchObject({ exact: true, checks: true });
    expect(verdict('any')).toMatchObject({ exact: false, equivalent: false, overGeneral: true, checks: true });
    expect(verdict('number')).toMatchObject({ exact: false, equivalent: false, overGeneral: false });
    expect(verdict('Promise<')).toMatchObject({ parses: false });
  });

  test('edits that keep it are numbered, described and read', async () => {
    const { parts: { variants } } = await asked(fim, 'types', 'variants', `${file}:6:30`);
    const { variants: list } = variants!.value as unknown as { variants: { kind: string; code: string; control: boolean; actual: { label: string } }[] };
    expect(new Set(list.map(({ kind }) => kind))).toEqual(new Set(['rename-misleading', 'rename-neutral', 'rename-swapped', 'rename-scrambled', 'rename-letter', 'remove-annotation', 'add-distractor']));
    for (const { code, actual } of list) {
      expect(code).not.toBe(CODE);
      expect(actual.label).toBe('Item');
    }
  });
});

test('where nothing is written, the compiler says what stands there, and tokens lie where they are in the file', async () => {
  const { reading, parts: { prediction } } = await asked(fim, 'types', 'explain', `${file}:6:56`);
  expect(prediction!.value.actual).toMatchObject({ label: 'number', by: 'TypeScript' });
  expect(reading.prompt).toContain('amount: <fim_suffix> = 1)');
  expect(CODE.slice(0, reading.place!.start)).toMatch(/amount$/);
  const last = reading.tokens.findLast(({ start }) => start !== null)!;
  expect(last.end).toBe(CODE.trimEnd().length + 1);
});

test('what the file imports from its folder is known to the compiler, unless it is to read the file alone', async () => {
  await folder.write('price.ts', 'export type Price = number;\n');
  const source = await folder.write('tax.ts', "import type { Price } from './price';\nexport function tax(price: Price) {\n  return price * 2;\n}\n");
  const told = async (...flags: string[]) => {
    const { parts: { prediction } } = await asked(fim, 'types', 'explain', `${source}:2:30`, '--answer', 'number', ...flags);
    return { findings: prediction!.findings.join(' '), verdict: prediction!.value.answers.find(({ label }) => label === 'number')!.verdict! };
  };
  expect((await told()).verdict).toMatchObject({ exact: false, equivalent: true, checks: true });
  const alone = await told('--no-project');
  expect(alone.verdict.equivalent).not.toBe(true);
  expect(alone.findings).toContain('What is imported from `./price` is not known to the compiler: it reads this file alone.');
  const { code, err } = await run(['types', 'explain', `${source}:2:30`, '--model', fim.folder, '--project', fim.folder]);
  expect([code, err.split('\n').at(-2)]).toEqual([1, expect.stringContaining('does not lie in')]);
});

test('a model without sentinels reads the code before the type, and writes its space', async () => {
  const { reading, parts: { prediction } } = await asked(plain, 'types', 'explain', `${file}:6:43`);
  expect(reading.prompt).toBe(CODE.slice(0, CODE.indexOf('prefix: string') + 'prefix:'.length));
  expect(prediction!.value.actual).toMatchObject({ label: 'string' });
});

test('in Python what is written is true, and edits keep it by its own scopes', async () => {
  const code = 'def greet(name: str, times=2):\n    return name.title() * times\n\n\nprint(greet("ada"))\n';
  const source = await folder.write('greet.py', code);
  const { reading, parts: { prediction, variants } } = await asked(fim, 'types', 'variants', `${source}:1:12`);
  expect(code.slice(reading.place!.start, reading.place!.end)).toBe('str');
  expect(prediction!.value.actual).toMatchObject({ label: 'str', by: 'the code' });
  expect(prediction!.value.answers.find(({ label }) => label === 'str')!.verdict).toMatchObject({ parses: true, exact: true, checks: null });
  const { variants: list } = variants!.value as unknown as { variants: { kind: string; code: string }[] };
  expect(list.map(({ code: own }) => own)).toContain(code.replaceAll(/\bname\b/g, '__tmp0'));
  const { reading: bare } = await asked(fim, 'types', 'variants', `${source}:1:22`);
  expect(bare.prompt).toContain('times: <fim_suffix>=2)');
  expect((await asked(fim, 'types', 'variants', `${source}:1:5`)).reading.prompt).toContain('times=2) -> <fim_suffix>:');
});

describe.each([
  ['TypeScript', 'label.ts', CODE, '6:30', ': Item'],
  ['Python', 'greet.py', 'def greet(name: str, times: int, sep="-"):\n    parts = [name.title()] * times\n    return sep.join(parts)\n\n\nprint(greet("ada", 2))\n', '1:12', ': str'],
])('the smallest edit that changes the answer, in %s', (_, name, code, place, hidden) => {
  const searched = async (...flags: string[]) => {
    const source = await folder.write(name, code);
    const { parts: { variants, prediction } } = await asked(fim, 'types', 'variants', `${source}:${place}`, '--search', ...flags);
    return { source, ...variants!.value, search: variants!.value.search!, findings: variants!.findings, answers: prediction!.value.answers };
  };

  test('is in the list, changes what it says, and what it says is what the model says of its code', async () => {
    const { source, search, variants, findings, answers } = await searched('--budget', '60', '--seed', '3');
    const { tried, kept, refused, best, number, random, singles, several } = search;
    expect(tried).toBe(kept + Object.values(refused).reduce((a, b) => a + b, 0));
    expect(search.goal).toBe('right');
    expect(search.probability).toBe(answers.find(({ label }) => label === search.answer)!.probability);
    expect(singles).toBeGreaterThan(8);
    expect(singles + several).toBeLessThanOrEqual(60);
    const row = variants[number! - 1];
    expect(row.prediction).toEqual(best!.prediction);
    const { pair } = await asked(fim, 'types', 'explain', `${source}:${place}`, '--edited', row.code);
    expect(pair!.prediction.answers.find(({ label }) => label === search.answer)!.probability).toBeCloseTo(best!.probability, 5);
    expect(pair!.prediction.label).toBe(best!.prediction.label);
    expect([best!.flips, random]).toEqual([false, null]); // nothing that is drawn is held against what was not found
    expect(findings.join(' ')).toContain(`changes ${best!.tokens} token`);
    expect(findings.join(' ')).toContain(`The model read ${singles} of them`);
  });

  test('of code in which the model is right: what is found is what the model itself writes in the edited code, beside edits at random', async () => {
    const { label: own } = (await asked(fim, 'types', 'explain', `${await folder.write(name, code)}:${place}`)).parts.prediction!.value;
    const right = code.replace(hidden, `: ${own}`);
    const source = await folder.write(`right-${name}`, right);
    const { parts: { variants } } = await asked(fim, 'types', 'variants', `${source}:${place}`, '--search');
    const { best, random, goal, number, ended } = variants!.value.search!;
    expect([goal, ended, best!.flips]).toEqual(['wrong', 'found', true]);
    expect(random!.edits).toBe(best!.edits);
    const edited = variants!.value.variants[number! - 1].code;
    const before = edited.slice(0, edited.indexOf(`: ${own}`) + 2);
    const at = `${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`;
    const { label, answers } = (await asked(fim, 'types', 'explain', `${await folder.write(`edited-${name}`, edited)}:${at}`)).parts.prediction!.value;
    expect(label).toBe(best!.prediction.label);
    expect(answers[0].probability).toBeCloseTo(best!.prediction.probability, 5);
  });

  test('says where its budget ended it, is the same each time, and tells the same in words', async () => {
    const [once, again] = [await searched('--budget', '6', '--random', '0'), await searched('--budget', '6', '--random', '0')];
    expect(once.search).toEqual(again.search);
    expect(once.search).toMatchObject({ ended: 'budget', random: null });
    expect(once.search.singles + once.search.several).toBe(6);
    const { out } = await run(['types', 'variants', `${once.source}:${place}`, '--search', '--budget', '6', '--random', '0', '--model', fim.folder], { columns: 2000 });
    for (const finding of once.findings) expect(out).toContain(finding);
  });
});

test('in Python a run shows which types the value has, beside what is written and where nothing is; unless nothing is to be run', async () => {
  const source = await folder.write('seen.py', 'def half(value: float, of=None):\n    return value / 2\n\n\nprint(half(3), half(1.5, "a"))\n');
  const told = async (place: string, ...flags: string[]) => {
    const { parts: { prediction } } = await asked(fim, 'types', 'explain', `${source}:${place}`, ...flags);
    return { actual: prediction!.value.actual, findings: prediction!.findings.join(' ') };
  };
  const written = await told('1:18');
  expect(written.actual).toMatchObject({ label: 'float', by: 'the code' });
  expect(written.findings).toContain('A run of the program shows `int`, `float` there. Whether the program checks with another type is not known');
  expect((await told('1:25')).actual).toMatchObject({ label: 'None | str', by: 'a run of the program' });
  expect((await told('1:18', '--no-run')).findings).not.toContain('A run');
  expect((await told('1:25', '--no-run')).actual).toBeNull();
});

test('a data set is measured by text and by the compiler', async () => {
  const row = (type: string) => JSON.stringify({ language: 'typescript', prefix: 'function f(a: ', suffix: ') {\n  return a.length;\n}\n', type, kind: type === 'string' ? 'keyword' : 'compound' });
  const data = await folder.write('rows.jsonl', `${row('string')}\n${row('string[]')}\n`);
  const found = await asked<TypesEvaluation>(fim, 'types', 'evaluate', data);
  expect(found).toMatchObject({
    programs: 2, byKind: { keyword: { rows: 1 }, compound: { rows: 1 } }, byLanguage: { typescript: { rows: 2 } },
  });
  for (const { type, predicted, exact, equivalent, checks, rank } of found.rows) {
    expect(exact).toBe(type === predicted);
    expect([equivalent, checks].every((one) => one !== null)).toBe(true);
    expect(rank).toBeGreaterThan(0);
  }
  // Of Python no checker tells what is the same, so that nothing is said of it, also where the text is the true one.
  const python = await folder.write('python.jsonl', JSON.stringify({ language: 'python', prefix: 'def f(a: ', suffix: '):\n    return a\n', type: 'str' }));
  expect(await asked<TypesEvaluation>(fim, 'types', 'evaluate', python)).toMatchObject({ programs: 1, equivalent: null, checks: null, overGeneral: null });
});

test.each([
  [['types', 'explain', 'label.ts'], 'names no place'],
  [['types', 'explain', 'FILE:5:1'], 'No type can stand here. Put the cursor on a parameter'],
  [['types', 'explain', 'OTHER:1:1'], 'The types of OTHER cannot be asked about'],
  [['types', 'explain', 'FILE:6:30', '--fim', 'SPM'], null],
])('%s', async (args, message) => {
  const other = await folder.write('other.go', 'x\n');
  const { code, err } = await run([...args.map((arg) => arg.replace('FILE', file).replace('OTHER', other)), '--model', fim.folder]);
  if (message !== null) expect(err.replace(other, 'OTHER')).toContain(message);
  expect(code).toBe(message === null ? 0 : 1);
});
