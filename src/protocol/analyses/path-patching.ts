/** Path patching: what heads and MLPs of the one program say to one reader in the run of the other, and to nothing else. */
import * as z from 'zod';
import { bulk, choice, count, isCount, isList, isNumber, isObject, isText, number, orNull, said, text, whole } from '../fields';
import { stretches, STRETCH_WORDS } from '../place';
import { analysis } from './analysis';
import { answers, DIRECTIONS, metric, PATCHING_DIRECTIONS } from './patching';

export const PATHS_THROUGH = {
  nothing: 'on the straight way alone: no other part of the model sees what changed',
  mlps: 'on the straight way and through the MLPs between, while all other heads stay as they were',
} as const;
export type PathsThrough = keyof typeof PATHS_THROUGH;

export const RECEIVER_WORDS = 'logits, LAYER.HEAD.q (or k, v), as in 5.3.k, or LAYER.mlp';
const RECEIVER = /^(?:logits|(\d{1,4})\.(?:mlp|(\d{1,4})\.([qkv])))$/;

/** Who writes: `embed`, `L3H2`, `3_attn_out` (all heads of a layer) and `3_mlp_out`, as components are named. */
const WRITER_KINDS = ['embed', 'head', 'attn_out', 'mlp_out'] as const;

export interface PathSender {
  name: string;
  kind: (typeof WRITER_KINDS)[number];
  layer: number | null;
  head: number | null;
  /** The metric with this one's path patched. */
  logitDifference: number;
  /** (metric - corrupted) / (clean - corrupted); null where these are too close to divide by their difference. */
  effect: number | null;
  /** Whether it changes what the receiver reads at all. */
  changed: boolean;
}

const isSender = (value: unknown): boolean => isObject(value) && isText(value.name)
  && (WRITER_KINDS as readonly unknown[]).includes(value.kind) && orNull(isCount)(value.layer) && orNull(isCount)(value.head)
  && isNumber(value.logitDifference) && orNull(isNumber)(value.effect) && typeof value.changed === 'boolean';
const senders = bulk<PathSender[]>(isList(isSender), {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string' }, kind: { enum: WRITER_KINDS }, layer: { type: ['integer', 'null'] }, head: { type: ['integer', 'null'] },
      logitDifference: { type: 'number' }, effect: { type: ['number', 'null'] }, changed: { type: 'boolean' },
    },
  },
});

const part = z.object({
  /** As it was asked for. */
  receiver: said(text.regex(RECEIVER), { words: RECEIVER_WORDS }),
  through: z.enum(Object.keys(PATHS_THROUGH) as PathsThrough[]),
  direction: z.enum(PATCHING_DIRECTIONS),
  metric,
  /** The metric of the original and of the variant. */
  clean: number,
  corrupted: number,
  /** Tokens of the original at which senders were changed; null for all. */
  positions: z.array(count).nullable(),
  /** Each sender alone, in the order in which they write; heads of a layer together, too. */
  senders,
  /** All of them at once: what the receiver carries as a whole. */
  all: z.object({ logitDifference: number, effect: number.nullable() }),
  /** Those that move most, by their names, patched at once; and the means over as many others, drawn at random. */
  top: z.object({
    names: z.array(text),
    logitDifference: number,
    effect: number.nullable(),
    random: z.object({ logitDifference: number, effect: number.nullable(), draws: count }).nullable(),
  }),
});

export const pathPatching = analysis({
  id: 'pathPatching',
  version: 1,
  title: 'Path Patching',
  about: 'which heads and MLPs tell one reader what sets the two programs apart: a head’s queries, keys or values, an MLP, or the logits',
  group: 'through',
  needs: ['variant'],
  params: z.strictObject({
    receiver: said(text.max(20).regex(RECEIVER).default('logits'), {
      title: 'Receiver',
      description: 'who reads what is patched; keys and values are numbered by the heads that have their own',
      words: RECEIVER_WORDS,
    }),
    through: choice(PATHS_THROUGH, { title: 'Through', description: 'on which ways it goes there' }).default('nothing'),
    direction: choice(DIRECTIONS, { title: 'Direction', description: 'whose activations are put into whose run' }).default('denoising'),
    tokens: said(stretches.nullable().default(null), {
      title: 'Tokens',
      description: 'the tokens at which senders are changed (default: all)',
      words: `a list of stretches, each ${STRETCH_WORDS}`,
    }),
    top: whole(1, 100, { title: 'Number', description: 'how many of those that move most are patched at once too' }).default(3),
    draws: whole(0, 100, { title: 'Random draws', description: 'how often as many others are drawn, to compare with' }).default(5),
    answers,
  }),
  part,
  misfit: ({ senders: all, positions, receiver }, { tokens, layers }) => {
    if (positions?.some((position) => position >= tokens)) return 'positions';
    const to = parseReceiver(receiver);
    if (to.kind !== 'logits' && to.layer >= layers) return 'receiver';
    return all.some(({ layer }) => layer !== null && layer >= layers) ? 'senders' : undefined;
  },
});

export type PathReceiver =
  | { readonly kind: 'logits' }
  | { readonly kind: 'head'; readonly layer: number; readonly head: number; readonly input: 'q' | 'k' | 'v' }
  | { readonly kind: 'mlp'; readonly layer: number };

/** A receiver from its text, which the schema has checked. */
export function parseReceiver(given: string): PathReceiver {
  const [, layer, head, input] = RECEIVER.exec(given) ?? [];
  if (layer === undefined) return { kind: 'logits' };
  if (head === undefined) return { kind: 'mlp', layer: Number(layer) };
  return { kind: 'head', layer: Number(layer), head: Number(head), input: input as 'q' | 'k' | 'v' };
}

const INPUTS = { q: 'queries', k: 'keys', v: 'values' } as const;

/** "the keys of head 5.3". */
export function receiverWords(given: string): string {
  const receiver = parseReceiver(given);
  if (receiver.kind === 'logits') return 'the logits';
  return receiver.kind === 'mlp' ? `MLP ${receiver.layer}` : `the ${INPUTS[receiver.input]} of head ${receiver.layer}.${receiver.head}`;
}
