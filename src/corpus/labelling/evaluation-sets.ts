import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The JSONL files of a folder: the evaluation sets kept in test/fixtures. */
export function evaluationSets(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  return names.map((name) => path.join(folder, name));
}
