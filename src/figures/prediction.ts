/** Figures of the prediction. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/result';
import { isRight } from '../protocol/words/outcome';
import type { Figure, Row } from './figure';
import { percent } from './text';

/** Answers that are drawn; all are in the rows. */
const MOST = 8;

export function predictionFigures({ pair }: Result, { answers, actual }: Part<'prediction'>): Figure[] {
  return [
    {
      kind: 'bars',
      name: 'prediction',
      title: 'Prediction',
      about: 'The answers to the question, and how probable each is.',
      unit: 'probability',
      format: percent,
      bars: answers.slice(0, MOST).map(({ label, probability }) => ({
        label, value: probability, ...(isRight(actual, label) === true && { marked: true, note: 'true' }),
      })),
      rows: () => predictionRows({ prediction: { answers }, counterfactual: pair }),
    },
  ];
}

interface Answers {
  prediction: { answers: Part<'prediction'>['answers'] };
}

/** One row for each answer of the program, and of its variant. */
export function predictionRows({ prediction, counterfactual }: Answers & { counterfactual: Answers | null }): Row[] {
  const rows = (program: string, { answers }: Answers['prediction']) =>
    answers.map(({ label, probability, logit }): Row => ({ program, label, probability, logit }));
  return [...rows('original', prediction), ...(counterfactual ? rows('variant', counterfactual.prediction) : [])];
}
