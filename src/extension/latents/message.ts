/** Names of latents, and what commands about them are called with. */
import { checked } from '../../protocol/fields';
import type { LatentRef } from '../../protocol/latents';
import { latentArgument as argument, type LatentArgument } from '../../protocol/latents-view';

/** @throws when a command was called with something else than a latent; undefined for nothing */
export function latentArgument(value: unknown): LatentArgument | undefined {
  if (value === undefined || value === null) return undefined;
  return checked(argument, value, 'A latent, as in { "site": "blocks.2.hook_resid_post", "latent": 12 }');
}

/** "blocks.2.hook_resid_post:12" → its parts; null for anything else. */
export function parseLatentName(text: string): LatentRef | null {
  const [, site, latent] = /^\s*([\w.]+)\s*[:#]\s*(\d{1,9})\s*$/.exec(text) ?? [];
  return site === undefined ? null : { site, latent: Number(latent) };
}

export function latentName({ site, latent }: LatentRef): string {
  return `${site}:${latent}`;
}

export function sameLatent(a: LatentRef | null, b: LatentRef | null): boolean {
  return a?.site === b?.site && a?.latent === b?.latent;
}
