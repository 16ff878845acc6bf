/** What an SAE is, in one form for every file format; names are SAELens's. */
import type { WeightProcessing } from '../architectures';
import type { SiteName } from '../vocabulary/sites';

export type SaeFormat = 'saelens' | 'gemma-scope' | 'sparsify';

/**
 * How latents come from pre-activations:
 * standard: ReLU; gated: Rajamanoharan et al. 2024a; jumprelu: Rajamanoharan et al. 2024b, eq. 3; topk: the k largest, then ReLU
 * (Gao et al. 2024); groupmax: the largest of each of k equal groups of neighbours (EleutherAI's sparsify).
 */
export type SaeArchitecture = 'standard' | 'gated' | 'topk' | 'groupmax' | 'jumprelu';

/**
 * How inputs are scaled before the encoder, and reconstructions back:
 * expected_average_only_in: by `normScalingFactor`, one number for all; constant_norm_rescale: each row to the norm √dIn;
 * layer_norm: each row to mean 0 and (unbiased) standard deviation 1.
 */
export type NormalizeActivations = 'none' | 'expected_average_only_in' | 'constant_norm_rescale' | 'layer_norm';

export interface SaeConfig {
  readonly format: SaeFormat;
  readonly architecture: SaeArchitecture;
  /** The processing of the model that it was trained on: what it reads and reconstructs is the processed activation. */
  readonly processing: WeightProcessing;
  /** Width of what it reads and reconstructs. */
  readonly dIn: number;
  /** Width of what it reconstructs: dIn, but of a transcoder, whose sites may have two widths. */
  readonly dOut: number;
  /** Number of latents. */
  readonly dSae: number;
  /** TransformerLens's name of the site that it reads, such as blocks.2.hook_resid_post. */
  readonly site: SiteName;
  /**
   * Of a transcoder (Dunefsky et al. 2024, arXiv 2406.11944) the site whose activation it predicts from what it reads, such as
   * blocks.2.hook_mlp_out; null for an SAE, which reconstructs what it reads.
   */
  readonly output: SiteName | null;
  /** Whether it predicts what the MLP itself gives, before a norm that stands behind it in some families (Gemma 2). */
  readonly beforeOutNorm: boolean;
  /**
   * Of a transcoder: whether a linear map of what it reads, W_skip [dOut, dIn], is added to what it decodes (Paulo et al. 2025, arXiv
   * 2501.18823); `transposed` where it is stored [dIn, dOut].
   */
  readonly skip: 'none' | 'plain' | 'transposed';
  /** The one attention head that it reads, at a site with heads; null for all of them side by side (hook_z) or each alone. */
  readonly head: number | null;
  /** Active latents a row for topk and groupmax, else null. */
  readonly k: number | null;
  /** Whether b_dec is subtracted from the (normalised) input before the encoder. */
  readonly applyBDecToInput: boolean;
  readonly normalizeActivations: NormalizeActivations;
  readonly normScalingFactor: number;
  /** topk only: latents are multiplied by their decoder row's norm before the k largest are taken, and divided by it when decoded. */
  readonly rescaleActsByDecoderNorm: boolean;
  /** Latents are multiplied by the weight `scaling_factor` before they are decoded. */
  readonly finetuningScaling: boolean;
  /** The encoder is stored [dSae, dIn] (torch's nn.Linear) instead of [dIn, dSae]. */
  readonly encoderTransposed: boolean;
  /** The threshold is stored as its logarithm. */
  readonly logThreshold: boolean;
  /** For information, as far as the file tells: the model it was trained on, whether prompts had a BOS token, and how long they were. */
  readonly modelName: string | null;
  readonly prependBos: boolean | null;
  readonly contextSize: number | null;
  /** SHA-256 of the weights of the model it was trained on, where this package trained it. */
  readonly modelSha256: string | null;
}

/** As its files say; the site is not checked yet. */
export type StoredSaeConfig = Omit<SaeConfig, 'site' | 'output'> & { readonly site: string; readonly output: string | null };

/** What holds of every SAE that is no transcoder. */
export function reconstructing(dIn: number) {
  return { dOut: dIn, output: null, beforeOutNorm: false, skip: 'none' } as const;
}

export interface OpenSaeOptions {
  /** The site, where the folder does not name it or names another. */
  site?: string;
  /** The site that a transcoder predicts, where the folder does not name it or names another. */
  output?: string;
  /** What inputs are multiplied by for normalize_activations 'expected_average_only_in', which is not in the files. */
  normScalingFactor?: number;
  /** The weight processing of the model that it was trained on, where the files do not tell or tell another. */
  processing?: WeightProcessing;
  /** Bytes of weights up to which they are held in memory, so that SAEs of one shape share their sessions; 0 reads them in place. */
  inMemoryBytes?: number;
  /** Threads of its sessions; by default as many as there are processors. */
  threads?: number;
}
