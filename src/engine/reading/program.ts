/** A program as the model reads it: its prompt and tokens, and where each lies in the user's file. */
import { codeOffset, fileRange, type CodePart } from '../../protocol/reading/code-parts';
import type { ExplainedSource, PromptToken } from '../../protocol/documents/explanation';
import { changed, moved } from '../../snippets/judge/changes';
import { isOpen, promptOf } from '../../snippets/prompts/forms';
import type { Hole } from '../../snippets/prompts/hole';
import { promptTokens, sourceRange, toSource, type Prompt } from '../../snippets/prompts/prompts';
import type { Change } from '../../snippets/edits';
import type { NotebookCell } from '../../snippets/context/notebook';
import type { Token } from '../../snippets/tokenizer/ranges';
import { wordChanges } from '../../snippets/twins/align';
import type { LoadedModel } from '../session/load';
import { movedInserted, offsetInFile, withoutInserted } from './inserted';
import { movedParts, rangeInCode, rangeInPart, withinParts } from './moved-parts';
import type { Question } from './question';

/** Code that is not one piece of its file. */
export interface Arranged {
  code: string;
  parts: CodePart[];
  /** What was read, in words; left out where only indentation was taken off. */
  read?: string;
  /** Whether it is less than what was asked about. */
  narrowed?: boolean;
}

/** Code of a file, or of a part of it. */
export interface SourceText {
  /** The file as the user named it; null for unsaved text. */
  file: string | null;
  text: string;
  /** The part to explain, UTF-16 offsets in `text`; all of it when left out. */
  range?: SourceRange;
  /** Whether the range was found around a cursor: what the code needs of the file is then read with it. */
  needs?: boolean;
  /** The cursor, UTF-16: of code that is more than the model reads, what is there is read. */
  at?: number;
  /** The folder that the file is in, where it is in one. */
  folder?: string | null;
  /** Where other files may be read that it imports: only those in a folder, which it lies in itself. */
  project?: { root: string; file: string } | null;
  /** When `text` is that of a notebook's cell, where that stands. */
  notebook?: { before: readonly NotebookCell[]; number: number };
  /** The place that an open question is about, UTF-16 offsets in `text`. */
  hole?: Hole;
  /** The same, where `hole` is less than what stands there. */
  place?: Hole;
  /** What was put into `text` that does not stand in the file, in its order: so that a type can stand at the place. */
  inserted?: readonly Hole[];
  /** What is read, in words, where the range is less than what was asked about. */
  read?: string;
  /** What `arrange` made of it. */
  arranged?: Arranged;
}

interface SourceRange {
  start: number;
  end: number;
  /** The line on which it begins, from 1, where that is known: in a long file it takes long to count. */
  line?: number;
}

export interface Program {
  source: ExplainedSource;
  /** The whole file. */
  text: string;
  prompt: Prompt;
  /** With ranges in the prompt. */
  encoded: Token[];
  ids: number[];
  /** With ranges in the file. */
  tokens: PromptToken[];
  /** Of an open question, the place in `source.code`; empty where nothing behind it is read. */
  hole?: Hole;
  /** The same in `text`, with what stands there. */
  place?: Hole;
  /** What of `text` does not stand in the file. */
  inserted?: readonly Hole[];
}

/** More characters than this are not even tokenized; the longest contexts hold fewer. */
export const MAX_CHARACTERS = 2_000_000;
/** Of code with more characters for each token of room only the beginning is tokenized: a token has about three. */
const CHARACTERS_A_TOKEN = 64;

/** What messages call it. */
export function nameOf({ file }: SourceText): string {
  return file ?? 'The code';
}

