/** The table of a study: rows.parquet, sorted by key and without times, so that the same study gives the same bytes wherever it ran. */
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import { COLUMNS, type Column, type StudyRow } from '../../protocol/studies/rows';
import type { StudyFolder } from './folder';

export const TABLE = 'rows.parquet';

/** @param rows in the order of their keys */
export function tableOf(rows: readonly StudyRow[]): Uint8Array {
  const columnData = (Object.entries(COLUMNS) as [Column, (typeof COLUMNS)[Column]][]).map(([name, type]): ColumnSource => ({
    name, type, nullable: name !== 'key', data: rows.map((row) => row[name] ?? null),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'latent-lens' }));
}

export function writeRows(folder: StudyFolder, rows: readonly StudyRow[]): void {
  folder.write(TABLE, tableOf(rows));
}

/** The rows of a table. @throws a sentence where it is not there or cannot be read */
export async function readRows(file: string): Promise<StudyRow[]> {
  try {
    return (await parquetReadObjects({ file: await asyncBufferFromFile(file) })) as StudyRow[];
  } catch (error) {
    throw new Error(`${file} is no table of a study that can be read. Run "latent-lens study resume" on its folder.`, { cause: error });
  }
}
