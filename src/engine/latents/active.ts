/** The latents that are active at each token of some code. */
import { quoteValue } from '../../checkpoints/checkpoint-error';
import type { Model } from '../../model';
import type { Activations } from '../../protocol/documents/latents';
import { saeInput, type LoadedSae } from '../../sae';
import type { Program } from '../reading/program';
import { rounded } from '../session/rounded';
import type { LatentBook } from './book';
import { listedSae } from './saes';
import { BLOCK_SITES, blockSite, siteName, type Site } from '../../vocabulary/sites';

/** What can be told of the latents alone, without what they stand for. */
export type ReadActivations = Pick<Activations, 'read' | 'tokens' | 'active' | 'counts'>;

/**
 * Runs the model up to the SAE's site. Of an SAE that reads each head alone, a latent has the largest of its heads' activations, and
 * each head's are counted.
 */
export async function readActivations(
  model: Model,
  { source, tokens, ids }: Program,
  sae: LoadedSae,
  count: number,
  signal?: AbortSignal,
): Promise<ReadActivations> {
  const { sites } = await model.run([ids], { read: [sae.site], until: layerBehind([sae], model), signal });
  const top = await sae.topLatents(await saeInput(sae, model, sites.get(siteName(sae.site))!), count);
  const heads = top.rows / ids.length;
  const active = ids.map((_, position) => {
    const largest = new Map<number, number>();
    const first = position * heads * top.count;
    for (let i = first; i < first + heads * top.count; i++) {
      const [latent, value] = [top.indices.data[i], top.values.data[i]];
      if (value > 0) largest.set(latent, Math.max(value, largest.get(latent) ?? 0));
    }
    const ordered = [...largest].sort((a, b) => b[1] - a[1]).slice(0, count);
    return ordered.map(([latent, activation]) => ({ latent, activation: rounded(activation) }));
  });
  const inRow = (row: number) => top.active.data.subarray(row * heads, (row + 1) * heads);
  const counts = ids.map((_, position) => inRow(position).reduce((sum, n) => sum + n, 0));
  return { read: { start: source.start, end: source.end }, tokens, active, counts };
}

/** What is active, with what is known about it. */
export async function describedActivations(read: ReadActivations, sae: LoadedSae, book: LatentBook): Promise<Activations> {
  const numbers = [...new Set(read.active.flatMap((latents) => latents.map(({ latent }) => latent)))].sort((a, b) => a - b);
  const latents = await book.describe(numbers.map((latent) => ({ site: sae.config.site, latent })));
  return { sae: listedSae(sae), ...read, latents, problems: await book.problems([sae]) };
}

/** The layer before which a run may stop when nothing but the SAEs' inputs is needed. */
export function layerBehind(saes: readonly LoadedSae[], { shape }: Model): number {
  return Math.max(0, ...saes.map(({ site }) => (site.kind === 'block' ? site.layer + 1 : site.kind === 'final' ? shape.layers : 0)));
}

/**
 * The SAE at a site; without one that of the residual stream after the middle layer, or the nearest to it in the order in which sites
 * are computed.
 * @throws a sentence when there is none at the site
 */
export function saeAt(saes: readonly LoadedSae[], site: string | null, layers: number): LoadedSae {
  if (site === null) {
    const middle = depth(blockSite(Math.floor((layers - 1) / 2), 'hook_resid_post'), layers);
    const away = ({ site: own }: LoadedSae) => Math.abs(depth(own, layers) - middle);
    return saes.reduce((best, sae) => (away(sae) < away(best) ? sae : best));
  }
  const sae = saes.find(({ config }) => config.site === site);
  if (!sae) throw new Error(`There is no SAE for ${quoteValue(site)}; there are some for ${saes.map(({ config }) => config.site).join(', ')}.`);
  return sae;
}

function depth(site: Site, layers: number): number {
  if (site.kind === 'embed') return -1;
  return site.kind === 'final' ? layers * BLOCK_SITES.length : site.layer * BLOCK_SITES.length + BLOCK_SITES.indexOf(site.site);
}
