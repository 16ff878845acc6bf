/** Which of the listed variants are seen, and in which order: no elements here. */
import type { ChoiceOption } from '../../ui/controls';
import type { QuestionWords } from '../../../src/protocol/words/question';
import type { VariantRow } from './variant-rows';

export type VariantOrder = 'number' | 'line' | 'actual' | 'prediction' | 'probability';

export interface VariantsShown {
  /** Empty for all; see `variantFilters`. */
  filter: string;
  order: VariantOrder;
}

export const ALL_VARIANTS: VariantsShown = { filter: '', order: 'number' };

/** @param byTruth the order by what is true of them */
export function variantOrders({ byTruth }: Pick<QuestionWords, 'byTruth'>): Readonly<Record<VariantOrder, string>> {
  return { number: 'number', line: 'line', actual: byTruth, prediction: 'what the model says', probability: 'how sure the model is' };
}

const KINDS: readonly { value: string; label?: string; holds: (row: VariantRow) => boolean }[] = [
  { value: 'repairs', label: 'repairs', holds: ({ repair }) => repair },
  { value: 'changed', holds: ({ labelChanged }) => labelChanged === true },
  { value: 'wrong', label: 'the model is wrong', holds: ({ right }) => right === false },
  { value: 'right', label: 'the model is right', holds: ({ right }) => right === true },
];

/** What can be chosen, each with how many there are; what none is left out. */
export function variantFilters(rows: readonly VariantRow[], { judge, otherwise }: Pick<QuestionWords, 'judge' | 'otherwise'>): ChoiceOption[] {
  const of = (label: string, value: string, holds: (row: VariantRow) => boolean): ChoiceOption[] => {
    const count = rows.filter(holds).length;
    return count === 0 ? [] : [{ value, label: `${label} (${count})` }];
  };
  const labels = (of_: (row: VariantRow) => string) => [...new Set(rows.map(of_))].sort(byText);
  return [
    { value: '', label: `all (${rows.length})` },
    ...KINDS.flatMap(({ value, label = otherwise, holds }) => of(label, value, holds)),
    ...labels(({ actual }) => actual).flatMap((label) => of(`${judge}: ${label}`, `actual ${label}`, ({ actual }) => actual === label)),
    ...labels(({ prediction }) => prediction).flatMap((label) => of(`model: ${label}`, `prediction ${label}`, ({ prediction }) => prediction === label)),
  ];
}

/** Those that a filter leaves, in order; the most probable first, and equal ones by their numbers. */
export function shownVariants(rows: readonly VariantRow[], { filter, order }: VariantsShown): VariantRow[] {
  const kind = KINDS.find(({ value }) => value === filter);
  const left = rows.filter((row) => (kind ? kind.holds(row) : filter === '' || filter === `actual ${row.actual}` || filter === `prediction ${row.prediction}`));
  const compare: Record<VariantOrder, (a: VariantRow, b: VariantRow) => number> = {
    number: () => 0,
    line: (a, b) => a.line - b.line,
    actual: (a, b) => byText(a.actual, b.actual),
    prediction: (a, b) => byText(a.prediction, b.prediction),
    probability: (a, b) => b.share - a.share,
  };
  return left.sort((a, b) => compare[order](a, b) || a.number - b.number);
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
