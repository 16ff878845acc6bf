import { createParser, type PythonParser } from '../../../src/snippets/syntax/parse';
import { planAnalogs } from '../../../src/snippets/analogs/plan';
import type { ProgramPair } from '../../../src/snippets/analogs/pair';
import { singleChange } from '../../../src/snippets/twins/align';

let made: Promise<PythonParser> | undefined;
export const parser = (): Promise<PythonParser> => (made ??= createParser());

/** The pair of two programs that differ in one stretch. */
export function pairOf(original: string, variant: string): ProgramPair {
  return { original, variant, changes: singleChange(original, variant) };
}

export function applyChanges({ original, changes }: ProgramPair): string {
  return changes.reduceRight((code, { start, end, replacement }) => code.slice(0, start) + replacement + code.slice(end), original);
}

export async function keysOf(pair: ProgramPair): Promise<readonly string[]> {
  return planAnalogs(await parser(), pair).keys;
}
