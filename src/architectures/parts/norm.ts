/** The norms of the families. */
import { add, mul, reduceMean, rmsNormalize, sub, type Tensor } from '../../graph';
import type { Weights } from '../weights';

export interface Norm {
  /** LayerNorm (Ba et al. 2016), or RMSNorm (Zhang & Sennrich 2019), which does not subtract the mean. */
  readonly kind: 'layer' | 'rms';
  /** Names of the weight and bias, each [width]. */
  readonly weight: string;
  readonly bias?: string;
  readonly epsilon: number;
  /** Gemma stores the weight minus 1. */
  readonly plusOne?: boolean;
}

/** A LayerNorm by the name of its module. */
export function layerNorm(module: string, epsilon: number): Norm {
  return { kind: 'layer', weight: `${module}.weight`, bias: `${module}.bias`, epsilon };
}

/** x before weight and bias, normalised over its last axis: TransformerLens's hook_normalized. */
export function normalize(x: Tensor, { kind, epsilon }: Norm): Tensor {
  return rmsNormalize(kind === 'layer' ? centre(x) : x, epsilon).y;
}

/** What the norm multiplies x, or x minus its mean, by besides its weight: [..., 1]. */
export function frozenScale(x: Tensor, { kind, epsilon }: Norm): Tensor {
  return rmsNormalize(kind === 'layer' ? centre(x) : x, epsilon).scale;
}

/** x minus its mean over the last axis. */
export function centre(x: Tensor): Tensor {
  return sub(x, reduceMean(x, -1, true));
}

/** What the norm's weight and bias make of a normalised x. */
export function scaleAndShift(normalized: Tensor, norm: Norm, weights: Weights): Tensor {
  const scaled = mul(normalized, scaleOf(norm, weights));
  return norm.bias === undefined ? scaled : add(scaled, weights.traced(norm.bias));
}

/** What a normalised x is multiplied by, [width]. */
export function scaleOf({ weight, plusOne }: Norm, weights: Weights): Tensor {
  return plusOne ? add(weights.traced(weight), 1) : weights.traced(weight);
}

export function applyNorm(x: Tensor, norm: Norm, weights: Weights): Tensor {
  return scaleAndShift(normalize(x, norm), norm, weights);
}

/** The norm's weights and their shapes. */
export function normShapes({ weight, bias }: Norm, width: number): [string, readonly number[]][] {
  return [[weight, [width]], ...(bias === undefined ? [] : [[bias, [width]] as [string, number[]]])];
}
