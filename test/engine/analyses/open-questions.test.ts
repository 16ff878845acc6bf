/** Open questions: on the command line, what the model would put at a place, and every analysis of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../../src/protocol/documents/result';
import { run, temporaryFolder } from '../../cli/kit';
import { smallModel, type SmallModel } from '../small-model';

const CODE = 'city = "Lisbon"\r\nprint("Weather for " + city)\r\nprint(city)\r\n';

let small: SmallModel;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let file: string;
beforeAll(async () => {
  [small, folder] = [await smallModel(), await temporaryFolder()];
  file = await folder.write('weather.py', CODE);
});
afterAll(async () => {
  await small.remove();
  await folder.remove();
});

const asked = async (...args: string[]) => {
  const { code, out, err } = await run([...args, '--model', small.folder]);
  expect(err.replace(/^.* …\n/gm, '')).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out) as Result & { prediction: { label: string }; actual: { label: string; by: string } | null };
};

test('the code before the place is read alone, and the answers are the most probable tokens and what stands there', async () => {
  const result = await asked('next', `${file}:3:7`, '--json');
  const { reading, parts: { prediction } } = result;
  expect(reading).toMatchObject({ template: 'next-token', place: { start: 53, end: 53 }, prompt: 'city = "Lisbon"\nprint("Weather for " + city)\nprint(' });
  expect(reading.source).toMatchObject({ start: 0, end: 53, firstLine: 1, lastLine: 3 });
  const { answers, actual, top } = prediction!.value;
  expect(actual).toMatchObject({ label: 'city', by: 'the code' });
  const labels = answers.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels).toContain('city');
  expect(answers[0].probability).toBeCloseTo(top[0].probability, 6);
  expect(result.parts.lens!.value.labels).toEqual(expect.arrayContaining(labels));
});

test('another answer of two tokens, a variant in which a name is another, and patching between the two', async () => {
  const other = await folder.write('other.txt', CODE.replaceAll('city', 'town'));
  const result = await asked('next', `${file}:3:7`, '--answer', 'towns', '--against', other, '--answers', 'towns,city', '--json');
  expect(result.pair!.code).toBe(CODE.replaceAll('city', 'town').slice(0, 53));
  expect(result.pair!.description).toBe(`the code of ${other}`);
  const { metric, clean, corrupted } = result.parts.patching!.value;
  expect(metric).toMatchObject({ positive: 'towns', negative: 'city', basis: 'chosen' });
  expect(clean).not.toBe(corrupted);
  expect(result.parts.prediction!.findings.join(' ')).toContain('the code says `city`');
});

describe.each(['lens', 'attention', 'components', 'head-scores', 'generation'])('%s', (command) => {
  test('of a place', async () => {
    const result = await asked(command, file, '--next', '3:7', '--json');
    expect(result.reading.template).toBe('next-token');
  });
});

test.each([
  [['next', 'weather.py'], 'weather.py names no place. Give FILE:LINE:COLUMN'],
  [['next', 'FILE:1:1'], 'nothing that the model could read stands before the place. Put the place behind some code.'],
  [['next', 'FILE:9:1'], 'has 4 lines, so there is no line 9.'],
  [['next', 'FILE:1:99'], 'has 15 characters, so there is no column 99.'],
  [['next', 'FILE:3:7-3:2'], 'The place ends before it begins.'],
  [['next', 'FILE:3:7', '--fim', 'SPM'], 'has no sentinels for holes in its tokenizer'],
  [['lens', 'FILE', '--fim'], '--fim, --before and --answer are for a place in the code.'],
  [['circuit', 'FILE', '--next', '3:7'], 'No edit is known here'],
  [['next', 'FILE:3:7', '--against', 'EMPTY'], 'differs at the place that the question is about'],
])('%s', async (args, message) => {
  const empty = await folder.write('empty.py', 'x\n');
  const { code, err } = await run([...args.map((arg) => arg.replace('FILE', file).replace('EMPTY', empty)), '--model', small.folder]);
  expect(err).toContain(message);
  expect(code).toBe(1);
});
