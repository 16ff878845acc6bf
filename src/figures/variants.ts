/** Figures of the variants. */
import type { Part } from '../protocol/analyses';
import type { VariantSearch } from '../protocol/reading/variant-search';
import type { Result } from '../protocol/documents/result';
import { questionWords } from '../protocol/words/question';
import type { Figure, Row } from './kinds/figure';
import { percent } from './kinds/text';

export function variantsFigures({ reading }: Result, { variants, search }: Part<'variants'>): Figure[] {
  const words = questionWords(reading.template);
  return [
    ...(search ? [searchFigure(search)] : []),
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

function searchFigure({ steps, answer, probability }: VariantSearch): Figure {
  return {
    kind: 'table',
    name: 'smallest-edit',
    title: 'Search for the smallest edit',
    about: `For each number of edits at once, those that move the answer ${answer} furthest; without any it has ${percent(probability)}.`,
    columns: [
      { title: 'edits', right: true }, { title: 'tokens', right: true }, { title: 'what' }, { title: answer, right: true }, { title: 'model' },
      { title: '', right: true },
    ],
    cells: steps.map((step) => [
      String(step.edits), String(step.tokens), step.description, percent(step.probability), step.prediction.label,
      percent(step.prediction.probability),
    ]),
    rows: () => steps.map(({ edits, tokens, description, probability: own, prediction, flips }): Row => ({
      edits, tokens, description, probability: own, model: prediction.label, modelProbability: prediction.probability, flips,
    })),
  };
}
