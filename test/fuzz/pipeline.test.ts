/** Whatever text is selected, each part of the engine answers with something exact or refuses it with a sentence. */
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel, type LoadedModel } from '../../src/engine/session/load';
import { readProgram, type Program, type SourceText } from '../../src/engine/reading/program';
import { openQuestion, type Question } from '../../src/engine/reading/question';
import { findTwins } from '../../src/engine/twins/twins';
import { fileOffset } from '../../src/protocol/reading/code-parts';
import { explanationOf } from '../../src/protocol/documents/explanation';
import { readResult } from '../../src/protocol/documents/result';
import { enclosingCode } from '../../src/snippets/context/enclosing';
import { MAX_CODE_LENGTH } from '../../src/snippets/syntax/parse';
import { PythonSandbox } from '../../src/snippets/sandbox/sandbox';
import { PYTHON_ERROR_TYPE } from '../../src/snippets/prompts/templates';
import type { Alignment } from '../../src/snippets/twins/align';
import { Random } from '../../src/corpus/random';
import { EXPLANATION, resultOf, type Asked } from '../engine/analysed';
import { smallModel, type SmallModel } from '../engine/small-model';
import { randomSource } from './texts';
import { canonicalLabel } from '../../src/vocabulary/labels';

// Other seeds: FUZZ_FIRST=1000 FUZZ_COUNT=4000 npx vitest run test/fuzz
const COUNT = Number(process.env.FUZZ_COUNT ?? 1000);
const FIRST = Number(process.env.FUZZ_FIRST ?? 0);
const seeds = Array.from({ length: COUNT }, (_, i) => FIRST + i);

let small: SmallModel;
let loaded: LoadedModel;
let question: Question;
beforeAll(async () => {
  small = await smallModel();
  loaded = await loadModel(small.folder, { threads: 1 });
  question = openQuestion(loaded, PYTHON_ERROR_TYPE);
});
afterAll(async () => {
  await loaded.model.release();
  await small.remove();
});

const selected = ({ text, range }: SourceText) => (range ? text.slice(range.start, range.end) : text);

