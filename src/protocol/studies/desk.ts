/** What the editor asks a process beside it about studies, and what it is told: run one, go on with one, say how far some are, show one. */
import type { StudyReport } from './report';
import type { StudyRow } from './rows';

export interface DeskRequests {
  run: { params: { file: string; out: string; workers: number; restricted: boolean }; result: StudyRan };
  resume: { params: { out: string; workers: number; restricted: boolean }; result: StudyRan };
  /** Of folders; null of one that holds no study. */
  look: { params: { outs: string[] }; result: (StudyState | null)[] };
  show: { params: { out: string }; result: StudyPage };
  /** The row of a key, with its program. */
  row: { params: { out: string; key: string }; result: StudyRow };
}
export type DeskMethod = keyof DeskRequests;

export type ToDesk = { [M in DeskMethod]: { id: number; do: M; params: DeskRequests[M]['params'] } }[DeskMethod];
export type FromDesk =
  | { id: number; progress: StudyProgress }
  | { id: number; result: unknown }
  /** A sentence. */
  | { id: number; wrong: string };

export interface StudyProgress {
  stage: string;
  /** Null where it cannot be counted. */
  done: number | null;
  total: number | null;
}

export interface StudyRan {
  rows: number;
  /** Rows that say why nothing was found. */
  problems: number;
  notes: string[];
}

export interface StudyState {
  title: string;
  models: string[];
  /** Items: a program of which one model is asked. */
  done: number;
  total: number;
  /** Whether a process works on it. */
  running: boolean;
}

/** A study's folder as its page shows it. */
export interface StudyPage {
  state: StudyState;
  /** Null before anything is done. */
  report: StudyReport | null;
  table: StudyTable;
}

/** Columns of rows that a reader sorts and filters by; programs and lists of numbers are read when a row is opened. */
export const TABLE_COLUMNS = [
  'program', 'model', 'condition', 'number', 'right', 'truth', 'predicted', 'probability', 'truthProbability', 'margin', 'rank', 'kind', 'name',
  'language', 'description', 'problem',
] as const;
export type TableColumn = (typeof TABLE_COLUMNS)[number];

/** A row of all columns lies at one index; columns without any value are left out. */
export interface StudyTable {
  keys: string[];
  columns: { [C in TableColumn]?: (string | number | boolean | null)[] };
}
