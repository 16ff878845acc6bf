/** Labelled programs: the lines of a shard, and what is asked of a program's text before it is labelled. */
import { readFileSync } from 'node:fs';
import type { Label } from './labels';
import { programHash } from './normalise';

/** An expression that ends before this character offset had a value of this class, or raised (an index into TYPE_CLASSES of trace.ts). */
export type TypeMark = [end: number, type: number];

/** One labelled program: a line of a shard. */
export interface LabelledProgram {
  code: string;
  label: Label;
  /** Line of the error, counted from 1; null when there is none. */
  line: number | null;
  message: string | null;
  family: string;
  /** Where it comes from, if it was not generated. */
  source?: string;
  /** The package or the file of texts that it comes from. */
  origin?: string;
  /** The mutation that made it out of the program before it. */
  edit?: string;
  /** The values of its expressions when it ran. */
  types?: TypeMark[];
}

/** The programs of one shard. */
export function readPrograms(file: string): LabelledProgram[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as LabelledProgram);
}

/** Normalised hashes of the programs in JSONL files with a `code` field. */
export function hashesOf(files: readonly string[]): Set<string> {
  const hashes = new Set<string>();
  for (const file of files) {
    for (const { code } of readPrograms(file)) if (typeof code === 'string') hashes.add(programHash(code));
  }
  return hashes;
}

/** Whether a program holds one of the words, in any capitalisation. */
export function holdsWord(code: string, words: ReadonlySet<string>): boolean {
  return words.size > 0 && (code.toLowerCase().match(/[a-z]+/g) ?? []).some((word) => words.has(word));
}

/** About how many tokens the project's tokenizer makes of a program. */
export function estimateTokens(code: string): number {
  let tokens = 0;
  for (const [word] of code.matchAll(/ ?\p{L}+|\d| ?[^\s\p{L}\d]+|\s+/gu)) {
    tokens += /\p{L}/u.test(word) ? Math.ceil(word.length / 6) : Math.ceil(word.trim().length / 2) || 1;
  }
  return tokens;
}
