/** Patching: activations of the one program put into the run of the other, cell by cell, and what that does to the answer. */
import * as z from 'zod';
import { METRIC_BASES } from '../../vocabulary/metric-bases';
import { PATCH_SITES, type PatchSite } from '../../vocabulary/sites';
import { bulk, choice, count, flags, gaps, isCount, isList, isObject, isText, number, said, text, whole } from '../fields';
import { analysis } from './analysis';
import type { PatchingEstimate } from '../../vocabulary/patching-estimate';

/** The sites that are patched position by position, and what they mean to a reader. */
export const PATCH_SITE_WORDS = {
  hook_resid_pre: 'the residual stream before each layer',
  hook_resid_mid: 'the residual stream between attention and MLP',
  hook_resid_post: 'the residual stream after each layer',
  hook_attn_out: 'what attention adds to the residual stream',
  hook_mlp_out: 'what the MLP adds to the residual stream',
  'attn.hook_z': 'the mixed values of all heads, before the output projection',
  'mlp.hook_post': 'the neurons of the MLP, after the activation function',
} as const satisfies Record<PatchSite, string>;

export const DIRECTIONS = {
  denoising: 'the original’s activations are put into the variant’s run: what is enough to restore the answer',
  noising: 'the variant’s activations are put into the original’s run: what the answer cannot do without',
} as const;
export type PatchingDirection = keyof typeof DIRECTIONS;
export const PATCHING_DIRECTIONS = Object.keys(DIRECTIONS) as readonly PatchingDirection[];

/** How many layers are patched at once: windows, as in Meng et al. 2022. */
export const layerWindow = said(whole(1, 1000).default(1), {
  title: 'Layers at once',
  description: 'in so many layers, from that of the row on, the same is patched at once; with several every cell is really patched',
});

/** The layers of a row, "3" or "3–5": a window ends with the last layer. */
export function windowLabel(layer: number, window: number | undefined, layers: number): string {
  const last = Math.min(layer + (window ?? 1), layers) - 1;
  return last === layer ? String(layer) : `${layer}–${last}`;
}

/** The two answers whose logits are compared; null for those that the programs give. */
export const answers = said(z.tuple([text, text]).nullable().default(null), {
  title: 'Answers',
  description: 'two answers whose logits are compared',
  words: 'a list of two answers, or null',
});

export const metric = z.object({
  description: text,
  /** The labels of which one token's logits are subtracted: positive - negative. It is the first token in which they differ. */
  positive: text,
  negative: text,
  positiveToken: count,
  negativeToken: count,
  /** What the two labels are. */
  basis: z.enum(METRIC_BASES),
});
export type PatchingMetric = z.output<typeof metric>;

/** A token that follows both prompts, because both answers begin with it. */
export interface BehindToken {
  id: number;
  text: string;
}
const isSharedToken = (token: unknown): boolean => isObject(token) && isCount(token.id) && isText(token.text);
/** Tokens that follow both prompts, if any. */
export const behindTokens = bulk<BehindToken[]>(isList(isSharedToken), {
  type: 'array', items: { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' } } },
});
const isShared = (value: unknown): boolean => isList(isSharedToken)(value) && (value as unknown[]).length > 0;

const cells = {
  /**
   * [layer][position of the original]: (metric - corrupted) / (clean - corrupted), so 1 is as in the original and 0 as in the variant;
   * null where a token has no counterpart. Null altogether when clean and corrupted are too close to divide by their difference.
   */
  effect: gaps.nullable(),
  /** [layer][position of the original]: the metric itself after each patch. */
  logitDifference: gaps,
  /**
   * [layer][position of the original]: whether the patch was really made, or can change nothing; effect and logit difference are estimated
   * where it was not. Left out, as in documents of before, where nothing is estimated.
   */
  measured: flags.optional(),
};

export const patchingEstimate = z.object({
  cells: count,
  measuredCells: count,
  correlation: number.nullable(),
  checked: count,
  largestMiss: number.nullable(),
}) satisfies z.ZodType<PatchingEstimate>;

/** Tokens that follow both prompts, because both answers begin with them: the metric is read at the last of these. [layer][token]. */
const behind = z.object({
  tokens: bulk<BehindToken[]>(isShared, { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' } } } }),
  ...cells,
});
export type SharedTokens = z.output<typeof behind>;

const part = z.object({
  /** `hook_resid_pre` and the like; row l of the effect is `blocks.{l}.{site}`. */
  site: z.enum(PATCH_SITES),
  direction: z.enum(PATCHING_DIRECTIONS),
  /** In so many layers at once, from the row's on; left out where in its own alone. */
  window: count.optional(),
  metric,
  /** The metric of the original and of the variant. */
  clean: number,
  corrupted: number,
  ...cells,
  /** How far the estimates can be trusted; left out with `measured`. */
  estimate: patchingEstimate.optional(),
  /** Where both answers begin with the same tokens. */
  behind: behind.optional(),
});
export type ExplainedPatching = z.output<typeof part>;

export const patching = analysis({
  id: 'patching',
  version: 1,
  title: 'Patching',
  about: 'at which layers and tokens an activation of the one program gives the other its answer',
  group: 'where',
  needs: ['variant'],
  params: z.strictObject({
    site: choice(PATCH_SITE_WORDS, { title: 'Site', description: 'activation to patch' }).default('hook_resid_pre'),
    direction: choice(DIRECTIONS, { title: 'Direction', description: 'whose activations are put into whose run' }).default('denoising'),
    window: layerWindow,
    exact: said(z.boolean(), { title: 'Patch every cell', description: 'patch every cell, however long that takes, instead of estimating those that hardly matter' }).default(false),
    answers,
  }),
  part,
  misfit: ({ behind: shared, ...own }, { tokens, layers }) => {
    const fits = (rows: readonly (readonly unknown[])[] | null | undefined, columns: number) =>
      !rows || (rows.length === layers && rows.every((row) => row.length === columns));
    const names = ['effect', 'logitDifference', 'measured'] as const;
    const wrong = names.find((name) => !fits(own[name], tokens));
    if (wrong) return wrong;
    const wrongBehind = shared && names.find((name) => !fits(shared[name], shared.tokens.length));
    return wrongBehind && `behind.${wrongBehind}`;
  },
});
