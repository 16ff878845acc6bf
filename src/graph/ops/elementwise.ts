/** Elementwise ops. Binary ones broadcast; a plain number stands for a constant. */
import { apply, requireDtype, shapeError, type Dtype, type Node, type Op, type Tensor } from '../tensor';
import { broadcastShapes, sumTo } from './broadcast';
import { scalar } from './source';

type Operand = Tensor | number;

function tensor(value: Operand, like?: Operand): Tensor {
  if (typeof value !== 'number') return value;
  return scalar(value, typeof like === 'object' && like.dtype === 'int32' ? 'int32' : 'float32');
}

function unaryOp(name: string, onnx: string, derivative: (x: Tensor, y: Tensor, g: Tensor) => Tensor): Op {
  return {
    name,
    infer([x]) {
      requireDtype(name, 'float32', x);
      return [x];
    },
    vjp: (node, [g]) => [derivative(node.inputs[0], node.outputs[0], g!)],
    emit: (emitter, _node, inputs, outputs) => void emitter.node(onnx, inputs, outputs),
  };
}

function binaryOp(
  name: string,
  onnx: string,
  derivatives: ((node: Node<void>, g: Tensor) => [Tensor | undefined, Tensor | undefined]) | 'not differentiable',
  result?: Dtype,
  accepts: readonly Dtype[] = ['float32', 'int32'],
): Op {
  return {
    name,
    infer([a, b]) {
      requireDtype(name, accepts, a, b);
      if (a.dtype !== b.dtype) throw shapeError(name, 'the dtypes differ', a, b);
      return [{ dtype: result ?? a.dtype, shape: broadcastShapes(name, a, b) }];
    },
    vjp:
      derivatives === 'not differentiable'
        ? derivatives
        : (node, [g]) => derivatives(node, g!).map((d, i) => d && sumTo(d, node.inputs[i].shape)),
    emit: (emitter, _node, inputs, outputs) => void emitter.node(onnx, inputs, outputs),
  };
}

const unary = (op: Op) => (x: Tensor) => apply(op, [x])[0];
const binary = (op: Op) => (a: Operand, b: Operand) => apply(op, [tensor(a, b), tensor(b, a)])[0];

export const add = binary(binaryOp('add', 'Add', (_n, g) => [g, g]));
export const sub = binary(binaryOp('sub', 'Sub', (_n, g) => [g, neg(g)]));
export const mul = binary(binaryOp('mul', 'Mul', ({ inputs: [a, b] }, g) => [mul(g, b), mul(g, a)]));
export const div = binary(
  binaryOp('div', 'Div', ({ inputs: [, b], outputs: [y] }, g) => {
    const scaled = div(g, b);
    return [scaled, neg(mul(scaled, y))];
  }),
);

/** x raised to a constant power. */
export function pow(x: Tensor, exponent: number): Tensor {
  return apply(powOp, [x], { exponent })[0];
}
const powOp: Op<{ exponent: number }> = {
  name: 'pow',
  infer([x]) {
    requireDtype('pow', 'float32', x);
    return [x];
  },
  vjp: ({ inputs: [x], attributes: { exponent } }, [g]) => [mul(g!, mul(pow(x, exponent - 1), exponent))],
  emit: (emitter, node, [x], outputs) =>
    void emitter.node('Pow', [x, emitter.scalar(node.attributes.exponent)], outputs),
};

/** The larger of two values; where they are equal the gradient goes to the first. */
export const maximum = binary(
  binaryOp('maximum', 'Max', ({ inputs: [a, b] }, g) => {
    const first = greaterOrEqual(a, b);
    return [where(first, g, 0), where(first, 0, g)];
  }),
);
/** The smaller of two values; where they are equal the gradient goes to the first. */
export const minimum = binary(
  binaryOp('minimum', 'Min', ({ inputs: [a, b] }, g) => {
    const first = lessOrEqual(a, b);
    return [where(first, g, 0), where(first, 0, g)];
  }),
);

export const neg = unary(unaryOp('neg', 'Neg', (_x, _y, g) => neg(g)));
export const exp = unary(unaryOp('exp', 'Exp', (_x, y, g) => mul(g, y)));
export const log = unary(unaryOp('log', 'Log', (x, _y, g) => div(g, x)));
export const sqrt = unary(unaryOp('sqrt', 'Sqrt', (_x, y, g) => div(mul(g, 0.5), y)));
export const reciprocal = unary(unaryOp('reciprocal', 'Reciprocal', (_x, y, g) => neg(mul(g, mul(y, y)))));
export const sin = unary(unaryOp('sin', 'Sin', (x, _y, g) => mul(g, cos(x))));
export const cos = unary(unaryOp('cos', 'Cos', (x, _y, g) => neg(mul(g, sin(x)))));
export const tanh = unary(unaryOp('tanh', 'Tanh', (_x, y, g) => mul(g, sub(1, mul(y, y)))));
export const sigmoid = unary(unaryOp('sigmoid', 'Sigmoid', (_x, y, g) => mul(g, mul(y, sub(1, y)))));
export const erf = unary(
  unaryOp('erf', 'Erf', (x, _y, g) => mul(g, mul(exp(neg(mul(x, x))), 2 / Math.sqrt(Math.PI)))),
);
/** |x|; the gradient at 0 is 0. */
export const abs = unary(unaryOp('abs', 'Abs', (x, _y, g) => mul(g, sign(x))));
/** max(x, 0); the gradient at 0 is 0. */
export const relu = unary(unaryOp('relu', 'Relu', (_x, y, g) => where(greater(y, 0), g, 0)));

