/** Generation lens: what the model writes, and what each of its layers would write, token by token. */
import * as z from 'zod';
import { bulk, count, isList, isMatrix, matrix, siteName, whole } from '../fields';
import { isTokenProbability, type TokenProbability } from '../reading/reading';
import { analysis } from './analysis';
import { written } from './from-to';
import { topK } from './prediction';

const isTop = (value: unknown): boolean => isList(isTokenProbability)(value) && (value as unknown[]).length > 0;

export const generation = analysis({
  id: 'generation',
  version: 1,
  title: 'Writing',
  about: 'what the model writes next, and what each layer would write at every token of it, by the logit lens',
  group: 'where',
  needs: [],
  params: z.strictObject({
    generate: whole(1, 1000, { title: 'Tokens to write', description: 'the most tokens to write' }).default(8),
    topK: topK.default(5),
  }),
  part: z.object({
    ...written.shape,
    /** The embedding, then every layer. */
    sites: z.array(siteName),
    /** [row][written token]: the most probable tokens in its place, most probable first. */
    top: bulk<TokenProbability[][][]>(isMatrix(isTop), { type: 'array' }),
    /** [row][written token]: the probability of the token that is written, and its rank, 0 for the most probable one. */
    probability: matrix,
    rank: bulk<number[][]>(isMatrix((value) => count.safeParse(value).success), { type: 'array' }),
    /** Of each written token the row from which on it is the most probable one; null where it is not even in the end. */
    settled: z.array(count.nullable()),
  }),
  misfit: ({ tokens, sites, top, probability, rank, settled }, { layers }) => {
    const wide = (row: readonly unknown[]) => row.length === tokens.length;
    const fits = (table: readonly (readonly unknown[])[]) => table.length === sites.length && table.every(wide);
    if (sites.length !== layers + 1) return 'sites';
    if (!fits(top)) return 'top';
    if (!fits(probability)) return 'probability';
    if (!fits(rank)) return 'rank';
    return settled.length === tokens.length && settled.every((row) => row === null || row < sites.length) ? undefined : 'settled';
  },
});
