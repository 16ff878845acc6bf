/** Steering: what the model answers when a vector, the mean difference between two sets of programs, is added while it reads. */
import * as z from 'zod';
import { RESIDUAL_SITES } from '../../vocabulary/sites';
import { choice, count, matrix, number, said, text, whole } from '../fields';
import { stretches, STRETCH_WORDS } from '../reading/place';
import { prediction } from '../reading/reading';
import { analysis } from './analysis';
import { written } from './from-to';
import { LARGEST_CHANGE } from './intervention';
import { answers } from './patching';

export const STEERED = {
  new: 'the last token of the question and each one behind it, which is an answer’s own',
  all: 'every token of the code and the question, and each one behind them',
} as const;

const outcome = z.object({
  ...prediction.shape,
  difference: number,
  /** Null where nothing was to be written; older documents have none. */
  written: written.nullable().default(null),
});

/** Without the vector, with it, and with one in a random direction of the same norm. */
const steered = z.object({ before: number, after: number, random: number });
export type SteeredNumbers = z.output<typeof steered>;

const part = z.object({
  /** As it was named, with what its card says. */
  vector: z.object({ file: text, site: z.enum(RESIDUAL_SITES), positive: count, negative: count }),
  factor: number,
  /** Layers at which it was added, each its own vector, with the vectors' norms before the factor. */
  layers: z.array(z.object({ layer: count, norm: number })).min(1),
  /** Positions of the prompt at which it was added. */
  positions: z.array(count).min(1),
  /** [layer of `layers`][position of `positions`]: the norm of what is added as a share of the norm of what is there. */
  ratio: matrix,
  /** By position of the prompt: the divergence (nats) of what the steered model says behind it from what the model says. */
  divergence: z.array(number),
  metric: z.object({ description: text, positive: text, negative: text, positiveToken: count, negativeToken: count }),
  before: outcome,
  after: outcome,
  /** Means over vectors of the same norms in random directions; null where none was drawn. */
  random: z.object({
    draws: count, difference: number, divergence: number, changed: count,
    /** Each answer's probability; results of an earlier version lack them. */
    answers: z.array(z.object({ label: text, probability: number })).default([]),
  }).nullable(),
  /**
   * What the vector does to programs that it was not made from, of the set that it leads away from; null where none was held out. In
   * `agree` of them it moves log p(toward) − log p(away) further its way than the random one does, by chance so often with `p`.
   */
  heldOut: z.object({
    set: z.enum(['positive', 'negative']),
    programs: count.min(1),
    toward: text,
    away: text,
    /** Means of log p(toward) − log p(away), in nats. */
    difference: steered,
    /** How many of the programs are answered with `toward`. */
    answered: steered,
    agree: count,
    p: number,
  }).nullable().default(null),
});

export const steering = analysis({
  id: 'steering',
  version: 1,
  title: 'Steering',
  about: 'what the model answers when the difference between two sets of programs is added',
  group: 'whatIf',
  needs: [],
  first: 'Name a file of steering vectors: latent-lens vectors make writes one from two sets of programs, and latent-lens steering FILE --vector adds it.',
  params: z.strictObject({
    vector: said(text.min(1).max(4000).nullable().default(null), {
      title: 'Vector', description: 'a file that latent-lens vectors make wrote', file: { kind: 'file', extensions: ['safetensors'] },
    }),
    factor: said(z.number().min(-LARGEST_CHANGE).max(LARGEST_CHANGE).default(4), { title: 'Factor', description: 'what the vector is multiplied by' }),
    layer: whole(0, 10_000, { title: 'Layer', description: 'the layer at which it is added (default: all that the file has)' }).nullable().default(null),
    at: choice(STEERED, { title: 'At', description: 'the tokens at which it is added' }).default('new'),
    tokens: said(stretches.nullable().default(null), {
      title: 'Tokens', description: 'the tokens at which it is added, in the place of --at', words: `a list of stretches, each ${STRETCH_WORDS}`,
    }),
    draws: whole(0, 100, { title: 'Random draws', description: 'how many random vectors of the same norm are added, to compare with' }).default(5),
    generate: whole(0, 1000, { title: 'Tokens to write', description: 'tokens to write before and after, the vector in force at each; 0 for none' }).default(0),
    heldOut: whole(0, 32, { title: 'Held-out programs', description: 'on how many programs that the vector was not made from it is tried; 0 for none' }).default(16),
    answers,
  }),
  part,
  misfit: ({ layers, positions, ratio, divergence }, { tokens, layers: all }) => {
    if (layers.some(({ layer }) => layer >= all)) return 'layers';
    if (positions.some((position) => position >= tokens)) return 'positions';
    if (ratio.length !== layers.length || ratio.some((row) => row.length !== positions.length)) return 'ratio';
    return divergence.length === tokens ? undefined : 'divergence';
  },
});