/** A program that the model can read. @throws when there is no code, or more than the model can read */
export function readProgram(loaded: LoadedModel, question: Question, source: SourceText): Program {
  const range: SourceRange = source.range ?? { start: 0, end: source.text.length };
  const code = source.arranged?.code ?? source.text.slice(range.start, range.end);
  const name = nameOf(source);
  if (code.trim() === '') throw new Error(`${name}: there is no code here, only ${code === '' ? 'an empty text' : 'white space'}. Choose lines with code.`);
  if (code.length > MAX_CHARACTERS) {
    throw new Error(`${name}: the code has ${count(code.length)} characters, far more than ${loaded.id} can read. Choose a few lines, for example ${linesOf(source.file, 1, 20)}.`);
  }
  const most = CHARACTERS_A_TOKEN * question.room;
  if (code.length > most && !source.arranged) {
    if (code.slice(0, most).trim() === '') throw new Error(`${name}: the code begins with over ${count(most)} characters of white space. Choose lines with code.`);
    const beginning = tokenized(loaded, question, { ...source, range: { ...range, end: range.start + most } });
    if (beginning.ids.length > question.room) throw new Error(tooLong(name, loaded.id, beginning, question, code));
  }
  const program = tokenized(loaded, question, source);
  if (program.ids.length > question.room) throw new Error(tooLong(name, loaded.id, program, question));
  // Some fine-tunes have added tokens that the model was never given an embedding for.
  const unknown = program.ids.find((token) => token >= loaded.model.shape.vocabulary);
  if (unknown !== undefined) throw new Error(`${name}: ${loaded.id} has no embedding for the token ${loaded.tokenizer.tokenText(unknown)}. Leave it out.`);
  return program;
}

/** Whether a model reads all of a text with the question. */
export function fitsWhole(loaded: LoadedModel, question: Question, text: string): boolean {
  return text.length <= CHARACTERS_A_TOKEN * question.room && tokenized(loaded, question, { file: null, text }).ids.length <= question.room;
}

/**
 * A program with another text in the place of its code, whatever its length.
 * @param changes what made the other text of the code, where that is known
 * @throws a sentence where they touch the place that the question is about
 */
export function withCode(loaded: LoadedModel, question: Question, program: Program, code: string, changes?: readonly Change[]): Program {
  const { source, text } = program;
  if (program.hole) return withPlace(loaded, question, program, code, changes ?? wordChanges(source.code, code));
  const range = { start: source.start, end: source.start + code.length, line: source.firstLine };
  const whole = text.slice(0, source.start) + code + text.slice(source.end);
  const changed = tokenized(loaded, question, { file: source.file, text: whole, range }, code);
  return source.parts ? { ...changed, source: { ...changed.source, parts: partsBeside(source.parts, source.code, code) } } : changed;
}

/** The same of an open question: its place, and what was put in for it, move along. */
function withPlace(loaded: LoadedModel, question: Question, program: Program, code: string, made: readonly Change[]): Program {
  const { source, text, place, inserted } = program;
  const parts = source.parts ?? [{ at: 0, start: source.start, line: source.firstLine }];
  const changes = withinParts(parts, made);
  const inText = changes.map((change) => ({ ...change, ...rangeInPart(parts, change) }));
  const hole = moved(program.hole!, changes);
  const putIn = inserted && movedInserted(inserted, inText);
  if (hole === null || putIn === null) throw new Error('The change touches the place that the question is about. Change something else.');
  const after = movedParts(parts, changes, inText, text);
  const i = after.findLastIndex(({ at }) => at <= hole.start);
  const { at, start, line } = after[i];
  const range = { start, end: start + (after[i + 1]?.at ?? code.length) - at, line };
  const now = { start: start + hole.start - at, end: start + hole.end - at };
  const stands = { start: now.start, end: now.start + place!.end - place!.start };
  const arranged = source.parts && { code, parts: after, ...(source.read && { read: source.read }) };
  const twin = { file: source.file, text: changed(text, inText), range, hole: now, place: stands, inserted: putIn, arranged };
  return tokenized(loaded, question, twin, code);
}

/**
 * A program of any length, to be looked at before the model reads it.
 * @param known the code, where it has been cut out already: a long text that was put together is then not copied
 */
export function tokenized({ tokenizer }: LoadedModel, { form, sentinels }: Question, source: SourceText, known?: string): Program {
  const { file, text, range, arranged } = source;
  const { start, end } = range ?? { start: 0, end: text.length };
  const code = arranged?.code ?? known ?? text.slice(start, end);
  const parts = arranged?.parts;
  const { place = source.hole, inserted } = source;
  const inCode = (offset: number) => codeOffset({ start, parts }, offset);
  const hole = source.hole && { start: inCode(source.hole.start), end: inCode(source.hole.end) };
  const prompt = promptOf(tokenizer, sentinels, form, code, hole);
  const encoded = promptTokens(tokenizer, prompt);
  const tokens = encoded.map((token) => {
    const own = sourceRange(prompt, token);
    return { id: token.id, text: token.text, start: null, end: null, ...(own && inFile(fileRange({ start, parts }, own), inserted)) };
  });
  const firstLine = range?.line ?? lineAt(text, start);
  const begun = code.startsWith('\n') && text[start - 1] === '\r' ? 1 : 0; // the end of the line before
  const chosen = arranged && text.slice(start, end).trimEnd();
  const ends = chosen === undefined ? lineEnds(code, begun, toSource(prompt, prompt.text.length)) : lineEnds(chosen, 0, chosen.length);
  const lastLine = firstLine + ends;
  const read = arranged?.read ?? source.read;
  const explained = { file, code, start, end, firstLine, lastLine, ...(parts && { parts }), ...(read && { read }) };
  const asked = { ...(hole && { hole, place }), ...(inserted && { inserted }) };
  return { source: explained, text, prompt, encoded, ids: encoded.map((token) => token.id), tokens, ...asked };
}

