/** Ops that move values without changing them. */
import { apply, axisIndex, product, shapeError, show, type Dim, type Op, type Shape, type Tensor } from '../tensor';
import { sumTo } from './broadcast';
import { zerosLike } from './index-ops';

/** The run-time sizes of a tensor, int64 [rank]. */
export function shapeOf(x: Tensor): Tensor {
  return apply(shapeOfOp, [x])[0];
}
const shapeOfOp: Op = {
  name: 'shapeOf',
  infer: ([x]) => [{ dtype: 'int64', shape: [x.shape.length] }],
  vjp: 'not differentiable',
  emit: (emitter, _node, inputs, outputs) => void emitter.node('Shape', inputs, outputs),
};

/** The same values in another shape. At most one size may be one that is neither a number nor at its old axis. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return apply(reshapeOp, [x], { shape })[0];
}
function reshapeTarget(from: Shape, to: Shape): number[] {
  return to.map((dim, i) => (typeof dim === 'number' ? dim : dim === from[i] ? 0 : -1));
}
const reshapeOp: Op<{ shape: Shape }> = {
  name: 'reshape',
  infer([x], { shape }) {
    if (product(x.shape) !== product(shape)) throw shapeError('reshape', `cannot become [${shape.join(', ')}]`, x);
    if (reshapeTarget(x.shape, shape).filter((size) => size === -1).length > 1) {
      throw shapeError('reshape', `more than one unknown size in [${shape.join(', ')}]`, x);
    }
    return [{ dtype: x.dtype, shape }];
  },
  vjp: ({ inputs: [x] }, [g]) => [reshapeLike(g!, x)],
  emit: (emitter, node, [x], outputs) =>
    void emitter.node('Reshape', [x, emitter.int64(reshapeTarget(node.inputs[0].shape, node.attributes.shape))], outputs),
};

/** The values of `x` in the shape of `like`, whatever its sizes are at run time. */
export function reshapeLike(x: Tensor, like: Tensor): Tensor {
  return apply(reshapeLikeOp, [x, shapeOf(like)], { shape: like.shape })[0];
}
const reshapeLikeOp: Op<{ shape: Shape }> = {
  name: 'reshapeLike',
  infer([x], { shape }) {
    if (product(x.shape) !== product(shape)) throw shapeError('reshapeLike', `cannot become [${shape.join(', ')}]`, x);
    return [{ dtype: x.dtype, shape }];
  },
  vjp: ({ inputs: [x] }, [g]) => [reshapeLike(g!, x), undefined],
  emit: (emitter, _node, inputs, outputs) => void emitter.node('Reshape', inputs, outputs),
};

/** Axes in a new order: output axis i is input axis `permutation[i]`. */
export function transpose(x: Tensor, permutation: readonly number[]): Tensor {
  return apply(transposeOp, [x], { permutation })[0];
}
const transposeOp: Op<{ permutation: readonly number[] }> = {
  name: 'transpose',
  infer([x], { permutation }) {
    if ([...permutation].sort((a, b) => a - b).join() !== x.shape.map((_, i) => i).join()) {
      throw shapeError('transpose', `[${permutation.join(', ')}] is not an order of the axes`, x);
    }
    return [{ dtype: x.dtype, shape: permutation.map((axis) => x.shape[axis]) }];
  },
  vjp: ({ attributes: { permutation } }, [g]) => {
    return [transpose(g!, permutation.map((_, axis) => permutation.indexOf(axis)))];
  },
  emit: (emitter, node, inputs, outputs) =>
    void emitter.node('Transpose', inputs, outputs, { perm: node.attributes.permutation }),
};

/** Adds axes of size 1; `axes` are indices in the result. */
export function unsqueeze(x: Tensor, axes: readonly number[]): Tensor {
  return apply(unsqueezeOp, [x], { axes })[0];
}
const unsqueezeOp: Op<{ axes: readonly number[] }> = {
  name: 'unsqueeze',
  infer([x], { axes }) {
    const rank = x.shape.length + axes.length;
    if (new Set(axes).size !== axes.length || axes.some((axis) => axis < 0 || axis >= rank)) {
      throw shapeError('unsqueeze', `axes [${axes.join(', ')}] do not fit`, x);
    }
    let next = 0;
    const shape = Array.from({ length: rank }, (_, i): Dim => (axes.includes(i) ? 1 : x.shape[next++]));
    return [{ dtype: x.dtype, shape }];
  },
  vjp: ({ attributes }, [g]) => [squeeze(g!, attributes.axes)],
  emit: (emitter, node, [x], outputs) =>
    void emitter.node('Unsqueeze', [x, emitter.int64(node.attributes.axes)], outputs),
};

