/** Logit lens: the final norm and unembedding applied to the residual stream at each site. */
import * as z from 'zod';
import { bulk, count, isCount, isList, isNumber, isObject, siteName, text } from '../fields';
import { isTokenProbability, type TokenProbability } from '../reading';
import { analysis } from './analysis';
import { topK } from './prediction';

const isAnswer = (value: unknown): boolean =>
  isObject(value) && isNumber(value.logit) && isNumber(value.probability) && isCount(value.rank);
const isTop = (value: unknown): boolean => isList(isTokenProbability)(value) && (value as unknown[]).length > 0;
const nested = (items: object): object => ({ type: 'array', items: { type: 'array', items: { type: 'array', items } } });
const numbers = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { type: 'number' }]));

export interface LensAnswer {
  logit: number;
  probability: number;
  /** 0 is the most probable token. */
  rank: number;
}

const part = z.object({
  /** Rows: the embedding, then every layer. */
  layers: count,
  positions: count,
  /** The site of each row. */
  sites: z.array(siteName),
  /** [row][position]: the most probable tokens, most probable first. */
  top: bulk<TokenProbability[][][]>(isList(isList(isTop)), { ...nested({ type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' }, ...numbers('probability', 'logit') } }) }),
  /** The columns of `answers`, in the template's order. */
  labels: z.array(text),
  /** [row][position][label]: the first token of each answer. */
  answers: bulk<LensAnswer[][][]>(isList(isList(isList(isAnswer))), { ...nested({ type: 'object', properties: numbers('logit', 'probability', 'rank') }) }),
});
export type ExplainedLens = z.output<typeof part>;

export const lens = analysis({
  id: 'lens',
  version: 1,
  title: 'Logit Lens',
  about: 'what the model would answer at each layer and token, by the logit lens',
  group: 'where',
  needs: [],
  params: z.strictObject({ topK: topK.default(10) }),
  part,
  misfit: ({ layers, positions, sites, top, labels, answers }, { tokens }) => {
    const rows = sites.length;
    if (layers !== rows) return 'layers';
    if (positions !== tokens) return 'positions';
    if (top.length !== rows || top.some((row) => row.length !== tokens)) return 'top';
    const wide = (row: (typeof answers)[number]) => row.length === tokens && row.every((cell) => cell.length === labels.length);
    const fits = answers.length === rows && answers.every(wide);
    return fits ? undefined : 'answers';
  },
});
