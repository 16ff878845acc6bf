/** Intervention: what the model answers when latents are changed. */
import * as z from 'zod';
import type { LatentChange } from '../../vocabulary/latent-change';
import { count, number, said, text, whole } from '../fields';
import { prediction } from '../reading/reading';
import { latentRef } from './activations';
import { analysis } from './analysis';
import { positions } from './latents';

/** The largest size of a value, multiple or constant: far beyond any activation, and far below where 32-bit floats overflow. */
export const LARGEST_CHANGE = 1e6;
const bounded = z.number().min(-LARGEST_CHANGE).max(LARGEST_CHANGE);

export const latentChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ablate') }),
  z.object({ kind: z.literal('set'), value: bounded }),
  z.object({ kind: z.literal('scale'), factor: bounded }),
  z.object({ kind: z.literal('steer'), by: bounded }),
]) satisfies z.ZodType<LatentChange>;

/** A latent that is changed; positions count from 0, 'all' reaches an answer's further tokens too. */
export const changedLatent = z.object({
  ...latentRef.shape,
  positions: said(z.union([z.literal('all'), positions]), { words: "'all' or a list of whole numbers from 0 on" }),
  change: latentChange,
});
export type ChangedLatent = z.output<typeof changedLatent>;

/** As many as can be told apart, and more. */
export const MOST_LATENTS = 1000;
const MOST_GENERATED = 1000;

const part = z.object({
  /** As they were asked for, with the activation that each has at each of its positions in the unchanged run. */
  changes: z.array(z.object({ ...changedLatent.shape, was: z.array(z.object({ position: count, activation: number })) })),
  /** Whether the SAEs' error terms are part of the runs: then nothing but the changes changes anything. */
  errorTerm: z.boolean(),
  /** The model's own prediction, with the SAEs spliced in, and with the latents changed as well. */
  plain: prediction,
  before: prediction,
  after: prediction,
  /** After minus before, for each answer. */
  change: z.array(z.object({ label: text, probability: number, logit: number })),
  /** What the model writes after the prompt, always taking the most probable token; null when that was not asked for. */
  generated: z.object({ before: text, after: text }).nullable(),
});
export type Intervened = z.output<typeof part>;

export const intervention = analysis({
  id: 'intervention',
  version: 1,
  title: 'Intervention',
  about: 'what the model answers when latents are ablated, set, scaled or steered',
  group: 'whatIf',
  needs: ['saes'],
  params: z.strictObject({
    changes: said(z.array(changedLatent).min(1).max(MOST_LATENTS), { title: 'Changes', words: `a list of 1 to ${MOST_LATENTS} latents with what becomes of them` }),
    errorTerm: said(z.boolean(), { title: 'Error terms', description: 'whether what the SAEs do not reconstruct is part of the runs' }).default(true),
    generate: whole(0, MOST_GENERATED, { title: 'Tokens to write', description: 'tokens to write before and after; 0 for none' }).default(0),
  }),
  part,
  misfit: ({ changes }, { tokens }) => (changes.some(({ was }) => was.some(({ position }) => position >= tokens)) ? 'changes' : undefined),
});
