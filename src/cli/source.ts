/** FILE, FILE:LINE and FILE:LINE-LINE, where FILE may be - for standard input: the code that a command is about. */
import { existsSync } from 'node:fs';
import type { SourceText } from '../engine/program';
import { fromHome, isStandardInput, readSource, type ReadOptions } from './text-file';

export interface CodeArgument {
  file: string;
  /** From 1, both included. */
  lines: { first: number; last: number } | null;
}

/** A file whose own name ends like a line range is taken as it is. */
export function parseCodeArgument(given: string): CodeArgument {
  const argument = fromHome(given);
  const match = /^(.+):(\d+)(?:-(\d+))?$/s.exec(argument);
  if (!match || existsSync(argument)) return { file: argument, lines: null };
  const first = Number(match[2]);
  return { file: match[1], lines: { first, last: match[3] === undefined ? first : Number(match[3]) } };
}

/** The code of an argument; standard input has no file's name. @throws a sentence that names the file and says what to do */
export async function readCode(argument: string, options: ReadOptions = {}): Promise<SourceText> {
  const { file, lines } = parseCodeArgument(argument);
  const text = await readSource(file, options);
  const [name, own] = isStandardInput(file) ? ['Standard input', null] : [file, file];
  if (text.trim() === '') throw new Error(`${name} ${text === '' ? 'is empty' : 'holds only white space'}; there is no code to read.`);
  return { file: own, text, ...(lines && { range: lineRange(text, lines, name) }) };
}

/** The characters of some lines, without the last line's end. */
function lineRange(text: string, { first, last }: { first: number; last: number }, file: string): { start: number; end: number } {
  const ends = [...text.matchAll(/\r\n|\r|\n/g)].map((match) => ({ end: match.index, next: match.index + match[0].length }));
  const starts = [0, ...ends.map(({ next }) => next)];
  const count = starts.at(-1) === text.length ? starts.length - 1 : starts.length;
  if (first < 1 || last < first) throw new Error(`${file}:${first}-${last} is no line range; lines count from 1, and the first comes first.`);
  if (last > count) throw new Error(`${file} has ${count} line${count === 1 ? '' : 's'}, so there is no line ${first > count ? first : last}.`);
  return { start: starts[first - 1], end: ends[last - 1]?.end ?? text.length };
}
