/** What the editor shows of a study's folder: its report and its table, as far as they are known by now. */
import { TABLE_COLUMNS, type StudyPage, type StudyState, type StudyTable } from '../../protocol/studies/desk';
import type { StudyRow } from '../../protocol/studies/rows';
import { studyReport } from '../report/report';
import { StudyFolder } from '../running/folder';
import { studyStatus } from '../running/run';

export async function stateOf(out: string): Promise<StudyState> {
  const { title, models, done, total, running } = await studyStatus(out);
  return { title, models, done, total, running: running !== null };
}

/** @throws a sentence where the folder holds no study */
export async function pageOf(out: string): Promise<StudyPage> {
  const state = await stateOf(out);
  const rows = await new StudyFolder(out).rows();
  return { state, report: rows.length === 0 ? null : await studyReport(out), table: tableOf(rows) };
}

export function tableOf(rows: readonly StudyRow[]): StudyTable {
  const known = TABLE_COLUMNS.filter((name) => rows.some((row) => row[name] !== null));
  return { keys: rows.map(({ key }) => key), columns: Object.fromEntries(known.map((name) => [name, rows.map((row) => row[name])])) };
}

/** @throws a sentence where it is not there */
export async function rowOfKey(out: string, key: string): Promise<StudyRow> {
  for await (const { value } of new StudyFolder(out).entries<StudyRow[]>('ask')) {
    const row = value.find((one) => one.key === key);
    if (row) return row;
  }
  throw new Error(`${out} no longer holds this row. Open the report again.`);
}
