/** Circuits: the few heads and MLPs, or latents of SAEs, at tokens, that do alone what the model does; found by scores, and tried. */
import * as z from 'zod';
import { choice, count, number, said, text, whole } from '../fields';
import { circuitGraph, circuitMisfit } from '../graphs/circuit';
import { tried, triedMisfit } from './ablation';
import { CIRCUIT_ABLATIONS, type CircuitAblation } from './ablations';
import { analysis } from './analysis';
import { answers, metric } from './patching';
import { positions } from './positions';

export const CIRCUIT_RANKINGS = {
  absolute: 'by the size of their scores',
  signed: 'those that support the answer first',
} as const;

export const CIRCUIT_SELECTIONS = {
  largest: 'the largest of all',
  greedy: 'always the largest that leads to what is already there, from the logits on',
} as const;

export const CIRCUIT_NODES = {
  parts: 'the embedding, heads and MLPs',
  edges: 'edges between these: what a head’s queries, keys or values, an MLP or the logits read of one of them',
  latents: 'latents of SAEs, and what these leave out (error terms)',
} as const;

/** Between SAEs, and at sites without one, the model itself runs. */
export const CIRCUIT_SITES = {
  all: 'all SAEs of the residual stream, of attention’s output and of MLPs’',
  resid: 'those of the residual stream',
  attn: 'those of attention’s output',
  mlp: 'those of MLPs’ output',
  outputs: 'those of attention’s and MLPs’ output',
} as const;
export type CircuitSites = keyof typeof CIRCUIT_SITES;

export const CIRCUIT_ERRORS = {
  twin: 'as in the near twin, like all others',
  keep: 'as the circuit’s own run makes them, in every circuit',
  zero: 'nothing',
} as const;

const share = number.nullable();
const interval = z.object({ low: number, high: number }).nullable();
const areas = z.object({ cpr: number, cmd: number }).nullable();

const edge = {
  name: text,
  from: text,
  to: text,
  /** Where it is written, and where it is read if at another token; null for a token behind those of the reading. */
  position: count.nullable(),
  readAt: count.nullable().optional(),
  score: number,
};

/** Edges that were really patched: score and change in logits, how their ranks correlate, and how many have the same sign. */
export const edgesChecked = z.object({
  edges: z.array(z.object({ ...edge, change: number })),
  correlation: number.nullable(),
  sameSign: count,
  of: count,
});
/** Edges with the heads that carry most of each. */
export const edgesCarried = z.array(z.object({ ...edge, heads: z.array(z.object({ head: text, score: number })) }));

/** Whether edges lie outside of a reading. */
export function edgesMisfit(edges: readonly { position: number | null; readAt?: number | null }[], tokens: number): boolean {
  return edges.some(({ position, readAt }) => Math.max(position ?? 0, readAt ?? 0) >= tokens);
}

const part = z.object({
  metric,
  of: z.enum(Object.keys(CIRCUIT_NODES) as (keyof typeof CIRCUIT_NODES)[]),
  ablation: z.enum(Object.keys(CIRCUIT_ABLATIONS) as CircuitAblation[]),
  /** Pairs: how many like the given one were asked for and found, and served for finding and trying; 0 where one pair did both. */
  prompts: z.object({ asked: count, found: count, finding: count, trying: count }),
  /** Means over the pairs that it is tried on: the metric of the whole model, of none of it, of the circuit, and of all but the circuit. */
  whole: number,
  empty: number,
  alone: number,
  rest: number,
  /** Shares of the way from none to the whole; null where these are too close to divide by. */
  faithfulness: share,
  completeness: share,
  /** The middle 95 % over pairs drawn anew; null of a single pair. */
  intervals: z.object({ faithfulness: interval, completeness: interval }),
  /** The faithfulness of as many nodes, or edges, with the largest scores, where the circuit has others; null else. */
  ranked: share,
  /** As many nodes, or edges, drawn at random: means over the draws. */
  random: z.object({ faithfulness: share, completeness: share, draws: count }),
  /** The share of nodes that are kept, and of how many; of a circuit of edges those that any of these comes from. */
  nodesKept: number,
  total: count,
  /** Of a circuit of edges the same of these; null else. */
  edgesKept: number.nullable(),
  totalEdges: count.nullable(),
  /** Of the model, as EAP-IG's format says it; `parallel`: whether attention and MLP read the same stream. */
  shape: z.object({ layers: count, heads: count, parallel: z.boolean(), width: count }),
  /**
   * The kept nodes at places, with the logits and what all others say to them; scores in logits, means over the pairs that the circuit was
   * found in: by what the twin's activation would change the metric, to first order. Its curve is of the pairs that it is tried on. Of a
   * circuit of edges these, each from where it is written, and so read, to the place at which what reads it passes the most of it on.
   */
  graph: circuitGraph,
  /**
   * Of each node of the graph by its id, or each edge (`edgeKey`), the faithfulness without it, in the pairs that it was found in; null
   * where that was not tried.
   */
  without: z.record(text, number.nullable()).nullable(),
  /** Areas under the curves of MIB's sizes, with nodes taken by size and by sign. */
  areas: z.object({ absolute: areas, signed: areas }),
  /**
   * Edges of whole parts at a token, or between the kept latents, really patched in the explained program: score and change in logits, how
   * their ranks correlate, and how many have the same sign.
   */
  check: edgesChecked,
  /** Of latents the largest edges from one token to another, with the heads that carry most of each. */
  carried: edgesCarried.default([]),
  /**
   * Of the pairs that it was found in: the sum of the scores of the embedding, or of all latents and errors of the first SAE of the stream,
   * and the difference of both programs that it stands for; null without such an SAE.
   */
  linear: z.object({ sum: number, difference: number }).nullable(),
  /**
   * Of latents: whose they are; what errors that are no part of the circuit are; shares of what the model does that all latents do with
   * the twin's errors, and all errors with the twin's latents, in the pairs that it is tried on; and the errors' share of the scores'
   * sizes.
   */
  errors: z.object({
    sites: z.enum(Object.keys(CIRCUIT_SITES) as CircuitSites[]),
    mode: z.enum(Object.keys(CIRCUIT_ERRORS) as (keyof typeof CIRCUIT_ERRORS)[]),
    latentsAlone: share,
    errorsAlone: share,
    scores: number,
  }).nullable(),
  /** What becomes of the answer without the fewest of its largest heads and MLPs, or latents, that change it; null where none do. */
  mechanism: tried.nullable().default(null),
});

