/** Figures of latents that tell a program from its near twin. */
import type { Part } from '../protocol/analyses';
import type { Result } from '../protocol/documents/result';
import { isDense } from '../protocol/words/dense';
import type { Figure, Row } from './kinds/figure';
import { decimal, visible } from './kinds/text';
import { latentName } from '../vocabulary/latent-name';

export function latentsFigures({ reading: { tokens } }: Result, part: Part<'latents'>): Figure[] {
  const { latents, errors, saes, metric, clean, corrupted, withoutErrorTerms, check } = part;
  const shares = latents.every(({ attribution }) => attribution !== null);
  const unit = shares ? 'share of the logit difference' : 'logits';
  return [
    {
      kind: 'table',
      name: 'latents-metric',
      title: `logit(${metric.positive}) − logit(${metric.negative})`,
      about: 'The metric in the model, and with the reconstructions of all SAEs in the place of the activations.',
      columns: [{ title: '' }, { title: 'original', right: true }, { title: 'variant', right: true }],
      cells: [
        ['with error terms', decimal(clean), decimal(corrupted)],
        ['without error terms', decimal(withoutErrorTerms.clean), decimal(withoutErrorTerms.corrupted)],
        ...(check ? [[`estimates against ${check.count} patches`, `r = ${decimal(check.correlation)}`, `${check.sameSign} of the same sign`]] : []),
      ],
      rows: () => [
        { errorTerms: true, clean, corrupted },
        { errorTerms: false, ...withoutErrorTerms },
      ],
    },
    {
      kind: 'bars',
      name: 'latents',
      title: 'Latents',
      about: `What each latent at a token adds to the difference between the two programs, estimated by attribution patching${latents.some(({ density }) => isDense(density)) ? '; dense ones, active at over a fifth of tokens, last' : ''}.`,
      unit,
      format: (value) => decimal(value),
      bars: latents.map((one) => {
        const note = [...(isDense(one.density) ? ['dense'] : []), ...(one.description === null ? [] : [one.description])].join(' · ');
        return {
          label: `${latentName(one)} at ${visible(one.token)}`,
          value: shares ? one.attribution! : one.logits.attribution,
          ...(note !== '' && { note }),
        };
      }),
      rows: () => [
        ...latents.map(latentRow),
        ...errors.map((error) => errorRow(error, saes.find(({ site }) => site === error.site)?.layer ?? null, tokens[error.position].text)),
      ],
    },
  ];
}

/** What is known of a latent at a token. */
export function latentRow({ logits, ...one }: Part<'latents'>['latents'][number]): Row {
  return {
    node: 'latent', layer: one.layer, site: one.site, position: one.position, token: one.token, latent: one.latent, head: one.head,
    clean: one.clean, corrupted: one.corrupted, attribution: one.attribution, directEffect: one.directEffect, patched: one.patched,
    attributionLogits: logits.attribution, directEffectLogits: logits.directEffect, patchedLogits: logits.patched,
    description: one.description,
  };
}

/** The same columns for what an SAE does not reconstruct at a token. */
export function errorRow({ site, position, attribution, logits }: Part<'latents'>['errors'][number], layer: number | null, token: string): Row {
  return {
    node: 'error', layer, site, position, token, latent: null, head: null,
    clean: null, corrupted: null, attribution, directEffect: null, patched: null,
    attributionLogits: logits, directEffectLogits: null, patchedLogits: null,
    description: null,
  };
}
