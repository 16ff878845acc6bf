/** Names of latents: how they are written and read, the same in the terminal, in the editor and in files. */
import { longSite, shortSite, type SiteName } from './sites';

/** A latent of an SAE, by the SAE's site and its number there. */
export interface LatentRef {
  site: SiteName;
  latent: number;
}

/** "blocks.2.hook_resid_post:17". */
export function latentName({ site, latent }: LatentRef): string {
  return `${site}:${latent}`;
}

/** "2.resid_post/17", where there is little room. */
export function shortLatentName({ site, latent }: LatentRef): string {
  return `${shortSite(site)}/${latent}`;
}

/** A latent by its name, whole or short; null for anything else. */
export function parseLatentName(text: string): LatentRef | null {
  const [, name, latent] = /^\s*([\w.]+)\s*[:#/]\s*(\d{1,9})\s*$/.exec(text) ?? [];
  const site = name === undefined ? null : longSite(name);
  return site && { site, latent: Number(latent) };
}

export function sameLatent(a: LatentRef | null, b: LatentRef | null): boolean {
  return a?.site === b?.site && a?.latent === b?.latent;
}
