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
  return { file: own, text, ...(lines && { range: { ...lineRange(text, lines, name), line: lines.first } }) };
}

/** The characters of some lines, without the last line's end. */
function lineRange(text: string, { first, last }: { first: number; last: number }, file: string): { start: number; end: number } {
  if (first < 1 || last < first) throw new Error(`${file}:${first}-${last} is no line range; lines count from 1, and the first comes first.`);
  const ends = /\r\n|\r|\n/g;
  let [start, line] = [0, 1];
  for (let match = ends.exec(text); match; match = ends.exec(text)) {
    if (line === last) return { start, end: match.index };
    if (ends.lastIndex === text.length) break;
    line++;
    if (line === first) start = ends.lastIndex;
  }
  if (last > line) throw new Error(`${file} has ${line} line${line === 1 ? '' : 's'}, so there is no line ${first > line ? first : last}.`);
  return { start, end: text.length };
}
