/** Components: who writes the answer, which is what each head, MLP, embedding and bias adds to it directly. */
import * as z from 'zod';
import { isSiteName, type SiteName } from '../../vocabulary/sites';
import { bulk, choice, count, isCount, isList, isNumber, isObject, isText, matrix, number, orNull, said, text, whole } from '../fields';
import { place, PLACE_WORDS } from '../reading/place';
import { parseLatentName, type LatentRef } from '../../vocabulary/latent-name';
import { analysis } from './analysis';
import { answers, behindTokens } from './patching';

/** Into what the metric is divided. */
export const COMPONENT_UNITS = {
  head: 'embeddings, every head, every MLP, biases',
  layer: 'embeddings, the attention and the MLP of each layer, biases',
  neuron: 'as by head, and of the MLPs the neurons that write most',
  latent: 'as by head, and of what SAEs reconstruct (outputs of attention and MLPs) the latents that write most',
  stream: 'the residual stream in one layer by the latents of its SAE, in the place of all that was written up to there, and as by head what is written behind it',
} as const;

export const COMPONENT_KINDS = [
  'embed', 'pos_embed', 'head', 'attn_out', 'attn_bias', 'mlp_out', 'neuron', 'latent', 'rest', 'error', 'bias',
] as const;
export type ComponentKind = (typeof COMPONENT_KINDS)[number];

export interface Component {
  /**
   * As TransformerLens names what decompose_resid and stack_head_results give: `embed`, `pos_embed`, `L3H2`, `3_attn_out`, `3_mlp_out`,
   * `L3N17`; a latent by its name, `blocks.3.hook_mlp_out:17`. What has no name there: `3_attn_bias`, `3_mlp_bias`, `3_mlp_rest`,
   * `blocks.3.hook_mlp_out error`, `… rest`, `… bias`, `ln_final_bias`, `unembed_bias`, `reader_bias`, `values_bias`.
   */
  name: string;
  kind: ComponentKind;
  layer: number | null;
  head: number | null;
  /** Of a latent, and what it is thought to stand for. */
  site?: SiteName;
  latent?: number;
  description?: string | null;
  /** In logits. */
  value: number;
  /** The same of the variant, at the token that is aligned; left out where nothing is compared. */
  variant?: number;
}

const isComponent = (value: unknown): boolean => isObject(value) && isText(value.name)
  && COMPONENT_KINDS.includes(value.kind as ComponentKind) && orNull(isCount)(value.layer) && orNull(isCount)(value.head)
  && (value.site === undefined || isSiteName(value.site))
  && (value.latent === undefined || isCount(value.latent)) && (value.description === undefined || orNull(isText)(value.description))
  && isNumber(value.value) && (value.variant === undefined || isNumber(value.variant));
const list = bulk<Component[]>(isList(isComponent), {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string' }, kind: { enum: COMPONENT_KINDS }, layer: { type: ['integer', 'null'] }, head: { type: ['integer', 'null'] },
      value: { type: 'number' }, variant: { type: 'number' },
    },
  },
});

const sums = {
  /** What the model says, in logits. */
  difference: number,
  /** The sum of the components: the difference before the logits' soft cap, where there is one. */
  sum: number,
  /** [layer][head], and of each layer's MLP. */
  heads: matrix,
  mlps: z.array(number),
  /** The sum without the layers above: of the embedding alone, then after each layer. */
  cumulative: z.array(number),
};

const HEAD = /^(\d{1,4})\.(\d{1,4})$/;
const SCORE = /^(\d{1,4})\.(\d{1,4})\.([qk])$/;
const CHOICES = ['most', 'none', 'all'];

export const READERS = ['latent', 'query', 'key'] as const;

