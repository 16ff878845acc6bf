/** What an attribution says of one latent, for those who change it. */
import type { Attributed } from '../../protocol/pages/latents-view';
import type { Parts } from '../../protocol/documents/result';
import { type LatentRef, sameLatent } from '../../vocabulary/latent-name';

/** @param part null where nothing was attributed */
export function attributedTo(ref: LatentRef, part: Parts['latents'] | null): Attributed | null {
  if (!part) return null;
  const { metric, latents } = part.value;
  const nodes = latents
    .filter((one) => sameLatent(one, ref))
    .map(({ position, clean, corrupted, logits: { attribution, patched } }) => ({ position, clean, corrupted, attribution, patched }));
  return { metric: { positive: metric.positive, negative: metric.negative }, nodes };
}