/** Removes axes of size 1. */
export function squeeze(x: Tensor, axes: readonly number[]): Tensor {
  return apply(squeezeOp, [x], { axes })[0];
}
const squeezeOp: Op<{ axes: readonly number[] }> = {
  name: 'squeeze',
  infer([x], { axes }) {
    if (axes.some((axis) => x.shape[axis] !== 1)) {
      throw shapeError('squeeze', `axes [${axes.join(', ')}] are not all of size 1`, x);
    }
    return [{ dtype: x.dtype, shape: x.shape.filter((_, i) => !axes.includes(i)) }];
  },
  vjp: ({ attributes }, [g]) => [unsqueeze(g!, attributes.axes)],
  emit: (emitter, node, [x], outputs) =>
    void emitter.node('Squeeze', [x, emitter.int64(node.attributes.axes)], outputs),
};

/** `x` broadcast to the shape of `like`. */
export function expandLike(x: Tensor, like: Tensor): Tensor {
  return expand(x, shapeOf(like), like.shape);
}

/** `x` broadcast to `shape`, whose run-time sizes are the int64 vector `sizes`. */
export function expand(x: Tensor, sizes: Tensor, shape: Shape): Tensor {
  return apply(expandOp, [x, sizes], { shape })[0];
}
const expandOp: Op<{ shape: Shape }> = {
  name: 'expand',
  infer([x, sizes], { shape }) {
    const extra = shape.length - x.shape.length;
    const fits = extra >= 0 && x.shape.every((dim, i) => dim === 1 || dim === shape[i + extra]);
    if (!fits) throw shapeError('expand', `cannot broadcast to [${shape.join(', ')}]`, x);
    if (sizes.shape[0] !== shape.length) throw shapeError('expand', 'the sizes are of another rank', x, sizes);
    return [{ dtype: x.dtype, shape }];
  },
  vjp: ({ inputs: [x] }, [g]) => [sumTo(g!, x.shape), undefined],
  emit: (emitter, _node, inputs, outputs) => void emitter.node('Expand', inputs, outputs),
};

/** The `end` of a slice that goes on to the last element. */
export const END = 2 ** 31 - 1;

/** Elements `start` to `end` (exclusive) along an axis; negative numbers count from the end. */
export function slice(x: Tensor, axis: number, start: number, end: number): Tensor {
  return apply(sliceOp, [x], { axis: axisIndex('slice', axis, x), start, end })[0];
}
const sliceOp: Op<{ axis: number; start: number; end: number }> = {
  name: 'slice',
  infer([x], { axis, start, end }) {
    const size = x.shape[axis];
    let length: Dim;
    if (typeof size === 'number') {
      const at = (i: number) => Math.min(Math.max(i < 0 ? i + size : i, 0), size);
      length = at(end) - at(start);
    } else if (end === END && start < 0) {
      length = -start; // needs at least that many at run time
    } else if (end !== END && start >= 0 === end >= 0) {
      length = end - start; // likewise
    } else {
      throw shapeError('slice', `${start} to ${end} of an unknown size`, x);
    }
    if (length <= 0) throw shapeError('slice', `${start} to ${end} is empty`, x);
    return [{ dtype: x.dtype, shape: x.shape.map((dim, i) => (i === axis ? length : dim)) }];
  },
  vjp: ({ inputs: [x], attributes: { axis, start, end } }, [g]) => {
    const size = x.shape[axis];
    if (typeof size !== 'number') throw shapeError('slice', 'has no gradient along an axis of unknown size', x);
    const from = start < 0 ? start + size : start;
    const to = end < 0 ? end + size : Math.min(end, size);
    return [apply(padOp, [g!], { axis, before: from, after: size - to })[0]];
  },
  emit(emitter, node, [x], outputs) {
    const { axis, start, end } = node.attributes;
    emitter.node('Slice', [x, emitter.int64([start]), emitter.int64([end]), emitter.int64([axis])], outputs);
  },
};

