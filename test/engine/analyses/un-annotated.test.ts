/** A place without an annotation: what is put in so that a type can stand there is in no place that is shown, or that a user names. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offsetInFile, withInserted, withoutInserted } from '../../../src/engine/reading/inserted';
import { ghostEdits } from '../../../src/extension/overlay/ghost-edits';
import { explanationIn } from '../../../src/protocol/documents/explanation';
import type { Result } from '../../../src/protocol/documents/result';
import { placeInFile } from '../../../src/protocol/reading/open-place';
import { run, temporaryFolder } from '../../cli/kit';
import { useOneJudge } from '../../snippets/judge/one-judge';
import { smallModel, type SmallModel } from '../small-model';

useOneJudge();

let fim: SmallModel;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  [fim, folder] = await Promise.all([smallModel(['<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<|endoftext|>']), temporaryFolder()]);
});
afterAll(() => Promise.all([fim.remove(), folder.remove()]));

describe.each([
  ['TypeScript', 'sum.ts', 'export function sum(first, second: number) {\n  return first + second;\n}\n', '1:22', '1:28', 'first: , '],
  ['an arrow', 'half.ts', 'export const half = value => value / 2 + 1;\n', '1:22', '1:38', '(value: ) '],
  ['Python', 'twice.py', 'def twice(text, sep="-"):\n    return text + sep + text\n', '1:11', '1:17', '(text: , '],
])('%s', (_, name, code, place, behind, reads) => {
  test('every place is one of the file, and one that is named is found', async () => {
    const file = await folder.write(name, code);
    const asked = async (...args: string[]) => {
      const { code: exit, out, err } = await run([...args, '--json', '--model', fim.folder]);
      expect([exit, err.replace(/^.* …\n|^This takes a while.*\n/gm, '')]).toEqual([0, '']);
      return JSON.parse(out) as Result;
    };
    const written = code.replaceAll(/\b(first|value|text)\b/g, 'other');
    const { reading, pair } = await asked('types', 'explain', `${file}:${place}`, '--edited', written);
    const bare = reading.prompt.replace('<fim_suffix>', '');
    expect(bare).toContain(reads);
    expect(reading.source).toMatchObject({ code, start: 0, end: code.length });
    const read = reading.tokens.filter(({ start }) => start !== null);
    const stands = read.filter(({ start, end }) => end! > start!);
    expect(stands.map(({ start, end }) => code.slice(start!, end!)).join('')).toBe(code);
    for (const { text, start, end } of stands) expect(text).toContain(code.slice(start!, end!));
    // The place is where the type would stand, and names the same place again.
    const again = await asked('types', 'explain', `${file}:${placeInFile(reading)}`);
    expect(again.reading.place).toEqual(reading.place);

    // A token on the same line behind it is named by its column in the file.
    const { reading: own, parts } = await asked('attention', file, '--type', place, '--token', behind);
    const { position } = parts.attention!.value;
    const column = Number(behind.split(':')[1]) - 1;
    expect(own.tokens[position].start).toBeLessThanOrEqual(column);
    expect(own.tokens[position].end).toBeGreaterThan(column);
    expect(own.tokens[position].text).toContain(code[column]);

    // What a user writes lacks it, and so does what is shown of it.
    expect(pair!.code).toBe(written);
    expect(pair!.description.replace('your own variant: ', '')).not.toContain(': ');
    const explanation = explanationIn({ ...again, pair })!;
    const ghosts = ghostEdits(explanation);
    expect(ghosts.length).toBeGreaterThan(0);
    for (const { start, end, inserted } of ghosts) expect([code.slice(start, end), inserted]).toEqual([expect.stringMatching(/^(first|value|text)$/), 'other']);
  });
});

test('what was put in is taken out and put in again', () => {
  const file = 'const f = x => x;';
  const read = 'const f = (x: ) => x;';
  const inserted = [{ start: 10, end: 11 }, { start: 12, end: 14 }, { start: 14, end: 15 }];
  expect(withoutInserted(read, inserted)).toBe(file);
  expect(withoutInserted(read.slice(6), inserted, 6)).toBe(file.slice(6));
  expect([9, 11, 12, 13, 15, 16].map((offset) => offsetInFile(inserted, offset))).toEqual([9, 10, 11, 11, 11, 12]);
  expect(withInserted(read, inserted, 'let ff = yy => yy;')!.text).toBe('let ff = (yy: ) => yy;');
  expect(withoutInserted('let ff = (yy: ) => yy;', withInserted(read, inserted, 'let ff = yy => yy;')!.inserted)).toBe('let ff = yy => yy;');
});
