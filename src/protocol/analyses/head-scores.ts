/** Head scores: which heads read what a token has to do with, in the text and in the code. */
import * as z from 'zod';
import { TOKEN_PAIRS, TOKEN_PAIR_KINDS } from '../../vocabulary/token-pairs';
import { choice, count, matrix, number } from '../fields';
import { analysis } from './analysis';

export const headScores = analysis({
  id: 'headScores',
  version: 1,
  title: 'Head Scores',
  about: 'which heads read the token before, an earlier copy, a definition, a matching bracket and the like',
  group: 'where',
  needs: [],
  params: z.strictObject({
    score: choice(TOKEN_PAIRS, { title: 'Score', description: 'what is read, in the grid of heads' }).default('previous'),
  }),
  part: z.object({
    /** In each layer. */
    heads: count,
    scores: z.array(z.object({
      kind: z.enum(TOKEN_PAIR_KINDS),
      /** How many tokens of the prompt have such a pair; the others are left out. */
      tokens: count,
      /** [layer]: of these, how many have one that the layer sees; and the share that the pairs would get of attention spread evenly. */
      rows: z.array(count),
      uniform: z.array(number),
      /** [layer][head]: the share of the attention that the pairs get, on average, less `uniform`. */
      score: matrix,
      /** [layer][head]: the same of as many pairs drawn at random. */
      random: matrix,
    })),
  }),
  misfit: ({ heads, scores }, { layers }) => {
    const byHead = (table: readonly (readonly number[])[]) => table.length === layers && table.every((row) => row.length === heads);
    const long = ({ length }: readonly number[]) => length === layers;
    const fits = scores.every(({ rows, uniform, score, random }) => long(rows) && long(uniform) && byHead(score) && byHead(random));
    return fits ? undefined : 'scores';
  },
});
