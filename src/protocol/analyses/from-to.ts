/** From → to: activations of any layers and tokens put into any others, of the same program, its variant or a template. */
import * as z from 'zod';
import { isPatchscope, PATCHSCOPES, type Patchscope } from '../../vocabulary/patchscopes';
import { PATCH_SITES } from '../../vocabulary/sites';
import {
  bulk, choice, count, isCount, isList, isMatrix, isNumber, isObject, isText, number, said, siteName, text, whole,
} from '../fields';
import { LAYER_PLACE_WORDS, layerPlace } from '../reading/place';
import { isTokenProbability, type TokenProbability } from '../reading/reading';
import { analysis } from './analysis';
import { answers, metric, PATCH_SITE_WORDS } from './patching';

export const READ_FROM = {
  variant: 'activations are read where the model reads the variant, or the other program that is compared',
  original: 'activations are read where it reads the program itself',
} as const;

export const CHANGE = {
  original: 'the run on the program itself is changed',
  variant: 'the run on the variant is changed',
  ...(Object.fromEntries(Object.entries(PATCHSCOPES).map(([name, { about }]) => [name, about])) as Record<Patchscope, string>),
} as const;

export const HOW = {
  replace: 'what stands there is replaced',
  mean: 'what stands there is replaced by the mean of all that are read',
  add: 'what is read, times the factor, is added to what stands there',
  difference: 'what is read less what stands there, times the factor, is added: with 1 it is replaced, with 0.5 half of the way is gone',
} as const;

const MOST_PLACES = 1000;
const SITES_WORDS = `a list, each of it ${PATCH_SITES.join(', ')}; or null`;
const places = (meta: { title: string; description: string }) =>
  said(z.array(layerPlace).min(1).max(MOST_PLACES).nullable().default(null), { ...meta, words: `a list of places, each ${LAYER_PLACE_WORDS}; or null` });

