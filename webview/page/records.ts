/** What the bars of latents export: flat rows with exact numbers, one for each node that is shown. */
import type { Row } from '../../src/figures/kinds/figure';
import { errorRow, latentRow } from '../../src/figures/latents';
import type { LatentsDocument } from '../../src/protocol/documents/latents';
import type { AttributedNode } from '../figures/bars/rows';

/** Latents, and errors where `latent` is null. */
export function latentRows({ errors, saes, tokens }: LatentsDocument, nodes: readonly AttributedNode[]): Row[] {
  return nodes.map(({ site, position, latent }): Row => {
    if (latent) return latentRow(latent);
    const error = errors.find((one) => one.site === site && one.position === position)!;
    return errorRow(error, saes.find((sae) => sae.site === site)?.layer ?? null, tokens[position].text);
  });
}
