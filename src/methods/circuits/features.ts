/** What may be a node of a circuit of latents. */
import type { Model } from '../../model';
import { requireAutoencoders, requireDistinct, requireFit, type LoadedSae } from '../../sae';
import type { PairOptions } from './points';
import { isStreamSite } from './stopped-walk';

/** A latent at a position of the base; null for the error of its SAE there. */
export interface Feature {
  readonly sae: LoadedSae;
  readonly latent: number | null;
  readonly position: number;
}

export interface LatentEdgeOptions extends Omit<PairOptions, 'steps'> {
  readonly saes: readonly LoadedSae[];
  readonly onProgress?: (done: number, total: number) => void;
}

/** Whether an SAE's latents can be nodes: it reads the stream, or what is added to it as it is. */
export function readsStream({ site, isTranscoder }: LoadedSae): boolean {
  return !isTranscoder && site.kind === 'block' && isStreamSite(site.site);
}

/** @throws a sentence that names an SAE that is elsewhere, does not fit, or shares its site with another */
export function requireStream(saes: readonly LoadedSae[], model: Model): void {
  requireDistinct(saes);
  for (const sae of saes) {
    requireFit(sae, model);
    requireAutoencoders([sae], 'A circuit of latents between two programs');
    if (!readsStream(sae)) throw new Error(`${sae.folder}: an SAE at ${sae.config.site} has no place in a circuit of latents; choose those of the residual stream and of what attention and MLPs add to it.`);
  }
}
