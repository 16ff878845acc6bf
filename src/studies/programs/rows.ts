/** Rows of data sets as programs: JSON lines or Parquet, of types or of errors. */
import path from 'node:path';
import * as z from 'zod';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { parseJson } from '../../checkpoints/strict-json';
import { checked } from '../../protocol/fields';
import { fileProblem } from '../../protocol/words/file-problem';
import type { StudyProgram } from '../../protocol/studies/program';
import { canonicalLabel } from '../../vocabulary/labels';
import { linesOf } from '../lines';

const text = z.string();
/** Parquet has null where JSON lines leave a field out. */
const told = text.nullish().transform((value) => value ?? undefined);
const about = {
  id: told, kind: told, site: told, name: told, source: told, file: told, package: told, licence: told, split: told, pair: told,
  equivalents: z.array(text).nullish().transform((value) => value ?? undefined),
};
const typeRow = z.object({ ...about, language: text, prefix: text, suffix: text, type: text.min(1) });
const codeRow = z.object({ ...about, language: told, code: text.min(1), label: text.nullish() });

/** What rows are, in the words of messages. */
const WORDS = 'Each row must be {"language", "prefix", "suffix", "type"} of a type, or {"code", "label"} of a program that is run.';

/** Names of data sets for languages that editors call otherwise. */
const EDITOR_NAMES: Readonly<Record<string, string>> = { ts: 'typescript', tsx: 'typescriptreact', js: 'javascript', jsx: 'javascriptreact', py: 'python' };

export interface RawRow {
  row: Record<string, unknown>;
  /** "rows.jsonl, line 3". */
  where: string;
}

/** The rows of a file, of which nothing is checked. @throws a sentence that names the file and the line */
export async function* rawRows(file: string): AsyncGenerator<RawRow> {
  if (file.endsWith('.parquet')) {
    yield* parquetRows(file);
    return;
  }
  try {
    for await (const { text: line, number } of linesOf(file)) {
      if (line.trim() === '') continue;
      const where = `${file}, line ${number}`;
      let row: unknown;
      try {
        row = parseJson(line);
      } catch (error) {
        throw new Error(`${where} ${(error as Error).message}. ${WORDS}`, { cause: error });
      }
      if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new Error(`${where} is no object. ${WORDS}`);
      yield { row: row as Record<string, unknown>, where };
    }
  } catch (error) {
    throw new Error(fileProblem(error, file) ?? (error as Error).message, { cause: error });
  }
}

async function* parquetRows(file: string): AsyncGenerator<RawRow> {
  let rows: Record<string, unknown>[];
  try {
    rows = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
  } catch (error) {
    throw new Error(fileProblem(error, file) ?? `${file} is no Parquet file that can be read: ${(error as Error).message}.`, { cause: error });
  }
  for (const [i, row] of rows.entries()) yield { row, where: `${file}, row ${i + 1}` };
}

/** A row as a program. @throws a sentence that names the row and its field */
export function programOf({ row, where }: RawRow): StudyProgram {
  if ('prefix' in row || 'type' in row) {
    const { language, prefix, suffix, type, source, file = source, ...rest } = checked(typeRow, row, where);
    const hole = { start: prefix.length, end: prefix.length + type.length };
    const told = { ...known(rest), ...known({ file }), id: rest.id ?? idOf(where), language: EDITOR_NAMES[language] ?? language };
    return { ...told, code: prefix + type + suffix, hole, truth: type };
  }
  if (!('code' in row)) throw new Error(`${where} has neither "prefix" nor "code". ${WORDS}`);
  const { language = 'python', code, label, source, file = source, ...rest } = checked(codeRow, row, where);
  if (code.trim() === '') throw new Error(`${where}: the code is empty.`);
  return { ...known(rest), id: rest.id ?? idOf(where), language: EDITOR_NAMES[language] ?? language, code, hole: null, truth: typeof label === 'string' ? canonicalLabel(label) : null, ...known({ file }) };
}

/** "handwritten.jsonl:3": the file's own name, as a set may lie elsewhere the next time. */
function idOf(where: string): string {
  const [, file, number] = /^(.*), (?:line|row) (\d+)$/.exec(where)!;
  return `${path.basename(file)}:${number}`;
}

const known = <T extends object>(fields: T): T => Object.fromEntries(
  Object.entries(fields).filter(([, value]) => value !== undefined),
) as T;