export const sign = unary({
  name: 'sign',
  infer([x]) {
    requireDtype('sign', 'float32', x);
    return [x];
  },
  vjp: 'not differentiable',
  emit: (emitter, _node, inputs, outputs) => void emitter.node('Sign', inputs, outputs),
});

export const equal = binary(binaryOp('equal', 'Equal', 'not differentiable', 'bool', ['float32', 'int32', 'bool']));
export const less = binary(binaryOp('less', 'Less', 'not differentiable', 'bool'));
export const lessOrEqual = binary(binaryOp('lessOrEqual', 'LessOrEqual', 'not differentiable', 'bool'));
export const greater = binary(binaryOp('greater', 'Greater', 'not differentiable', 'bool'));
export const greaterOrEqual = binary(binaryOp('greaterOrEqual', 'GreaterOrEqual', 'not differentiable', 'bool'));
export const and = binary(binaryOp('and', 'And', 'not differentiable', 'bool', ['bool']));
export const or = binary(binaryOp('or', 'Or', 'not differentiable', 'bool', ['bool']));
export const not = unary({
  name: 'not',
  infer([x]) {
    requireDtype('not', 'bool', x);
    return [x];
  },
  vjp: 'not differentiable',
  emit: (emitter, _node, inputs, outputs) => void emitter.node('Not', inputs, outputs),
});

/**
 * 1 where x > threshold, else 0 (they broadcast). Its true derivative is 0 almost everywhere; the gradient with respect to the threshold
 * is estimated straight through, with a rectangle as kernel (Rajamanoharan et al. 2024, eq. 11): -1 / bandwidth where
 * |x - threshold| < bandwidth / 2. None flows to x.
 */
export function step(x: Tensor, threshold: Tensor, bandwidth: number): Tensor {
  return apply(stepOp, [x, threshold], { bandwidth })[0];
}
const stepOp: Op<{ bandwidth: number }> = {
  name: 'step',
  infer([x, threshold]) {
    requireDtype('step', 'float32', x, threshold);
    return [{ dtype: 'float32', shape: broadcastShapes('step', x, threshold) }];
  },
  vjp: ({ inputs: [x, threshold], attributes: { bandwidth } }, [g]) => {
    const near = less(abs(sub(x, threshold)), bandwidth / 2);
    return [undefined, sumTo(where(near, mul(g!, -1 / bandwidth), 0), threshold.shape)];
  },
  emit(emitter, _node, inputs, outputs) {
    const [above] = emitter.node('Greater', inputs, 1);
    emitter.node('Cast', [above], outputs, { to: ONNX_DTYPES.float32 });
  },
};

/** `a` where the condition holds, else `b`. */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return apply(whereOp, [condition, tensor(a, b), tensor(b, a)])[0];
}
const whereOp: Op = {
  name: 'where',
  infer([condition, a, b]) {
    requireDtype('where', 'bool', condition);
    if (a.dtype !== b.dtype) throw shapeError('where', 'the dtypes differ', condition, a, b);
    const shape = broadcastShapes('where', condition, { dtype: a.dtype, shape: broadcastShapes('where', a, b) });
    return [{ dtype: a.dtype, shape }];
  },
  vjp: ({ inputs: [condition, a, b] }, [g]) => [
    undefined,
    sumTo(where(condition, g!, 0), a.shape),
    sumTo(where(condition, 0, g!), b.shape),
  ],
  emit: (emitter, _node, inputs, outputs) => void emitter.node('Where', inputs, outputs),
};

const ONNX_DTYPES: Record<Dtype, number> = { float32: 1, int32: 6, int64: 7, bool: 9 };

/** Converts the dtype. Only float32 to float32 is differentiable. */
export function cast(x: Tensor, dtype: Dtype): Tensor {
  return x.dtype === dtype ? x : apply(castOp, [x], { dtype })[0];
}
const castOp: Op<{ dtype: Dtype }> = {
  name: 'cast',
  infer: ([x], attributes) => [{ dtype: attributes.dtype, shape: x.shape }],
  vjp: 'not differentiable',
  emit: (emitter, node, inputs, outputs) =>
    void emitter.node('Cast', inputs, outputs, { to: ONNX_DTYPES[node.attributes.dtype] }),
};

/** The value itself; no gradient flows through it. */
export const stopGradient = unary({
  name: 'stopGradient',
  infer: ([x]) => [x],
  vjp: () => [undefined],
  emit: (emitter, _node, inputs, outputs) => void emitter.node('Identity', inputs, outputs),
});