export interface Loading extends Pick<Component, 'name' | 'kind' | 'layer' | 'head' | 'site' | 'latent' | 'description'> {
  /** Through each head of the layer, and past its attention. */
  heads: number[];
  bypass: number;
}
const isLoading = (value: unknown): boolean => isComponent({ ...(isObject(value) ? value : {}), value: 0 })
  && isObject(value) && isList(isNumber)(value.heads) && isNumber(value.bypass);

/**
 * What is written below a layer at one token, on its way through that layer's attention: patterns and norms' scales as they are. A row's
 * sum is what a component there contributes across the layer; a head's column sums to what it contributes through that token.
 */
const loadings = z.object({
  layer: count,
  /** Where it is written. */
  from: count,
  rows: bulk<Loading[]>(isList(isLoading), { type: 'array' }),
});

const part = z.object({
  /** Whose next token it is about, by its position; behind the prompt where both answers begin with the same tokens. */
  position: count,
  metric: z.object({
    description: text,
    /** Whose logit it is, and whose is subtracted, as labels or tokens; null for one token's logit alone. */
    positive: text,
    negative: text.nullable(),
    positiveToken: count.nullable(),
    negativeToken: count.nullable(),
  }),
  /**
   * What reads the stream in the place of a metric, and where a score's other token is; null for a metric. Then `metric` only names it,
   * and `difference` is what is read: a latent's activation, or a score before the softmax.
   */
  reader: z.object({ kind: z.enum(READERS), name: text, other: count.nullable() }).nullable().default(null),
  ...sums,
  /** Where the logits have a soft cap: what the difference is of the sum (a chord of the cap); null where there is no cap. */
  capFactor: number.nullable(),
  components: list,
  /** Tokens that follow the prompt, because both answers begin with them. */
  behind: behindTokens,
  /** What heads write through each token that they read, behind ones included: [head][token], each row summing to the head's component. */
  sources: z.object({ heads: z.array(z.object({ layer: count, head: count })), values: matrix }),
  loadings: loadings.nullable().default(null),
  /** The same of the variant at the token beside it; null where nothing is compared. */
  variant: z.object({ position: count, ...sums, capFactor: number.nullable() }).nullable(),
});

export const components = analysis({
  id: 'components',
  version: 1,
  title: 'Components',
  about: 'which heads and MLPs write the answer, as a sum of what each adds to it directly',
  group: 'who',
  needs: [],
  uses: ['variant', 'saes'],
  params: z.strictObject({
    position: said(place.default('last'), { title: 'Token', description: 'the token whose next one is asked about', words: PLACE_WORDS }),
    answers,
    token: said(text.min(1).max(200).nullable().default(null), { title: 'One token', description: 'explain the logit of this one token instead of a difference of two' }),
    toward: said(text.max(200).refine((given) => parseReader(given) !== null).nullable().default(null), {
      title: 'Reader', description: 'explain what this reads at the token, in the place of the answers: a head’s query or key, or a latent',
      words: 'LAYER.HEAD.q or LAYER.HEAD.k (as in 4.2.k), or a latent, as blocks.2.hook_resid_post:17',
    }),
    other: said(place.nullable().default(null), {
      title: 'Other token', description: 'of a query the token of the key, of a key that of the query (default: the key that is read most, the last query)', words: PLACE_WORDS,
    }),
    by: choice(COMPONENT_UNITS, { title: 'By', description: 'into what it is divided' }).default('head'),
    head: said(text.max(20).refine((given) => CHOICES.includes(given) || HEAD.test(given)).default('most'), {
      title: 'Through tokens of',
      description: 'the head whose tokens are told apart: LAYER.HEAD, most for the one that writes most, all or none',
      words: 'LAYER.HEAD (as in 4.2), most, all or none',
      place: 'head',
    }),
    layer: whole(0, 10_000, { title: 'Layer', description: 'of --by stream the layer whose latents are told apart (default: the last one with an SAE of the stream)' }).nullable().default(null),
    across: whole(0, 10_000, { title: 'Across', description: 'tell what is written below this layer apart by the heads of its attention that carry it on' }).nullable().default(null),
    source: said(place.nullable().default(null), { title: 'Written at', description: 'of --across the token at which it is written (default: the one through which those heads write most)', words: PLACE_WORDS }),
    top: whole(1, 1000, { title: 'Number', description: 'how many are drawn, and of neurons or latents how many are told apart' }).default(20),
  }),
  part,
  misfit: (
    { position, behind, components: listed, heads, mlps, cumulative, sources, loadings: across, reader, variant },
    { tokens, layers },
  ) => {
    const all = tokens + behind.length;
    if (position >= all) return 'position';
    if (listed.length === 0 || listed.some((one) => (one.variant !== undefined) !== (variant !== null))) return 'components';
    const fits = (one: { heads: number[][]; mlps: number[]; cumulative: number[] }) =>
      one.heads.length === layers && one.mlps.length === layers && one.cumulative.length === layers + 1;
    if (!fits({ heads, mlps, cumulative })) return 'heads';
    if (variant && (!fits(variant) || variant.heads[0]?.length !== heads[0]?.length)) return 'variant';
    if (reader && reader.other !== null && reader.other >= all) return 'reader';
    if (across && (across.layer >= layers || across.from >= all || across.rows.some((row) => row.heads.length !== heads[0].length))) return 'loadings';
    const inside = sources.heads.every(({ layer, head }) => layer < layers && head < (heads[layer]?.length ?? 0));
    return inside && sources.values.length === sources.heads.length && sources.values.every((row) => row.length === all) ? undefined : 'sources';
  },
});

