/** JSON lines: a file with a value in each line. */
import { closeSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

export function* readLines<T>(file: string): Generator<T> {
  for (const line of readFileSync(file, 'utf8').split('\n')) if (line !== '') yield JSON.parse(line) as T;
}

/** The file is there whole or not at all. */
export function writeLines(file: string, values: Iterable<unknown>): void {
  const part = openSync(`${file}.part`, 'w');
  for (const value of values) writeSync(part, `${JSON.stringify(value)}\n`);
  closeSync(part);
  renameSync(`${file}.part`, file);
}
