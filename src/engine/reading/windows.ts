/** Code that is too long for the model, in pieces that it can read. */
import { statementStarts } from '../../snippets/syntax/statements';
import { lineStartsOf } from '../../snippets/syntax/syntax';
import type { LoadedModel } from '../session/load';
import { MAX_CHARACTERS, nameOf, tokenized, type Program, type SourceText } from './program';
import type { Question } from './question';

export interface Division {
  /** In the order of the text. What a token is in one of them does not depend on what is asked about it. */
  windows: Program[];
  /** Lines that alone are longer than the model can read; ranges in the file. */
  skipped: { start: number; end: number }[];
}

/**
 * Divides code into windows: all of it where the model can read that at once, else from the beginning on as many top-level statements
 * as it can read, and as many lines of a statement that is too long for it. Code that is only white space has no windows.
 * @throws when there is far more text than can be divided while somebody waits
 */
export async function divide(loaded: LoadedModel, question: Question, source: SourceText): Promise<Division> {
  const { start, end } = source.range ?? { start: 0, end: source.text.length };
  const code = source.text.slice(start, end);
  if (code.trim() === '') return { windows: [], skipped: [] };
  if (code.length > MAX_CHARACTERS) {
    const [has, most] = [code.length, MAX_CHARACTERS].map((size) => size.toLocaleString('en-US'));
    throw new Error(`${nameOf(source)} has ${has} characters; at most ${most} are read. Choose a part of it.`);
  }
  const whole = tokenized(loaded, question, source);
  if (whole.ids.length <= question.room) return { windows: [whole], skipped: [] };

  const lines = lineStartsOf(code).map((at) => start + at);
  const statements = (await statementStarts(code)).map((at) => lines.indexOf(start + at));
  const { counts, around } = tokensOf(whole, lines);
  /** Line `last` itself, or the last statement before it; what ends there goes from line `first`. */
  const cut = (first: number, last: number) => {
    return last === lines.length ? last : (statements.findLast((at) => at > first && at <= last) ?? last);
  };
  const read = (first: number, last: number): Program | null => {
    const range = { start: lines[first], end: lines[last] ?? end };
    return source.text.slice(range.start, range.end).trim() === '' ? null : tokenized(loaded, question, { ...source, range });
  };
  const division: Division = { windows: [], skipped: [] };
  for (let first = 0; first < lines.length; ) {
    let last = first;
    for (let size = around; last < lines.length && size + counts[last] <= question.room; last++) size += counts[last];
    last = cut(first, last);
    let program = last > first ? read(first, last) : null;
    // Alone, a piece may have a few tokens more than in the whole.
    while (program && program.ids.length > question.room) {
      last = cut(first, last - 1);
      program = last > first ? read(first, last) : null;
    }
    if (program) division.windows.push(program);
    if (last === first) {
      const line = source.text.slice(lines[first], lines[first + 1] ?? end).trimEnd();
      if (line !== '') division.skipped.push({ start: lines[first], end: lines[first] + line.length });
      last++;
    }
    first = last;
  }
  return division;
}

/** The window that an offset of the file lies in, else the next. @throws when its line is too long, or there is no code at all */
export function windowAt({ windows, skipped }: Division, offset: number, name: string): Program {
  const tooLong = skipped.find(({ start, end }) => start <= offset && offset <= end);
  const window = windows.find(({ source }) => offset < source.end) ?? windows.at(-1);
  if (tooLong) throw new Error(`${name}: this line alone is longer than the model can read. Break it into shorter ones.`);
  if (!window) throw new Error(`${name}: there is no code that the model can read. Choose lines with code.`);
  return window;
}

/** The tokens that begin on each line, and those that the template adds. */
function tokensOf({ tokens }: Program, lines: readonly number[]): { counts: number[]; around: number } {
  const counts = lines.map(() => 0);
  let around = 0;
  let line = 0;
  for (const { start } of tokens) {
    if (start === null) around++;
    else {
      while (line + 1 < lines.length && lines[line + 1] <= start) line++;
      counts[line]++;
    }
  }
  return { counts, around };
}
