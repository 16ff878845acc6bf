/** One training step of a language model as a single graph: forward, loss, backward, optimizer. */
import type { Architecture } from '../../architectures';
import { add, applies, argMax, gather, grad, input, logSoftmax, lower, matmul, mul, neg, pickLast, product, reduceSum, reshape, rmsNormalize, weight, weightOp, type LoweredGraph, type Tensor } from '../../graph';
import { optimizerStep, type OptimizerOptions } from './optimizer';
import { PROBES, probeNames, type ProbeName } from './probes';

const probeWeight = (name: ProbeName) => `${name} probe`;
const probedLayer = (name: ProbeName, layers: number) => Math.ceil(layers * PROBES[name].depth) - 1;

/** The weights that training changes: the architecture's, and the probes'. */
export function trainedWeights({ weights, shape }: Architecture): Map<string, readonly number[]> {
  const probes = probeNames().map((name): [string, readonly number[]] => [probeWeight(name), [PROBES[name].classes.length, shape.width]]);
  return new Map([...weights, ...probes]);
}

/**
 * Inputs a run: `tokens`, `positions`, `keyPositions` int32 [batch, positions]; `at` int32 [targets], indices into the flattened
 * [batch · positions] of the positions whose next token counts; `targets` int32 and `targetWeights` float32 [targets]
 * (the loss is Σ weight · cross-entropy); the same for each probe in `line/at`, `line/targets`, `line/weights` and so on;
 * every weight (see trainedWeights); and the optimizer's (see optimizerStep).
 * Outputs: `loss`, each probe's `line/loss`, `losses` [targets], `predicted` int32 [targets], `gradientNorm`, and `new/…` of each
 * weight and of what the optimizer remembers of it.
 */
export function trainingStep(architecture: Architecture, options: OptimizerOptions): LoweredGraph {
  const { inputs, weights, losses, loss, probeLosses, predicted } = lossGraph(architecture);
  const step = optimizerStep(weights, grad(loss, [...weights.values()]), options);
  return lower({
    inputs: { ...inputs, ...Object.fromEntries(weights), ...step.inputs },
    outputs: { loss, ...probeLosses, losses, predicted, gradientNorm: step.gradientNorm, ...step.outputs },
  });
}

/**
 * The loss alone and, for `gradients`, its gradient for each weight (`gradient/…`): the same inputs without the optimizer's. `plain` leaves
 * out what makes training faster, for tests.
 */
export function evaluationStep(
  architecture: Architecture,
  { gradients = false, plain = false }: { gradients?: boolean; plain?: boolean } = {},
): LoweredGraph {
  const { inputs, weights, losses, loss, predicted } = lossGraph(architecture, plain);
  const outputs: Record<string, Tensor> = { loss, losses, predicted };
  if (gradients) {
    const values = grad(loss, [...weights.values()]);
    [...weights.keys()].forEach((name, i) => (outputs[`gradient/${name}`] = values[i]));
  }
  return lower({ inputs: { ...inputs, ...Object.fromEntries(weights) }, outputs });
}

/**
 * The answers' log-probabilities, [targets, answers], relative to one another. Inputs: `tokens`, `positions`, `keyPositions` and `at` as
 * for trainingStep, `answers` int32 [answers], and the architecture's weights.
 */
export function answerStep(architecture: Architecture): LoweredGraph {
  const { inputs, rows } = forward(architecture);
  const answers = input('answers', 'int32', ['answers']);
  const logProbabilities = logSoftmax(architecture.unembed(architecture.finalNorm(rows), answers));
  const weights = tracedWeights([logProbabilities], architecture.weights.keys());
  return lower({ inputs: { ...inputs, answers, ...Object.fromEntries(weights) }, outputs: { logProbabilities } });
}

/** The residual stream after the last block at `at`, [targets, width]; `probed` sees that after each other block, of all positions. */
function forward(architecture: Architecture, probed?: (layer: number, stream: Tensor) => void, plain = false) {
  const { width, layers } = architecture.shape;
  const inputs = {
    tokens: input('tokens', 'int32', ['batch', 'positions']),
    positions: input('positions', 'int32', ['batch', 'positions']),
    keyPositions: input('keyPositions', 'int32', ['batch', 'positions']),
    at: input('at', 'int32', ['targets']),
  };
  const flat = (x: Tensor) => reshape(x, [product(['batch', 'positions']), width]);
  let resid = architecture.embed(inputs.tokens);
  const { positions, keyPositions, at } = inputs;
  // Of the last block's output only what counts is computed, where no probe reads it whole.
  const whole = probeNames().some((name) => probedLayer(name, layers) === layers - 1);
  for (let layer = 0; layer < layers; layer++) {
    const rows = layer === layers - 1 && !plain && !(probed && whole) ? at : undefined;
    resid = architecture.block(layer, { resid, positions, keyPositions, rows }).sites.hook_resid_post;
    if (rows) return { inputs, rows: resid };
    probed?.(layer, flat(resid));
  }
  return { inputs, rows: gather(flat(resid), at) };
}

function lossGraph(architecture: Architecture, plain = false) {
  const { width, layers } = architecture.shape;
  const probeInputs: Record<string, Tensor> = {};
  const probeLosses: Record<string, Tensor> = {};
  const { inputs: given, rows } = forward(architecture, (layer, stream) => {
    for (const name of probeNames()) {
      if (layer !== probedLayer(name, layers)) continue;
      const probe = probeLoss(name, stream, width);
      Object.assign(probeInputs, probe.inputs);
      probeLosses[`${name}/loss`] = probe.loss;
    }
  }, plain);
  const inputs = { ...given, targets: input('targets', 'int32', ['targets']), targetWeights: input('targetWeights', 'float32', ['targets']) };
  // Only the positions that count pay for the vocabulary.
  const logits = architecture.unembed(architecture.finalNorm(rows));
  const losses = neg(pickLast(logSoftmax(logits), inputs.targets));
  const loss = Object.values(probeLosses).reduce(add, reduceSum(mul(losses, inputs.targetWeights), 0));
  const weights = tracedWeights([loss], trainedWeights(architecture).keys());
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

/** The weight tensors that a graph uses, in the order of the names. */
function tracedWeights(outputs: readonly Tensor[], names: Iterable<string>): Map<string, Tensor> {
  const found = new Map<string, Tensor>();
  const seen = new Set<Tensor['node']>();
  const stack = outputs.map((tensor) => tensor.node);
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (seen.has(node)) continue;
    seen.add(node);
    if (applies(node, weightOp)) found.set(node.attributes.name, node.outputs[0]);
    for (const tensor of node.inputs) stack.push(tensor.node);
  }
  return new Map([...names].map((name) => [name, found.get(name)!]));
}
