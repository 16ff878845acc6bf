/** Path patching: what heads and MLPs of the one program say to some readers in the run of the other, and to nothing else. */
import * as z from 'zod';
import { bulk, choice, count, isCount, isList, isNumber, isObject, isText, number, orNull, said, text, whole } from '../fields';
import { parseReader, READER_WORDS, readers, WRITER_WORDS, writers } from '../reading/nodes';
import { stretches, STRETCH_WORDS } from '../reading/place';
import { analysis } from './analysis';
import { answers, DIRECTIONS, metric, PATCHING_DIRECTIONS } from './patching';

export const PATHS_THROUGH = {
  nothing: 'on the straight way alone: no other part of the model sees what changed',
  mlps: 'on the straight way and through the MLPs between, while no other head sees what changed',
} as const;
export type PathsThrough = keyof typeof PATHS_THROUGH;

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
  /** As they were asked for. */
  receivers: readers,
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
  /** All of them at once: what the receivers carry as a whole. */
  all: z.object({ logitDifference: number, effect: number.nullable() }),
  /**
   * Those that were asked for, else those that move most, by their names, patched at once; and the means over as many others, drawn at
   * random. No names where none were patched yet.
   */
  together: z.object({
    names: z.array(text),
    asked: z.boolean(),
    logitDifference: number,
    effect: number.nullable(),
    random: z.object({ logitDifference: number, effect: number.nullable(), draws: count }).nullable(),
  }),
});

export const pathPatching = analysis({
  id: 'pathPatching',
  version: 2,
  title: 'Path Patching',
  about: 'which heads and MLPs tell some readers what sets the two programs apart: heads’ queries, keys or values, MLPs, or the logits',
  group: 'through',
  needs: ['variant'],
  params: z.strictObject({
    to: said(readers.default(['logits']), {
      title: 'Receivers',
      description: 'who reads what is patched, all live in one run; keys and values are numbered by the heads that have their own',
      words: `a list, each of it ${READER_WORDS}`,
    }),
    from: said(writers.nullable().default(null), {
      title: 'Senders together',
      description: 'who is patched together, beside each alone (default: those that move most)',
      words: `a list, each of it ${WRITER_WORDS}`,
    }),
    through: choice(PATHS_THROUGH, { title: 'Through', description: 'on which ways it goes there' }).default('nothing'),
    direction: choice(DIRECTIONS, { title: 'Direction', description: 'whose activations are put into whose run' }).default('denoising'),
    tokens: said(stretches.nullable().default(null), {
      title: 'Tokens',
      description: 'the tokens at which senders are changed (default: all)',
      words: `a list of stretches, each ${STRETCH_WORDS}`,
    }),
    top: whole(1, 100, { title: 'Number', description: 'where no senders are asked for, how many of those that move most are patched together' }).default(3),
    draws: whole(0, 100, { title: 'Random draws', description: 'how often as many others are drawn, to compare with' }).default(5),
    answers,
  }),
  part,
  misfit: ({ senders: all, positions, receivers }, { tokens, layers }) => {
    if (positions?.some((position) => position >= tokens)) return 'positions';
    const beyond = receivers.map(parseReader).some((reader) => reader.kind !== 'logits' && reader.layer >= layers);
    if (beyond) return 'receivers';
    return all.some(({ layer }) => layer !== null && layer >= layers) ? 'senders' : undefined;
  },
});
