/** One training step of a language model as a single graph: forward, loss, backward, AdamW. */
import type { Architecture } from '../architectures';
import { add, argMax, gather, grad, input, logSoftmax, lower, matmul, mul, neg, pickLast, product, reduceSum, reshape, rmsNormalize, weight, weightOp, type LoweredGraph, type Tensor } from '../graph';
import { adamW, type AdamWOptions } from './adamw';
import { LINE_CLASSES } from './samples';

/**
 * A linear probe that is trained along with the model and not kept: from the residual stream at the end of each line, after half
 * of the layers, it tells what that line raises. Its loss makes the lower layers see errors where they happen.
 */
export const LINE_PROBE = 'line probe';

/** The weights that training changes: the architecture's, and the probe. */
export function trainedWeights({ weights, shape }: Architecture): Map<string, readonly number[]> {
  return new Map([...weights, [LINE_PROBE, [LINE_CLASSES.length, shape.width]]]);
}

/**
 * Inputs a run: `tokens`, `positions`, `keyPositions` int32 [batch, positions]; `at` int32 [targets], indices into the flattened
 * [batch · positions] of the positions whose next token counts; `targets` int32 and `targetWeights` float32 [targets]
 * (the loss is Σ weight · cross-entropy); the same for the ends of lines in `lineAt`, `lineTargets` and `lineWeights`
 * [lines]; the scalars `rate`, `meanCorrection`, `varianceCorrection`; and every weight `w` (see trainedWeights) with its
 * moments `w/mean` and `w/variance`.
 * Outputs: `loss`, `lineLoss`, `losses` [targets], `predicted` int32 [targets], `gradientNorm`, and `new/…` of each weight and moment.
 */
export function trainingStep(architecture: Architecture, options: AdamWOptions): LoweredGraph {
  const { inputs, weights, losses, loss, lineLoss, predicted } = lossGraph(architecture);
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
  const outputs: Record<string, Tensor> = { loss, lineLoss, losses, predicted, gradientNorm: step.gradientNorm };
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
    lineAt: input('lineAt', 'int32', ['lines']),
    lineTargets: input('lineTargets', 'int32', ['lines']),
    lineWeights: input('lineWeights', 'float32', ['lines']),
  };
  const flat = (x: Tensor) => reshape(x, [product(['batch', 'positions']), width]);
  const probe = weight(LINE_PROBE, [LINE_CLASSES.length, width]);
  let lineLoss: Tensor | undefined;
  let resid = architecture.embed(inputs.tokens);
  for (let layer = 0; layer < layers; layer++) {
    resid = architecture.block(layer, { resid, positions: inputs.positions, keyPositions: inputs.keyPositions }).sites.hook_resid_post;
    if (layer === Math.floor((layers - 1) / 2)) {
      const ends = rmsNormalize(gather(flat(resid), inputs.lineAt), 1e-5).y;
      const lineLosses = neg(pickLast(logSoftmax(matmul(ends, probe, { transposeB: true })), inputs.lineTargets));
      lineLoss = reduceSum(mul(lineLosses, inputs.lineWeights), 0);
    }
  }
  // Only the positions that count pay for the vocabulary.
  const rows = gather(flat(resid), inputs.at);
  const logits = architecture.unembed(architecture.finalNorm(rows));
  const losses = neg(pickLast(logSoftmax(logits), inputs.targets));
  const loss = add(reduceSum(mul(losses, inputs.targetWeights), 0), lineLoss!);
  return { inputs, weights: tracedWeights(architecture, [loss]), lineLoss: lineLoss!, losses, loss, predicted: argMax(logits) };
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
