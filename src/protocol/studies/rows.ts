/** The rows of a study: one for each program as one model reads it under one condition, flat, as rows.parquet has them. */

/** Every column with how Parquet stores it; all but `key` may be null. */
export const COLUMNS = {
  /** What is asked, of which program, of which model: the same wherever it is run. */
  key: 'STRING',
  model: 'STRING',
  /** The id of the program that it is, or that was edited. */
  program: 'STRING',
  /** What intervals draw as a whole. */
  cluster: 'STRING',
  package: 'STRING',
  split: 'STRING',
  pair: 'STRING',
  language: 'STRING',
  file: 'STRING',
  kind: 'STRING',
  site: 'STRING',
  name: 'STRING',
  /** original, a kind of edit, or examples. */
  condition: 'STRING',
  /** Of the edit among those of its kind, or of the kind of examples, from 1; 0 of an original. */
  number: 'INT32',
  description: 'STRING',
  /** The program itself, and where its hole begins and ends. */
  code: 'STRING',
  holeStart: 'INT32',
  holeEnd: 'INT32',
  tokens: 'INT32',
  truth: 'STRING',
  predicted: 'STRING',
  /** Of what was predicted, and of the truth, with the token that ends it. */
  probability: 'DOUBLE',
  truthProbability: 'DOUBLE',
  /** Of the truth's log-probability less that of the best other answer. */
  margin: 'DOUBLE',
  /** Whether it is right: the same type by the checker, or the same text where none knows. */
  right: 'BOOLEAN',
  exact: 'BOOLEAN',
  equivalent: 'BOOLEAN',
  checks: 'BOOLEAN',
  overGeneral: 'BOOLEAN',
  /** Of the truth among the answers, from 1; of types one more than the model's own where it is none of them. */
  rank: 'INT32',
  /** Of the truth's first token among all tokens, from 1. */
  tokenRank: 'INT32',
  /** Chance that one sample is the truth, under the study's temperature and top p. */
  sampleProbability: 'DOUBLE',
  samples: 'INT32',
  samplesRight: 'INT32',
  /** What simple explanations say: {name, value}. */
  explanations: 'JSON',
  /** Numbers of the analyses by name, and lists with a number for each layer: {name, value}. */
  measures: 'JSON',
  /** Why there is nothing else, as a sentence. */
  problem: 'STRING',
} as const;

export type Column = keyof typeof COLUMNS;
type ValueOf<T> = T extends 'STRING' ? string : T extends 'BOOLEAN' ? boolean : T extends 'JSON' ? Record<string, Measure> : number;

/** A number, one for each layer, or what an explanation says. */
export type Measure = number | string | null | readonly (number | null)[];

export type StudyRow = { key: string } & { [C in Exclude<Column, 'key'>]: ValueOf<(typeof COLUMNS)[C]> | null };

/** A row of which nothing but this is known. */
export function rowOf(known: Partial<StudyRow> & { key: string }): StudyRow {
  const none = Object.fromEntries(Object.keys(COLUMNS).map((column) => [column, null])) as unknown as StudyRow;
  return { ...none, ...known };
}

/** Of a row that is no edit and has no examples. */
export const ORIGINAL = 'original';
/** Of a row with examples before the code: which kind of them, "2 same" or "1 other rename-letter". */
export const EXAMPLES = 'examples';
