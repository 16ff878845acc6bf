/** Which variants a comparison can be asked with. */
import type { Explanation } from '../../../src/protocol/documents/explanation';
import type { ChoiceOption } from '../../ui/controls';
import { shorten } from '../../../src/figures/kinds/text';
import { currentVariant, variantRows } from '../overview/variant-rows';

/** The listed variants by number; the variant at hand comes first, as '', when it is none of them. */
export function variantChoices(explanation: Explanation): { options: ChoiceOption[]; value: string } {
  const current = currentVariant(explanation);
  const listed = (variantRows(explanation) ?? []).map(({ number, edit, actual }) => ({
    value: String(number),
    label: `${number}  ${shorten(edit, 60)} (${actual})`,
  }));
  const { counterfactual } = explanation;
  const own = counterfactual && current === null ? [{ value: '', label: shorten(counterfactual.description, 70) }] : [];
  return { options: [...own, ...listed], value: current === null ? (own.length > 0 ? '' : (listed[0]?.value ?? '')) : String(current) };
}
