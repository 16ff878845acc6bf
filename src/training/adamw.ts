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

export interface AdamWStep {
  weights: Tensor[];
  moments: Moments[];
  /** The joint norm of the gradients before clipping. */
  gradientNorm: Tensor;
}

/**
 * One step. Float32 scalars given at each run: the learning rate, and the bias corrections 1 - beta1^t and 1 - beta2^t.
 */
export function adamW(
  weights: readonly Tensor[],
  gradients: readonly Tensor[],
  moments: readonly Moments[],
  rate: Tensor,
  corrections: { mean: Tensor; variance: Tensor },
  { beta1, beta2, epsilon, weightDecay, clipNorm }: AdamWOptions,
): AdamWStep {
  const squares = gradients.map((g) => reduceSum(mul(g, g), g.shape.map((_, axis) => axis)));
  const gradientNorm = sqrt(squares.reduce((a, b) => add(a, b)));
  const scale = minimum(div(clipNorm, add(gradientNorm, 1e-6)), 1);
  const step: AdamWStep = { weights: [], moments: [], gradientNorm };
  weights.forEach((weight, i) => {
    const gradient = mul(gradients[i], scale);
    const mean = add(mul(moments[i].mean, beta1), mul(gradient, 1 - beta1));
    const variance = add(mul(moments[i].variance, beta2), mul(mul(gradient, gradient), 1 - beta2));
    const direction = div(div(mean, corrections.mean), add(sqrt(div(variance, corrections.variance)), epsilon));
    const decayed = weight.shape.length > 1 && weightDecay > 0 ? mul(weight, sub(1, mul(rate, weightDecay))) : weight;
    step.weights.push(sub(decayed, mul(direction, rate)));
    step.moments.push({ mean, variance });
  });
  return step;
}
