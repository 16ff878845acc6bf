/**
 * A decoder as data: what the families differ in, and one function that traces it. A block is attention and an MLP, each behind a norm,
 * one after the other or both from the same residual stream (parallel); weights may be fused, biased or stored the other way round.
 */
import {
  add, constant, END, gather, matmul, mul, product, reshape, slice, sub, tanh, transpose, type Tensor,
} from '../graph';
import type { Architecture, BlockInputs, BlockTrace, CheckpointNames, ModelShape } from './architecture';
import { directPaths } from './direct';
import { headsApart } from './heads';
import { attention, repeatHeads } from './parts/attention';
import { applyNorm, centre, normalize, normShapes, scaleAndShift, scaleOf, type Norm } from './parts/norm';
import type { WeightProcessing } from './processing';
import { rotate, type Rotary } from './parts/rotary';
import { linearShapes, Weights, type Linear } from './weights';
import { BLOCK_SITES, RESIDUAL_SITES, type BlockSite, type Site } from '../vocabulary/sites';

/** Queries [b, t, h, d], keys and values [b, t, kv, d] out of one product. */
export interface Projected {
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
}

export interface AttentionPart {
  readonly norm: Norm;
  /** Three maps, or one whose outputs [b, t, outputs] `split` takes apart. */
  readonly project:
    | { readonly q: Linear; readonly k: Linear; readonly v: Linear }
    | { readonly fused: Linear; readonly split: (product: Tensor) => Projected };
  /** Norms of each head's queries and keys, before the rotation. */
  readonly queryNorm?: Norm;
  readonly keyNorm?: Norm;
  readonly rotary?: Rotary;
  /** What scores are multiplied by. */
  readonly scale: number;
  /** c · tanh(scores / c) (Gemma 2). */
  readonly softcap?: number;
  /** How many positions a query sees, itself included; all earlier ones when left out. */
  readonly window?: number;
  readonly out: Linear;
  /** A norm of what attention writes (Gemma 2). */
  readonly outNorm?: Norm;
}

export interface MlpPart {
  /** Left out in parallel blocks whose MLP reads what attention reads. */
  readonly norm?: Norm;
  /** post = act(pre) · preLinear with a gate, act(pre) without. */
  readonly project:
    | { readonly up: Linear }
    | { readonly gate: Linear; readonly up: Linear }
    | { readonly fused: Linear; readonly split: (product: Tensor) => { pre: Tensor; preLinear: Tensor } };
  readonly activation: (x: Tensor) => Tensor;
  readonly down: Linear;
  readonly outNorm?: Norm;
}

export interface BlockPart {
  readonly attention: AttentionPart;
  readonly mlp: MlpPart;
}

export interface Decoder {
  readonly family: string;
  readonly shape: ModelShape;
  readonly checkpoint?: CheckpointNames;
  /** [vocabulary, width] */
  readonly embedding: string;
  /** Embeddings are multiplied by this (Gemma). */
  readonly embeddingScale?: number;
  /** Learned position embeddings [context, width] (GPT-2). */
  readonly positionEmbedding?: string;
  /** Attention and MLP both read the block's input, and both are added to it (GPT-J). */
  readonly parallel?: boolean;
  readonly blocks: readonly BlockPart[];
  readonly finalNorm: Norm;
  /** [vocabulary, width]; the embedding where they are tied. */
  readonly unembedding: string;
  readonly unembeddingBias?: string;
  /** c · tanh(logits / c) (Gemma 2). */
  readonly logitSoftcap?: number;
}

