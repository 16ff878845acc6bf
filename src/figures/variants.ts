/** Figures of the variants. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/documents/result';
import { questionWords } from '../protocol/words/question';
import type { Figure, Row } from './kinds/figure';
import { percent } from './kinds/text';

export function variantsFigures({ reading }: Result, { variants }: Part<'variants'>): Figure[] {
  const words = questionWords(reading.template);
  return [
    {
      kind: 'table',
      name: 'variants',
      title: 'Variants',
      about: `Small edits of the code, with ${words.byTruth} and what the model predicts.`,
      columns: [{ title: '', right: true }, { title: 'edit' }, { title: words.judge }, { title: 'model' }, { title: '', right: true }],
      cells: variants.map(({ number, description, actual, prediction }) => [
        String(number), description, actual?.label ?? words.unknown, prediction.label, percent(prediction.probability),
      ]),
      rows: () =>
        variants.map(({ number, kind, description, line, actual, prediction, tokensKept, labelChanged, control, repair }): Row => ({
          number, kind, description, line, python: actual?.label ?? null, model: prediction.label, probability: prediction.probability,
          tokensKept, labelChanged, control, repair: repair ?? null,
        })),
    },
  ];
}
