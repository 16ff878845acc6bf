/** Head patching: what single attention heads carry of the one program, put into the run of the other. */
import * as z from 'zod';
import { HEAD_PATCH_SITES, type HeadPatchSite } from '../../vocabulary/sites';
import { choice, count, flagMatrices, gapMatrices, metaOf, number, said } from '../fields';
import { analysis } from './analysis';
import { answers, behindTokens, DIRECTIONS, layerWindow, metric, PATCHING_DIRECTIONS, patchingEstimate } from './patching';

/** What is patched of a head; of keys and values there are fewer, where several queries share them. */
export const HEAD_SITE_WORDS = {
  'attn.hook_z': 'what a head has mixed of the values, before the output projection',
  'attn.hook_q': 'its queries: what it looks for',
  'attn.hook_k': 'its keys: what it is found by',
  'attn.hook_v': 'its values: what is read there',
  'attn.hook_pattern': 'its attention pattern: which tokens it reads, and how much; of a token, the row of what is read from there',
} as const satisfies Record<HeadPatchSite, string>;

export const HEAD_UNITS = {
  head: 'each head, at all tokens at once',
  'head-and-position': 'each head at each token, which takes as many times longer as there are heads',
  layer: 'all heads of each layer together, at all tokens at once',
  'layer-and-position': 'all heads of each layer together, at each token',
} as const;

export type HeadUnits = keyof typeof HEAD_UNITS;

/** Whether at all tokens at once. */
export function patchesAllTokens(per: HeadUnits): boolean {
  return per === 'head' || per === 'layer';
}

/** Whether all heads of a layer are patched together. */
export function patchesAllHeads(per: HeadUnits): boolean {
  return per === 'layer' || per === 'layer-and-position';
}

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
    window: said(layerWindow, {
      ...metaOf(layerWindow),
      description: 'in so many layers, from that of the row on, all heads are patched at once (with --per layer or layer-and-position)',
    }),
    answers,
  }),
  part: z.object({
    /** `attn.hook_z` and the like; layer l's is `blocks.{l}.{site}`. */
    site: z.enum(HEAD_PATCH_SITES),
    direction: z.enum(PATCHING_DIRECTIONS),
    per: z.enum(Object.keys(HEAD_UNITS) as (keyof typeof HEAD_UNITS)[]),
    /** In each layer, of this site; 1 where all of a layer are patched together. */
    heads: count,
    /** In so many layers at once, from the table's on; left out where in its own alone. */
    window: count.optional(),
    metric,
    /** The metric of the original and of the variant. */
    clean: number,
    corrupted: number,
    /** Tokens that follow both prompts, because both answers begin with them. */
    behind: behindTokens,
    /**
     * [layer][head][column]: (metric - corrupted) / (clean - corrupted), so 1 is as in the original and 0 as in the variant. One column for
     * all tokens at once; else the tokens of the original, then those behind, null where one has no counterpart, and of patterns where one
     * up to there has none. Null altogether when clean and corrupted are too close to divide by their difference.
     */
    effect: gapMatrices.nullable(),
    /** [layer][head][column]: the metric itself after each patch. */
    logitDifference: gapMatrices,
    /** [layer][head][column]: whether the patch was really made, or can change nothing; left out where nothing is estimated. */
    measured: flagMatrices.optional(),
    estimate: patchingEstimate.optional(),
  }),
  misfit: ({ per, heads, behind, effect, logitDifference, measured }, { tokens, layers }) => {
    const columns = patchesAllTokens(per) ? 1 : tokens + behind.length;
    const fits = (table: readonly (readonly (readonly unknown[])[])[] | null | undefined) =>
      !table || (table.length === layers && table.every((rows) => rows.length === heads && rows.every((row) => row.length === columns)));
    if (!fits(effect)) return 'effect';
    if (!fits(logitDifference)) return 'logitDifference';
    return fits(measured) ? undefined : 'measured';
  },
});
