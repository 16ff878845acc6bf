/** AdamW with gradient clipping, as graph nodes (Loshchilov & Hutter 2019; clipping by the global norm as in PyTorch). */
import { add, div, minimum, mul, reduceSum, sqrt, sub, type Tensor } from '../graph';

export interface AdamWOptions {
  beta1: number;
  beta2: number;
  epsilon: number;
  /** Applied to weights of two or more axes only. */
  weightDecay: number;
  /** Gradients are scaled so that their joint norm is at most this. */
  clipNorm: number;
}

export interface Moments {
  mean: Tensor;
  variance: Tensor;
}

/** The bias corrections of a step, float32 scalars: 1 - beta1^t and 1 - beta2^t. */
export type Corrections = Moments;

export interface AdamWStep {
  weights: Tensor[];
  moments: Moments[];
  /** The joint norm of the gradients before clipping. */
  gradientNorm: Tensor;
}

/** Gradients scaled so that their joint norm is at most `clipNorm`; `norm` is what it was. */
export function clipped(gradients: readonly Tensor[], clipNorm: number): { gradients: Tensor[]; norm: Tensor } {
  const squares = gradients.map((g) => reduceSum(mul(g, g), g.shape.map((_, axis) => axis)));
  const norm = sqrt(squares.reduce((a, b) => add(a, b)));
  const scale = minimum(div(clipNorm, add(norm, 1e-6)), 1);
  return { gradients: gradients.map((gradient) => mul(gradient, scale)), norm };
}

/** One step of one weight with a gradient that is clipped already; `rate` is a float32 scalar. */
export function adamWUpdate(
  weight: Tensor,
  gradient: Tensor,
  moments: Moments,
  rate: Tensor,
  corrections: Corrections,
  { beta1, beta2, epsilon, weightDecay }: AdamWOptions,
): { weight: Tensor; moments: Moments } {
  const mean = add(mul(moments.mean, beta1), mul(gradient, 1 - beta1));
  const variance = add(mul(moments.variance, beta2), mul(mul(gradient, gradient), 1 - beta2));
  const direction = div(div(mean, corrections.mean), add(sqrt(div(variance, corrections.variance)), epsilon));
  const decayed = weight.shape.length > 1 && weightDecay > 0 ? mul(weight, sub(1, mul(rate, weightDecay))) : weight;
  return { weight: sub(decayed, mul(direction, rate)), moments: { mean, variance } };
}

/** One step of all weights. The learning rate and the corrections are given at each run. */
export function adamW(
  weights: readonly Tensor[],
  gradients: readonly Tensor[],
  moments: readonly Moments[],
  rate: Tensor,
  corrections: Corrections,
  options: AdamWOptions,
): AdamWStep {
  const { gradients: scaled, norm } = clipped(gradients, options.clipNorm);
  const steps = weights.map((weight, i) => adamWUpdate(weight, scaled[i], moments[i], rate, corrections, options));
  return { weights: steps.map(({ weight }) => weight), moments: steps.map((step) => step.moments), gradientNorm: norm };
}
