/** FILE, FILE:LINE, FILE:LINE-LINE and NOTEBOOK:CELL, where FILE may be - for standard input: the code that a command is about. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { SourceText } from '../../engine/reading/program';
import { enclosingCode } from '../../snippets/context/enclosing';
import { readNotebook } from '../../snippets/context/notebook';
import { fromHome, isStandardInput, readSource, readTextFile, type ReadOptions } from './text-file';

export interface CodeArgument {
  file: string;
  /** From 1, both included. */
  lines: { first: number; last: number; around?: true } | null;
}

/** A file whose own name ends like a line range is taken as it is. */
export function parseCodeArgument(given: string): CodeArgument {
  const argument = fromHome(given);
  const match = /^(.+):(\d+)(?:-(\d+))?$/s.exec(argument);
  if (!match || existsSync(argument)) return { file: argument, lines: null };
  const first = Number(match[2]);
  return { file: match[1], lines: match[3] === undefined ? { first, last: first, around: true } : { first, last: Number(match[3]) } };
}

/** The code of an argument; standard input has no file's name. @throws a sentence that names the file and says what to do */
export async function readCode(argument: string, options: ReadOptions = {}): Promise<SourceText> {
  const { file, lines } = parseCodeArgument(argument);
  if (/\.ipynb$/i.test(file)) return readCell(file, lines, options);
  refuseOtherLanguages(file);
  const text = await readSource(file, options);
  const [name, own] = isStandardInput(file) ? ['Standard input', null] : [file, file];
  if (text.trim() === '') throw new Error(`${name} ${text === '' ? 'is empty' : 'holds only white space'}; there is no code to read.`);
  const source = { file: own, text, folder: own && path.dirname(own) };
  if (!lines) return source;
  if (!lines.around) return { ...source, range: { ...lineRange(text, lines, name), line: lines.first } };
  const { start } = lineRange(text, lines, name);
  const range = await enclosingCode(text, start, { short: false });
  if (!range) throw new Error(`${name} has no code around line ${lines.first}.`);
  return { ...source, range, needs: true, at: start };
}

/** The cell of a notebook, with those before it. */
async function readCell(file: string, lines: CodeArgument['lines'], options: ReadOptions): Promise<SourceText> {
  let found: ReturnType<typeof readNotebook>;
  const text = await readTextFile(file, options);
  try {
    found = readNotebook(text);
  } catch (error) {
    throw new Error(`${file} ${(error as Error).message}`, { cause: error });
  }
  const { cells, count } = found;
  const numbers = cells.map(({ number }) => number);
  const which = numbers.length === 0 ? 'It has no cells with code.' : `Cells with code: ${numbers.length > 20 ? `${numbers.slice(0, 20).join(', ')}, …` : numbers.join(', ')}.`;
  if (!lines) throw new Error(`${file} is a notebook, of which one cell is explained: name it as ${file}:${numbers.at(-1) ?? 1}, counted from 1 with those of text. ${which}`);
  if (!lines.around) throw new Error(`Of a notebook one cell is explained, as ${file}:${lines.first}. ${which}`);
  const cell = cells.find(({ number }) => number === lines.first);
  if (!cell) throw new Error(`${file} has ${lines.first >= 1 && lines.first <= count ? `no code in cell ${lines.first}` : `${count} cells, so there is no cell ${lines.first}`}. ${which}`);
  if (cell.text.trim() === '') throw new Error(`Cell ${cell.number} of ${file} is empty; there is no code to read.`);
  const before = cells.filter(({ number }) => number < cell.number);
  return { file: `${file}, cell ${cell.number}`, text: cell.text, folder: path.dirname(file), notebook: { before, number: cell.number } };
}

const LANGUAGES: Record<string, string> = {
  ts: 'TypeScript', tsx: 'TypeScript', mts: 'TypeScript', js: 'JavaScript', jsx: 'JavaScript', mjs: 'JavaScript', cjs: 'JavaScript', java: 'Java',
  c: 'C', h: 'C', cc: 'C++', cpp: 'C++', hpp: 'C++', cs: 'C#', go: 'Go', rs: 'Rust', rb: 'Ruby', php: 'PHP', kt: 'Kotlin', swift: 'Swift',
  scala: 'Scala', lua: 'Lua', r: 'R', jl: 'Julia', pl: 'Perl', sh: 'a shell script', ps1: 'PowerShell', sql: 'SQL', html: 'HTML', css: 'CSS',
  json: 'JSON', jsonl: 'JSON', yaml: 'YAML', yml: 'YAML', toml: 'TOML', xml: 'XML', md: 'Markdown', csv: 'a table', vue: 'Vue', svelte: 'Svelte',
};

/** By its name: the end of Python files, of plain text, or none, as of scripts and pipes. */
function refuseOtherLanguages(file: string): void {
  const end = path.extname(file).slice(1).toLowerCase();
  if (['', 'py', 'pyw', 'pyi', 'txt'].includes(end) || /^\d+$/.test(end)) return;
  const language = LANGUAGES[end];
  const what = language ? `is ${language}` : `ends in .${end}, so it is no Python file`;
  const way = language ? '' : ` If it holds Python: latent-lens … - < ${file}`;
  throw new Error(`${file} ${what}. Latent Lens reads Python: .py files, cells of notebooks (NOTEBOOK.ipynb:CELL), and standard input (-).${way}`);
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
