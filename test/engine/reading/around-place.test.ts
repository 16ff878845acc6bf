/** A type in a file that the model has no room for: what is read with the place, and where all of it lies, before and after edits. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Languages } from '../../../src/engine/languages';
import { arrangePlace } from '../../../src/engine/reading/around-place';
import { rangeInCode, rangeInPart, readRanges, withinParts } from '../../../src/engine/reading/moved-parts';
import { readProgram, sourceInFile, withCode, type Program } from '../../../src/engine/reading/program';
import { openQuestion } from '../../../src/engine/reading/question';
import { loadModel, type LoadedModel } from '../../../src/engine/session/load';
import { ghostEdits } from '../../../src/extension/overlay/ghost-edits';
import { explanationIn } from '../../../src/protocol/documents/explanation';
import type { Result } from '../../../src/protocol/documents/result';
import { codeOffset, fileRange } from '../../../src/protocol/reading/code-parts';
import { placeInFile } from '../../../src/protocol/reading/open-place';
import { changed } from '../../../src/snippets/judge/changes';
import { run, temporaryFolder } from '../../cli/kit';
import { smallModel, type SmallModel } from '../small-model';

const form = { id: 'type', behind: true } as const;
const numbers = Array.from({ length: 30 }, (_, i) => i);

const TYPESCRIPT = `export interface Price {
  cents: number;
}

class Basket {
  owner: string;
  private secret() { return 'far'; }
}

${numbers.map((i) => `function pad${i}(text: string) {\n  return text.trim();\n}\n`).join('\n')}
const rate = 3;

export function total(prices: Price[], factor) {
  let sum = 0;
  for (const one of prices) sum += one.cents * rate;
  return sum * factor;
}

${numbers.map((i) => `function fit${i}(text: string) {\n  return text.trim();\n}\n`).join('\n')}`;

const PYTHON = `class Price:
    cents: int

    def secret(self):
        return "far"

${numbers.map((i) => `def pad_${i}(text: str):\n    return text.strip()\n`).join('\n')}
RATE = 3

def total(prices: list[Price], factor) -> int:
    sum = 0
    for one in prices:
        sum += one.cents * RATE
    return sum * factor

${numbers.map((i) => `def fit_${i}(text: str):\n    return text.strip()\n`).join('\n')}`;

const FILES = [
  ['TypeScript', 'total.ts', TYPESCRIPT, 'Price[]', 'interface Price', 'class Basket'],
  ['TypeScript with CR LF', 'total.ts', TYPESCRIPT.replaceAll('\n', '\r\n'), 'Price[]', 'interface Price', 'class Basket'],
  ['Python', 'total.py', PYTHON, 'list[Price]', 'class Price', 'RATE = 3'],
] as const;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let small: SmallModel;
let loaded: LoadedModel;
const languages = new Languages();
beforeAll(async () => {
  small = await smallModel(['<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<|endoftext|>']);
  loaded = await loadModel(small.folder);
  folder = await temporaryFolder();
});
afterAll(async () => {
  languages.close();
  await loaded.model.release();
  await Promise.all([small.remove(), folder.remove()]);
});

async function readAt(file: string, text: string, offset: number) {
  const { source, knowledge } = await languages.typeAt({ file, text }, offset);
  const question = openQuestion(loaded, form);
  const arranged = await arrangePlace(loaded, question, source, knowledge);
  return { question, knowledge, program: readProgram(loaded, question, arranged) };
}

/** Each token that stands in a file lies there where it is said to; all of them are the code. */
function expectPlaces(program: Program, file: string): void {
  const { source, hole, place } = program;
  const stands = program.tokens.filter(({ start, end }) => start !== null && end! > start);
  for (const { start, end } of stands) {
    const [from, to] = [codeOffset(source, start!), codeOffset(source, end! - 1) + 1];
    expect(file.slice(start!, end!)).toBe(source.code.slice(from, to));
  }
  const parts = readRanges(source.parts!, source.code.length);
  expect(parts.map(({ start, end }) => program.text.slice(start, end)).join('')).toBe(source.code);
  expect(program.text.slice(place!.start, place!.end)).toBe(source.code.slice(hole!.start, hole!.end));
  const lines = source.parts!.map(({ start, line }) => [program.text.slice(0, start).split(/\r\n|\n/).length, line]);
  for (const [is, said] of lines) expect(said).toBe(is);
}

