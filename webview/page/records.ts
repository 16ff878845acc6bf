/** What each view exports: flat rows with exact numbers, and their CSV. */
import type { Row } from '../../src/figures/figure';
import type { Explanation } from '../../src/protocol/explanation';
import type { Activations, LatentsDocument } from '../../src/protocol/latents';
import type { AttributedNode } from '../figures/bars/rows';

export function predictionRows({ prediction, counterfactual }: Explanation): Row[] {
  const rows = (program: string, { answers }: Explanation['prediction']) =>
    answers.map(({ label, probability, logit }): Row => ({ program, label, probability, logit }));
  return [...rows('original', prediction), ...(counterfactual ? rows('variant', counterfactual.prediction) : [])];
}

/** One row for each node that is shown: latents, and errors where `latent` is null. */
export function latentRows(document: LatentsDocument, nodes: readonly AttributedNode[]): Row[] {
  return nodes.map(({ site, position, latent }): Row => {
    const error = latent ? null : document.errors.find((one) => one.site === site && one.position === position)!;
    return {
      node: latent ? 'latent' : 'error',
      layer: document.saes.find((sae) => sae.site === site)?.layer ?? null,
      site,
      position,
      token: document.tokens[position].text,
      latent: latent?.latent ?? null,
      head: latent?.head ?? null,
      clean: latent?.clean ?? null,
      corrupted: latent?.corrupted ?? null,
      attribution: (latent ?? error!).attribution,
      directEffect: latent?.directEffect ?? null,
      patched: latent?.patched ?? null,
      attributionLogits: latent?.logits.attribution ?? error!.logits,
      directEffectLogits: latent?.logits.directEffect ?? null,
      patchedLogits: latent?.logits.patched ?? null,
      description: latent?.description ?? null,
    };
  });
}

/** One row for each active latent that is listed at a token. */
export function activationRows({ sae: { site, layer }, tokens, active, latents }: Activations): Row[] {
  const descriptions = new Map(latents.map(({ latent, description }) => [latent, description?.text ?? null]));
  return active.flatMap((list, position) =>
    list.map(({ latent, activation }): Row => ({
      site, layer, position, token: tokens[position].text, latent, activation, description: descriptions.get(latent) ?? null,
    })),
  );
}
