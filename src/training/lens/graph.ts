/** One training step of a layer's translator as a single graph, and what it is judged by. The model's weights are read in place. */
import {
  div, exp, grad, input, lower, logSumExp, mul, reduceSum, stopGradient, sub, unsqueeze, type LoweredGraph, type Tensor,
} from '../../graph';
import { translated } from '../../methods/lenses/tuned-lens';
import type { Model } from '../../model';
import { locateWeights } from '../../model/weights';
import { adamW, type AdamWOptions } from '../adamw';

/** The tensors of a translator by name, and their shapes. */
export function translatorShapes(width: number): Map<string, readonly number[]> {
  return new Map<string, readonly number[]>([['weight', [width, width]], ['bias', [width]]]);
}

/** KL(model ‖ lens) in nats at each row: Σ p (log p - log q), with p from the last residual stream and q from the translated row. */
function divergences({ architecture: { finalNorm, unembed } }: Model, final: Tensor, rows: Tensor): Tensor {
  const logProbabilities = (resid: Tensor) => {
    const logits = unembed(finalNorm(resid));
    return sub(logits, unsqueeze(logSumExp(logits, -1), [1]));
  };
  const target = stopGradient(logProbabilities(final));
  return reduceSum(mul(exp(target), sub(target, logProbabilities(rows))), 1);
}

function trace(model: Model) {
  const { width } = model.shape;
  const [rows, final] = ['rows', 'final'].map((name) => input(name, 'float32', ['rows', width]));
  const [weight, bias] = [...translatorShapes(width)].map(([name, shape]) => input(name, 'float32', shape));
  return { inputs: { rows, final, weight, bias }, divergence: divergences(model, final, translated(rows, weight, bias)) };
}

/** `rows` and `final` [rows, width], `weight`, `bias` → `divergence` [rows]. */
export function lensDivergence(model: Model): LoweredGraph & { folder: string } {
  const { inputs, divergence } = trace(model);
  const { find, folder } = locateWeights(model.architecture, model.checkpoint);
  return { ...lower({ inputs, outputs: { divergence }, weights: find }), folder };
}

/**
 * Inputs a run: `rows` [rows, width], the residual stream of a layer, `final` [rows, width], the last one at the same tokens, and
 * `counts` [rows], how much each of them counts; `weight` and `bias` with their moments (`weight/mean`, `weight/variance`, …); the
 * scalars `rate`, `meanCorrection`, `varianceCorrection`. Outputs: `loss`, the weighted mean divergence, `gradientNorm`, and `new/…` of
 * each weight and moment.
 */
export function lensTrainingStep(model: Model, options: AdamWOptions): LoweredGraph & { folder: string } {
  const { inputs, divergence } = trace(model);
  const counts = input('counts', 'float32', ['rows']);
  const loss = div(reduceSum(mul(divergence, counts), 0), reduceSum(counts, 0));
  const scalar = (name: string) => input(name, 'float32', []);
  const [rate, meanCorrection, varianceCorrection] = ['rate', 'meanCorrection', 'varianceCorrection'].map(scalar);
  const names = ['weight', 'bias'] as const;
  const parameters = names.map((name) => inputs[name]);
  const moments = names.map((name) => ({
    mean: input(`${name}/mean`, 'float32', inputs[name].shape),
    variance: input(`${name}/variance`, 'float32', inputs[name].shape),
  }));
  const corrections = { mean: meanCorrection, variance: varianceCorrection };
  const adam = adamW(parameters, grad(loss, parameters), moments, rate, corrections, options);
  const given: Record<string, Tensor> = { ...inputs, counts, rate, meanCorrection, varianceCorrection };
  const outputs: Record<string, Tensor> = { loss, gradientNorm: adam.gradientNorm };
  names.forEach((name, i) => {
    Object.assign(given, { [`${name}/mean`]: moments[i].mean, [`${name}/variance`]: moments[i].variance });
    outputs[`new/${name}`] = adam.weights[i];
    outputs[`new/${name}/mean`] = adam.moments[i].mean;
    outputs[`new/${name}/variance`] = adam.moments[i].variance;
  });
  const { find, folder } = locateWeights(model.architecture, model.checkpoint);
  return { ...lower({ inputs: given, outputs, weights: find }), folder };
}
