/** Figures of the prediction. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/documents/result';
import { questionWords } from '../protocol/words/question';
import { isRight } from '../protocol/words/outcome';
import type { Verdict } from '../protocol/reading/verdict';
import { verdictSentence, verdictWords } from '../protocol/words/verdict';
import type { Figure, Row } from './kinds/figure';
import { percent } from './kinds/text';

/** Answers that are drawn; all are in the rows. */
const MOST = 8;

export function predictionFigures({ reading, pair }: Result, { answers, actual }: Part<'prediction'>): Figure[] {
  return [
    {
      kind: 'bars',
      name: 'prediction',
      title: 'Prediction',
      about: 'The answers to the question, and how probable each is.',
      unit: 'probability',
      format: percent,
      bars: answers.slice(0, MOST).map(({ label, probability, verdict }) => ({
        label, value: probability,
        ...(isRight(actual, label) === true ? { marked: true, note: questionWords(reading.template).trueNote } : noteOf(verdict)),
      })),
      rows: () => predictionRows({ prediction: { answers }, counterfactual: pair }),
    },
  ];
}

function noteOf(verdict: Verdict | undefined): { note?: string } {
  const note = verdict && verdictWords(verdict);
  return note ? { note } : {};
}

interface Answers {
  prediction: { answers: Part<'prediction'>['answers'] };
}

/** One row for each answer of the program, and of its variant. */
export function predictionRows({ prediction, counterfactual }: Answers & { counterfactual: Answers | null }): Row[] {
  const rows = (program: string, { answers }: Answers['prediction']) =>
    answers.map(({ label, probability, logit, verdict }): Row => ({
      program, label, probability, logit, ...(verdict && { checker: verdictSentence(verdict) ?? '' }),
    }));
  return [...rows('original', prediction), ...(counterfactual ? rows('variant', counterfactual.prediction) : [])];
}