/** Zeros before and after along one axis. */
const padOp: Op<{ axis: number; before: number; after: number }> = {
  name: 'pad',
  infer([x], { axis, before, after }) {
    const size = x.shape[axis];
    if (typeof size !== 'number') throw shapeError('pad', 'needs a known size', x);
    return [{ dtype: x.dtype, shape: x.shape.map((dim, i) => (i === axis ? size + before + after : dim)) }];
  },
  vjp: ({ inputs: [x], attributes: { axis, before } }, [g]) => {
    return [slice(g!, axis, before, before + (x.shape[axis] as number))];
  },
  emit(emitter, node, [x], outputs) {
    const { axis, before, after } = node.attributes;
    emitter.node('Pad', [x, emitter.int64([before, after]), emitter.scalar(0), emitter.int64([axis])], outputs);
  },
};

/** `x` cut along an axis into parts of these sizes, which together are its whole size there. */
export function split(x: Tensor, axis: number, sizes: readonly number[]): readonly Tensor[] {
  return sizes.length === 1 ? [x] : apply(splitOp, [x], { axis: axisIndex('split', axis, x), sizes });
}
const splitOp: Op<{ axis: number; sizes: readonly number[] }> = {
  name: 'split',
  infer([x], { axis, sizes }) {
    if (x.shape[axis] !== sizes.reduce((a, b) => a + b, 0)) throw shapeError('split', `parts of ${sizes.join(', ')} do not fill axis ${axis}`, x);
    return sizes.map((size) => ({ dtype: x.dtype, shape: x.shape.map((dim, i) => (i === axis ? size : dim)) }));
  },
  vjp: ({ outputs, attributes: { axis } }, cotangents) => {
    return [concat(outputs.map((part, i) => cotangents[i] ?? zerosLike(part)), axis)];
  },
  emit(emitter, node, [x], outputs) {
    const { axis, sizes } = node.attributes;
    emitter.node('Split', [x, emitter.int64(sizes)], outputs, { axis });
  },
};

/** `x` cut along an axis into parts as long as `like` are there, whatever their sizes are at run time. */
function splitLike(x: Tensor, axis: number, like: readonly Tensor[]): readonly Tensor[] {
  const sizes = concat(like.map((part) => slice(shapeOf(part), 0, axis, axis + 1)), 0);
  return apply(splitLikeOp, [x, sizes], { axis, lengths: like.map((part) => part.shape[axis]) });
}
const splitLikeOp: Op<{ axis: number; lengths: readonly Dim[] }> = {
  name: 'splitLike',
  infer: ([x], { axis, lengths }) => lengths.map((length) => (
    { dtype: x.dtype, shape: x.shape.map((dim, i) => (i === axis ? length : dim)) }
  )),
  vjp: ({ inputs: [x], outputs, attributes: { axis } }, cotangents) => {
    return [concat(outputs.map((part, i) => cotangents[i] ?? zerosLike(part)), axis, x.shape[axis]), undefined];
  },
  emit: (emitter, node, inputs, outputs) => void emitter.node('Split', inputs, outputs, { axis: node.attributes.axis }),
};

/** Joins tensors along an axis, of the name `length` there where not every size is known. */
export function concat(tensors: readonly Tensor[], axis: number, length?: Dim): Tensor {
  if (tensors.length === 1) return tensors[0];
  return apply(concatOp, tensors, { axis: axisIndex('concat', axis, tensors[0]), length })[0];
}
const concatOp: Op<{ axis: number; length: Dim | undefined }> = {
  name: 'concat',
  infer(inputs, { axis, length: named }) {
    const [first] = inputs;
    for (const other of inputs) {
      const fits = other.shape.length === first.shape.length && other.shape.every((dim, i) => i === axis || dim === first.shape[i]);
      if (!fits || other.dtype !== first.dtype) throw shapeError('concat', `do not join along axis ${axis}`, ...inputs);
    }
    const sizes = inputs.map((t) => t.shape[axis]);
    const known = sizes.every((size) => typeof size === 'number');
    const length = known ? sizes.reduce<number>((sum, size) => sum + (size as number), 0) : named;
    if (length === undefined) throw new Error(`concat: name the length along axis ${axis} (got ${show(...inputs)})`);
    return [{ dtype: first.dtype, shape: first.shape.map((dim, i) => (i === axis ? length : dim)) }];
  },
  vjp: ({ inputs, attributes: { axis } }, [g]) => {
    if (inputs.some((t) => typeof t.shape[axis] !== 'number')) return splitLike(g!, axis, inputs);
    let start = 0;
    return inputs.map((t) => {
      const size = t.shape[axis] as number;
      start += size;
      return slice(g!, axis, start - size, start);
    });
  },
  emit: (emitter, node, inputs, outputs) => void emitter.node('Concat', inputs, outputs, { axis: node.attributes.axis }),
};
