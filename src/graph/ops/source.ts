/** Where values come from: run-time inputs, named weights and constants. */
import { apply, type Dtype, type Op, type Shape, type Tensor, type TensorType } from '../tensor';

interface Sourced {
  readonly type: TensorType;
}

export interface NamedSource extends Sourced {
  readonly name: string;
}

function source<A extends Sourced>(name: string): Op<A> {
  return {
    name,
    infer: (_inputs, attributes) => [attributes.type],
    vjp: () => [],
    emit: () => {
      throw new Error(`${name}: is not an operation and is never emitted as one`);
    },
  };
}

export const inputOp = source<NamedSource>('input');
export const weightOp = source<NamedSource>('weight');
export const constantOp = source<Sourced & { readonly data: ConstantData }>('constant');

/** A value given at every run. */
export function input(name: string, dtype: Dtype, shape: Shape): Tensor {
  return apply(inputOp, [], { name, type: { dtype, shape } })[0];
}

/** A named weight: read in place from a checkpoint when the graph is lowered with one, else given at every run. */
export function weight(name: string, shape: readonly number[]): Tensor {
  return apply(weightOp, [], { name, type: { dtype: 'float32', shape } })[0];
}

export type ConstantData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** A constant: `data` in row-major order. */
export function constant(data: ConstantData, shape: readonly number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  if (data.length !== size) throw new Error(`constant: ${data.length} values do not fill the shape [${shape.join(', ')}]`);
  const dtype: Dtype =
    data instanceof Float32Array ? 'float32'
    : data instanceof Int32Array ? 'int32'
    : data instanceof BigInt64Array ? 'int64'
    : 'bool';
  return apply(constantOp, [], { data, type: { dtype, shape } })[0];
}

export function scalar(value: number, dtype: 'float32' | 'int32' = 'float32'): Tensor {
  return constant(dtype === 'float32' ? Float32Array.of(value) : Int32Array.of(value), []);
}
