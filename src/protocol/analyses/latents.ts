/** Latents: the sparse latents that tell a program from its near twin, by attribution patching of the original's into the variant's run. */
import * as z from 'zod';
import { choice, count, number, said, siteName, text, whole } from '../fields';
import { analysis } from './analysis';
import { answers, metric } from './patching';

/** Tokens of the program, by their positions from 0. */
export const positions = said(z.array(count), { words: 'a list of positions, whole numbers from 0 on' });

const saeFields = {
  /** Its folder's name. */
  name: text,
  site: siteName,
  /** Null for the embedding. */
  layer: count.nullable(),
  format: z.enum(['saelens', 'gemma-scope', 'sparsify']),
  architecture: text,
  /** Numbers that it reads. */
  width: count,
  latents: count,
  /** Active latents a row, where that is fixed. */
  k: count.nullable(),
};
export const listedSae = z.object(saeFields);
export type ListedSae = z.output<typeof listedSae>;

const explainedSae = z.object({
  ...saeFields,
  /** What its nodes at all positions sum to, in logits; `error` is null without error terms. */
  logits: z.object({ latents: number, error: number.nullable() }),
});
export type ExplainedSae = z.output<typeof explainedSae>;

const latent = z.object({
  site: siteName,
  layer: count.nullable(),
  position: count,
  token: text,
  latent: count,
  /** Whose latent it is, where the SAE reads each head alone. */
  head: count.nullable(),
  /** Its activation in the original and in the variant. */
  clean: number,
  corrupted: number,
  /**
   * Estimated effect of giving it the original's activation in the variant's run: (metric - corrupted) / (clean - corrupted), so that 1
   * would make the variant's metric the original's. Null when clean and corrupted are too close to divide by their difference.
   */
  attribution: number.nullable(),
  /** The part of it on the straight way to the answer at the last position; null where its site has none, or as above. */
  directEffect: number.nullable(),
  /** Effect of really patching it alone; null when that was not asked for, or as above. */
  patched: number.nullable(),
  /** The same as changes of the metric, in logits. */
  logits: z.object({ attribution: number, directEffect: number.nullable(), patched: number.nullable() }),
  /** What it stands for; null when nobody knows. */
  description: text.nullable(),
  /** The share of held-out tokens at which it is active; null where that is not known, left out in documents of before. */
  density: number.nullable().optional(),
});
export type ExplainedLatent = z.output<typeof latent>;

const METHODS = {
  gradient: 'one gradient',
  'integrated-gradients': 'gradients along the way from the variant to the program (slower, and closer to really patching)',
} as const;

const part = z.object({
  metric,
  /** The metric of the original and of the variant, in the model itself. */
  clean: number,
  corrupted: number,
  /** The same with all SAEs' reconstructions in the place of the activations, without their error terms. */
  withoutErrorTerms: z.object({ clean: number, corrupted: number }),
  /** Whether attributions belong to runs with the SAEs' error terms (the model's own runs), or without. */
  errorTerm: z.boolean(),
  /** Whether attributions come from one gradient, or from gradients along the way from the variant's activations to the original's. */
  method: z.enum(['gradient', 'integrated-gradients']),
  /** Gradients along that way; 1 for one gradient. */
  steps: count,
  /** The positions of the original that were attributed; null for all that have a counterpart in the variant. */
  positions: positions.nullable(),
  /** Layers in which patching moves the difference between tokens, whose SAEs alone take part; null where others were chosen or all do. */
  layers: z.array(count).nullable().default(null),
  /** How gradients pass an SAE: through its reconstruction, or as if it were not there. */
  mode: z.enum(['through', 'pass-through']),
  saes: z.array(explainedSae),
  /** Those with the largest attributions: the largest first, dense ones behind the others. */
  latents: z.array(latent),
  /** Latents by their attribution summed over positions, the largest first. */
  summed: z.array(z.object({ site: siteName, latent: count, attribution: number.nullable(), logits: number })),
  /** What the SAEs do not reconstruct, for each position with a counterpart; empty without error terms. */
  errors: z.array(z.object({ site: siteName, position: count, attribution: number.nullable(), logits: number })),
  /** How the estimates of `latents` compare with really patching each; null when that was not asked for. */
  check: z.object({ correlation: number.nullable(), sameSign: count, count }).nullable(),
});
export type AttributedLatents = z.output<typeof part>;

export const latents = analysis({
  id: 'latents',
  version: 1,
  title: 'Latents',
  about: "the sparse autoencoders' latents that tell a program from its near twin, by attribution patching",
  group: 'who',
  needs: ['variant', 'saes'],
  params: z.strictObject({
    sites: said(z.union([z.literal('all'), z.array(siteName).min(1)]), {
      title: 'Sites',
      description: "sites whose SAEs take part, or 'all' (default: those of the layers in which patching moves the difference from token to token; all where it does not)",
      words: "'all' or a list of at least one site",
    }).nullable().default(null),
    positions: said(z.union([z.literal('relevant'), positions]), {
      title: 'Positions',
      description: "tokens of the program to attribute to, or 'relevant' for those where patching moves a tenth of the difference (default: all)",
      words: "'relevant' or a list of whole numbers from 0 on",
    }).nullable().default(null),
    top: whole(1, 10_000, { title: 'Latents to list', description: 'latents to list' }).default(25),
    errorTerm: said(z.boolean(), { title: 'Error terms', description: "whether what the SAEs do not reconstruct is part of the runs" }).default(true),
    mode: choice(
      { through: 'through its reconstruction', 'pass-through': 'as if it were not there' },
      { title: 'Mode', description: 'how gradients pass an SAE (default: pass-through, and through without error terms)' },
    ).nullable().default(null),
    method: choice(METHODS, { title: 'Method', description: 'how latents are attributed' }).default('gradient'),
    steps: whole(1, 1000, { title: 'Steps', description: 'gradients along that way' }).default(10),
    check: said(z.boolean(), { title: 'Check by patching', description: 'really patch each latent that is listed, and compare' }).default(false),
    answers,
  }),
  part,
  misfit: ({ latents: listed, errors, positions: chosen }, { tokens }) => {
    if (listed.some(({ position }) => position >= tokens)) return 'latents';
    if (errors.some(({ position }) => position >= tokens)) return 'errors';
    return chosen?.some((position) => position >= tokens) ? 'positions' : undefined;
  },
});
