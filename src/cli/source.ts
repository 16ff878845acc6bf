/** FILE, FILE:LINE and FILE:LINE-LINE: the code that a command is about. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { SourceText } from '../engine/program';

export interface CodeArgument {
  file: string;
  /** From 1, both included. */
  lines: { first: number; last: number } | null;
}

/** A data file by mistake; no program that a person edits is so large. */
const MAX_BYTES = 20_000_000;

/** A file whose own name ends like a line range is taken as it is. */
export function parseCodeArgument(argument: string): CodeArgument {
  const match = /^(.+):(\d+)(?:-(\d+))?$/s.exec(argument);
  if (!match || existsSync(argument)) return { file: argument, lines: null };
  const first = Number(match[2]);
  return { file: match[1], lines: { first, last: match[3] === undefined ? first : Number(match[3]) } };
}

/** @throws a sentence that names the file and says what to do */
export async function readCode(argument: string): Promise<SourceText> {
  const { file, lines } = parseCodeArgument(argument);
  const text = await readTextFile(file);
  if (text.trim() === '') throw new Error(`${file} ${text === '' ? 'is empty' : 'holds only white space'}; there is no code to read.`);
  return { file, text, ...(lines && { range: lineRange(text, lines, file) }) };
}

/** The text of a UTF-8 file, without a byte order mark. */
export async function readTextFile(file: string): Promise<string> {
  const info = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === 'ENOENT' || error.code === 'ENOTDIR' ? `There is no file ${file}.` : `${file} could not be read: ${error.message}.`);
  });
  if (info.isDirectory()) throw new Error(`${file} is a folder; give a file.`);
  if (!info.isFile()) throw new Error(`${file} is not a regular file.`);
  if (info.size > MAX_BYTES) throw new Error(`${file} has ${info.size.toLocaleString('en-US')} bytes; files of at most ${MAX_BYTES / 1e6} MB are read. Is it really a program?`);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === 'EACCES' ? `${file} may not be read; check its permissions.` : `${file} could not be read: ${error.message}.`);
  });
  if (bytes.includes(0)) throw new Error(`${file} is a binary file (it holds a zero byte); give a text file.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file} is not UTF-8 text; it is a binary file or has another encoding. Convert it to UTF-8 first.`);
  }
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
