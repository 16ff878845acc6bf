/** A list of latents as CSV (RFC 4180, with exact numbers; an empty field stands for null). */
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
  return [titles, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
