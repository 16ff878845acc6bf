/** Attributions and activations with made-up numbers in the shape of real ones, of the sample explanation. */
import type { Activations, ExplainedLatent, LatentsDocument, ListedSae } from '../../src/protocol/documents/latents';
import { sampleExplanation } from './sample';
import type { SiteName } from '../../src/vocabulary/sites';

export const sae = (site: SiteName, layer: number | null): ListedSae => ({
  name: site, site, layer, format: 'saelens', architecture: 'topk', width: 8, latents: 64, k: 4,
});

const SITES = [sae('blocks.0.hook_mlp_out', 0), sae('blocks.1.hook_resid_post', 1)];

/** Two SAEs, four latents at tokens 2, 2, 5 and 5, and an error at every token. */
export function sampleLatents({ normalised = true, errorTerm = true } = {}): LatentsDocument {
  const explanation = sampleExplanation();
  const { tokens } = explanation;
  const [clean, corrupted] = [6, -4];
  const share = (logits: number) => (normalised ? logits / (clean - corrupted) : null);
  const latent = (at: number, position: number, number: number, logits: number, directEffect: number | null): ExplainedLatent => ({
    ...{ site: SITES[at].site, layer: SITES[at].layer, position, token: tokens[position].text, latent: number, head: null },
    ...{ clean: 1.5, corrupted: 0, attribution: share(logits), directEffect: directEffect === null ? null : share(directEffect), patched: null },
    logits: { attribution: logits, directEffect, patched: null },
    description: number === 7 ? 'closing\u202e quote' : null,
  });
  const { lens: _lens, patching, variants: _variants, counterfactual, ...read } = explanation;
  return {
    ...read,
    counterfactual: counterfactual!,
    metric: patching!.metric,
    clean,
    corrupted,
    withoutErrorTerms: { clean: 5, corrupted: -3 },
    errorTerm,
    method: 'gradient',
    steps: 1,
    positions: null,
    layers: null,
    mode: 'pass-through',
    saes: [{ ...SITES[0], logits: { latents: 4, error: errorTerm ? -1 : null } }, { ...SITES[1], logits: { latents: 9, error: errorTerm ? 2 : null } }],
    latents: [latent(1, 5, 7, 5, 3), latent(0, 2, 1, 3, null), latent(1, 2, 9, -2, 0), latent(0, 5, 3, 1, 0)],
    summed: [],
    errors: errorTerm ? tokens.map((_token, position) => ({ site: SITES[1].site, position, attribution: share(position / 10), logits: position / 10 })) : [],
    check: null,
    findings: [],
    problems: [],
  };
}

/** Latents 1, 5 and 6; at token 1 more are active than are listed. */
export function sampleActivations(): Activations {
  const { tokens } = sampleExplanation();
  const active = tokens.map((_, position) => (position === 1 ? [{ latent: 5, activation: 30 }] : [{ latent: 6, activation: 4 }, { latent: 1, activation: 2 }]));
  const latents = [1, 5, 6].map((latent) => ({ site: SITES[1].site, latent, description: null, maximum: latent === 5 ? 60 : null }));
  const counts = active.map((list, position) => list.length + (position === 1 ? 1 : 0));
  return { sae: SITES[1], read: { start: 0, end: 1 }, tokens, active, counts, latents, problems: [] };
}
