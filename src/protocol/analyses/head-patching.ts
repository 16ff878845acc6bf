/** Head patching: what single attention heads carry of the one program, put into the run of the other. */
import * as z from 'zod';
import { HEAD_SITES, type HeadSite } from '../../vocabulary/sites';
import { bulk, choice, count, flagMatrices, gapMatrices, isCount, isList, isObject, isText, number } from '../fields';
import { analysis } from './analysis';
import { answers, DIRECTIONS, metric, PATCHING_DIRECTIONS, patchingEstimate } from './patching';

/** The sites that have heads; of keys and values there are fewer, where several queries share them. */
export const HEAD_SITE_WORDS = {
  'attn.hook_z': 'what a head has mixed of the values, before the output projection',
  'attn.hook_q': 'its queries: what it looks for',
  'attn.hook_k': 'its keys: what it is found by',
  'attn.hook_v': 'its values: what is read there',
} as const satisfies Record<HeadSite, string>;

export const HEAD_UNITS = {
  head: 'each head, at all tokens at once',
  'head-and-position': 'each head at each token, which takes as many times longer as there are heads',
} as const;

const isToken = (value: unknown): boolean => isObject(value) && isCount(value.id) && isText(value.text);
const tokenSchema = { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' } } } };

export const headPatching = analysis({
  id: 'headPatching',
  version: 1,
  title: 'Head Patching',
  about: 'which attention heads of the one program give the other its answer',
  group: 'where',
  needs: ['variant'],
  params: z.strictObject({
    site: choice(HEAD_SITE_WORDS, { title: 'Site', description: 'what is patched of a head' }).default('attn.hook_z'),
    direction: choice(DIRECTIONS, { title: 'Direction', description: 'whose activations are put into whose run' }).default('denoising'),
    per: choice(HEAD_UNITS, { title: 'Patch', description: 'what is patched at a time' }).default('head'),
    answers,
  }),
  part: z.object({
    /** `attn.hook_z` and the like; layer l's is `blocks.{l}.{site}`. */
    site: z.enum(HEAD_SITES),
    direction: z.enum(PATCHING_DIRECTIONS),
    per: z.enum(Object.keys(HEAD_UNITS) as (keyof typeof HEAD_UNITS)[]),
    /** In each layer, of this site. */
    heads: count,
    metric,
    /** The metric of the original and of the variant. */
    clean: number,
    corrupted: number,
    /** Tokens that follow both prompts, because both answers begin with them. */
    behind: bulk<{ id: number; text: string }[]>(isList(isToken), tokenSchema),
    /**
     * [layer][head][column]: (metric - corrupted) / (clean - corrupted), so 1 is as in the original and 0 as in the variant. One column for
     * whole heads; else the tokens of the original, then those behind, null where one has no counterpart. Null altogether when clean and
     * corrupted are too close to divide by their difference.
     */
    effect: gapMatrices.nullable(),
    /** [layer][head][column]: the metric itself after each patch. */
    logitDifference: gapMatrices,
    /** [layer][head][column]: whether the patch was really made, or can change nothing; left out where nothing is estimated. */
    measured: flagMatrices.optional(),
    estimate: patchingEstimate.optional(),
  }),
  misfit: ({ per, heads, behind, effect, logitDifference, measured }, { tokens, layers }) => {
    const columns = per === 'head' ? 1 : tokens + behind.length;
    const fits = (table: readonly (readonly (readonly unknown[])[])[] | null | undefined) =>
      !table || (table.length === layers && table.every((rows) => rows.length === heads && rows.every((row) => row.length === columns)));
    if (!fits(effect)) return 'effect';
    if (!fits(logitDifference)) return 'logitDifference';
    return fits(measured) ? undefined : 'measured';
  },
});
