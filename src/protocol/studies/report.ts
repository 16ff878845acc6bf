/** What came of a study: one JSON document, from which terminal, page and spreadsheet draw. */

export const REPORT_FORMAT = 'latent-lens/study-report';

/** A row of numbers as a spreadsheet has it. */
export type ReportRow = Record<string, string | number | boolean | null>;

interface Common {
  /** Lower-case words joined by "-", for files. */
  name: string;
  title: string;
  /** What is to be seen in it, in a sentence. */
  about: string;
  /** The exact numbers, flat. */
  rows: ReportRow[];
}

export type ReportFigure =
  | (Common & { kind: 'table'; columns: { title: string; right?: boolean }[]; cells: string[][] })
  | (Common & { kind: 'bars'; unit: string; bars: { label: string; value: number; note?: string }[] })
  /** `low` and `high` are the ends of the interval at each point. */
  | (Common & { kind: 'lines'; unit: string; points: string[]; series: { label: string; values: number[]; low?: number[]; high?: number[] }[] });

export interface ReportSection {
  id: string;
  title: string;
  /** Sentences that the numbers support. */
  findings: string[];
  figures: ReportFigure[];
}

export interface StudyReport {
  format: typeof REPORT_FORMAT;
  version: 1;
  title: string;
  about: string;
  models: { name: string; sha256: string }[];
  programs: number;
  /** Items that are done, of all. */
  done: number;
  total: number;
  rows: number;
  /** Rows of which nothing was found, by why. */
  problems: { sentence: string; rows: number }[];
  notes: string[];
  /** What intervals draw as a whole, and the seed. */
  cluster: string;
  seed: number;
  sections: ReportSection[];
  versions: { latentLens: string; node: string };
}
