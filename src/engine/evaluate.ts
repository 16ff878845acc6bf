/** How often a model predicts what programs really do. */
import { predictMany } from '../methods/predictions';
import { canonicalLabel, type Template } from '../snippets/templates';
import type { LoadedModel } from './load';
import { openQuestion, readProgram } from './program';
import type { Progress } from './progress';
import { rounded } from './rounded';

export interface LabelledCode {
  code: string;
  label: string;
}

export interface Evaluation {
  /** Share of the rows whose prediction is their label. */
  accuracy: number;
  /** In the order of the data. */
  rows: { label: string; predicted: string; probability: number }[];
}

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
  const rows = predictions.map(({ label, answers }, row) => ({
    label: canonicalLabel(data[row].label),
    predicted: label,
    probability: rounded(answers[0].probability),
  }));
  return { accuracy: rows.filter(({ label, predicted }) => label === predicted).length / rows.length, rows };
}
