/** Display model of the list of variants. */
import type { Explanation } from '../../../src/protocol/documents/explanation';
import { isRight } from '../../../src/protocol/words/outcome';
import { questionWords } from '../../../src/protocol/words/question';
import { probabilityOf } from '../display';
import { percent, shownCode, plain } from '../../../src/figures/kinds/text';

export interface VariantRow {
  number: number;
  /** What was changed, in words. */
  edit: string;
  line: number;
  /** What Python does with it, in short and with its message. */
  actual: string;
  message: string;
  prediction: string;
  probability: string;
  /** The same as a number, 0 to 1. */
  share: number;
  /** Whether the prediction is what Python did; null when it was not run. */
  right: boolean | null;
  tokens: 'same' | 'other count';
  control: boolean;
  /** Whether it mends the program. */
  repair: boolean;
  /** Whether a search found it. */
  searched: boolean;
  /** Whether Python does something else than with the original; null when nothing was run. */
  labelChanged: boolean | null;
  /** Whether the program is being compared with it. */
  current: boolean;
}

/** Null when variants were not listed. */
export function variantRows({ variants, counterfactual, template }: Explanation): VariantRow[] | null {
  if (!variants) return null;
  const { unknown } = questionWords(template);
  const currentNumber = currentVariant({ variants, counterfactual });
  return variants.map(({ number, description, line, actual, prediction, tokensKept, control, repair, labelChanged, searched }) => ({
    number,
    edit: shownCode(description),
    line,
    actual: actual ? plain(actual.label) : unknown,
    message: actual?.message ? shownCode(actual.message) : '',
    prediction: plain(prediction.label),
    probability: percent(prediction.probability),
    share: prediction.probability,
    right: isRight(actual, prediction.label),
    tokens: tokensKept ? 'same' : 'other count',
    control,
    repair: repair === true,
    searched: searched === true,
    labelChanged,
    current: number === currentNumber,
  }));
}

export interface PairRow {
  /** Which program, in words. */
  program: string;
  actual: string;
  message: string;
  prediction: string;
  probability: string;
  right: boolean | null;
}

/** The program and the one that it is compared with; null when it is compared with none. */
export function pairRows({ actual, prediction, counterfactual, template }: Explanation): [PairRow, PairRow] | null {
  if (!counterfactual) return null;
  const row = (program: string, own: Pick<Explanation, 'actual' | 'prediction'>): PairRow => ({
    program,
    actual: own.actual ? plain(own.actual.label) : questionWords(template).unknown,
    message: own.actual?.message ? shownCode(own.actual.message) : '',
    prediction: plain(own.prediction.label),
    probability: percent(probabilityOf(own.prediction)),
    right: isRight(own.actual, own.prediction.label),
  });
  return [row('the code as it is', { actual, prediction }), row(shownCode(counterfactual.description), counterfactual)];
}

/** The number of the variant that the program is compared with; null when it is none of the list. */
export function currentVariant({ variants, counterfactual }: Pick<Explanation, 'variants' | 'counterfactual'>): number | null {
  if (!variants || !counterfactual) return null;
  return variants.find(({ code }) => code === counterfactual.code)?.number ?? null;
}
