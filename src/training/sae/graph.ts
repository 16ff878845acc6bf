/** One training step of a sparse autoencoder as a single graph: forward, loss, backward, Adam, decoder norms. */
import {
  add, cast, div, END, exp, gather, grad, greater, greaterOrEqual, input, lower, matmul, mul,
  reduceMax, reduceMean, reduceSum, relu, reshape,
  scatterElements, slice, sqrt, squeeze, step, stopGradient, sub, topK, unsqueeze, where, zerosLike, type LoweredGraph, type Tensor,
} from '../../graph';
import { adamW, type AdamWOptions } from '../adamw';

/**
 * TopK (Gao et al. 2024): the k largest pre-activations of a token are its latents, after a ReLU.
 * JumpReLU (Rajamanoharan et al. 2024): those above a threshold that each latent learns.
 * BatchTopK (Bussmann et al. 2024): the k · batch largest of a whole batch. It exists in training only; trained, it
 * is a JumpReLU with the thresholds that `finishSae` finds.
 */
export type SaeArchitecture = 'topk' | 'jumprelu' | 'batchtopk';

export interface SaeShape {
  architecture: SaeArchitecture;
  /** Size of an activation. */
  inputs: number;
  latents: number;
  /** Active latents of a token: TopK's k, BatchTopK's mean, or the mean that JumpReLU is trained towards. */
  active: number;
  /**
   * Nested dictionaries (Matryoshka, Bussmann et al. 2025): the first so many latents have to reconstruct the activation on their own too,
   * with the same activations; their losses are averaged with that of all.
   */
  prefixes?: readonly number[];
  /** Width of the straight-through estimator's kernel, in units of the normalised activation; JumpReLU only. */
  bandwidth: number;
}

/** Dead latents that may take part in one step's auxiliary loss. */
export function auxiliaryCandidates({ latents }: SaeShape): number {
  return Math.min(512, latents);
}

/** Dead latents that reconstruct a token's error: half the activation's size (Gao et al. 2024, appendix A.2). */
export function auxiliaryActive(shape: SaeShape): number {
  return Math.min(auxiliaryCandidates(shape), Math.max(1, Math.floor(shape.inputs / 2)));
}

/**
 * The weights by name. The encoder is kept with a latent a row, [latents, inputs]: SAELens's W_enc transposed. With a the normalised
 * activation: pre = (a - b_dec) · encoderᵀ + b_enc, reconstruction = latents · W_dec + b_dec.
 */
export function saeWeights({ architecture, inputs, latents }: SaeShape): Map<string, readonly number[]> {
  const weights = new Map<string, readonly number[]>([
    ['encoder', [latents, inputs]],
    ['b_enc', [latents]],
    ['W_dec', [latents, inputs]],
    ['b_dec', [inputs]],
  ]);
  // The logarithm keeps thresholds positive, and Adam's steps on it are relative to the threshold's size.
  if (architecture === 'jumprelu') weights.set('logThreshold', [latents]);
  return weights;
}

interface Forward {
  /** [batch, latents] */
  activations: Tensor;
  /** Latents of each token that are not zero, or for JumpReLU its differentiable stand-in: [batch]. */
  active: Tensor;
  pre: Tensor;
}

/** A batch of a fixed size, of which BatchTopK takes the largest, once `lift` [latents] was taken from each latent. */
interface BatchChoice {
  rows: number;
  lift: Tensor;
}

/** x [batch, inputs] → latents [batch, latents]. */
function encode(shape: SaeShape, weights: ReadonlyMap<string, Tensor>, x: Tensor, batch?: BatchChoice): Forward {
  const encoder = weights.get('encoder')!;
  // The bias of the decoder goes through the encoder once, not once a token.
  const shift = matmul(unsqueeze(weights.get('b_dec')!, [0]), encoder, { transposeB: true });
  const pre = add(matmul(x, encoder, { transposeB: true }), sub(weights.get('b_enc')!, shift));
  if (shape.architecture === 'topk') {
    const { values, indices } = topK(pre, shape.active);
    const positive = relu(values);
    const activations = scatterElements(zerosLike(pre), indices, positive, 1);
    return { activations, pre, active: reduceSum(cast(greater(positive, 0), 'float32'), 1) };
  }
  if (shape.architecture === 'batchtopk') {
    if (!batch) throw new Error('BatchTopK exists only in training.');
    const { values } = topK(reshape(lifted(pre, batch), [batch.rows * shape.latents]), Math.round(batch.rows * shape.active));
    const threshold = relu(stopGradient(squeeze(slice(values, 0, -1, END), [0])));
    const open = greaterOrEqual(lifted(pre, batch), threshold);
    const activations = where(open, relu(pre), 0);
    return { activations, pre, active: reduceSum(cast(greater(activations, 0), 'float32'), 1) };
  }
  const open = step(pre, exp(weights.get('logThreshold')!), shape.bandwidth);
  return { activations: mul(pre, open), pre, active: reduceSum(open, 1) };
}