/** Why a program cannot be read, or null. */
function refusal(source: SourceText): string | null {
  try {
    readProgram(loaded, question, source);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const readable: number[] = [];
const TOO_LONG = /^The code: the (line is|[\d,]+ lines are) (over )?[\d,]+ tokens with the question; .+ reads at most 160\. (Choose fewer lines: .+ \(lines \d+-\d+\)|Even the first line is too long; choose shorter code)\.$/;
const BLANK = 'The code: the code begins with over 10,240 characters of white space. Choose lines with code.';

test('a selection is read, or refused because it is empty or too long', () => {
  for (const seed of seeds) {
    const source = randomSource(seed);
    const why = refusal(source);
    if (why === null) readable.push(seed);
    else if (selected(source).trim() === '') expect(why, `seed ${seed}`).toMatch(/^The code: there is no code here, only (white space|an empty text)\. Choose lines with code\.$/);
    else expect(why, `seed ${seed}`).toMatch(selected(source).slice(0, 64 * 160).trim() === '' ? BLANK : TOO_LONG);
  }
  expect(readable.length).toBeGreaterThan(COUNT / 2);
  expect(seeds.length - readable.length).toBeGreaterThan(COUNT / 20);
});

/** As the prompt has it: line ends are LF, and what is no character is U+FFFD. */
const normal = (text: string) => text.replace(/\r\n?/g, '\n').toWellFormed();

function checkTokens(source: SourceText, { tokens, encoded, prompt, ids }: Program, name: string): void {
  const { start, end } = source.range ?? { start: 0, end: source.text.length };
  const kept = start + selected(source).replace(/[ \t\r\n\f\v]+$/, '').length;
  let at = start;
  for (const [i, token] of tokens.entries()) {
    expect(token.id, name).toBe(ids[i]);
    if (token.start === null || token.end === null) {
      if (i > 0 || token.id !== loaded.tokenizer.bos) expect(encoded[i].start, name).toBeGreaterThanOrEqual(prompt.pieces[0].end);
      continue;
    }
    const bytes = loaded.tokenizer.bytesOf(token.id)!;
    const own = Buffer.from(normal(source.text.slice(token.start, token.end)));
    const whole = Buffer.from(bytes).equals(own);
    // A token of a part of a character covers all of it, and shares it with its neighbour.
    if (!whole && encoded[i].end <= prompt.pieces[0].end) {
      const within = own.indexOf(bytes);
      expect(within, `${name}: token ${i}`).toBeGreaterThanOrEqual(0);
      expect(own.length - bytes.length, `${name}: token ${i}`).toBeLessThanOrEqual(6);
      expect(Buffer.from(bytes).toString(), `${name}: token ${i}`).toContain('\ufffd');
    }
    if (token.start !== at) expect(token.start < at && normal(source.text.slice(token.start, at)).length <= 2, `${name}: token ${i}`).toBe(true);
    at = token.end;
  }
  expect(at, name).toBe(kept);
  expect(kept).toBeLessThanOrEqual(end);
  expect(loaded.tokenizer.decode(ids.slice(Number(loaded.tokenizer.addsBos))), name).toBe(prompt.text.toWellFormed());
}

test('its tokens lie where their text is, one after the other, from its first character to its last', () => {
  for (const seed of readable) {
    const source = randomSource(seed);
    checkTokens(source, readProgram(loaded, question, source), `seed ${seed}`);
  }
});

test('a cursor anywhere means code around it or near it, unless there is none', async () => {
  for (const seed of seeds) {
    const { text } = randomSource(seed);
    const offset = new Random(seed).int(0, text.length);
    const range = await enclosingCode(text, offset);
    const code = text.split(/\r\n|\r|\n/).some((line) => line.trim() !== '' && !line.trim().startsWith('#'));
    expect(range !== null, `seed ${seed}`).toBe(code);
    if (!range) continue;
    const inner = text.slice(range.start, range.end);
    expect(range.start >= 0 && range.end <= text.length && inner.trimEnd() === inner && inner.trim() !== '', `seed ${seed}`).toBe(true);
    expect(range.start === 0 || /[\r\n]/.test(text[range.start - 1]), `seed ${seed}`).toBe(true);
    expect(await enclosingCode(text, range.start), `seed ${seed}`).toEqual(range);
  }
});

function checkAlignment({ columns, sameLength }: Alignment, original: number, variant: number, name: string): void {
  const side = (key: 'original' | 'variant') => columns.flatMap((column) => (column[key] === null ? [] : [column[key]]));
  expect(side('original'), name).toEqual(Array.from({ length: original }, (_, i) => i));
  expect(side('variant'), name).toEqual(Array.from({ length: variant }, (_, i) => i));
  expect(sameLength, name).toBe(columns.every((column) => column.original !== null && column.variant !== null));
}

test('its edits change it, and their tokens stand side by side with its own', async () => {
  let found = 0;
  for (const seed of readable) {
    const source = randomSource(seed);
    const program = readProgram(loaded, question, source);
    const { twins } = await findTwins(loaded, question, program, undefined);
    found += twins.length;
    for (const { variant, program: twin } of twins) {
      const name = `seed ${seed}, ${variant.edit.description}`;
      expect(twin.prompt.text, name).not.toBe(program.prompt.text);
      expect(variant.edit.variant, name).toBe(twin.source.code);
      checkAlignment(variant.alignment, program.ids.length, twin.ids.length, name);
      const rest = (text: string, { start, end }: { start: number; end: number }) => [text.slice(0, start), text.slice(end)];
      const { start, end, replacement } = variant.edit;
      expect(rest(twin.source.code, { start, end: start + replacement.length }), name).toEqual(rest(program.source.code, { start, end }));
    }
  }
  expect(found).toBeGreaterThan(COUNT);
}, 120_000);

test('Python says something of every selection, and goes on', async () => {
  const sandbox = await PythonSandbox.start({ timeoutMs: 300 });
  const codes = seeds.map((seed) => selected(randomSource(seed)));
  const outcomes = await sandbox.runMany([...codes, '1 / 0']);
  expect(outcomes).toHaveLength(codes.length + 1);
  for (const [i, { label, line }] of outcomes.entries()) {
    expect(label, `seed ${seeds[i]}`).toMatch(/^[A-Za-z ]+$/);
    expect(line === null || line >= 1, `seed ${seeds[i]}`).toBe(true);
  }
  expect(outcomes.at(-1)!.label).toBe('ZeroDivisionError');

  let judged = 0;
  for (const seed of readable.filter((_, i) => i % 25 === 0)) {
    const program = readProgram(loaded, question, randomSource(seed));
    const { outcome, twins } = await findTwins(loaded, question, program, (all) => sandbox.runMany(all));
    expect(outcome, `seed ${seed}`).toEqual(outcomes[seeds.indexOf(seed)]);
    for (const twin of twins) expect(twin.variant.labelChanged, `seed ${seed}`).toBe(canonicalLabel(twin.outcome!.label) !== canonicalLabel(outcome!.label));
    judged += twins.length;
  }
  expect(judged).toBeGreaterThan(COUNT / 10);
  sandbox.close();
}, 120_000);

/** The same as expect(one).toEqual(other), which takes longer on such documents than the model does: it is asked where they differ at all. */
function expectEqual(one: unknown, other: unknown, name: string): void {
  if (!isDeepStrictEqual(one, other)) expect(one, name).toEqual(other);
}

test('it is explained in a document of numbers', async () => {
  for (const [i, seed] of readable.entries()) {
    const source = randomSource(seed);
    const few = { prediction: { topK: 2 }, lens: { topK: 2, lens: 'logit' as const } }; // the tuned lens has a test of its own
    const asked: Asked = { ...few, ...(i % 10 === 0 && { patching: EXPLANATION.patching }), ...(i % 20 === 0 && { variants: {} }) };
    const whole = await resultOf(loaded, source, asked);
    const result = explanationOf(whole);
    const name = `seed ${seed}`;
    const text = JSON.stringify(whole);
    expectEqual(JSON.parse(text), whole, name);
    expectEqual(readResult(text, name), whole, name);
    expect([result.variants !== null, whole.parts.patching !== undefined || whole.missing?.patching !== undefined], name).toEqual([i % 20 === 0, i % 10 === 0]);
    // An indented selection is read without its indentation, and each character's place in the file is known.
    const { code, parts } = result.source;
    if (!parts) expect(code, name).toBe(selected(source));
    else {
      expect(code.replace(/[ \t\f]/g, ''), name).toBe(selected(source).replace(/[ \t\f]/g, ''));
      expect(
        Array.from({ length: code.length }, (_, i) => i).map((i,
      ) => source.text[fileOffset(result.source, i)]).join(''), name).toBe(code);
    }
    expect(result.lens.answers[3], name).toHaveLength(result.tokens.length);
    const probabilities = result.lens.answers.flat(2).map(({ probability }) => probability);
    expect(probabilities.filter((one) => !(one >= 0 && one <= 1)), name).toEqual([]); // an expectation for each takes longer than the model
    expect(result.findings.length, name).toBeGreaterThan(0);
    if (result.counterfactual) checkAlignment(result.counterfactual.alignment, result.tokens.length, result.counterfactual.tokens.length, name);
  }
}, 300_000);

test('what is too long even to parse is left out by the parser and refused by the reader', async () => {
  const text = 'x = 1\n'.repeat(MAX_CODE_LENGTH / 5);
  expect(refusal({ file: null, text })).toMatch(TOO_LONG);
  const blank = ' '.repeat(200_000);
  expect(refusal({ file: null, text: `${blank}x` })).toBe(BLANK);
  expect(refusal({ file: null, text: `x${blank}x` })).toMatch(TOO_LONG);
  expect(await enclosingCode(`${text}\ny = 2\n`, text.length + 3)).toEqual({ start: text.length + 1, end: text.length + 6 });
});