const tokens = bulk<TokenProbability[]>(isList(isTokenProbability), {
  type: 'array',
  items: { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' }, probability: { type: 'number' }, logit: { type: 'number' } } },
});

export interface WrittenToken {
  id: number;
  text: string;
  /** After all that stands before it, among all tokens. */
  probability: number;
}
const isWritten = (value: unknown): boolean => isObject(value) && isCount(value.id) && isText(value.text) && isNumber(value.probability);

/** What the model writes, always taking the most probable token. */
export const written = z.object({
  text,
  tokens: bulk<WrittenToken[]>(isList(isWritten), { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' }, probability: { type: 'number' } } } }),
});
export type Written = z.output<typeof written>;

const state = z.object({
  /** The most probable next tokens at the last position. */
  top: tokens,
  /** The question's answers, most probable first, each with the logit of its first token; none where a template is changed. */
  answers: z.array(z.object({ label: text, probability: number, logit: number })),
  /** Null where there is no metric. */
  metric: number.nullable(),
  /** Null where nothing was to be written. */
  written: written.nullable(),
  /** For each row of `lensSites` the most probable tokens at the last position by the logit lens; null where that was not asked for. */
  lens: z.array(tokens).nullable(),
});
export type FromToState = z.output<typeof state>;

const run = z.enum(['original', 'variant', ...Object.keys(PATCHSCOPES)]);
const spot = {
  layer: count,
  position: count,
  text,
  /** Where it is another than that of all. */
  site: z.enum(PATCH_SITES).optional(),
};
/** A program of `programs` by its number from 1, or a run. */
const READS = /^(?:variant|original|[1-9]\d{0,3})$/;
const readsOne = (given: string) => READS.test(given) || isPatchscope(given);
export const READS_WORDS = `variant, original, ${Object.keys(PATCHSCOPES).join(', ')}, or the number of a program of --programs, from 1`;
const READ = ['original', 'variant'] as const;

const cellTop = bulk<WrittenToken[][]>(isMatrix(isWritten), { type: 'array' });

const part = z.object({
  site: z.enum(PATCH_SITES),
  how: z.enum(Object.keys(HOW) as (keyof typeof HOW)[]),
  factor: number,
  /** The run that is read. */
  read: z.enum(READ),
  /** The run that is changed, and what it reads: of a template its text. */
  into: run,
  prompt: text.nullable(),
  /** What goes where. Of a mean, `from` has all that it is taken over. */
  patches: z.array(z.object({
    /** `run` is said where it is another than `read`: a template's name, or a program's file. */
    from: z.array(z.object({ ...spot, run: text.optional() })),
    to: z.object(spot),
    /** Whether any number there is another than in the unpatched run; and the length of the change beside that of what stands there. */
    changed: z.boolean(),
    ratio: number.nullable(),
  })),
  /** In logits, at the end of the run that is changed; null for a template, or where no two answers can be compared. */
  metric: metric.nullable(),
  before: state,
  after: state,
  /** Of the run that is read, and of the metric of the run that is changed. */
  lensSites: z.array(siteName),
  /**
   * The same patch from so many other tokens of the run that is read, drawn at random (the same ones for the same programs): the mean of
   * the metric after it, of the size of its change, and how often the most probable token became that of the patch. Null without others.
   */
  control: z.object({ count, metric: number.nullable(), change: number.nullable(), sameToken: number }).nullable(),
  /** What is made of each activation before it is put elsewhere; null for nothing. */
  map: z.object({ file: text, kind: z.enum(['map', 'tuned lens']) }).nullable().default(null),
  /**
   * The activation of every layer at the first place that is read put into every layer at the first place that is changed; null where
   * that was not asked for. [layer that is read][layer that is changed].
   */
  matrix: z.object({
    metric: bulk<number[][]>(isMatrix(isNumber), { type: 'array' }).nullable(),
    /** The most probable next token. */
    top: cellTop,
  }).nullable(),
});
export type FromToPart = z.output<typeof part>;

export const fromTo = analysis({
  id: 'fromTo',
  version: 1,
  title: 'From → To',
  about: 'what the model says and writes when an activation of any layer and token is put into any other',
  group: 'whatIf',
  needs: [],
  uses: ['variant'],
  params: z.strictObject({
    from: places({ title: 'From', description: `places that are read, with commas between: ${LAYER_PLACE_WORDS} (default: the last token after the middle layer)` }),
    to: places({ title: 'To', description: 'places that are changed, as many as are read, or one (default: the last token, in the layers that are read)' }),
    reads: said(z.array(said(text.refine(readsOne), { words: READS_WORDS })).min(1).max(MOST_PLACES).nullable().default(null), {
      title: 'Read each', description: `for each place that is read its own run, in the place of --read: ${READS_WORDS}`,
    }),
    programs: said(z.array(text.min(1).max(4000)).min(1).max(500).nullable().default(null), {
      title: 'Programs', description: 'other programs, or folders of Python files: with --how mean the mean over all of them is read at each place, otherwise each place in the program of its number', words: 'a list of files and folders, or null',
    }),
    read: choice(READ_FROM, { title: 'Read', description: 'whose activations are read' }).default('variant'),
    into: choice(CHANGE, { title: 'Change', description: 'whose run is changed' }).default('original'),
    site: choice(PATCH_SITE_WORDS, { title: 'Site', description: 'activation that is read and changed' }).default('hook_resid_post'),
    sites: said(z.array(z.enum(PATCH_SITES)).min(1).max(MOST_PLACES).nullable().default(null), {
      title: 'Read at', description: 'for each place that is read its own site, in the place of --site', words: SITES_WORDS,
    }),
    toSites: said(z.array(z.enum(PATCH_SITES)).min(1).max(MOST_PLACES).nullable().default(null), {
      title: 'Change at', description: 'for each place that is changed its own site (default: that at which is read)', words: SITES_WORDS,
    }),
    map: said(text.min(1).max(4000).nullable().default(null), {
      title: 'Map', description: 'an affine map that what is read goes through: a safetensors file with weight and bias and a card beside it, or the folder of a tuned lens', file: { kind: 'file', extensions: ['safetensors'] },
    }),
    how: choice(HOW, { title: 'How', description: 'what becomes of what stands there' }).default('replace'),
    factor: said(z.number().min(-1e6).max(1e6), { title: 'Factor', description: 'of what is added' }).default(1),
    generate: whole(0, 1000, { title: 'Tokens to write', description: 'tokens to write before and after; 0 for none' }).default(0),
    matrix: said(z.boolean(), { title: 'All layers', description: 'put every layer at the first place into every layer at the other' }).default(false),
    lens: said(z.boolean(), { title: 'Lens', description: 'what each layer would say at the last token, by the logit lens' }).default(false),
    answers,
  }),
  part,
  misfit: ({ read, into, patches, before, after, lensSites, matrix }, { tokens: length, layers }) => {
    const inLayers = ({ layer }: { layer: number }) => layer < layers;
    if (patches.some(({ from, to }) => ![...from, to].every(inLayers))) return 'patches';
    const isOriginal = (run: string | undefined) => (run ?? read) === 'original';
    if (patches.some(({ from }) => from.some(({ position, run: of }) => isOriginal(of) && position >= length))) return 'patches';
    if (into === 'original' && patches.some(({ to }) => to.position >= length)) return 'patches';
    for (const [name, { top, lens }] of Object.entries({ before, after })) {
      if (top.length === 0) return `${name}.top`;
      if (lens && (lens.length !== lensSites.length || lens.some((row) => row.length === 0))) return `${name}.lens`;
    }
    const square = (rows: readonly (readonly unknown[])[]) => rows.length === layers && rows.every((row) => row.length === layers);
    if (matrix && !square(matrix.top)) return 'matrix.top';
    if (matrix?.metric && !square(matrix.metric)) return 'matrix.metric';
    return undefined;
  },
});
