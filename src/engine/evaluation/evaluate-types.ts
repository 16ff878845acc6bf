/** How often a model predicts the type that stands in code: by its text, and by what the language's checker says of it. */
import type { OpenForm } from '../../snippets/prompts/forms';
import { arrangePlace } from '../reading/around-place';
import type { Knowledge } from '../reading/knowledge';
import { withOpenAnswers } from '../reading/open-answers';
import { readProgram } from '../reading/program';
import { openQuestion } from '../reading/question';
import type { LoadedModel } from '../session/load';
import type { Progress } from '../session/progress';
import { rounded } from '../session/rounded';
import { predictBehind } from '../../methods/prediction/prediction';

/** Code before and behind a type, as data sets have it. */
export interface TypeRow {
  id?: string;
  language: string;
  prefix: string;
  suffix: string;
  type: string;
  kind?: string;
}

export interface TypeResult {
  id?: string;
  type: string;
  predicted: string;
  /** Of what was predicted, with the token that ends it. */
  probability: number;
  /** Of the true type among the model's own answers and itself, from 1. */
  rank: number;
  exact: boolean;
  /** By the checker; null where none knows the language, or it could not tell. */
  equivalent: boolean | null;
  checks: boolean | null;
  overGeneral: boolean | null;
}

export interface MeasuredTypes {
  rows: number;
  /** Shares of the rows. */
  accuracy: number;
  /** Whether it is among the ten answers that are most probable. */
  topTen: number;
  /** Of the rows that a checker could judge; null where there is none. */
  equivalent: number | null;
  checks: number | null;
  overGeneral: number | null;
}

export interface TypesEvaluation extends Omit<MeasuredTypes, 'rows'> {
  programs: number;
  byKind: Record<string, MeasuredTypes>;
  byLanguage: Record<string, MeasuredTypes>;
  /** In the order of the data. */
  rows: TypeResult[];
}

const TOP = 10;

/**
 * Predicts every row.
 * @param knowledgeOf what checks types of a language; null where nothing does
 * @throws a sentence that names a row that the model cannot read
 */
export async function evaluateTypes(
  loaded: LoadedModel,
  form: OpenForm,
  data: readonly TypeRow[],
  knowledgeOf: (language: string) => Knowledge | null,
  { name, signal, onProgress }: { name: (row: number) => string; signal?: AbortSignal; onProgress?: Progress },
): Promise<TypesEvaluation> {
  const question = openQuestion(loaded, form);
  const rows: TypeResult[] = [];
  for (const [i, row] of data.entries()) {
    signal?.throwIfAborted();
    onProgress?.('Predicting', i, data.length);
    const { prefix, suffix, type } = row;
    const hole = { start: prefix.length, end: prefix.length + type.length };
    const knowledge = knowledgeOf(row.language);
    const asked = { file: name(i), text: prefix + type + suffix, hole };
    const program = readProgram(loaded, question, await arrangePlace(loaded, question, asked, knowledge ?? undefined, signal));
    const made = await loaded.model.run([program.ids], { cache: true, signal });
    const { answers } = await withOpenAnswers(loaded, question, program, type, { made, signal });
    const { prediction } = await predictBehind(loaded.model, program.ids, answers, { made, topK: 1, signal });
    const predicted = prediction.label;
    const verdict = knowledge && (await knowledge.verdicts(program, type, [predicted], signal))[0];
    const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
    rows.push({
      ...(row.id !== undefined && { id: row.id }),
      type, predicted,
      probability: rounded(prediction.answers[0].probability),
      rank: 1 + prediction.answers.findIndex(({ label }) => label === type.trim()),
      exact: verdict?.exact ?? plain(predicted) === plain(type),
      // Where no checker looked, the few that are known without one would be a share of nothing.
      ...(verdict && verdict.checks !== null
        ? { equivalent: verdict.equivalent, checks: verdict.checks, overGeneral: verdict.overGeneral }
        : { equivalent: null, checks: null, overGeneral: null }),
    });
  }
  const { rows: programs, ...all } = measured(rows);
  const grouped = (key: (row: TypeRow) => string | undefined) => {
    const names = [...new Set(data.map(key))].filter((one) => one !== undefined).sort();
    return Object.fromEntries(names.map((one) => [one, measured(rows.filter((_, i) => key(data[i]) === one))]));
  };
  return { programs, ...all, byKind: grouped(({ kind }) => kind), byLanguage: grouped(({ language }) => language), rows };
}

function measured(rows: readonly TypeResult[]): MeasuredTypes {
  const share = (some: readonly (boolean | null)[]) => {
    const known = some.filter((one) => one !== null);
    return known.length === 0 ? null : rounded(known.filter(Boolean).length / known.length);
  };
  return {
    rows: rows.length,
    accuracy: share(rows.map(({ exact }) => exact)) ?? 0,
    topTen: share(rows.map(({ rank }) => rank <= TOP)) ?? 0,
    equivalent: share(rows.map(({ equivalent }) => equivalent)),
    checks: share(rows.map(({ checks }) => checks)),
    overGeneral: share(rows.map(({ overGeneral }) => overGeneral)),
  };
}
