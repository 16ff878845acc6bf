/** Attention: which tokens each head reads, from one token and from all. */
import * as z from 'zod';
import { bulk, choice, count, isCount, isList, isNumber, isObject, matrices, said, text } from '../fields';
import { place, PLACE_WORDS } from '../reading/place';
import { analysis } from './analysis';
import { parseHead } from './components';
import { answers } from './patching';

/** What a head's reading of a token is counted as. */
export const ATTENTION_WEIGHTS = {
  plain: 'its share of the attention',
  norm: 'its share times the length of what the head writes of it (Kobayashi et al. 2020)',
  signed: 'what the head thereby adds to the answer directly',
} as const;
export type AttentionWeight = keyof typeof ATTENTION_WEIGHTS;

/** What the grid of heads is coloured by. */
export const HEAD_COLOURS = {
  read: 'the largest share that a token of the code gets, the first token of all left out',
  sink: 'the share of the first token, where heads rest that look for nothing',
  entropy: 'over how many tokens it is spread: the entropy of a row, in nats, on average',
  direct: 'what the head adds to the answer, once Components was run',
  patching: 'what patching the head changes, once Head Patching was run',
} as const;
export type HeadColour = keyof typeof HEAD_COLOURS;

export interface HeadPattern {
  /** [query][…]: the tokens that are read most, eight at most with a share of 0.005 or more each, and their shares, the largest first. */
  sources: number[][];
  weights: number[][];
  /** [query]: what all others get together: a row of shares sums to 1 with it. */
  rest: number[];
  /** [query]: what the first token of all gets. */
  sink: number[];
  /** [query]: in nats. */
  entropy: number[];
}

export interface PatternChanges {
  /** [query][…]: tokens of the original whose share changes most, eight at most by 0.005 or more, and by how much: variant − original. */
  sources: number[][];
  changes: number[][];
}

const list = (items: Record<string, unknown>): Record<string, unknown> => ({ type: 'array', items });
const object = (properties: Record<string, unknown>) => ({ type: 'object', properties });
const lists = (check: (value: unknown) => boolean) => isList(isList(check));
const numbers = list({ type: 'number' });

const isPattern = (value: unknown): boolean => isObject(value) && lists(isCount)(value.sources) && lists(isNumber)(value.weights)
  && [value.rest, value.sink, value.entropy].every(isList(isNumber));
const patterns = bulk<HeadPattern[][]>(lists(isPattern), list(list(object({ sources: list(list({ type: 'integer' })), weights: list(numbers), rest: numbers, sink: numbers, entropy: numbers }))));

const isChanges = (value: unknown): boolean => isObject(value) && lists(isCount)(value.sources) && lists(isNumber)(value.changes);
const changes = bulk<PatternChanges[][]>(lists(isChanges), list(list(object({ sources: list(list({ type: 'integer' })), changes: list(numbers) }))));

export const attention = analysis({
  id: 'attention',
  version: 2,
  title: 'Attention',
  about: 'which tokens each attention head reads, and which read it',
  group: 'where',
  needs: [],
  uses: ['variant'],
  inCode: 'Show in the code, for the token at the cursor or under the mouse, what it reads and who reads it',
  params: z.strictObject({
    token: said(place.default('last'), { title: 'Token', description: 'the token that reads', words: PLACE_WORDS }),
    head: said(text.max(20).refine((given) => given === 'most' || parseHead(given) !== null).default('most'), {
      title: 'Pattern of head',
      description: 'the head whose whole pattern is shown: LAYER.HEAD, or most for the one that reads a token of the code most',
      words: 'LAYER.HEAD (as in 4.2) or most',
      place: 'head',
    }),
    weigh: choice(ATTENTION_WEIGHTS, { title: 'Weights', description: 'what reading a token counts as' }).default('plain'),
    colour: choice(HEAD_COLOURS, { title: 'Heads by', description: 'what the grid of heads is coloured by' }).default('read'),
    answers,
  }),
  part: z.object({
    /** The token that reads. */
    position: count,
    /** In each layer. */
    heads: count,
    /** [layer][head][token]: the share of the head's attention that the token gets; those behind `position` get none. */
    weights: matrices,
    // What follows is new in version 2.
    /** The head whose pattern is shown. */
    shown: z.object({ layer: count, head: count }).optional(),
    /** [layer][head] */
    patterns: patterns.optional(),
    /** [layer][head][token]: the length of what the head writes of a token, where it was asked for. */
    valueNorms: matrices.optional(),
    /**
     * Where it was asked for: what heads add directly to what through each token, in logits, [layer][head][token]; and what they would add
     * if they read that token alone, with the norms as they are at the token that reads: shares times these are what others give, too.
     */
    signed: z.object({ metric: text, values: matrices, towards: matrices.optional() }).optional(),
    /** The variant's token beside this one, what it reads by its own tokens, and how patterns change; null where nothing is beside it. */
    variant: z.object({ position: count.nullable(), weights: matrices.nullable(), changes }).nullable().optional(),
  }),
  misfit: ({ position, heads, weights, shown, patterns: sparse, valueNorms, signed, variant }, { tokens, layers }) => {
    if (position >= tokens) return 'position';
    const byHead = (table: readonly (readonly unknown[])[]) => table.length === layers && table.every((rows) => rows.length === heads);
    const long = (row: readonly unknown[]) => row.length === tokens;
    const byToken = (table: readonly (readonly (readonly unknown[])[])[]) => byHead(table) && table.every((rows) => rows.every(long));
    if (!byToken(weights)) return 'weights';
    if (shown && (shown.layer >= layers || shown.head >= heads)) return 'shown';
    const inside = (rows: readonly (readonly number[])[], values: readonly (readonly number[])[]) =>
      long(rows) && long(values) && rows.every((row, i) => row.length === values[i].length && row.every((at) => at < tokens));
    const whole = (one: HeadPattern) => inside(one.sources, one.weights) && [one.rest, one.sink, one.entropy].every(long);
    if (sparse && !(byHead(sparse) && sparse.flat().every(whole))) return 'patterns';
    if (valueNorms && !byToken(valueNorms)) return 'valueNorms';
    if (signed && !(byToken(signed.values) && byToken(signed.towards ?? signed.values))) return 'signed';
    if (!variant) return undefined;
    const changed = byHead(variant.changes) && variant.changes.flat().every((one) => inside(one.sources, one.changes));
    return changed && (variant.weights === null || byHead(variant.weights)) ? undefined : 'variant';
  },
});
