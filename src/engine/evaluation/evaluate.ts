/** How often a model predicts what programs really do: over all that it could, by the programs' source, and by their length. */
import { calibrationError } from '../../methods/prediction/calibration';
import { predictMany } from '../../methods/prediction/predictions';
import type { Template } from '../../snippets/prompts/templates';
import type { LoadedModel } from '../session/load';
import { readProgram } from '../reading/program';
import { openQuestion } from '../reading/question';
import type { Progress } from '../session/progress';
import { rounded } from '../session/rounded';
import { canonicalLabel, NO_ERROR } from '../../vocabulary/labels';

export interface LabelledCode {
  code: string;
  label: string;
  /** Where it comes from. */
  source?: string;
  /** A name of its own. */
  id?: string;
}

export interface Measured {
  /** Those whose label is an answer: the others could not be predicted rightly, and are counted apart. */
  programs: number;
  /** Programs whose label is none of the answers. */
  unlisted: number;
  /** Share of the rows whose prediction is their label. */
  accuracy: number;
  /** The same of those that raise nothing; null where there is none. */
  noErrorRecall: number | null;
  /** Expected calibration error of the predicted answer's probability, over 15 bins. */
  calibrationError: number;
}

export interface Evaluation extends Measured {
  /** By source, where the data name any. */
  bySource: Record<string, Measured>;
  /** By the lines of the program. */
  byLength: Record<string, Measured>;
  /** In the order of the data. */
  rows: { label: string; predicted: string; probability: number; source?: string; id?: string; unlisted?: true }[];
}

/** The upper ends of the groups by length, in lines. */
const LINES = [8, 12, 16, 22, 40, Infinity];

/**
 * Predicts every row; labels are compared in their one spelling.
 * @param options.name what errors call a row
 */
export async function evaluate(
  loaded: LoadedModel,
  template: Template,
  data: readonly LabelledCode[],
  { name, signal, onProgress }: { name: (row: number) => string; signal?: AbortSignal; onProgress?: Progress },
): Promise<Evaluation> {
  const question = openQuestion(loaded, template);
  const prompts = data.map(({ code }, row) => readProgram(loaded, question, { file: name(row), text: code }).ids);
  const predictions = await predictMany(loaded.model, prompts, question.answers, {
    topK: 1,
    signal,
    onProgress: (done, total) => onProgress?.('Predicting', done, total),
  });
  const known = new Set(question.answers.map((answer) => answer.label));
  const rows = predictions.map(({ label, answers }, row): Row => ({
    label: canonicalLabel(data[row].label),
    predicted: label,
    probability: rounded(answers[0].probability),
    ...(data[row].source !== undefined && { source: data[row].source }),
    ...(data[row].id !== undefined && { id: data[row].id }),
    ...(!known.has(canonicalLabel(data[row].label)) && { unlisted: true as const }),
  }));
  if (rows.every(({ unlisted }) => unlisted)) {
    throw new Error(`None of the labels is one of the ${known.size} answers (${[...known].join(', ')}), so no prediction could be right. Ask another question with --template.`);
  }
  const lines = (row: number) => data[row].code.trimEnd().split('\n').length;
  return {
    ...measured(rows),
    bySource: grouped(rows, ({ source }) => source),
    byLength: grouped(rows, (_, row) => lengthName(LINES.findIndex((most) => lines(row) <= most))),
    rows,
  };
}

type Row = Evaluation['rows'][number];

function measured(all: readonly Row[]): Measured {
  const rows = all.filter(({ unlisted }) => !unlisted);
  const right = rows.map(({ label, predicted }) => label === predicted);
  const quiet = right.filter((_, row) => rows[row].label === NO_ERROR);
  const share = (some: readonly boolean[]) => some.filter(Boolean).length / some.length;
  return {
    programs: rows.length,
    unlisted: all.length - rows.length,
    accuracy: share(right),
    noErrorRecall: quiet.length === 0 ? null : share(quiet),
    calibrationError: rounded(calibrationError(rows.map(({ probability }, row) => ({ probability, right: right[row] })))),
  };
}

/** Groups in the order of their names, numbers in them by size; without those of which nothing can be measured. */
function grouped(rows: readonly Row[], key: (row: Row, at: number) => string | undefined): Record<string, Measured> {
  const groups = new Map<string, Row[]>();
  rows.forEach((row, at) => {
    const name = key(row, at);
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), row]);
  });
  for (const [name, group] of groups) if (group.every(({ unlisted }) => unlisted)) groups.delete(name);
  const names = [...groups.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return Object.fromEntries(names.map((name) => [name, measured(groups.get(name)!)]));
}

function lengthName(group: number): string {
  const from = group === 0 ? 1 : LINES[group - 1] + 1;
  return Number.isFinite(LINES[group]) ? `${from} to ${LINES[group]} lines` : `${from} lines or more`;
}
