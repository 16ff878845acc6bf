/** Attention: which tokens each head reads from one token. */
import * as z from 'zod';
import { count, matrices, whole } from '../fields';
import { analysis } from './analysis';

export const attention = analysis({
  id: 'attention',
  version: 1,
  title: 'Attention',
  about: 'which tokens each attention head reads',
  group: 'where',
  needs: [],
  params: z.strictObject({
    position: whole(0, 10_000_000, { title: 'Position', description: 'the token that reads, by its position from 0 (default: the last)' }).nullable().default(null),
  }),
  part: z.object({
    /** The token that reads. */
    position: count,
    /** In each layer. */
    heads: count,
    /** [layer][head][token]: the share of the head's attention that the token gets; those behind `position` get none. */
    weights: matrices,
  }),
  misfit: ({ position, heads, weights }, { tokens, layers }) => {
    if (position >= tokens) return 'position';
    const fits = weights.length === layers && weights.every((rows) => rows.length === heads && rows.every((row) => row.length === tokens));
    return fits ? undefined : 'weights';
  },
});
