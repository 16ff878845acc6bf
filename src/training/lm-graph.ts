/** One training step of a language model as a single graph: forward, loss, backward, AdamW. */
import type { Architecture } from '../architectures';
import { add, argMax, gather, grad, input, logSoftmax, lower, matmul, mul, neg, pickLast, product, reduceSum, reshape, rmsNormalize, weight, weightOp, type LoweredGraph, type Tensor } from '../graph';
import { adamW, type AdamWOptions } from './adamw';
import { PROBES, probeNames, type ProbeName } from './probes';

const probeWeight = (name: ProbeName) => `${name} probe`;

/** The weights that training changes: the architecture's, and the probes'. */
export function trainedWeights({ weights, shape }: Architecture): Map<string, readonly number[]> {
  const probes = probeNames().map((name): [string, readonly number[]] => [probeWeight(name), [PROBES[name].classes.length, shape.width]]);
  return new Map([...weights, ...probes]);
}

/**
 * Inputs a run: `tokens`, `positions`, `keyPositions` int32 [batch, positions]; `at` int32 [targets], indices into the flattened
 * [batch · positions] of the positions whose next token counts; `targets` int32 and `targetWeights` float32 [targets]
 * (the loss is Σ weight · cross-entropy); the same for each probe in `line/at`, `line/targets`, `line/weights` and so on;
 * the scalars `rate`, `meanCorrection`, `varianceCorrection`; and every weight `w` (see trainedWeights) with its
 * moments `w/mean` and `w/variance`.
 * Outputs: `loss`, each probe's `line/loss`, `losses` [targets], `predicted` int32 [targets], `gradientNorm`, and `new/…` of each
 * weight and moment.
 */
export function trainingStep(architecture: Architecture, options: AdamWOptions): LoweredGraph {
  const { inputs, weights, losses, loss, probeLosses, predicted } = lossGraph(architecture);
  const scalars = { rate: input('rate', 'float32', []), meanCorrection: input('m', 'float32', []), varianceCorrection: input('v', 'float32', []) };
  const names = [...weights.keys()];
  const parameters = [...weights.values()];
  const moments = parameters.map((parameter, i) => ({
    mean: input(`${names[i]}/mean`, 'float32', parameter.shape),
    variance: input(`${names[i]}/variance`, 'float32', parameter.shape),
  }));
  const corrections = { mean: scalars.meanCorrection, variance: scalars.varianceCorrection };
  const step = adamW(parameters, grad(loss, parameters), moments, scalars.rate, corrections, options);

  const given: Record<string, Tensor> = { ...inputs, ...scalars };
  const outputs: Record<string, Tensor> = { loss, ...probeLosses, losses, predicted, gradientNorm: step.gradientNorm };
  names.forEach((name, i) => {
    Object.assign(given, { [name]: parameters[i], [`${name}/mean`]: moments[i].mean, [`${name}/variance`]: moments[i].variance });
    outputs[`new/${name}`] = step.weights[i];
    outputs[`new/${name}/mean`] = step.moments[i].mean;
    outputs[`new/${name}/variance`] = step.moments[i].variance;
  });
  return lower({ inputs: given, outputs });
}

/** The loss alone and, for `gradients`, its gradient for each weight (`gradient/…`): the same inputs without the optimizer's. */
export function evaluationStep(architecture: Architecture, gradients = false): LoweredGraph {
  const { inputs, weights, losses, loss, predicted } = lossGraph(architecture);
  const outputs: Record<string, Tensor> = { loss, losses, predicted };
  if (gradients) {
    const values = grad(loss, [...weights.values()]);
    [...weights.keys()].forEach((name, i) => (outputs[`gradient/${name}`] = values[i]));
  }
  return lower({ inputs: { ...inputs, ...Object.fromEntries(weights) }, outputs });
}

function lossGraph(architecture: Architecture) {
  const { width, layers } = architecture.shape;
  const inputs = {
    tokens: input('tokens', 'int32', ['batch', 'positions']),
    positions: input('positions', 'int32', ['batch', 'positions']),
    keyPositions: input('keyPositions', 'int32', ['batch', 'positions']),
    at: input('at', 'int32', ['targets']),
    targets: input('targets', 'int32', ['targets']),
    targetWeights: input('targetWeights', 'float32', ['targets']),
  };
  const probeInputs: Record<string, Tensor> = {};
  const probeLosses: Record<string, Tensor> = {};
  const flat = (x: Tensor) => reshape(x, [product(['batch', 'positions']), width]);
  let resid = architecture.embed(inputs.tokens);
  for (let layer = 0; layer < layers; layer++) {
    resid = architecture.block(layer, { resid, positions: inputs.positions, keyPositions: inputs.keyPositions }).sites.hook_resid_post;
    for (const name of probeNames()) {
      if (layer === Math.ceil(layers * PROBES[name].depth) - 1) {
        const { inputs: given, loss } = probeLoss(name, flat(resid), width);
        Object.assign(probeInputs, given);
        probeLosses[`${name}/loss`] = loss;
      }
    }
  }
  // Only the positions that count pay for the vocabulary.
  const rows = gather(flat(resid), inputs.at);
  const logits = architecture.unembed(architecture.finalNorm(rows));
  const losses = neg(pickLast(logSoftmax(logits), inputs.targets));
  const loss = Object.values(probeLosses).reduce(add, reduceSum(mul(losses, inputs.targetWeights), 0));
  const weights = tracedWeights(architecture, [loss]);
  return { inputs: { ...inputs, ...probeInputs }, weights, probeLosses, losses, loss, predicted: argMax(logits) };
}

/** The weighted cross-entropy of one probe over the rows [batch · positions, width] that it reads. */
function probeLoss(name: ProbeName, rows: Tensor, width: number): { inputs: Record<string, Tensor>; loss: Tensor } {
  const at = input(`${name}/at`, 'int32', [`${name} marks`]);
  const targets = input(`${name}/targets`, 'int32', [`${name} marks`]);
  const weights = input(`${name}/weights`, 'float32', [`${name} marks`]);
  const probe = weight(probeWeight(name), [PROBES[name].classes.length, width]);
  const logits = matmul(rmsNormalize(gather(rows, at), 1e-5).y, probe, { transposeB: true });
  const loss = reduceSum(mul(neg(pickLast(logSoftmax(logits), targets)), weights), 0);
  return { inputs: { [`${name}/at`]: at, [`${name}/targets`]: targets, [`${name}/weights`]: weights }, loss };
}

/** The architecture's weight tensors that a graph uses, by name. */
function tracedWeights(architecture: Architecture, outputs: readonly Tensor[]): Map<string, Tensor> {
  const found = new Map<string, Tensor>();
  const seen = new Set<Tensor['node']>();
  const stack = outputs.map((tensor) => tensor.node);
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.op === weightOp) found.set(node.attributes.name as string, node.outputs[0]);
    for (const tensor of node.inputs) stack.push(tensor.node);
  }
  return new Map([...trainedWeights(architecture).keys()].map((name) => [name, found.get(name)!]));
}
