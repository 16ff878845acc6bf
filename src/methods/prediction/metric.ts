/** Which logit difference tells a program from its near twin. Where two answers begin alike, it is read behind what they share. */
import { canonicalLabel } from '../../vocabulary/labels';
import type { MetricBasis } from '../../vocabulary/metric-bases';
import { partingTokens, type AnswerTokens } from '../../snippets/prompts/prompts';

/** A change of the metric (in logits) that is smaller hardly tells two programs apart. */
export const CLEAR_DIFFERENCE = 0.5;

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
 * The metric logit[positive] - logit[negative], where `positive` is the answer that is asked about: what the model predicts for the
 * original.
 *
 * Where that is wrong, `negative` is what is true of the original, or of the variant where the model sees that. Else it is what Python did
 * with the variant, or the model's prediction where that is unknown or no other. When both programs have one answer (as with a control
 * that changes nothing), the original's two most probable answers are compared: that shows what moves the first choice against the second.
 * @param chosen two labels to compare instead
 * @throws when a chosen label is no answer, and when the one answer's tokens are the beginning of the other's, so that no logit tells
 *   them apart
 */
export function chooseMetric(
  answers: readonly AnswerTokens[],
  original: ComparedProgram,
  variant: ComparedProgram,
  chosen?: ChosenAnswers,
): AnswerMetric {
  const [positive, negative, basis] = chosen
    ? [...checked(answers, chosen), 'chosen' as const]
    : pairOf(answers, original, variant);
  const { shared, tokens } = partingTokens(answers, positive, negative);
  return { positive, negative, shared, positiveToken: tokens[0], negativeToken: tokens[1], basis };
}

/** Two labels: the metric is the first one's logit minus the second one's. */
export type ChosenAnswers = readonly [string, string];

function pairOf(
  answers: readonly AnswerTokens[],
  original: ComparedProgram,
  variant: ComparedProgram,
): [string, string, MetricBasis] {
  const known = ({ actual }: ComparedProgram) => (answers.some(({ label }) => label === actual) ? actual : null);
  const [asked, next] = original.answers.map(({ label }) => label);
  const seen = variant.answers[0].label;
  const [truth, other] = [known(original), known(variant)];
  if (truth !== null && truth !== asked) return [asked, seen === other && seen !== asked ? seen : truth, 'mistake'];
  if (other !== null && other !== asked) return [asked, other, truth === null ? 'predicted' : 'actual'];
  return seen !== asked ? [asked, seen, 'predicted'] : [asked, next, 'runner-up'];
}

/** @throws a sentence that names the answers */
export function checked(answers: readonly AnswerTokens[], chosen: ChosenAnswers): ChosenAnswers {
  const labels = answers.map(({ label }) => label);
  const own = (label: string) => (labels.includes(label) ? label : canonicalLabel(label));
  const [positive, negative] = [own(chosen[0]), own(chosen[1])];
  const unknown = [positive, negative].find((label) => !labels.includes(label));
  if (unknown !== undefined)
    throw new Error(`"${unknown}" is none of the answers to compare; there are: ${labels.join(', ')}.`);
  if (positive === negative) throw new Error(`Give two different answers to compare, not ${positive} twice.`);
  return [positive, negative];
}