describe.each(FILES)('%s', (_, file, text, type, ...declared) => {
  const at = text.indexOf(type);

  test('what the place needs and types are read with the lines around it', async () => {
    const { program } = await readAt(file, text, at);
    for (const one of declared) expect(program.source.code).toContain(one);
    expect(program.source.code).not.toContain('far'); // what a class does is not what it is
    expect(program.source.code).not.toContain('pad0');
    expect(program.source.read).toMatch(/^lines \d+.*, which are what the place needs and what the model has room for around it$/);
    expect(program.ids.length).toBeLessThanOrEqual(loaded.model.shape.context);
    expectPlaces(program, text);
    const [line, column] = [text.slice(0, at).split('\n').length, at - text.lastIndexOf('\n', at)];
    expect(placeInFile({ source: program.source, place: program.place })).toBe(`${line}:${column}-${line}:${column + type.length}`);
  });

  test('which is the same whatever type stands there', async () => {
    const other = text.replace(type, 'boolean');
    const [one, two] = [await readAt(file, text, at), await readAt(file, other, at)];
    const outside = ({ source: { code }, hole }: Program) => [code.slice(0, hole!.start), code.slice(hole!.end)];
    expect(outside(two.program)).toEqual(outside(one.program));
  });

  test('edits that keep the type are edits of what is read, and move all places along', async () => {
    const { program, question, knowledge } = await readAt(file, text, at);
    const { edits, refused: { unread } } = await knowledge.edits(program);
    expect(unread).toBe(0);
    expect(new Set(edits.map(({ kind }) => kind))).toContain('rename-misleading');
    for (const edit of edits) {
      const twin = withCode(loaded, question, program, edit.variant, edit.changes);
      const inFile = edit.changes.map((change) => ({ ...change, ...fileRange(program.source, change) }));
      if (edit.changes.every(({ start, end }) => end > start)) expect(twin.text).toBe(changed(program.text, inFile));
      expectPlaces(twin, twin.text);
      expect(twin.text.slice(twin.place!.start, twin.place!.end)).toBe(type);
      const byText = withCode(loaded, question, program, edit.variant); // as a user gives it
      expect(byText.text).toBe(twin.text);
    }
  });

  test('a variant’s ghost in the file makes the variant of it', async () => {
    const { program: { source } } = await readAt(file, text, at);
    const [line, column] = [text.slice(0, at).split('\n').length, at - text.lastIndexOf('\n', at)];
    const path = await folder.write(file, text);
    const args = ['types', 'explain', `${path}:${line}:${column}`, '--against', 'rename-misleading', '--no-run', '--json', '--model', small.folder];
    const explanation = explanationIn(JSON.parse((await run(args)).out) as Result)!;
    expect(explanation.source.code).toBe(source.code);
    const edits = ghostEdits(explanation);
    expect(edits.length).toBeGreaterThan(1);
    const made = changed(text, edits.map(({ inserted, ...range }) => ({ ...range, replacement: inserted })));
    const { code, parts } = explanation.counterfactual!;
    expect(readRanges(parts!, code.length).map(({ start, end }) => made.slice(start, end)).join('')).toBe(code);
  });

  test('a place without an annotation is read likewise, with places of the file', async () => {
    const bare = text.indexOf('factor');
    const { program } = await readAt(file, text, bare);
    expect(program.inserted).toHaveLength(1);
    expect(program.source.code).toContain('factor: ');
    expect(sourceInFile(program).code).not.toContain('factor: ');
    const { code, parts } = sourceInFile(program);
    expect(readRanges(parts!, code.length).map(({ start, end }) => text.slice(start, end)).join('')).toBe(code);
    for (const { text: token, start, end } of program.tokens) if (start !== null) expect(token.replaceAll('\r', '')).toContain(text.slice(start, end!).replaceAll('\r', ''));
  });
});

test('a file that fits is read whole, and one whose needs are near as its lines', async () => {
  const whole = 'const rate = 3;\nexport const cost = (cents: number) => cents * rate;\n';
  expect((await readAt('cost.ts', whole, whole.indexOf('number'))).program.source).toMatchObject({ code: whole, start: 0 });
  const near = `${TYPESCRIPT.slice(TYPESCRIPT.indexOf('function fit0'))}\nexport const last = (cents: number) => cents;\n`;
  const { program: { source } } = await readAt('near.ts', near, near.indexOf('number'));
  expect(source.parts).toBeUndefined();
  expect(source.read).toMatch(/which the model has room for around the place$/);
});

test('a change over several parts is one of each', () => {
  const parts = [{ at: 0, start: 10, line: 2 }, { at: 5, start: 40, line: 9 }];
  expect(withinParts(parts, [{ start: 3, end: 7, replacement: 'new' }])).toEqual([
    { start: 3, end: 5, replacement: 'new' }, { start: 5, end: 7, replacement: '' },
  ]);
  expect(rangeInPart(parts, { start: 5, end: 7 })).toEqual({ start: 40, end: 42 });
  const inCode = ([start, end]: [number, number]) => rangeInCode(parts, 9, { start, end });
  expect(([[10, 15], [14, 16], [15, 15], [40, 44], [44, 44], [30, 31], [9, 10]] as [number, number][]).map(inCode)).toEqual([
    { start: 0, end: 5 }, null, null, { start: 5, end: 9 }, { start: 9, end: 9 }, null, null,
  ]);
});
