/** What each view exports: flat rows with exact numbers, and their CSV. */
import { csvRow } from '../../src/protocol/csv';
import type { Explanation } from '../../src/protocol/explanation';
import type { Activations, LatentsDocument } from '../../src/protocol/latents';
import type { AttributedNode } from '../figures/bars/rows';

export type Row = Record<string, string | number | boolean | null>;

export function predictionRows({ prediction, counterfactual }: Explanation): Row[] {
  const rows = (program: string, { answers }: Explanation['prediction']) =>
    answers.map(({ label, probability, logit }): Row => ({ program, label, probability, logit }));
  return [...rows('original', prediction), ...(counterfactual ? rows('variant', counterfactual.prediction) : [])];
}

/** One row for each answer at each site and position, with the top token there. */
export function lensRows({ lens, tokens }: Explanation): Row[] {
  return lens.sites.flatMap((site, row) =>
    tokens.flatMap((token, position) => {
      const top = lens.top[row][position][0];
      const where = { site, position, token: token.text, topToken: top.text, topProbability: top.probability };
      return lens.labels.map((answer, i): Row => ({ ...where, answer, ...lens.answers[row][position][i] }));
    }),
  );
}

/** One row for each layer and aligned column; numbers are null where there was nothing to patch, and estimates where it was not. */
export function patchingRows({ patching, counterfactual, tokens }: Explanation): Row[] {
  if (!patching || !counterfactual) return [];
  const shared = patching.behind?.tokens ?? [];
  const behind = shared.map((_, i) => ({ original: tokens.length + i, variant: counterfactual.tokens.length + i }));
  const [originals, variants] = [tokens, counterfactual.tokens].map((own) => [...own, ...shared]);
  return patching.logitDifference.flatMap((own, layer) => {
    const row = [...own, ...(patching.behind?.logitDifference[layer] ?? [])];
    const made = patching.measured && [...patching.measured[layer], ...(patching.behind?.measured?.[layer] ?? [])];
    const effect = patching.effect && [...patching.effect[layer], ...(patching.behind?.effect?.[layer] ?? [])];
    return [...counterfactual.alignment.columns, ...behind].map(
      ({ original, variant }): Row => ({
        site: `blocks.${layer}.${patching.site}`,
        direction: patching.direction,
        layer,
        originalPosition: original,
        originalToken: original === null ? null : originals[original].text,
        variantPosition: variant,
        variantToken: variant === null ? null : variants[variant].text,
        logitDifference: original === null ? null : row[original],
        normalized: original === null || !effect ? null : effect[original],
        patched: original === null || row[original] === null ? null : (made?.[original] ?? true),
        clean: patching.clean,
        corrupted: patching.corrupted,
      }),
    );
  });
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

/** With a header. */
export function csv(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  return [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))].map(csvRow).join('');
}
