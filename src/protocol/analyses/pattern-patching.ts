/** Pattern patching: single attention weights of one head, what each token reads of each, put into the run of the other program. */
import * as z from 'zod';
import { bulk, choice, count, isFlag, isList, isNumber, number, orNull, said, text } from '../fields';
import { analysis } from './analysis';
import { parseHead } from './components';
import { answers, behindTokens, DIRECTIONS, metric, PATCHING_DIRECTIONS, patchingEstimate } from './patching';

const rows = (cell: Record<string, unknown>) => ({ type: 'array', items: { type: 'array', items: cell } });
/** [token that reads][token that is read]: a row ends with the token itself, as none behind it is read. */
const cells = bulk<(number | null)[][]>(isList(isList(orNull(isNumber))), rows({ type: ['number', 'null'] }));

export const patternPatching = analysis({
  id: 'patternPatching',
  version: 2,
  title: 'Pattern Patching',
  about: 'which token has to read which through one attention head, so that the one program gives the other its answer',
  group: 'where',
  needs: ['variant'],
  params: z.strictObject({
    head: said(text.max(20).refine((given) => given === 'most' || parseHead(given) !== null).default('most'), {
      title: 'Head',
      description: 'the head whose weights are patched one by one: LAYER.HEAD, or most for the one whose weights, all at once, move most',
      words: 'LAYER.HEAD (as in 4.2) or most',
      place: 'head',
    }),
    direction: choice(DIRECTIONS, { title: 'Direction', description: 'whose activations are put into whose run' }).default('denoising'),
    exact: said(z.boolean(), {
      title: 'Patch every weight',
      description: 'patch every weight, however long that takes, instead of estimating those that hardly matter',
    }).default(false),
    answers,
  }),
  part: z.object({
    head: z.object({ layer: count, head: count }),
    direction: z.enum(PATCHING_DIRECTIONS),
    metric,
    /** The metric of the original and of the variant. */
    clean: number,
    corrupted: number,
    /** Tokens that follow both prompts, because both answers begin with them. */
    behind: behindTokens,
    /**
     * All weights of the head at once, those of tokens without counterpart left out: the metric, and
     * (metric - corrupted) / (clean - corrupted), so 1 is as in the original and 0 as in the variant; null when clean and corrupted are too
     * close to divide by their difference.
     */
    together: z.object({ logitDifference: number, effect: number.nullable() }),
    /** The metric after each patch, of the original's tokens and those behind; null where a token has no counterpart. */
    logitDifference: cells,
    /** The same: whether the patch was really made, or can change nothing; left out where nothing is estimated. */
    measured: bulk<boolean[][]>(isList(isList(isFlag)), rows({ type: 'boolean' })).optional(),
    estimate: patchingEstimate.optional(),
    /** The same: the weights themselves, in each program's own run. */
    weights: z.object({ original: cells, variant: cells }),
  }),
  misfit: ({ head: { layer }, behind, logitDifference, measured, weights }, { tokens, layers }) => {
    if (layer >= layers) return 'head';
    const fits = (table: readonly (readonly unknown[])[] | undefined) =>
      !table || (table.length === tokens + behind.length && table.every((row, at) => row.length === at + 1));
    if (!fits(logitDifference)) return 'logitDifference';
    if (!fits(weights.original) || !fits(weights.variant)) return 'weights';
    return fits(measured) ? undefined : 'measured';
  },
});
