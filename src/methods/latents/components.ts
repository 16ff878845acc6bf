/** Components of latents: what each latent that is active at a token, and what its SAE does not reconstruct there, write of a metric. */
import { floats, ints, type FloatArray } from '../../graph';
import type { Model } from '../../model';
import { saeInput, toRows, type LoadedSae } from '../../sae';
import { dot, type Components } from '../components/components';

export interface LatentComponents {
  /** Active ones, the largest contributions first; of an SAE that reads each head alone, a latent is what it is in all of them together. */
  readonly latents: readonly { readonly latent: number; readonly value: number }[];
  /** What the SAE does not reconstruct. */
  readonly error: number;
  /** The SAE's own bias, with what weight processing took away from the activation before the SAE read it. */
  readonly bias: number;
}

/** Whether what an SAE reads is a part that the stream is a sum of, rather than such a sum itself. */
export function splitsComponent({ site }: LoadedSae): boolean {
  return site.kind === 'embed' || (site.kind === 'block' && ['attn.hook_z', 'hook_attn_out', 'hook_mlp_out'].includes(site.site));
}

/**
 * A component in its SAE's latents: they, the error and the bias sum to it, whatever the SAE is worth.
 * @param activation at the SAE's site, of one token: [1, 1, …]
 */
export async function latentComponents(
  model: Model,
  sae: LoadedSae,
  activation: FloatArray,
  { direction, headDirections }: Pick<Components, 'direction' | 'headDirections'>,
): Promise<LatentComponents> {
  const { site } = sae;
  const read = site.kind === 'block' && site.site === 'attn.hook_z' ? headDirections[site.layer] : direction;
  const cotangent = toRows(sae, floats(read, activation.shape));
  const x = await saeInput(sae, model, activation);
  const reconstruction = await sae.reconstruct(x);
  const { rows, count, values, indices, active } = await sae.topLatents(x, sae.config.dSae);
  const most = active.data.reduce((largest, inRow) => Math.max(largest, inRow), 0);
  const chosen = Int32Array.from({ length: rows * most }, (_, i) => indices.data[Math.floor(i / most) * count + (i % most)]);
  const slopes = most > 0 ? await sae.latentGradientAt(x, cotangent, ints(chosen, [rows, most])) : null;
  const contributions = new Map<number, number>();
  chosen.forEach((latent, i) => {
    const activation = values.data[Math.floor(i / most) * count + (i % most)];
    if (activation > 0) contributions.set(latent, (contributions.get(latent) ?? 0) + activation * slopes!.data[i]);
  });
  const latents = [...contributions].map(([latent, value]) => ({ latent, value }));
  const inLatents = latents.reduce((sum, { value }) => sum + value, 0);
  const error = dot(x.data, cotangent.data) - dot(reconstruction.data, cotangent.data);
  const whole = dot(toRows(sae, activation).data, cotangent.data);
  return { latents: latents.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)), error, bias: whole - error - inLatents };
}
