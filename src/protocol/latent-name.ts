/** Names of latents: how they are written and read, the same in the terminal, in the editor and in files. */
import type { LatentRef } from './analyses/activations';

/** "blocks.2.hook_resid_post:17". */
export function latentName({ site, latent }: LatentRef): string {
  return `${site}:${latent}`;
}

/** "2.resid_post" for "blocks.2.hook_resid_post"; "embed" for the embedding. */
export function shortSite(site: string): string {
  return site.replace(/^blocks\./, '').replace(/(^|\.)hook_/, '$1');
}

/** What `shortSite` wrote, or a whole name. */
export function longSite(site: string): string {
  if (site === 'embed') return 'hook_embed';
  if (!/^\d/.test(site)) return site;
  const parts = site.split('.');
  const last = parts.pop()!;
  return ['blocks', ...parts, last.startsWith('hook_') ? last : `hook_${last}`].join('.');
}

/** A latent by its name, whole or short: "blocks.2.hook_resid_post:17", "2.resid_post/17"; null for anything else. */
export function parseLatentName(text: string): LatentRef | null {
  const [, site, latent] = /^\s*([\w.]+)\s*[:#/]\s*(\d{1,9})\s*$/.exec(text) ?? [];
  return site === undefined ? null : { site: longSite(site), latent: Number(latent) };
}

export function sameLatent(a: LatentRef | null, b: LatentRef | null): boolean {
  return a?.site === b?.site && a?.latent === b?.latent;
}
