/** Figures of the variants. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/result';
import type { Figure, Row } from './figure';
import { percent } from './text';

export function variantsFigures(_: Result, { variants }: Part<'variants'>): Figure[] {
  return [
    {
      kind: 'table',
      name: 'variants',
      title: 'Variants',
      about: 'Small edits of the code, with what Python does and what the model predicts.',
      columns: [{ title: '', right: true }, { title: 'edit' }, { title: 'Python' }, { title: 'model' }, { title: '', right: true }],
      cells: variants.map(({ number, description, actual, prediction }) => [
        String(number), description, actual?.label ?? 'not run', prediction.label, percent(prediction.probability),
      ]),
      rows: () =>
        variants.map(({ number, kind, description, line, actual, prediction, tokensKept, labelChanged, control, repair }): Row => ({
          number, kind, description, line, python: actual?.label ?? null, model: prediction.label, probability: prediction.probability,
          tokensKept, labelChanged, control, repair: repair ?? null,
        })),
    },
  ];
}
