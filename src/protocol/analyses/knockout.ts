/** Knock-out: what the model answers when it cannot read some tokens, everywhere, or in some layers or heads only. */
import * as z from 'zod';
import { choice, count, number, said, text, whole } from '../fields';
import { stretches, STRETCH_WORDS } from '../reading/place';
import { prediction } from '../reading/reading';
import { analysis } from './analysis';
import { answers } from './patching';

/** Tokens that the syntax of the code says. */
export const IGNORED_SYNTAX = {
  comments: 'all comments',
  docstrings: 'the docstrings of modules, classes and functions',
  uncalled: 'functions that the code never calls',
  occurrences: 'all other places of a name: of the ignored tokens one names it and stays readable, and the name is not read anywhere else',
} as const;

export const KNOCKOUT_SWEEPS = {
  whole: 'all layers and heads that are chosen, at once',
  window: 'each window of neighbouring layers as well',
  head: 'each head alone as well',
} as const;

const LAYERS = /^(\d{1,4})(?:-(\d{1,4}))?$/;
const HEAD = /^(\d{1,4})\.(\d{1,4})$/;

/** What the model says: its prediction, and of the two answers that are compared the logit difference, with the first one's probability. */
const outcome = z.object({ ...prediction.shape, difference: number, probability: number });

const effect = {
  /** In logits; null where a row of attention would have nothing left. */
  difference: number.nullable(),
  /** Of the token with which the first answer goes on where the two part. */
  probability: number.nullable(),
};
/** The means over as many other tokens, drawn at random several times; null where there are too few others. */
const random = z.object({ difference: number, probability: number, draws: count }).nullable();

const part = z.object({
  /** Positions that are not read, and those that would have read them. */
  sources: z.array(count).min(1),
  queries: z.array(count).min(1),
  /** The mean share of their attention that the queries gave the sources, of all rows and heads that were masked. */
  share: number,
  /** From one layer to another, both included. */
  layers: z.object({ from: count, to: count }),
  /** The heads that were masked; null for all of those layers. */
  heads: z.array(z.object({ layer: count, head: count })).nullable(),
  metric: z.object({ description: text, positive: text, negative: text, positiveToken: count, negativeToken: count }),
  before: outcome,
  after: outcome,
  random,
  sweep: z.enum(Object.keys(KNOCKOUT_SWEEPS) as (keyof typeof KNOCKOUT_SWEEPS)[]),
  /** What each window or head does when it alone is masked: a window's layers, both included; a head has its layer twice. */
  pieces: z.array(z.object({ from: count, to: count, head: count.nullable(), ...effect, random })),
});

export const knockout = analysis({
  id: 'knockout',
  version: 1,
  title: 'Knock-out',
  about: 'what the model answers when it cannot read some tokens',
  group: 'whatIf',
  needs: [],
  first: 'Say what is not to be read: tokens (in the editor select them and choose Ignore This, or name them as 2:8-2:16), or a kind of syntax such as comments.',
  params: z.strictObject({
    sources: said(stretches.nullable().default(null), { title: 'Ignored tokens', left: 'none', description: 'the tokens that are not read', words: `a list of stretches, each ${STRETCH_WORDS}` }),
    syntax: choice(IGNORED_SYNTAX, { title: 'Ignored by syntax', description: 'what of the code is not read, found by its syntax' }).nullable().default(null),
    queries: said(stretches.nullable().default(null), {
      title: 'Tokens that read', description: 'the tokens that do not read them (default: every one behind them)', words: `a list of stretches, each ${STRETCH_WORDS}`,
    }),
    layers: said(text.regex(LAYERS).nullable().default(null), { title: 'Layers', description: 'the layers in which they are not read, as 3 or 2-5 (default: all)', words: 'a layer or a window of layers, as 3 or 2-5' }),
    heads: said(z.array(said(text.regex(HEAD), { words: 'a head as LAYER.HEAD, such as 4.2', place: 'head' })).min(1).max(10_000).nullable().default(null), {
      title: 'Heads', description: 'the heads that do not read them, as LAYER.HEAD (default: all)', words: 'a list of heads as LAYER.HEAD, such as 4.2',
    }),
    sweep: choice(KNOCKOUT_SWEEPS, { title: 'Layers and heads', description: 'what is masked, at once and alone' }).default('window'),
    window: whole(1, 1000, { title: 'Window', description: 'neighbouring layers that are masked together in each window' }).default(3),
    draws: whole(0, 100, { title: 'Random draws', description: 'how often as many other tokens are drawn, to compare with' }).default(5),
    answers,
  }),
  part,
  misfit: ({ sources, queries, layers, heads, pieces }, { tokens, layers: all }) => {
    if (sources.some((position) => position >= tokens)) return 'sources';
    if (queries.some((position) => position >= tokens)) return 'queries';
    if (layers.to >= all || layers.from > layers.to) return 'layers';
    if (heads?.some(({ layer }) => layer >= all)) return 'heads';
    return pieces.some(({ from, to }) => to >= all || from > to) ? 'pieces' : undefined;
  },
});

/** A window of layers, of those that a model has. @throws a sentence */
export function parseLayers(given: string | null, layers: number): { from: number; to: number } {
  if (given === null) return { from: 0, to: layers - 1 };
  const [, first, second = first] = LAYERS.exec(given)!;
  const [from, to] = [Number(first), Number(second)];
  if (from <= to && to < layers) return { from, to };
  throw new Error(`There are no layers ${given}; the model has the layers 0 to ${layers - 1}.`);
}

/** "layer 3" or "layers 2 to 5". */
export function windowWords({ from, to }: { from: number; to: number }): string {
  return from === to ? `layer ${from}` : `layers ${from} to ${to}`;
}
