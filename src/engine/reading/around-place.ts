/** What is read with the place of an open question: the lines around it, and of a file that is too long the declarations that it needs. */
import { isOpen, linesAround } from '../../snippets/prompts/forms';
import { lineWords, type CodePart } from '../../protocol/reading/code-parts';
import { lineStartsOf } from '../../snippets/syntax/syntax';
import type { LoadedModel } from '../session/load';
import type { Knowledge, Needs } from './knowledge';
import { lineAt, nameOf, tokenized, type Arranged, type SourceText } from './program';
import type { Question } from './question';

interface Range {
  start: number;
  end: number;
}

/** Types that are looked at: each has the code tokenized. */
const MOST_TYPES = 40;

/** Tokens that are read around a place if the user does not say how many: more take long. */
const USUAL_ROOM = 512;

/**
 * The lines around the place of an open question that the model has room for; at most `USUAL_ROOM` tokens, if the user does not say how
 * many. Where these are not all, and it is known what the place needs, that is read first, and of the lines around it those that then fit.
 * @throws a sentence where there is no place, or its own line does not fit
 */
export async function arrangePlace(
  loaded: LoadedModel, question: Question, source: SourceText, knowledge?: Knowledge, signal?: AbortSignal,
): Promise<SourceText> {
  const near = arrangeHole(loaded, question, source);
  const { range } = near;
  if (!knowledge?.needs || !question.sentinels || (range!.start === 0 && range!.end === source.text.length)) return near;
  const needs = await knowledge.needs(source.text, near.hole!, signal);
  const arranged = withNeeds(loaded, question, near, needs);
  return arranged ? { ...near, arranged, range: ownRange(arranged, near) } : near;
}

/** Without what is known of the code. @throws as `arrangePlace` */
export function arrangeHole({ tokenizer }: LoadedModel, { form, sentinels, room, limited }: Question, source: SourceText): SourceText {
  const { file, text, hole, inserted } = source;
  if (!isOpen(form)) return source;
  if (!hole) throw new Error('The question is about a place in the code. Say which: LINE:COLUMN.');
  const { start, end } = linesAround(tokenizer, sentinels, form, text, hole, limited ? room : Math.min(room, USUAL_ROOM));
  if (text.slice(start, end).trim() === '') throw new Error(`${nameOf(source)}: nothing that the model could read stands before the place. Put the place behind some code.`);
  const [first, last] = [lineAt(text, start), lineAt(text, Math.max(start, end - 1))];
  const whole = start === 0 && (end === text.length || sentinels === null);
  const which = whole ? [] : [`lines ${first}–${last}, which the model has room for around the place`];
  // A question about a type asks to read around it; that a model cannot is said.
  if (form.id === 'type' && form.behind && !sentinels) which.push('only what is before the type, as the model was not trained to fill in the middle');
  const read = which.length === 0 ? {} : { read: which.join('; ') };
  return { file, text, range: { start, end, line: first }, place: hole, hole: sentinels
    ? hole
    : { start: hole.start, end: hole.start }, inserted, ...read };
}

/**
 * The most of what a place needs that fits, with the types that are nearest to it in the half of the room that is left, and as many lines
 * around the place as then fit; undefined where that is only the lines around it.
 */
function withNeeds(loaded: LoadedModel, question: Question, near: SourceText, { readings, types }: Needs): Arranged | undefined {
  const { text, hole } = near;
  const { room, limited } = question;
  const most = limited ? room : Math.min(room, USUAL_ROOM);
  const lines = lineStartsOf(text);
  const own = { first: lineAt(text, hole!.start) - 1, last: lineAt(text, hole!.end) - 1 };
  const partsOf = (ranges: readonly Range[], more: number) => {
    const around = { start: lines[Math.max(0, own.first - more)], end: lines[own.last + more + 1] ?? text.length };
    return inOrder([...ranges.map((one) => wholeLines(text, one)), around]);
  };
  const arrangedOf = (ranges: readonly Range[]): Arranged => {
    const parts: CodePart[] = [];
    let code = '';
    for (const { start, end } of ranges) {
      parts.push({ at: code.length, start, line: lineAt(text, start) });
      code += text.slice(start, end);
    }
    return { code, parts };
  };
  const tokens = (ranges: readonly Range[], more: number) =>
    tokenized(loaded, question, { ...near, arranged: arrangedOf(partsOf(ranges, more)) }).ids.length;
  const chosen = [...(readings.find((ranges) => tokens(ranges, 0) <= most) ?? [])];
  const some = (most + tokens(chosen, 0)) / 2;
  const away = ({ start, end }: Range) => (end <= hole!.start ? hole!.start - end : 2 * Math.max(0, start - hole!.end));
  for (const type of [...types].sort((a, b) => away(a) - away(b)).slice(0, MOST_TYPES)) {
    if (tokens([...chosen, type], 0) <= some) chosen.push(type);
  }
  let [enough, many] = [0, lines.length];
  while (many - enough > 1) {
    const half = (enough + many) >> 1;
    if (tokens(chosen, half) <= most) enough = half;
    else many = half;
  }
  const arranged = arrangedOf(partsOf(chosen, enough));
  const { code, parts } = arranged;
  if (parts.length === 1) return undefined; // what it needs is near
  return { ...arranged, read: `${lineWords({ code, parts, firstLine: parts[0].line })}, which are what the place needs and what the model has room for around it` };
}

/** The part with the place. */
function ownRange({ code, parts }: Arranged, { hole }: SourceText): SourceText['range'] {
  const i = parts.findLastIndex(({ start }) => start <= hole!.start);
  const { at, start, line } = parts[i];
  return { start, end: start + (parts[i + 1]?.at ?? code.length) - at, line };
}

/** With the end of the last line, and one that is empty behind it. */
function wholeLines(text: string, { start, end }: Range): Range {
  const [ends] = /^[^\r\n]*(?:\r\n?|\n)?(?:[ \t]*(?:\r\n?|\n))?/.exec(text.slice(end))!;
  return { start, end: end + ends.length };
}

/** In the order of the file; those that touch or overlap in one. */
function inOrder(ranges: readonly Range[]): Range[] {
  const joined: Range[] = [];
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}
