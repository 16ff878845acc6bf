/** Reading and adding at indices. */
import { apply, axisIndex, product, requireDtype, shapeError, type Op, type Shape, type Tensor } from '../tensor';
import { reshape, shapeOf } from './shape';

const INTEGERS = ['int32', 'int64'] as const;

/** Rows of `x` along `axis` at `indices`: shape is x's with the axis replaced by the shape of the indices. */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  return apply(gatherOp, [x, indices], { axis: axisIndex('gather', axis, x) })[0];
}
const gatherOp: Op<{ axis: number }> = {
  name: 'gather',
  infer([x, indices], attributes) {
    requireDtype('gather', INTEGERS, indices);
    const axis = attributes.axis;
    return [{ dtype: x.dtype, shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)] }];
  },
  vjp({ inputs: [x, indices], attributes }, [g]) {
    if (attributes.axis !== 0) throw shapeError('gather', 'has a gradient along axis 0 only', x, indices);
    const count = product(indices.shape);
    const rows = reshape(g!, [count, ...x.shape.slice(1)]);
    return [scatterAddRows(zerosLike(x), reshape(indices, [count]), rows), undefined];
  },
  emit: (emitter, node, inputs, outputs) => void emitter.node('Gather', inputs, outputs, { axis: node.attributes.axis }),
};

/** `x` with `rows[i]` added to its row `indices[i]`; an index may come several times. */
export function scatterAddRows(x: Tensor, indices: Tensor, rows: Tensor): Tensor {
  return apply(scatterAddRowsOp, [x, indices, rows])[0];
}
const scatterAddRowsOp: Op = {
  name: 'scatterAddRows',
  infer([x, indices, rows]) {
    requireDtype('scatterAddRows', INTEGERS, indices);
    const fits = indices.shape.length === 1 && rows.shape.join() === [indices.shape[0], ...x.shape.slice(1)].join();
    if (!fits) throw shapeError('scatterAddRows', 'the rows do not fit', x, indices, rows);
    return [x];
  },
  vjp: ({ inputs: [, indices] }, [g]) => [g, undefined, gather(g!, indices, 0)],
  emit(emitter, _node, [x, indices, rows], outputs) {
    const [wide] = emitter.node('Cast', [indices], 1, { to: 7 });
    const [column] = emitter.node('Unsqueeze', [wide, emitter.int64([-1])], 1);
    emitter.node('ScatterND', [x, column, rows], outputs, { reduction: 'add' });
  },
};

/** out[i][j] = x[i][indices[i][j]] (along `axis`; the other sizes of x and indices agree). */
export function gatherElements(x: Tensor, indices: Tensor, axis: number): Tensor {
  return apply(gatherElementsOp, [x, indices], { axis: axisIndex('gatherElements', axis, x) })[0];
}
const gatherElementsOp: Op<{ axis: number }> = {
  name: 'gatherElements',
  infer([x, indices], attributes) {
    requireDtype('gatherElements', INTEGERS, indices);
    const fits = x.shape.length === indices.shape.length && x.shape.every((dim, i) => i === attributes.axis || dim === indices.shape[i]);
    if (!fits) throw shapeError('gatherElements', 'the indices do not fit', x, indices);
    return [{ dtype: x.dtype, shape: indices.shape }];
  },
  vjp: ({ inputs: [x, indices], attributes }, [g]) => [
    scatterElements(zerosLike(x), indices, g!, attributes.axis),
    undefined,
  ],
  emit: (emitter, node, inputs, outputs) =>
    void emitter.node('GatherElements', inputs, outputs, { axis: node.attributes.axis }),
};

/** `x` with updates[i][j] added at x[i][indices[i][j]] (along `axis`). */
export function scatterElements(x: Tensor, indices: Tensor, updates: Tensor, axis: number): Tensor {
  return apply(scatterElementsOp, [x, indices, updates], { axis: axisIndex('scatterElements', axis, x) })[0];
}
const scatterElementsOp: Op<{ axis: number }> = {
  name: 'scatterElements',
  infer([x, indices, updates]) {
    requireDtype('scatterElements', INTEGERS, indices);
    if (indices.shape.join() !== updates.shape.join()) throw shapeError('scatterElements', 'the updates do not fit', x, indices, updates);
    return [x];
  },
  vjp: ({ inputs: [, indices], attributes }, [g]) => [g, undefined, gatherElements(g!, indices, attributes.axis)],
  emit: (emitter, node, inputs, outputs) =>
    void emitter.node('ScatterElements', inputs, outputs, { axis: node.attributes.axis, reduction: 'add' }),
};

/** Zeros in the shape of a tensor. */
export function zerosLike(x: Tensor): Tensor {
  return apply(zerosOp, [shapeOf(x)], { shape: x.shape })[0];
}
const zerosOp: Op<{ shape: Shape }> = {
  name: 'zerosLike',
  infer: (_inputs, attributes) => [{ dtype: 'float32', shape: attributes.shape }],
  vjp: () => [undefined],
  emit: (emitter, _node, inputs, outputs) => void emitter.node('ConstantOfShape', inputs, outputs),
};
