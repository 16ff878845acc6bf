/** Attribution patching: what patching the embedding, heads, MLPs and neurons would do: estimated for all, really done for the largest. */
import * as z from 'zod';
import { choice, count, matrix, number, text, whole } from '../fields';
import { analysis } from './analysis';
import { componentWords } from './components';
import { answers, DIRECTIONS, metric, PATCHING_DIRECTIONS } from './patching';

export const CORRECTIONS = {
  none: 'one backward pass: a straight line, which sees nothing where ways through the model cancel',
  'grad-drop': 'a backward pass for each layer, in which that passes no gradient on, and their mean size: sees what cancels (AtP*)',
  'qk-fix': 'one backward pass, and queries and keys of heads beside the rest, with the softmax computed anew for them (AtP*)',
} as const;
export type Correction = keyof typeof CORRECTIONS;

const patched = z.object({
  /** As components are named: `L3H2`, `3_mlp_out`, `L3N17`; queries and keys as `L3H2.q` and `L3H0.k`. */
  name: text,
  kind: z.enum(['head', 'mlp_out', 'neuron', 'query', 'key']),
  layer: count,
  /** Of a head (of keys, the head that has them) or neuron in its layer; null for an MLP. */
  index: count.nullable(),
  /** In logits: by what the patch is estimated to change the metric, and by what it really does. With GradDrop the score is a size. */
  score: number,
  change: number,
});
export type PatchedComponent = z.output<typeof patched>;

export const attributionPatching = analysis({
  id: 'attributionPatching',
  version: 2,
  title: 'Attribution Patching',
  about: 'which heads, MLPs and neurons give the other program its answer, estimated for all and checked by patching the largest',
  group: 'where',
  needs: ['variant'],
  params: z.strictObject({
    direction: choice(DIRECTIONS, { title: 'Direction', description: 'whose activations are put into whose run' }).default('denoising'),
    correction: choice(CORRECTIONS, { title: 'Correction', description: 'how the gradient is taken' }).default('none'),
    top: whole(1, 100, { title: 'Heads and MLPs', description: 'how many of the largest are really patched' }).default(10),
    neurons: whole(0, 100, { title: 'Neurons', description: 'how many neurons, the largest, are listed and really patched' }).default(5),
    draws: whole(0, 100, {
      title: 'Random draws', description: 'how many other heads and MLPs, drawn at random, are patched to compare with',
    }).default(5),
    answers,
  }),
  part: z.object({
    direction: z.enum(PATCHING_DIRECTIONS),
    correction: z.enum(Object.keys(CORRECTIONS) as Correction[]),
    metric,
    /** The metric of the original and of the variant. */
    clean: number,
    corrupted: number,
    /** Scores in logits, [layer][head] and of each layer's MLP. */
    heads: matrix,
    mlps: z.array(number),
    /** With the fix of queries and keys, theirs, [layer][head]; null without. */
    queries: matrix.nullable(),
    keys: matrix.nullable(),
    /** The largest heads and MLPs (with queries and keys), the largest neurons, and others drawn at random, each patched at all tokens. */
    top: z.array(patched),
    neurons: z.array(patched),
    random: z.array(patched),
    /** Of all heads and MLPs that were patched: Pearson's r of score and change (sizes with GradDrop), and how many have the same sign. */
    agreement: z.object({ correlation: number.nullable(), sameSign: count.nullable(), of: count }),
    // What follows is new in version 2.
    /** The embedding (with that of the positions, where they are learned), through which all goes; null until it is patched. */
    embed: z.object({ score: number, change: number.nullable() }).optional(),
  }),
  misfit: ({ heads, mlps, queries, keys, top, neurons, random }, { layers }) => {
    if (heads.length !== layers) return 'heads';
    if (mlps.length !== layers) return 'mlps';
    if (queries && queries.length !== layers) return 'queries';
    if (keys && keys.length !== layers) return 'keys';
    const outside = (some: readonly PatchedComponent[]) => some.some(({ layer }) => layer >= layers);
    return outside(top) ? 'top' : outside(neurons) ? 'neurons' : outside(random) ? 'random' : undefined;
  },
});

/** "head 3.2", "the queries of head 3.2". */
export function patchedWords({ name, kind, layer, index }: Pick<PatchedComponent, 'name' | 'kind' | 'layer' | 'index'>): string {
  if (kind === 'query') return `the queries of head ${layer}.${index}`;
  if (kind === 'key') return `the keys of head ${layer}.${index}`;
  return componentWords({ name, kind, layer, head: index });
}
