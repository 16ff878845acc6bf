/** Reductions and what is built on them. */
import { apply, axisIndex, requireDtype, shapeError, type Op, type Shape, type Tensor } from '../tensor';
import { cast, div, equal, exp, mul, sub } from './elementwise';
import { gatherElements, scatterElements, zerosLike } from './index-ops';
import { expandLike, unsqueeze } from './shape';

interface ReduceAttributes {
  axes: readonly number[];
  keep: boolean;
}

function reducedShape(shape: Shape, { axes, keep }: ReduceAttributes): Shape {
  return keep ? shape.map((dim, i) => (axes.includes(i) ? 1 : dim)) : shape.filter((_, i) => !axes.includes(i));
}

/** A reduced value with its axes back as size 1, so that it broadcasts against the input. */
function restore(y: Tensor, attributes: ReduceAttributes): Tensor {
  return attributes.keep ? y : unsqueeze(y, attributes.axes);
}

function reduceOp(
  name: string,
  onnx: string,
  derivative: (x: Tensor, y: Tensor, g: Tensor) => Tensor,
  axesAsAttribute = false,
): Op<ReduceAttributes> {
  return {
    name,
    infer([x], attributes) {
      requireDtype(name, name === 'reduceSum' ? ['float32', 'int32'] : 'float32', x);
      return [{ dtype: x.dtype, shape: reducedShape(x.shape, attributes) }];
    },
    vjp: ({ inputs: [x], outputs: [y], attributes }, [g]) => [derivative(x, restore(y, attributes), restore(g!, attributes))],
    emit(emitter, node, [x], outputs) {
      const { axes, keep } = node.attributes;
      const sorted = [...axes].sort((a, b) => a - b);
      if (axesAsAttribute) emitter.node(onnx, [x], outputs, { axes: sorted, keepdims: keep ? 1 : 0 });
      else emitter.node(onnx, [x, emitter.int64(sorted)], outputs, { keepdims: keep ? 1 : 0 });
    },
  };
}

const reduce = (op: Op<ReduceAttributes>) => (x: Tensor, axes: number | readonly number[], keep = false) => {
  const list = (typeof axes === 'number' ? [axes] : axes).map((axis) => axisIndex(op.name, axis, x));
  return apply(op, [x], { axes: list.sort((a, b) => a - b), keep })[0];
};

export const reduceSum = reduce(reduceOp('reduceSum', 'ReduceSum', (x, _y, g) => expandLike(g, x)));
export const reduceMean = reduce(
  reduceOp('reduceMean', 'ReduceMean', (x, y, g) => {
    // The number of averaged elements, known only at run time: sum of ones over their mean.
    const ones = expandLike(g, x);
    return div(ones, countAs(x, y));
  }),
);
/** The largest value; equal largest values share the gradient. */
export const reduceMax = reduce(
  reduceOp('reduceMax', 'ReduceMax', (x, y, g) => {
    const largest = cast(equal(x, y), 'float32');
    const axes = x.shape.flatMap((dim, i) => (y.shape[i] === 1 && dim !== 1 ? [i] : []));
    return mul(largest, div(g, axes.length > 0 ? reduceSum(largest, axes, true) : largest));
  }),
);
const logSumExpOp = reduceOp('logSumExp', 'ReduceLogSumExp', (x, y, g) => mul(g, exp(sub(x, y))));
/**
 * log(sum(exp(x))) without overflow. Not by ONNX Runtime's ReduceLogSumExp, which adds one number after the other and is off by up to
 * 1e-4 over a vocabulary of 50,000; its ReduceSum adds several at a time, and is off by a tenth of that.
 */
export const logSumExp = reduce({
  ...logSumExpOp,
  emit(emitter, node, [x], outputs) {
    const { axes, keep } = node.attributes;
    const over = emitter.int64([...axes].sort((a, b) => a - b));
    const [largest] = emitter.node('ReduceMax', [x, over], 1, { keepdims: 1 });
    const [shifted] = emitter.node('Sub', [x, largest], 1);
    const [powers] = emitter.node('Exp', [shifted], 1);
    const [sum] = emitter.node('ReduceSum', [powers, over], 1, { keepdims: 1 });
    const [log] = emitter.node('Log', [sum], 1);
    if (keep) emitter.node('Add', [log, largest], outputs);
    else emitter.node('Squeeze', [emitter.node('Add', [log, largest], 1)[0], over], outputs);
  },
});

/** How many elements of `x` each element of `y` (same rank, reduced axes 1) stands for, as a float32 broadcastable to y. */
function countAs(x: Tensor, y: Tensor): Tensor {
  const axes = x.shape.flatMap((dim, i) => (y.shape[i] === 1 && dim !== 1 ? [i] : []));
  return apply(countOp, [x], { axes })[0];
}
const countOp: Op<{ axes: readonly number[] }> = {
  name: 'count',
  infer: () => [{ dtype: 'float32', shape: [] }],
  vjp: () => [undefined],
  emit(emitter, node, [x], outputs) {
    const axes = node.attributes.axes;
    const [sizes] = emitter.node('Shape', [x], 1);
    const [picked] = emitter.node('Gather', [sizes, emitter.int64(axes)], 1);
    const [count] = emitter.node('ReduceProd', [picked], 1, { keepdims: 0 });
    emitter.node('Cast', [count], outputs, { to: 1 });
  },
};

