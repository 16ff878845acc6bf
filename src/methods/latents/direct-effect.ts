/**
 * Direct effects: what a change of a latent does to the metric on the straight way, added to the residual stream and read by the final
 * norm and the unembedding, past all later attention and MLPs (direct logit attribution; Elhage et al. 2021, A Mathematical Framework
 * for Transformer Circuits).
 */
import { floats, ints } from '../../graph';
import { logitDifference, metricGradient, takeRows, type Model } from '../../model';
import type { LoadedSae } from '../../sae';
import type { LatentNode } from './attribution';
import type { LatentGradients } from './gradients';
import { RESIDUAL_SITES } from '../../vocabulary/sites';

/** Whether what an SAE writes at its site is a part of the residual stream. */
export function writesToResidual({ output }: LoadedSae): boolean {
  return output.kind === 'embed' || (output.kind === 'block' && RESIDUAL_SITES.includes(output.site));
}

/**
 * (source - base activation) · decoder row · ∂metric/∂(last residual stream) for each node, in logits: the final norm is linearised at
 * the base run, its scale moving along. A latent at another position than the last has no straight way: 0. Null for sites whose
 * activations reach the residual stream through weights only, such as attn.hook_z.
 */
export async function directEffects(
  model: Model,
  { resid, layout, saes }: LatentGradients,
  { positive, negative }: { readonly positive: number; readonly negative: number },
  nodes: readonly LatentNode[],
): Promise<(number | null)[]> {
  const last = layout.lengths[0] - 1;
  const gradient = await metricGradient(model, resid, [last], logitDifference(positive, negative)); // [1, width]
  const effects = nodes.map(({ sae }) => (writesToResidual(sae) ? 0 : null) as number | null);
  for (const { sae, x } of saes) {
    const own = nodes.flatMap((node, i) => (node.sae === sae && node.position === last && writesToResidual(sae) ? [i] : []));
    if (own.length === 0) continue;
    const indices = ints(own.map((i) => nodes[i].latent), [1, own.length]);
    const slopes = await sae.latentGradientAt(takeRows(x, [last]), floats(gradient.data, gradient.shape), indices);
    own.forEach((node, i) => (effects[node] = (nodes[node].source - nodes[node].base) * slopes.data[i]));
  }
  return effects;
}
