/** What a model family gives to the engine: sizes, and functions that trace its parts. */
import type { Tensor } from '../graph';
import type { DirectPaths } from './direct';
import type { HeadsApart } from './heads';
import type { WeightProcessing } from './processing';
import type { BlockSite, OptionalSite, Site } from '../vocabulary/sites';

export interface ModelShape {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly mlpWidth: number;
  readonly vocabulary: number;
  /** The longest prompt, in tokens. */
  readonly context: number;
}

export interface BlockInputs {
  /** float32 [batch, positions, width] */
  readonly resid: Tensor;
  /** int32 [batch, positions]: where each token stands in its prompt */
  readonly positions: Tensor;
  /** int32 [batch, keys]: the same for each key, cached ones first; NO_KEY for padding */
  readonly keyPositions: Tensor;
  /** Keys (after rotary embedding) and values of earlier positions, float32 [1 or 'batch', kv heads, past, head]. */
  readonly past?: { readonly keys: Tensor; readonly values: Tensor };
  /** Attend, and go on, from the last position only: every site but hook_resid_pre, attn.hook_k and attn.hook_v then has one position. */
  readonly lastOnly?: boolean;
  /**
   * For training: what attention writes, the MLP and the block's output are computed for these positions only, int32 [rows], indices into
   * the flattened [batch · positions]; their sites are [rows, …].
   */
  readonly rows?: Tensor;
}

export interface BlockTrace {
  /** The block's sites: those that the architecture has. */
  readonly sites: Readonly<Record<Exclude<BlockSite, OptionalSite>, Tensor> & Partial<Record<OptionalSite, Tensor>>>;
  /** Keys and values of the new positions, for a later run's `past`: float32 [batch, kv heads, positions, head]. */
  readonly keys: Tensor;
  readonly values: Tensor;
}

/** How checkpoints of a family name weights otherwise than `Architecture.weights` does, and what else they hold. */
export interface CheckpointNames {
  /** What the names begin with, and lack in a checkpoint of the base model alone: `model.`, for example. */
  readonly prefix?: string;
  /** Weights by the names that they have in other checkpoints. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Names of tensors that a forward pass does not need: buffers that older versions of transformers saved. */
  readonly unneeded?: RegExp;
}

export interface Architecture {
  readonly family: string;
  readonly shape: ModelShape;
  /** The sites of its blocks, in the order of BLOCK_SITES: no hook_resid_mid where attention and MLP are parallel, for example. */
  readonly sites: readonly BlockSite[];
  /** Of each layer, how many positions a token's attention sees, its own included; null for all up to there. */
  readonly windows: readonly (number | null)[];
  /** Whether a norm stands behind attention, which takes the sum of all heads (Gemma 2). */
  readonly normBehindHeads: boolean;
  /** Whether one stands behind MLPs (Gemma 2). */
  readonly normBehindMlps: boolean;
  /** The kind of norm before MLPs; null where they have none of their own, but read what attention reads. */
  readonly mlpNorm: 'layer' | 'rms' | null;
  /** Every weight by its name in the checkpoint. */
  readonly weights: ReadonlyMap<string, readonly number[]>;
  /** The embedding's name; the unembedding is the same weight where they are tied. */
  readonly embedding: string;
  readonly checkpoint?: CheckpointNames;
  /** int32 [batch, positions] → hook_embed, float32 [batch, positions, width] */
  embed(tokens: Tensor): Tensor;
  /** Learned position embeddings, which are added to it (TransformerLens's hook_pos_embed): int32 [batch, positions] → like embed */
  positionEmbed?(positions: Tensor): Tensor;
  block(layer: number, inputs: BlockInputs): BlockTrace;
  /** The final norm before its weight (TransformerLens's ln_final.hook_normalized): float32 [..., width] → [..., width] */
  finalNorm(resid: Tensor): Tensor;
  /** Its weight and the unembedding: float32 [..., width] (normalised) → logits [..., vocabulary], or of `tokens` int32 [n] only. */
  unembed(normalized: Tensor, tokens?: Tensor): Tensor;
  /** The same before the soft cap of the logits, if there is one (Gemma 2). */
  uncapped(normalized: Tensor, tokens?: Tensor): Tensor;
  /**
   * What a direction in the last residual stream adds to the logits where the final norm's scale is 1, without biases or soft cap:
   * float32 [..., width] → [..., vocabulary], linear.
   */
  unembedDirection(direction: Tensor): Tensor;
  /** What its parts contribute to logits directly. */
  readonly direct: DirectPaths;
  readonly headsApart: HeadsApart;
  /** An activation at a site as TransformerLens's weight processing has it; the same tensor where it changes nothing there. */
  processed(site: Site, activation: Tensor, processing: WeightProcessing): Tensor;
}

/** The position of padding keys: later than every query, so that nothing attends to them. */
export const NO_KEY = 2 ** 30;

/** @throws a sentence when the architecture's blocks have no such site */
export function tensorAt({ family, sites }: Architecture, block: BlockTrace, site: BlockSite): Tensor {
  const tensor = block.sites[site];
  if (!tensor) throw new Error(`The blocks of a ${family} model have no ${site}; they have ${sites.join(', ')}.`);
  return tensor;
}