/** The layer and number of a head, as in "4.2"; null for a word. */
export function parseHead(given: string): { layer: number; head: number } | null {
  const [, layer, head] = HEAD.exec(given) ?? [];
  return layer === undefined ? null : { layer: Number(layer), head: Number(head) };
}

/** What reads, as it is named; null where that is none. */
export function parseReader(given: string): { kind: 'query' | 'key'; layer: number; head: number } | ({ kind: 'latent' } & LatentRef) | null {
  const [, layer, head, input] = SCORE.exec(given) ?? [];
  if (layer !== undefined) return { kind: input === 'q' ? 'query' : 'key', layer: Number(layer), head: Number(head) };
  const latent = parseLatentName(given);
  return latent && { kind: 'latent', ...latent };
}

/** In what a part's values are. */
export function unitOf({ reader }: Pick<z.output<typeof part>, 'reader'>): string {
  return reader === null ? 'logits' : reader.kind === 'latent' ? 'activation' : 'score';
}

const BIASES: Readonly<Record<string, string>> = { ln_final_bias: 'the final norm’s bias', unembed_bias: 'the unembedding’s bias', reader_bias: 'the biases of what reads', values_bias: 'the biases of the values' };

/** A component in a sentence. */
export function componentWords({ name, kind, layer, head }: Pick<Component, 'name' | 'kind' | 'layer' | 'head'>): string {
  switch (kind) {
    case 'embed': return 'the token’s embedding';
    case 'pos_embed': return 'the position’s embedding';
    case 'head': return `head ${layer}.${head}`;
    case 'attn_out': return `the attention of layer ${layer}`;
    case 'attn_bias': return `the attention’s bias in layer ${layer}`;
    case 'mlp_out': return `MLP ${layer}`;
    case 'neuron': return `neuron ${name.replace(/^L(\d+)N(\d+)$/, '$1.$2')}`;
    case 'latent': return `latent ${name}`;
    case 'error': return `what the SAE of ${name.replace(/ error$/, '')} leaves out`;
    case 'rest': return `the rest of ${name.replace(/[ _]rest$/, '').replace(/^(\d+)_mlp$/, 'MLP $1')}`;
    case 'bias': return BIASES[name] ?? name.replace(/^(\d+)_mlp_bias$/, 'MLP $1’s bias').replace(/^(.+) bias$/, 'the bias of the SAE of $1');
  }
}
