/** A study's numbers as CSV: one file for each figure, and one with all rows. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { csv } from '../figures/kinds/figure';
import type { StudyReport } from '../protocol/studies/report';
import { COLUMNS, type Column, type StudyRow } from '../protocol/studies/rows';
import { fileProblem } from '../protocol/words/file-problem';
import { StudyFolder } from '../studies/running/folder';
import { fromHome } from './arguments/text-file';

/** @returns the files @throws a sentence where one cannot be written */
export async function writeTables(given: string, { sections }: StudyReport, out: string): Promise<string[]> {
  const folder = fromHome(given);
  const files = sections.flatMap(({ figures }) => figures).map(({ name, rows }) => ({ file: path.join(folder, `${name}.csv`), text: csv(rows) }));
  const rows = (await new StudyFolder(out).rows()).map(flatRow);
  files.push({ file: path.join(folder, 'rows.csv'), text: csv(rows) });
  try {
    await mkdir(folder, { recursive: true });
    for (const { file, text } of files) await writeFile(file, text);
  } catch (error) {
    throw new Error(fileProblem(error, folder, 'write') ?? (error as Error).message, { cause: error });
  }
  return files.map(({ file }) => file);
}

function flatRow(row: StudyRow): Record<Column, string | number | boolean | null> {
  const names = Object.keys(COLUMNS) as Column[];
  return Object.fromEntries(names.map((name) => {
    const value = row[name];
    return [name, typeof value === 'object' && value !== null ? JSON.stringify(value) : value];
  })) as Record<Column, string | number | boolean | null>;
}