/** What was put into the code that is read, where it lies in that. */
export function insertedInCode({ source, inserted = [] }: Pick<Program, 'source' | 'inserted'>): Hole[] {
  const parts = source.parts ?? [{ at: 0, start: source.start, line: source.firstLine }];
  return inserted.flatMap((range) => rangeInCode(parts, source.code.length, range) ?? []);
}

/** The code that is read, and where it lies, as both are, or would be, in the file. */
export function sourceInFile(program: Program): ExplainedSource {
  const { source, inserted = [] } = program;
  const put = insertedInCode(program);
  const parts = source.parts?.map((part) => ({ ...part, at: offsetInFile(put, part.at), start: offsetInFile(inserted, part.start) }));
  return { ...source, ...(parts && { parts }), code: withoutInserted(source.code, put), ...inFile(source, inserted) };
}

/** A range of a program's text in the user's file. */
export function inFile({ start, end }: { start: number; end: number }, inserted: readonly Hole[] = []): { start: number; end: number } {
  return { start: offsetInFile(inserted, start), end: offsetInFile(inserted, end) };
}

/** Where the parts of a code lie after a change, from which its lines in the file follow. */
function partsBeside(parts: readonly CodePart[], before: string, after: string): CodePart[] {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same++;
  let back = 0;
  while (back < shorter - same && before.at(-1 - back) === after.at(-1 - back)) back++;
  const grown = after.length - before.length;
  const outside = parts.filter(({ at }) => at <= same || at >= before.length - back);
  return outside.map((part) => (part.at <= same ? part : { ...part, at: part.at + grown }));
}

const [LINE_FEED, CARRIAGE_RETURN] = [10, 13];

/** The line of an offset, counting from 1. */
export function lineAt(text: string, offset: number): number {
  return lineEnds(text, 0, offset) + 1;
}

/** How many lines end between two offsets; counted in place, as the text may be long. */
export function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit === CARRIAGE_RETURN || (unit === LINE_FEED && text.charCodeAt(at - 1) !== CARRIAGE_RETURN)) count++;
  }
  return count;
}

/** @param whole the code, when the program is only its beginning */
function tooLong(name: string, model: string, program: Program, { form, room, limited }: Question, whole?: string): string {
  const { prompt, encoded, source: { file, firstLine } } = program;
  const { code } = prompt;
  const all = (whole ?? code).trimEnd();
  const lines = lineAt(all, all.length);
  const around = encoded.filter((token) => sourceRange(prompt, token) === null).length;
  const lastFitting = encoded[Math.max(0, room - around - 1)];
  const fitting = lineAt(code, Math.max(0, lastFitting.end - prompt.pieces[0].start)) - 1;
  const limit = limited ? `the context limit in the settings allows ${count(room)}` : `${model} reads at most ${count(room)}`;
  const these = lines === 1 ? 'line is' : `${count(lines)} lines are`;
  const size = `${name}: the ${these} ${whole ? 'over ' : ''}${count(encoded.length)} tokens with the question; ${limit}.`;
  const or = limited ? ', or raise the limit' : '';
  const fewer = !isOpen(form) && form.examples ? ', or a question with fewer examples' : '';
  if (room <= around || fitting < 1) return `${size} Even the first line is too long; choose shorter code${or}${fewer}.`;
  const range = linesOf(file, firstLine, firstLine + fitting - 1);
  return `${size} Choose fewer lines: ${fitting === 1 ? 'only the first fits' : `the first ${fitting} fit`} (${range})${or}.${file === null ? '' : ` Or name one line (${file}:LINE, in the editor the cursor without a selection): what is around it is taken with what it needs.`}`;
}

function linesOf(file: string | null, first: number, last: number): string {
  return file === null ? `lines ${first}-${last}` : `${file}:${first}-${last}`;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