function rowOp(name: string, onnx: string, derivative: (y: Tensor, g: Tensor) => Tensor): (x: Tensor) => Tensor {
  const op: Op = {
    name,
    infer([x]) {
      requireDtype(name, 'float32', x);
      if (x.shape.length === 0) throw shapeError(name, 'needs an axis', x);
      return [x];
    },
    vjp: (node, [g]) => [derivative(node.outputs[0], g!)],
    emit: (emitter, _node, inputs, outputs) => void emitter.node(onnx, inputs, outputs, { axis: -1 }),
  };
  return (x) => apply(op, [x])[0];
}

/** Softmax over the last axis. */
export const softmax = rowOp('softmax', 'Softmax', (y, g) => mul(y, sub(g, reduceSum(mul(g, y), -1, true))));
/** Log-softmax over the last axis. */
export const logSoftmax = rowOp('logSoftmax', 'LogSoftmax', (y, g) => sub(g, mul(exp(y), reduceSum(g, -1, true))));

/** The `k` largest along the last axis, largest first: values and their int32 indices. */
export function topK(x: Tensor, k: number): { values: Tensor; indices: Tensor } {
  const [values, indices] = apply(topKOp, [x], { k });
  return { values, indices };
}
const topKOp: Op<{ k: number }> = {
  name: 'topK',
  infer([x], { k }) {
    requireDtype('topK', 'float32', x);
    const size = x.shape.at(-1);
    if (size === undefined || (typeof size === 'number' && k > size) || k < 1) throw shapeError('topK', `cannot take ${k}`, x);
    const shape = [...x.shape.slice(0, -1), k];
    return [{ dtype: 'float32', shape }, { dtype: 'int32', shape }];
  },
  vjp: ({ inputs: [x], outputs: [, indices] }, [g]) => [g && scatterElements(zerosLike(x), indices, g, -1)],
  emit(emitter, node, [x], [values, indices]) {
    const [, wide] = emitter.node('TopK', [x, emitter.int64([node.attributes.k])], [values, `${indices}_int64`], { axis: -1 });
    emitter.node('Cast', [wide], [indices], { to: 6 });
  },
};

/** The int32 index of the largest value along the last axis (the first of equals). */
export function argMax(x: Tensor): Tensor {
  return apply(argMaxOp, [x])[0];
}
const argMaxOp: Op = {
  name: 'argMax',
  infer: ([x]) => [{ dtype: 'int32', shape: x.shape.slice(0, -1) }],
  vjp: 'not differentiable',
  emit(emitter, _node, inputs, outputs) {
    const [wide] = emitter.node('ArgMax', inputs, 1, { axis: -1, keepdims: 0 });
    emitter.node('Cast', [wide], outputs, { to: 6 });
  },
};

/**
 * RMS normalisation over the last axis without a weight: y = x / sqrt(mean(x²) + epsilon)
 * (Zhang & Sennrich 2019, eq. 4). `scale` is 1 / sqrt(…), with a last axis of 1.
 */
export function rmsNormalize(x: Tensor, epsilon: number): { y: Tensor; scale: Tensor } {
  const [y, scale] = apply(rmsNormalizeOp, [x], { epsilon });
  return { y, scale };
}
const rmsNormalizeOp: Op<{ epsilon: number }> = {
  name: 'rmsNormalize',
  infer([x]) {
    requireDtype('rmsNormalize', 'float32', x);
    return [x, { dtype: 'float32', shape: [...x.shape.slice(0, -1), 1] }];
  },
  vjp({ outputs: [y, scale] }, [g, gScale]) {
    if (gScale) throw new Error('rmsNormalize: the scale is not differentiable; use y');
    return [g && mul(scale, sub(g, mul(y, reduceMean(mul(g, y), -1, true))))];
  },
  emit(emitter, node, [x], outputs) {
    const [squares] = emitter.node('Mul', [x, x], 1);
    const [mean] = emitter.node('ReduceMean', [squares, emitter.int64([-1])], 1, { keepdims: 1 });
    const [shifted] = emitter.node('Add', [mean, emitter.scalar(node.attributes.epsilon)], 1);
    const [root] = emitter.node('Sqrt', [shifted], 1);
    emitter.node('Reciprocal', [root], [outputs[1]]);
    emitter.node('Mul', [x, outputs[1]], [outputs[0]]);
  },
};

/** The element of each row (last axis) that `indices` (the row shape, int32) names. */
export function pickLast(x: Tensor, indices: Tensor): Tensor {
  return reduceSum(gatherElements(x, unsqueeze(indices, [indices.shape.length]), -1), -1);
}
