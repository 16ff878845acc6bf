/** What each layer would say: the final norm and unembedding applied to the residual stream at each site, as it is or translated. */
import * as z from 'zod';
import { bulk, choice, count, isCount, isList, isNumber, isObject, number, said, siteName, text } from '../fields';
import { isTokenProbability, type TokenProbability } from '../reading/reading';
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

export const LENSES = {
  logit: 'the logit lens, the residual stream as it is',
  tuned: 'the tuned lens, through an affine map that was trained for each layer, so that middle layers are not judged by the last one’s basis',
  both: 'both, compared',
} as const;

const rows = {
  /** The site of each row. */
  sites: z.array(siteName),
  /** [row][position]: the most probable tokens, most probable first. */
  top: bulk<TokenProbability[][][]>(isList(isList(isTop)), { ...nested({ type: 'object', properties: { id: { type: 'integer' }, text: { type: 'string' }, ...numbers('probability', 'logit') } }) }),
  /** [row][position][label]: the first token of each answer. */
  answers: bulk<LensAnswer[][][]>(isList(isList(isList(isAnswer))), { ...nested({ type: 'object', properties: numbers('logit', 'probability', 'rank') }) }),
};

const part = z.object({
  /** Rows: the embedding, then every layer. */
  layers: count,
  positions: count,
  ...rows,
  /** The columns of `answers`, in the template's order. */
  labels: z.array(text),
  /** The same rows by the tuned lens, where one was asked for or lay beside the model. */
  tuned: z.object({
    ...rows,
    folder: text,
    /**
     * By row but the last, which is the model: mean KL(model ‖ lens) in nats over held-out tokens, of the logit lens and of this one;
     * null where the lens does not say.
     */
    divergence: z.array(z.object({ logit: number, tuned: number })).nullable(),
    /** On how many programs, none of which it was trained on; null where it does not say. */
    heldOut: count.nullable().default(null),
  }).optional(),
});
export type ExplainedLens = z.output<typeof part>;

export const lens = analysis({
  id: 'lens',
  version: 2,
  title: 'Lens',
  about: 'what the model would answer at each layer and token, by the logit lens or a tuned lens',
  group: 'where',
  needs: [],
  params: z.strictObject({
    topK: topK.default(10),
    lens: choice(LENSES, {
      title: 'Lens', description: 'which lens (default: both where a tuned lens lies in the folder lens of the model)',
    }).nullable().default(null),
    lensFolder: said(text.min(1).max(4000).nullable().default(null), {
      title: 'Tuned lens', description: 'a folder with a tuned lens, as latent-lens train lens writes it', file: { kind: 'folder' },
    }),
  }),
  part,
  misfit: ({ layers, positions, labels, tuned, ...logit }, { tokens }) => {
    if (layers !== logit.sites.length) return 'layers';
    if (positions !== tokens) return 'positions';
    const unfit = ({ sites, top, answers }: Pick<ExplainedLens, 'sites' | 'top' | 'answers'>) => {
      if (sites.length !== layers) return 'sites';
      if (top.length !== layers || top.some((row) => row.length !== tokens)) return 'top';
      const wide = (row: (typeof answers)[number]) => row.length === tokens && row.every((cell) => cell.length === labels.length);
      return answers.length === layers && answers.every(wide) ? undefined : 'answers';
    };
    const own = unfit(logit);
    if (own !== undefined || !tuned) return own;
    if (tuned.divergence && tuned.divergence.length !== layers - 1) return 'tuned.divergence';
    const its = unfit(tuned);
    return its && `tuned.${its}`;
  },
});
