/** Neuron patching: what single neurons of the one program carry, put into the run of the other at each token. */
import * as z from 'zod';
import { choice, count, gaps, number, said, whole } from '../fields';
import { analysis } from './analysis';
import { answers, behindTokens, DIRECTIONS, metric, PATCHING_DIRECTIONS } from './patching';

export const NEURON_UNITS = {
  'neuron-and-position': 'each neuron at each token; chosen are those with the largest estimate at any one',
  neuron: 'each neuron at all tokens at once; chosen are those with the largest estimate of that',
} as const;
export type NeuronUnits = keyof typeof NEURON_UNITS;

/** Largest: those with the largest estimates; random: others, drawn to compare with. */
const CHOSEN = ['largest', 'random'] as const;

export const neuronPatching = analysis({
  id: 'neuronPatching',
  version: 1,
  title: 'Neuron Patching',
  about: 'which neurons of the one program give the other its answer, and at which tokens',
  group: 'where',
  needs: ['variant'],
  params: z.strictObject({
    per: choice(NEURON_UNITS, { title: 'Patch', description: 'what is patched at a time' }).default('neuron-and-position'),
    direction: choice(DIRECTIONS, { title: 'Direction', description: 'whose activations are put into whose run' }).default('denoising'),
    layer: said(whole(0, 10_000).nullable().default(null), { title: 'Layer', description: 'only neurons of this layer (default: of all)' }),
    top: whole(1, 100, { title: 'Neurons', description: 'how many, those with the largest estimates, are really patched' }).default(10),
    draws: whole(0, 100, { title: 'Random draws', description: 'how many others, drawn at random, are patched to compare with' }).default(3),
    answers,
  }),
  part: z.object({
    per: z.enum(Object.keys(NEURON_UNITS) as NeuronUnits[]),
    direction: z.enum(PATCHING_DIRECTIONS),
    metric,
    /** The metric of the original and of the variant. */
    clean: number,
    corrupted: number,
    /** Tokens that follow both prompts, because both answers begin with them. */
    behind: behindTokens,
    /** The largest first, then those drawn at random. */
    neurons: z.array(z.object({ layer: count, index: count, chosen: z.enum(CHOSEN) })),
    /** How many neurons there are to choose from. */
    of: count,
    /**
     * [neuron][column]: (metric - corrupted) / (clean - corrupted), so 1 is as in the original and 0 as in the variant. One column for all
     * tokens; else those of the original, then those behind, null where one has no counterpart. Null altogether when clean and corrupted
     * are too close to divide by their difference.
     */
    effect: gaps.nullable(),
    /** [neuron][column]: the metric itself after each patch. */
    logitDifference: gaps,
    /** [neuron][column]: by what the patch was estimated to change the metric, in logits. */
    estimates: gaps,
    /** All of the largest at once, at all tokens; and the mean over as many others each time, drawn at random. */
    together: z.object({
      logitDifference: number,
      effect: number.nullable(),
      random: z.object({ logitDifference: number, effect: number.nullable(), draws: count }).nullable(),
    }).nullable(),
    /** Pearson's r of estimates and patches, over all cells. */
    correlation: number.nullable(),
  }),
  misfit: ({ per, behind, neurons, effect, logitDifference, estimates }, { tokens, layers }) => {
    if (neurons.some(({ layer }) => layer >= layers)) return 'neurons';
    const columns = per === 'neuron' ? 1 : tokens + behind.length;
    const fits = (table: readonly (readonly unknown[])[] | null) =>
      !table || (table.length === neurons.length && table.every((row) => row.length === columns));
    if (!fits(effect)) return 'effect';
    if (!fits(logitDifference)) return 'logitDifference';
    return fits(estimates) ? undefined : 'estimates';
  },
});