const lifted = (pre: Tensor, { lift }: BatchChoice) => sub(stopGradient(pre), lift);

/** Reconstructions, of the first `count` latents alone where it is given. */
function decode(weights: ReadonlyMap<string, Tensor>, activations: Tensor, count?: number): Tensor {
  const first = (tensor: Tensor, axis: number) => (count === undefined ? tensor : slice(tensor, axis, 0, count));
  return add(matmul(first(activations, 1), first(weights.get('W_dec')!, 0)), weights.get('b_dec')!);
}

const weightInputs = (shape: SaeShape) =>
  new Map([...saeWeights(shape)].map(([name, size]): [string, Tensor] => [name, input(name, 'float32', size)]));
const scalarInput = (name: string) => input(name, 'float32', []);
/** Σ over tokens of weight · ‖row‖². */
const weightedSquares = (rows: Tensor, weights: Tensor) => reduceSum(mul(reduceSum(mul(rows, rows), 1), weights), 0);

/**
 * Inputs a run: `x` [batch, inputs], normalised activations; `rowWeights` [batch], which sum to 1; the scalars `variance` (the mean
 * ‖x - mean‖²), `rate`, `meanCorrection`, `varianceCorrection`, for JumpReLU `sparsity` (λ); `shares` [batch], which sum to 1 and say how
 * much each row counts for the latents' frequencies; for BatchTopK `lift` [latents], by how much a latent has to exceed the others;
 * every weight `w` with `w/mean` and `w/variance`; and, in the graph with the auxiliary loss, int32 `candidates` [auxiliaryCandidates],
 * latents that are dead, `hidden` of the same size, 0 for each and -1e30 where the list is filled up, and the scalar `auxiliaryScale`.
 *
 * The loss is Σ rowWeights · ‖x - reconstruction‖² / variance (the fraction of variance unexplained; its mean over the prefixes and all
 * latents where there are prefixes), plus for JumpReLU λ · (mean active / target - 1)², and auxiliaryScale · the part of the error that
 * the dead latents do not explain.
 *
 * Outputs: `loss`, `unexplained`, `active` (the mean a token), `auxiliary`, `gradientNorm`, `largest` [latents], the largest
 * activation of each latent, `frequency` [latents], the share of the rows at which it is active, and `new/…` of each
 * weight and moment.
 */
export function saeTrainingStep(shape: SaeShape, options: AdamWOptions, auxiliary: boolean, rows: number): LoweredGraph {
  const weights = weightInputs(shape);
  const x = input('x', 'float32', [rows, shape.inputs]);
  const shares = input('shares', 'float32', [rows]);
  const rowWeights = input('rowWeights', 'float32', [rows]);
  const [variance, rate] = [scalarInput('variance'), scalarInput('rate')];
  const corrections = { mean: scalarInput('meanCorrection'), variance: scalarInput('varianceCorrection') };
  const given: Record<string, Tensor> = { x, rowWeights, shares, variance, rate };
  Object.assign(given, { meanCorrection: corrections.mean, varianceCorrection: corrections.variance });

  if (shape.architecture === 'batchtopk') given.lift = input('lift', 'float32', [shape.latents]);
  const { activations, active } = encode(shape, weights, x, given.lift && { rows, lift: given.lift });
  const error = sub(decode(weights, activations), x);
  const unexplained = div(weightedSquares(error, rowWeights), variance);
  const meanActive = reduceMean(active, 0);
  const frequency = reduceSum(mul(cast(greater(activations, 0), 'float32'), unsqueeze(shares, [1])), 0);
  const outputs: Record<string, Tensor> = { unexplained, active: meanActive, largest: reduceMax(activations, 0), frequency };
  let loss = unexplained;
  const prefixes = shape.prefixes ?? [];
  for (const count of prefixes) loss = add(loss, div(weightedSquares(sub(decode(weights, activations, count), x), rowWeights), variance));
  if (prefixes.length > 0) loss = div(loss, prefixes.length + 1);
  if (shape.architecture === 'jumprelu') {
    const sparsity = (given.sparsity = scalarInput('sparsity'));
    const excess = sub(div(meanActive, shape.active), 1);
    loss = add(loss, mul(sparsity, mul(excess, excess)));
  }
  if (auxiliary) {
    const part = auxiliaryLoss(shape, weights, x, stopGradient(error), rowWeights);
    Object.assign(given, part.inputs);
    outputs.auxiliary = part.loss;
    loss = add(loss, mul(part.scale, part.loss));
  }

  outputs.loss = loss;

  const names = [...weights.keys()];
  const parameters = [...weights.values()];
  const moments = parameters.map((parameter, i) => ({
    mean: input(`${names[i]}/mean`, 'float32', parameter.shape),
    variance: input(`${names[i]}/variance`, 'float32', parameter.shape),
  }));
  const gradients = grad(loss, parameters);
  const decoder = names.indexOf('W_dec');
  gradients[decoder] = acrossRows(gradients[decoder], parameters[decoder]);
  const adam = adamW(parameters, gradients, moments, rate, corrections, options);
  outputs.gradientNorm = adam.gradientNorm;
  names.forEach((name, i) => {
    Object.assign(given, { [name]: parameters[i], [`${name}/mean`]: moments[i].mean, [`${name}/variance`]: moments[i].variance });
    outputs[`new/${name}`] = name === 'W_dec' ? unitRows(adam.weights[i]) : adam.weights[i];
    outputs[`new/${name}/mean`] = adam.moments[i].mean;
    outputs[`new/${name}/variance`] = adam.moments[i].variance;
  });
  return lower({ inputs: given, outputs });
}