export const circuit = analysis({
  id: 'circuit',
  version: 2,
  title: 'Circuit',
  about: 'the few heads and MLPs, edges between them, or latents, at tokens, that give the answer alone: found by scores of all, tried on programs that they were not found in',
  group: 'through',
  needs: ['variant'],
  uses: ['saes'],
  params: z.strictObject({
    of: choice(CIRCUIT_NODES, { title: 'Made of', description: 'what the circuit is made of' }).default('parts'),
    prompts: whole(0, 1000, {
      title: 'Programs',
      description: 'how many pairs like this one, with other words and numbers, to make: half to find the circuit in, half to try it on (0: this pair alone)',
    }).default(20),
    steps: whole(0, 64, {
      title: 'Steps', description: 'at how many points between both programs gradients are taken (0: at the program alone)',
    }).default(5),
    ranking: choice(CIRCUIT_RANKINGS, { title: 'Ranking', description: 'which nodes or edges come first' }).default('absolute'),
    selection: choice(CIRCUIT_SELECTIONS, { title: 'Selection', description: 'of edges: which are taken' }).default('largest'),
    ablation: choice(CIRCUIT_ABLATIONS, { title: 'Others write', description: 'what stands for the parts that do not belong to the circuit' })
      .default('counterfactual'),
    sites: choice(CIRCUIT_SITES, {
      title: 'SAEs',
      description: 'of latents: whose they are; elsewhere the model runs as it is (default: those of attention’s and MLPs’ output, all where there are none)',
    }).nullable().default(null),
    errors: choice(CIRCUIT_ERRORS, { title: 'Error terms', description: 'of latents: what error terms are that do not belong to the circuit' })
      .default('twin'),
    size: said(z.int().min(1).max(1_000_000).nullable().default(null), {
      title: 'Size', description: 'how many nodes or edges to take (default: the fewest that reach the faithfulness)',
    }),
    threshold: said(z.number().positive().nullable().default(null), {
      title: 'Threshold', description: 'how large scores of nodes or edges have to be, in logits (default: as large as the fewest that reach the faithfulness)',
    }),
    faithfulness: whole(1, 100, {
      title: 'Faithfulness (%)', description: 'which share of what the model does the circuit is to do, where neither a size nor a threshold is asked for',
    }).default(90),
    check: whole(0, 100, { title: 'Edges to check', description: 'how many edges between whole parts, or between latents of the circuit, the largest, are really patched' }).default(10),
    draws: whole(0, 20, { title: 'Random draws', description: 'how many random circuits of each size to compare with' }).default(3),
    leaveOut: said(z.boolean().default(true), {
      title: 'Leave out', description: 'whether to try the circuit without each of its nodes or edges, too, and drop those that it is no worse without, where neither a size nor a threshold is asked for',
    }),
    positions,
    seed: whole(0, 1_000_000, { title: 'Seed', description: 'of words, numbers, halves and draws' }).default(1),
    answers,
  }),
  part,
  misfit: ({ graph, check, carried, mechanism }, size) => {
    const field = circuitMisfit(graph, size);
    if (field) return `graph.${field}`;
    if (mechanism && triedMisfit(mechanism, size.tokens)) return 'mechanism';
    return edgesMisfit(check.edges, size.tokens) ? 'check' : edgesMisfit(carried, size.tokens) ? 'carried' : undefined;
  },
});
