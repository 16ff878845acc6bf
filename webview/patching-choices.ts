/** What a comparison can be asked with: the variant, the site and the direction. */
import type { Explanation, PatchingDirection } from '../src/protocol/explanation';
import type { ChoiceOption } from './controls';
import { shorten } from './text';
import { currentVariant, variantRows } from './variant-rows';

export const SITES: readonly { site: string; meaning: string }[] = [
  { site: 'hook_resid_pre', meaning: 'the residual stream before each layer' },
  { site: 'hook_resid_mid', meaning: 'the residual stream between attention and MLP' },
  { site: 'hook_resid_post', meaning: 'the residual stream after each layer' },
  { site: 'hook_attn_out', meaning: 'what attention adds to the residual stream' },
  { site: 'hook_mlp_out', meaning: 'what the MLP adds to the residual stream' },
  { site: 'attn.hook_z', meaning: 'the mixed values of all heads, before the output projection' },
  { site: 'mlp.hook_post', meaning: 'the neurons of the MLP, after the activation function' },
];

export const DIRECTIONS: readonly { direction: PatchingDirection; meaning: string }[] = [
  { direction: 'denoising', meaning: 'the original’s activations are put into the variant’s run: what is enough to restore the answer' },
  { direction: 'noising', meaning: 'the variant’s activations are put into the original’s run: what the answer cannot do without' },
];

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
