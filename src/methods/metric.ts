/** Which logit difference tells a program from its near twin. Where two answers begin alike, it is read behind what they share. */
import { partingTokens, type AnswerTokens } from '../snippets/prompts';

/** actual: what Python really did; predicted: what the model predicts; runner-up: the original's two most probable answers. */
export type MetricBasis = 'actual' | 'predicted' | 'runner-up';

export interface ComparedProgram {
  /** What Python did; null when it was not run. */
  actual: string | null;
  /** The model's answers, most probable first. */
  answers: readonly { readonly label: string }[];
}

export interface AnswerMetric {
  positive: string;
  negative: string;
  /** Tokens that both answers begin with, usually none: they follow both prompts, and the metric is read behind them. */
  shared: number[];
  positiveToken: number;
  negativeToken: number;
  basis: MetricBasis;
}

/**
 * The metric logit[positive] - logit[negative], where `positive` is the original's answer and `negative` the variant's.
 *
 * A program's answer is what Python really did, or the model's prediction where that is unknown or not among the answers. When both
 * answers are one (as for a control that changes nothing), the model's predictions are compared; when these are one too, the
 * original's two most probable answers: then the metric shows what moves the model's first choice against its second.
 * @throws when the one answer's tokens are the beginning of the other's, so that no logit tells them apart
 */
export function chooseMetric(answers: readonly AnswerTokens[], original: ComparedProgram, variant: ComparedProgram): AnswerMetric {
  const known = ({ actual }: ComparedProgram) => (answers.some(({ label }) => label === actual) ? actual : null);
  const predicted = ({ answers: ranked }: ComparedProgram) => ranked[0].label;
  const candidates: [string, string, MetricBasis][] = [
    [known(original) ?? predicted(original), known(variant) ?? predicted(variant), 'actual'],
    [predicted(original), predicted(variant), 'predicted'],
    [predicted(original), original.answers[1].label, 'runner-up'],
  ];
  const [positive, negative, basis] = candidates.find(([a, b]) => a !== b)!;
  const { shared, tokens } = partingTokens(answers, positive, negative);
  const guessed = basis === 'actual' && known(original) === null && known(variant) === null;
  return { positive, negative, shared, positiveToken: tokens[0], negativeToken: tokens[1], basis: guessed ? 'predicted' : basis };
}