/** The architecture that a description stands for. */
export function decoder(description: Decoder): Architecture {
  const { family, shape, blocks, parallel, finalNorm } = description;
  const { heads, keyValueHeads, headSize } = shape;
  const weights = new Weights(weightShapes(description));
  const mlpNorms = blocks.map(({ mlp }) => mlp.norm);
  const lacking: readonly BlockSite[] = [
    ...(parallel ? ['hook_resid_mid' as const] : []),
    ...(mlpNorms.every((norm) => norm) ? [] : ['ln2.hook_normalized' as const]),
    ...(blocks.some(({ mlp }) => !('up' in mlp.project) || 'gate' in mlp.project) ? [] : ['mlp.hook_pre_linear' as const]),
  ];

  function project({ project: by }: AttentionPart, normed: Tensor, going: (x: Tensor) => Tensor): Projected {
    if ('fused' in by) {
      const { q, k, v } = by.split(weights.linear(normed, by.fused));
      return { q: going(q), k, v };
    }
    const split = (x: Tensor, count: number) => reshape(x, [...x.shape.slice(0, 2), count, headSize]);
    return {
      q: split(weights.linear(going(normed), by.q), heads),
      k: split(weights.linear(normed, by.k), keyValueHeads),
      v: split(weights.linear(normed, by.v), keyValueHeads),
    };
  }

  function attend(part: AttentionPart, { resid, positions, keyPositions, past, lastOnly, rows }: BlockInputs) {
    const going = (x: Tensor) => (lastOnly ? slice(x, 1, -1, END) : x);
    const { q, k, v } = project(part, applyNorm(resid, part.norm, weights), going);
    const normedQ = part.queryNorm ? applyNorm(q, part.queryNorm, weights) : q;
    const normedK = part.keyNorm ? applyNorm(k, part.keyNorm, weights) : k;
    const turn = (x: Tensor, at: Tensor) => (part.rotary ? rotate(x, at, part.rotary) : x);
    const keys = headsSwapped(turn(normedK, positions));
    const values = headsSwapped(v);
    const from = going(positions);
    const queries = headsSwapped(turn(normedQ, from));
    const { scale, softcap, window } = part;
    const { pattern, mixed } = attention({ queries, keys, values, positions: from, keyPositions, past, scale, softcap, window });
    const z = headsSwapped(mixed);
    const written = weights.linear(pickedRows(reshape(z, [...z.shape.slice(0, 2), heads * headSize]), rows), part.out);
    const attnOut = part.outNorm ? applyNorm(written, part.outNorm, weights) : written;
    return { q, k, v, keys, values, pattern, z, attnOut, going };
  }

  function feedForward({ project: by, activation, down, outNorm }: MlpPart, normed: Tensor) {
    let pre: Tensor;
    let preLinear: Tensor | undefined;
    if ('fused' in by) ({ pre, preLinear } = by.split(weights.linear(normed, by.fused)));
    else if ('gate' in by) [pre, preLinear] = [weights.linear(normed, by.gate), weights.linear(normed, by.up)];
    else pre = weights.linear(normed, by.up);
    const post = preLinear ? mul(activation(pre), preLinear) : activation(pre);
    const written = weights.linear(post, down);
    return { pre, preLinear, post, mlpOut: outNorm ? applyNorm(written, outNorm, weights) : written };
  }

  function block(layer: number, inputs: BlockInputs): BlockTrace {
    const { attention: attentionPart, mlp } = blocks[layer];
    const { q, k, v, keys, values, pattern, z, attnOut, going } = attend(attentionPart, inputs);
    const stream = pickedRows(going(inputs.resid), inputs.rows);
    const residMid = add(stream, attnOut);
    const norm = mlp.norm ?? attentionPart.norm;
    const normalized = normalize(parallel ? stream : residMid, norm);
    const normed = scaleAndShift(normalized, norm, weights);
    const { pre, preLinear, post, mlpOut } = feedForward(mlp, normed);
    return {
      sites: {
        hook_resid_pre: inputs.resid,
        'attn.hook_q': q,
        'attn.hook_k': k,
        'attn.hook_v': v,
        'attn.hook_pattern': pattern,
        'attn.hook_z': z,
        hook_attn_out: attnOut,
        ...(!parallel && { hook_resid_mid: residMid }),
        ...(mlp.norm && { 'ln2.hook_normalized': normalized }),
        'mlp.hook_in': normed,
        'mlp.hook_pre': pre,
        ...(preLinear && { 'mlp.hook_pre_linear': preLinear }),
        'mlp.hook_post': post,
        hook_mlp_out: mlpOut,
        hook_resid_post: add(residMid, mlpOut),
      },
      keys,
      values,
    };
  }

  function embed(tokens: Tensor): Tensor {
    const rows = gather(weights.traced(description.embedding), tokens);
    return description.embeddingScale === undefined ? rows : mul(rows, description.embeddingScale);
  }

  function uncapped(normalized: Tensor, tokens?: Tensor): Tensor {
    const { unembedding, unembeddingBias } = description;
    const chosen = (name: string) => (tokens ? gather(weights.traced(name), tokens) : weights.traced(name));
    const read = matmul(scaleAndShift(normalized, finalNorm, weights), chosen(unembedding), { transposeB: true });
    return unembeddingBias === undefined ? read : add(read, chosen(unembeddingBias));
  }

  function unembed(normalized: Tensor, tokens?: Tensor): Tensor {
    const cap = description.logitSoftcap;
    const logits = uncapped(normalized, tokens);
    return cap === undefined ? logits : mul(tanh(mul(logits, 1 / cap)), cap);
  }

  function unembedDirection(direction: Tensor): Tensor {
    const read = finalNorm.kind === 'layer' ? centre(direction) : direction;
    return matmul(mul(read, scaleOf(finalNorm, weights)), weights.traced(description.unembedding), { transposeB: true });
  }

  function processed(site: Site, activation: Tensor, { foldLn, centerWritingWeights, foldValueBiases }: WeightProcessing): Tensor {
    if (site.kind === 'embed' || (site.kind === 'block' && RESIDUAL_SITES.includes(site.site))) {
      return centerWritingWeights && finalNorm.kind === 'layer' ? centre(activation) : activation;
    }
    if (!foldValueBiases || site.kind !== 'block') return activation;
    if (site.site === 'attn.hook_v') return sub(activation, valueBias(site.layer, foldLn));
    // A pattern's rows sum to 1, so that each head's mixed values have the bias of its values.
    if (site.site === 'attn.hook_z') return sub(activation, headsSwapped(repeatHeads(headsSwapped(valueBias(site.layer, foldLn)), heads)));
    return activation;
  }

  /** What values are where the norm gives nothing, or, with its bias folded into the weights, nothing but that: [1, 1, kv heads, head]. */
  function valueBias(layer: number, foldLn: boolean): Tensor {
    const part = blocks[layer].attention;
    const { width } = shape;
    const given = foldLn && part.norm.bias !== undefined ? weights.traced(part.norm.bias) : constant(new Float32Array(width), [width]);
    return project(part, reshape(given, [1, 1, width]), (x) => x).v;
  }

  return {
    family,
    shape,
    sites: BLOCK_SITES.filter((site) => !lacking.includes(site)),
    weights: weights.shapes,
    embedding: description.embedding,
    checkpoint: description.checkpoint,
    embed,
    ...(description.positionEmbedding !== undefined && {
      positionEmbed: (positions: Tensor) => gather(weights.traced(description.positionEmbedding!), positions),
    }),
    block,
    finalNorm: (resid) => normalize(resid, finalNorm),
    unembed,
    uncapped,
    unembedDirection,
    windows: blocks.map((part) => part.attention.window ?? null),
    normBehindHeads: blocks.some(({ attention: { outNorm } }) => outNorm !== undefined),
    normBehindMlps: blocks.some(({ mlp: { outNorm } }) => outNorm !== undefined),
    mlpNorm: mlpNorms[0]?.kind ?? null,
    direct: directPaths({
      ...description,
      attention: blocks.map((part) => part.attention),
      project: (layer, normed) => ({ ...project(blocks[layer].attention, normed, (x) => x) }),
      mlp: blocks.map(({ mlp: { down, outNorm, norm }, attention: part }) => ({ out: down, outNorm, norm: norm ?? part.norm })),
    }, weights),
    headsApart: headsApart(blocks.map((part) => part.attention), shape, weights),
    processed,
  };
}

