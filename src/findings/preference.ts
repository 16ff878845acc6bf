/** Which of two chosen answers the model prefers, and from which layer on, in sentences. */
import { overtaking } from './explanation';
import { percent } from './percent';

/**
 * @param chosen two labels
 * @param logits of the two answers' first tokens at the prompt's last position: [row][0 or 1], as for `overtaking`
 */
export function preference(
  chosen: readonly [string, string],
  answers: readonly { readonly label: string; readonly probability: number }[],
  logits: readonly (readonly number[])[],
): string[] {
  const [first, second] = chosen
    .map((label) => ({ label, probability: answers.find((answer) => answer.label === label)!.probability }))
    .sort((a, b) => b.probability - a.probability);
  const said = ({ label, probability }: typeof first) => `${label} (${percent(probability)})`;
  const prefers = `Of the two that were chosen, the model prefers ${said(first)} to ${said(second)}.`;
  const alike = logits.every(([one, other]) => one === other);
  const layer = alike ? null : overtaking(first.label, chosen, logits);
  return layer === null ? [prefers] : [prefers, layer];
}
