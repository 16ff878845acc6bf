/** Ablation: what the model says without some of its heads, MLPs or latents, in programs like the given one. */
import * as z from 'zod';
import { choice, count, number, said, text, whole } from '../fields';
import { PLACED_WORDS, placed } from '../reading/nodes';
import { analysis } from './analysis';
import { CIRCUIT_ABLATIONS, type CircuitAblation } from './ablations';
import { answers, metric } from './patching';
import { positions } from './positions';

const share = number.nullable();
const counted = z.object({ count, of: count });

/** What came of leaving nodes out: numbers, and a claim that was made from some programs and tried on others. */
export const tried = z.object({
  /** As they are asked for, in words, and where: the text there, and the tokens of the explained program; null for everywhere. */
  nodes: z.array(z.object({ name: text, words: text, place: text.nullable(), tokens: z.array(count).nullable() })).min(1),
  ablation: z.enum(Object.keys(CIRCUIT_ABLATIONS) as CircuitAblation[]),
  /** Pairs that the claim is made from, and that it is tried on: others, or 0 where one pair does both. */
  programs: z.object({ making: count, trying: count }),
  /**
   * Means over the pairs that it is tried on: the metric of the whole model, with none of its nodes, without these, and without as many of
   * each kind drawn at random.
   */
  whole: number,
  empty: number,
  without: number,
  random: number.nullable(),
  draws: count,
  /** Which share of what the model does is left; null where there is too little to divide by. */
  left: z.object({ without: share, random: share }),
  /** In how many of those pairs the answer is this one; without random nodes, over all draws. */
  answers: z.array(z.object({ label: text, whole: count, without: count, random: count })),
  /** The explained program. */
  own: z.object({ whole: z.object({ answer: text, metric: number }), without: z.object({ answer: text, metric: number }) }),
  /**
   * Without these nodes the answer is this one: in how many of the pairs that it is made from, in how many others, with the interval of
   * 95 % (Wilson); in how many of those the whole model says so already, and how often it is so without random nodes.
   */
  claim: z.object({
    answer: text, made: counted, held: counted, before: count, random: counted.nullable(),
    interval: z.object({ low: number, high: number }),
  }),
});
export type Tried = z.output<typeof tried>;

export const ablation = analysis({
  id: 'ablation',
  version: 1,
  title: 'Ablation',
  about: 'what the model says without some heads, MLPs or latents, in programs like this one: a claim made from half of them, and tried on the others',
  group: 'whatIf',
  needs: ['variant'],
  uses: ['saes'],
  first: 'Say what is to be left out, as L4H2@last or 3.mlp@2:7; in the picture of a circuit choose a node or a group, and Ablate.',
  params: z.strictObject({
    without: said(placed.nullable().default(null), { title: 'Left out', left: 'none', description: 'the nodes that are left out, together', words: `a list, each of it ${PLACED_WORDS}` }),
    ablation: choice(CIRCUIT_ABLATIONS, { title: 'Instead', description: 'what stands for the nodes that are left out' }).default('counterfactual'),
    prompts: whole(0, 1000, {
      title: 'Programs',
      description: 'how many pairs like this one, with other words and numbers, to make: from half comes the claim, and it is tried on the others (0: this pair alone)',
    }).default(20),
    draws: whole(0, 100, { title: 'Random draws', description: 'how often as many others of each kind are left out, to compare with' }).default(5),
    positions,
    seed: whole(0, 1_000_000, { title: 'Seed', description: 'of words, numbers, halves and draws' }).default(1),
    answers,
  }),
  part: z.object({ metric, prompts: z.object({ asked: count, found: count }), ...tried.shape }),
  misfit: (part, { tokens }) => triedMisfit(part, tokens),
});

/** Whether it belongs to a reading: the name of the first field that does not, or undefined. */
export function triedMisfit({ nodes }: Pick<Tried, 'nodes'>, tokens: number): string | undefined {
  return nodes.some((node) => node.tokens?.some((position) => position >= tokens)) ? 'nodes' : undefined;
}
