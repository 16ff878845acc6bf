/** Attribution graphs: how latents of transcoders, one of each layer, make an answer in a replacement model (circuit-tracer's graphs). */
import * as z from 'zod';
import { count, number, said, text, whole } from '../fields';
import { circuitGraph, circuitMisfit } from '../graphs/circuit';
import { analysis } from './analysis';
import { answers } from './patching';

const share = (title: string, description: string, otherwise: number) =>
  said(z.number().min(0).max(1).default(otherwise), { title, description });

const part = z.object({
  /** What the logits node is: logit[positive] − logit[negative] behind the last token. */
  metric: z.object({ description: text, positive: text, negative: text }),
  /** The metric, and the same before a soft cap of the logits, which is what the graph sums to; equal without a cap. */
  difference: number,
  uncapped: number,
  /** Latents that are active at some token, and how many of these were nodes before it was pruned. */
  active: count,
  latents: count,
  /** What each kind of node gives the logits directly, and biases, and active latents that are no nodes: their sum is `uncapped`. */
  sums: z.object({ latents: number, errors: number, tokens: number, biases: number, rest: number }),
  /** The largest difference between what a node is and what all that it is given sums to, rounding errors. */
  gap: number,
  /** circuit-tracer's scores of the graph before it was pruned; null where nothing has an influence. */
  replacement: number.nullable(),
  completeness: number.nullable(),
  /** Nodes score what share of all influence less influential ones have; what others give, with biases, is a node of its own. */
  graph: circuitGraph,
});

export const attributionGraph = analysis({
  id: 'attributionGraph',
  version: 1,
  title: 'Attribution Graph',
  about: 'how latents of transcoders, one of each layer’s MLP, make the answer from latents, errors and tokens below them, with attention and norms as they are in the run (circuit-tracer’s replacement model)',
  group: 'through',
  needs: ['saes'],
  params: z.strictObject({
    nodes: whole(1, 20_000, { title: 'Latents', description: 'how many active latents become nodes at most, the most influential' }).default(1000),
    nodeShare: share('Nodes kept', 'which share of all influence on the answer the nodes that are kept have', 0.8),
    edgeShare: share('Edges kept', 'the same of edges between these', 0.98),
    answers,
  }),
  part,
  misfit: ({ graph }, size) => {
    const field = circuitMisfit(graph, size);
    return field && `graph.${field}`;
  },
});
