/** Written programs: files of Python in which each program stands under a line `#--- LABEL` that says what it raises. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ERROR_TYPES, NO_ERROR } from '../../vocabulary/labels';

export interface WrittenProgram {
  /** What the heading says: an error, or `no error`. */
  label: string;
  code: string;
  /** Its file's name without the ending. */
  topic: string;
  /** `file:line` of the heading. */
  place: string;
}

const HEADING = '#---';
const LABELS: readonly string[] = [...ERROR_TYPES, NO_ERROR];

/**
 * The programs of a text in their order. Before the first heading only remarks (`#`) may stand.
 * @throws a sentence with file and line
 */
export function parsePrograms(text: string, file: string): WrittenProgram[] {
  const programs: WrittenProgram[] = [];
  const lines = text.split('\n');
  const starts = lines.flatMap((line, at) => (line.startsWith(HEADING) ? [at] : []));
  const before = lines.slice(0, starts[0]).findIndex((line) => !/^(#.*)?$/.test(line));
  if (before >= 0) throw new Error(`${file}:${before + 1}: a program stands under a heading such as "#--- TypeError"; this has none.`);
  for (const [i, at] of starts.entries()) {
    const place = `${file}:${at + 1}`;
    const label = lines[at].slice(HEADING.length + 1);
    if (lines[at][HEADING.length] !== ' ' || !LABELS.includes(label)) {
      throw new Error(`${place}: ${JSON.stringify(lines[at])} is no heading. Write "#--- " and one of: ${LABELS.join(', ')}.`);
    }
    const code = lines.slice(at + 1, starts[i + 1]).join('\n').trimEnd();
    if (code === '') throw new Error(`${place}: there is no program under this heading.`);
    programs.push({ label, code, topic: path.basename(file, '.py'), place });
  }
  return programs;
}

/**
 * The programs of several files.
 * @throws a sentence with file and line
 */
export function readWrittenPrograms(files: readonly string[]): WrittenProgram[] {
  const programs = files.flatMap((file) => parsePrograms(readFileSync(file, 'utf8'), file));
  const places = new Map<string, string>();
  for (const { code, place } of programs) {
    const other = places.get(code);
    if (other !== undefined) throw new Error(`${place}: the same program stands at ${other}.`);
    places.set(code, place);
  }
  return programs;
}