/** Rows of x [b, t, width] by their indices into the flattened [b · t]; all, and as they are, where there are none. */
function pickedRows(x: Tensor, rows: Tensor | undefined): Tensor {
  return rows ? gather(reshape(x, [product(x.shape.slice(0, 2)), x.shape[2]]), rows) : x;
}

/** [b, t, heads, head] ↔ [b, heads, t, head] */
function headsSwapped(x: Tensor): Tensor {
  return transpose(x, [0, 2, 1, 3]);
}

/** Every weight by its name in the checkpoint. */
function weightShapes(description: Decoder): Map<string, readonly number[]> {
  const { width, vocabulary, headSize, context } = description.shape;
  const { embedding, positionEmbedding, blocks, finalNorm, unembedding, unembeddingBias } = description;
  const shapes = new Map<string, readonly number[]>([[embedding, [vocabulary, width]]]);
  const addAll = (entries: Iterable<[string, readonly number[]]>) => {
    for (const [name, size] of entries) shapes.set(name, size);
  };
  if (positionEmbedding !== undefined) shapes.set(positionEmbedding, [context, width]);
  for (const { attention: part, mlp } of blocks) {
    const { project, queryNorm, keyNorm, out } = part;
    addAll(normShapes(part.norm, width));
    for (const linear of 'fused' in project ? [project.fused] : [project.q, project.k, project.v]) addAll(linearShapes(linear));
    for (const norm of [queryNorm, keyNorm]) if (norm) addAll(normShapes(norm, headSize));
    addAll(linearShapes(out));
    for (const norm of [part.outNorm, mlp.norm, mlp.outNorm]) if (norm) addAll(normShapes(norm, width));
    for (const linear of 'fused' in mlp.project ? [mlp.project.fused] : Object.values(mlp.project)) addAll(linearShapes(linear));
    addAll(linearShapes(mlp.down));
  }
  addAll(normShapes(finalNorm, width));
  shapes.set(unembedding, [vocabulary, width]);
  if (unembeddingBias !== undefined) shapes.set(unembeddingBias, [vocabulary]);
  return shapes;
}