/** What dead latents leave of the error, as a share of it; no gradient reaches the latents that are alive. */
function auxiliaryLoss(shape: SaeShape, weights: ReadonlyMap<string, Tensor>, x: Tensor, error: Tensor, rowWeights: Tensor) {
  const count = auxiliaryCandidates(shape);
  const candidates = input('candidates', 'int32', [count]);
  const hidden = input('hidden', 'float32', [count]);
  const scale = scalarInput('auxiliaryScale');
  const encoder = gather(weights.get('encoder')!, candidates);
  const shift = matmul(unsqueeze(stopGradient(weights.get('b_dec')!), [0]), encoder, { transposeB: true });
  const bias = add(squeeze(gather(unsqueeze(weights.get('b_enc')!, [1]), candidates), [1]), hidden);
  const pre = add(matmul(x, encoder, { transposeB: true }), sub(bias, shift));
  const { values, indices } = topK(pre, auxiliaryActive(shape));
  const activations = scatterElements(zerosLike(pre), indices, relu(values), 1);
  const left = add(matmul(activations, gather(weights.get('W_dec')!, candidates)), error); // the error is reconstruction - x
  const loss = div(weightedSquares(left, rowWeights), weightedSquares(error, rowWeights));
  return { inputs: { candidates, hidden, auxiliaryScale: scale }, scale, loss };
}

/** A gradient without its component along each (unit) row, which would only change the row's norm. */
function acrossRows(gradient: Tensor, rows: Tensor): Tensor {
  return sub(gradient, mul(rows, reduceSum(mul(gradient, rows), 1, true)));
}

function unitRows(rows: Tensor): Tensor {
  return div(rows, sqrt(reduceSum(mul(rows, rows), 1, true)));
}

/**
 * x [batch, inputs] and every weight → `reconstruction` [batch, inputs], `active` [batch], `largest` [latents] and `counts` [latents],
 * at how many rows each is active.
 */
export function saeReconstruction(shape: SaeShape): LoweredGraph {
  const weights = weightInputs(shape);
  const x = input('x', 'float32', ['batch', shape.inputs]);
  const { activations, active } = encode(shape, weights, x);
  const outputs = { reconstruction: decode(weights, activations), active, largest: reduceMax(activations, 0), counts: reduceSum(cast(greater(activations, 0), 'float32'), 0) };
  return lower({ inputs: { x, ...Object.fromEntries(weights) }, outputs });
}

/** x [batch, inputs] and every weight → `pre` and `activations` [batch, latents]. */
export function saeEncoder(shape: SaeShape): LoweredGraph {
  const weights = weightInputs(shape);
  const x = input('x', 'float32', ['batch', shape.inputs]);
  const { pre, activations } = encode(shape, weights, x);
  return lower({ inputs: { x, ...Object.fromEntries(weights) }, outputs: { pre, activations }, dropUnused: true });
}
