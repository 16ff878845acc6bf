/** Broadcasting (NumPy's rules) and its transpose, summing back to a shape. */
import { sameShape, shapeError, type Dim, type Shape, type Tensor, type TensorType } from '../tensor';
import { reduceSum } from './reduce';
import { squeeze } from './shape';

/** The shape that `a` and `b` broadcast to. */
export function broadcastShapes(op: string, a: TensorType, b: TensorType): Shape {
  const rank = Math.max(a.shape.length, b.shape.length);
  const shape: Dim[] = [];
  for (let i = 0; i < rank; i++) {
    const x = a.shape[i - rank + a.shape.length] ?? 1;
    const y = b.shape[i - rank + b.shape.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw shapeError(op, `sizes ${x} and ${y} do not broadcast`, a, b);
    shape.push(x === 1 ? y : x);
  }
  return shape;
}

/** Sums a cotangent over the axes that broadcasting from `shape` added or stretched. */
export function sumTo(cotangent: Tensor, shape: Shape): Tensor {
  if (sameShape(cotangent.shape, shape)) return cotangent;
  const extra = cotangent.shape.length - shape.length;
  const added = Array.from({ length: extra }, (_, i) => i);
  const stretched = shape.flatMap((dim, i) => (dim === 1 && cotangent.shape[i + extra] !== 1 ? [i + extra] : []));
  const axes = [...added, ...stretched];
  let result = axes.length > 0 ? reduceSum(cotangent, axes, true) : cotangent;
  if (extra > 0) result = squeeze(result, added);
  if (!sameShape(result.shape, shape)) throw shapeError('sumTo', `cannot sum to [${shape.join(', ')}]`, cotangent);
  return result;
}

