/** A data set written into a file, as JSON lines or Parquet, with what it needs opened for it. */
import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer';
import { Languages } from '../../engine/languages';
import { LazyPython } from '../../engine/session/python';
import { TypeJudge } from '../../snippets/judge/judge';
import { writeWhole } from '../write-whole';
import { makeDataSet, type DataSet, type DataSetOptions } from './data-set';
import { checkKinds, PATIENT } from './prepare';

export interface WrittenDataSet extends Omit<DataSet, 'rows'> {
  rows: number;
  /** Rows of each part. */
  parts: Record<string, number>;
}

/** @throws a sentence where a folder is not there, nothing is found, or the file cannot be written */
export async function writeDataSet(
  folders: readonly string[], file: string, options: DataSetOptions, signal: AbortSignal,
): Promise<WrittenDataSet> {
  if (options.edits) checkKinds(options.edits.kinds, options.of === 'types');
  const [judge, languages, python] = [new TypeJudge(PATIENT), new Languages(PATIENT), new LazyPython()];
  try {
    const shop = { judge, languages, label: python.labeller(() => undefined, signal), signal };
    const { rows, ...made } = await makeDataSet(folders, options, shop);
    if (rows.length === 0) throw new Error(`${folders.join(', ')}: no ${options.of === 'types' ? 'annotations' : 'programs'} were found that can be used.`);
    writeWhole(file, file.endsWith('.parquet') ? parquetOf(rows) : rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const parts: Record<string, number> = {};
    for (const { split } of rows) parts[split as string] = (parts[split as string] ?? 0) + 1;
    return { rows: rows.length, parts, ...made };
  } finally {
    python.close();
    judge.dispose();
    languages.close();
  }
}

/** Columns in the order in which rows first have them. */
function parquetOf(rows: readonly Record<string, unknown>[]): Uint8Array {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columnData = names.map((name): ColumnSource => ({ name, type: 'STRING', data: rows.map((row) => (row[name] as string | undefined) ?? null) }));
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'latent-lens' }));
}
