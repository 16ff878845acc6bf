/** Over many pairs: what tells two programs apart, and whether it does so in all pairs like them, beside what words alone do. */
import * as z from 'zod';
import { count, gaps, matrix, number, siteName, text, whole } from '../fields';
import { circuitGraph } from '../graphs/circuit';
import { analysis } from './analysis';
import { answers, metric } from './patching';
import { positions } from './positions';

/**
 * Of the pairs: the mean, between what bounds the middle 95 % of means over pairs drawn anew (null of a single pair), and the mean size of
 * the same between originals of two pairs, which differ in words and numbers only (null of a single pair). In logits, towards the twin.
 */
const effect = z.object({ mean: number, low: number.nullable(), high: number.nullable(), control: number.nullable() });
export type PairsEffect = z.output<typeof effect>;

const both = z.object({ original: number, variant: number, signKept: number });

const node = {
  /** As components are named, or the latent's site and number. */
  name: text,
  layer: count.nullable(),
  /** An index of places. */
  place: count,
  /** To first order, and where it is really patched, by itself; null where it cannot be. */
  score: effect,
  patched: effect.nullable(),
};

export const pairs = analysis({
  id: 'pairs',
  version: 1,
  title: 'Many Pairs',
  about: 'what tells the program from its near twin in many pairs like them: with SAEs and without what they leave out, by layer and place, by head, MLP and latent',
  group: 'where',
  needs: ['variant'],
  uses: ['saes'],
  params: z.strictObject({
    prompts: whole(0, 1000, {
      title: 'Programs', description: 'how many pairs like this one, with other words and numbers, to make beside it (0: this pair alone)',
    }).default(20),
    steps: whole(0, 64, {
      title: 'Steps', description: 'at how many points between both programs gradients of heads and MLPs are taken (0: at the program alone, as those of latents)',
    }).default(5),
    top: whole(1, 200, {
      title: 'Listed', description: 'how many heads and MLPs at places, and how many latents, are listed and really patched, beside as many drawn at random',
    }).default(25),
    positions,
    seed: whole(0, 1_000_000, { title: 'Seed', description: 'of words, numbers, random errors and draws' }).default(1),
    answers,
  }),
  part: z.object({
    metric,
    prompts: z.object({ asked: count, found: count, used: count }),
    places: circuitGraph.shape.places,
    /** The metric in both programs, as they are. */
    original: effect.omit({ control: true }),
    variant: effect.omit({ control: true }),
    /** Means of both with SAEs in the place of activations, and in which share of the programs the sign is that of the model. */
    saes: z.array(z.object({ sites: text, count, withErrors: both, withoutErrors: both, randomErrors: both })),
    /**
     * The residual stream before a layer, patched: shares of the difference between both programs, [layer][place]; null where no pair has
     * a counterpart there.
     */
    patching: z.object({ mean: gaps, low: gaps, high: gaps, control: gaps }),
    /** Scores of all heads and MLPs, and of the embedding, [writer][place], in logits; the largest, and what as many drawn at random do. */
    nodes: z.object({
      writers: z.array(text), scores: gaps, control: gaps, top: z.array(z.object(node)),
      random: number.nullable(), agreement: number.nullable(),
    }),
    /** What each component adds directly at the last token, in the variant less in the original; they sum to the metric's difference. */
    direct: z.array(z.object({ name: text, change: effect })),
    /** Null without SAEs. */
    latents: z.object({
      total: count,
      top: z.array(z.object({
        ...node,
        site: siteName,
        latent: count,
        /** What of it goes straight to the logits. */
        direct: effect,
        /** Mean activations at the place, and in which share of the pairs it is active in the original and in the variant. */
        original: number,
        variant: number,
        activeIn: z.object({ original: number, variant: number }),
        description: text.nullable(),
        /** The share of all tokens at which it is active; null where that is not known. */
        density: number.nullable(),
      })),
      random: number.nullable(),
      agreement: number.nullable(),
      /**
       * How active each of them is in both programs, [latent][place]: of a place's tokens the largest; last of all tokens before the first
       * difference.
       */
      firing: z.object({
        latents: z.array(z.object({ site: siteName, latent: count, description: text.nullable() })), original: matrix, variant: matrix,
      }),
    }).nullable(),
  }),
  misfit: ({ places, patching, nodes, latents }, { layers, tokens }) => {
    const outside = (some: readonly { place: number }[]) => some.some(({ place }) => place >= places.length);
    if (places.some((place) => place.tokens.some((token) => token >= tokens))) return 'places';
    for (const [name, table] of Object.entries(patching)) {
      if (table.length !== layers || table.some((row) => row.length !== places.length)) return `patching.${name}`;
    }
    for (const name of ['scores', 'control'] as const) {
      if (nodes[name].length !== nodes.writers.length || nodes[name].some((row) => row.length !== places.length)) return `nodes.${name}`;
    }
    for (const table of latents ? [latents.firing.original, latents.firing.variant] : []) {
      if (table.length !== latents!.firing.latents.length || table.some((row) => row.length !== places.length + 1)) return 'latents.firing';
    }
    return outside(nodes.top) ? 'nodes.top' : latents && outside(latents.top) ? 'latents.top' : undefined;
  },
});
