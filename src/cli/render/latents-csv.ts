/** A list of latents as CSV. */
import { csvRow } from '../../protocol/csv';
import type { LatentsDocument } from '../../protocol/latents';

export function latentsCsv({ latents }: LatentsDocument): string {
  const titles = [
    'site', 'layer', 'position', 'token', 'latent', 'head', 'clean', 'corrupted', 'attribution', 'directEffect', 'patched',
    'attributionLogits', 'directEffectLogits', 'patchedLogits', 'description',
  ];
  const rows = latents.map(({ logits, ...latent }) => [
    latent.site, latent.layer, latent.position, latent.token, latent.latent, latent.head, latent.clean, latent.corrupted,
    latent.attribution, latent.directEffect, latent.patched, logits.attribution, logits.directEffect, logits.patched, latent.description,
  ]);
  return [titles, ...rows].map(csvRow).join('');
}
