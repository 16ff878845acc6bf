/** Matrix products. */
import { apply, product, requireDtype, shapeError, type Op, type Shape, type Tensor } from '../tensor';
import { broadcastShapes, sumTo } from './broadcast';
import { reshape } from './shape';

interface MatmulAttributes {
  transposeA: boolean;
  transposeB: boolean;
}

/**
 * A · B over the last two axes, the leading ones broadcast; either may be read transposed.
 * Shapes: [..., m, k] · [..., k, n] → [..., m, n].
 */
export function matmul(a: Tensor, b: Tensor, options: Partial<MatmulAttributes> = {}): Tensor {
  return apply(matmulOp, [a, b], { transposeA: options.transposeA ?? false, transposeB: options.transposeB ?? false })[0];
}

function lastTwo(t: Tensor, transposed: boolean): [Shape[number], Shape[number]] {
  const [rows, columns] = t.shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}

export const matmulOp: Op<MatmulAttributes> = {
  name: 'matmul',
  infer([a, b], { transposeA, transposeB }) {
    requireDtype('matmul', 'float32', a, b);
    if (a.shape.length < 2 || b.shape.length < 2) throw shapeError('matmul', 'needs at least two axes', a, b);
    const [m, k] = lastTwo(a, transposeA);
    const [k2, n] = lastTwo(b, transposeB);
    if (k !== k2) throw shapeError('matmul', `inner sizes ${k} and ${k2} differ`, a, b);
    const leading = broadcastShapes(
      'matmul',
      { dtype: 'float32', shape: a.shape.slice(0, -2) },
      { dtype: 'float32', shape: b.shape.slice(0, -2) },
    );
    return [{ dtype: 'float32', shape: [...leading, m, n] }];
  },
  vjp: ({ inputs: [a, b], attributes: { transposeA, transposeB } }, [g]) => {
    const ga = transposeA ? matmul(b, g!, { transposeA: transposeB, transposeB: true }) : matmul(g!, b, { transposeB: !transposeB });
    return [sumTo(ga, a.shape), gradientOfB(a, b, g!, transposeA, transposeB)];
  },
  emit(emitter, node, inputs, outputs) {
    const { transposeA, transposeB } = node.attributes;
    if (!transposeA && !transposeB) emitter.node('MatMul', inputs, outputs);
    else {
      const flags = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0, alpha: { float: 1 } };
      emitter.node('FusedMatMul', inputs, outputs, flags, 'com.microsoft');
    }
  },
};

function gradientOfB(a: Tensor, b: Tensor, g: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  // A matrix shared by a whole batch: one product over all rows instead of one a batch element and a sum.
  if (b.shape.length === 2 && a.shape.length > 2 && !transposeA) {
    const flat = (t: Tensor) => reshape(t, [product(t.shape.slice(0, -1)), t.shape.at(-1)!]);
    return transposeB ? matmul(flat(g), flat(a), { transposeA: true }) : matmul(flat(a), flat(g), { transposeA: true });
  }
  const gb = transposeB ? matmul(g, a, { transposeA: true, transposeB: transposeA }) : matmul(a, g, { transposeA: !transposeA });
  return sumTo(gb, b.shape);
}
