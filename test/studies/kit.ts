/** Studies for tests: their files in folders of their own, and what runs them in this process. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { runStudy, type RunOptions, type Shard } from '../../src/studies/running/run';

export const quiet = (): RunOptions => ({ workers: 1, signal: new AbortController().signal, onProgress: () => undefined });

/** Writes a study's file with what every study has. */
export function writeStudy(folder: string, fields: Record<string, unknown>, name = 'test.study.json'): string {
  const file = path.join(folder, name);
  writeFileSync(file, JSON.stringify({ format: 'latent-lens/study', version: 1, title: 'A test', ...fields }));
  return file;
}

export function writeLines(folder: string, name: string, rows: readonly unknown[]): string {
  writeFileSync(path.join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return name;
}

export function runHere(file: string, out: string, options: Partial<RunOptions & { limit: number | null; shard: Shard | null }> = {}) {
  return runStudy(file, out, { limit: null, shard: null, ...quiet(), ...options });
}
