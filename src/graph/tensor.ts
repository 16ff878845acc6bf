/** The traced values of the array language: tensors with a dtype and a shape, made by nodes that apply an op. */

export type Dtype = 'float32' | 'int32' | 'int64' | 'bool';

/** A size: a number known when the graph is traced, or the name of one known when it is run ('batch', 'batch*positions'). */
export type Dim = number | string;
export type Shape = readonly Dim[];

export interface TensorType {
  readonly dtype: Dtype;
  readonly shape: Shape;
}

export interface Tensor extends TensorType {
  readonly node: Node;
  /** Which of its node's outputs this is. */
  readonly output: number;
}

export interface Node {
  readonly op: Op;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly outputs: readonly Tensor[];
  /** Tracing order: an input's node always has a lower number. */
  readonly order: number;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** Writes ONNX nodes while a graph is lowered. */
export interface Emitter {
  /** Adds an ONNX node and returns its output names; `outputs` names them, or their count if they need no fixed name. */
  node(type: string, inputs: string[], outputs: string[] | number, attributes?: OnnxAttributes, domain?: string): string[];
  /** The name of an initializer holding these integers as a 1-D int64 tensor (shared when equal). */
  int64(values: readonly number[]): string;
  /** The name of a float32 scalar initializer (shared when equal). */
  scalar(value: number): string;
  /** The name of an initializer with this type and these values. */
  initializer(type: TensorType, data: Float32Array | Int32Array | BigInt64Array | Uint8Array): string;
}
export type OnnxAttributes = Readonly<Record<string, number | readonly number[] | string | { float: number }>>;

/** Cotangents of a node's outputs (undefined where nothing flows back) to cotangents of its inputs. */
export type Vjp = (node: Node, cotangents: readonly (Tensor | undefined)[]) => readonly (Tensor | undefined)[];

/** One op: its shape rule, its vector-Jacobian product and its ONNX form, side by side. */
export interface Op {
  readonly name: string;
  infer(inputs: readonly Tensor[], attributes: Attributes): readonly TensorType[];
  readonly vjp: Vjp | 'not differentiable';
  emit(emitter: Emitter, node: Node, inputs: string[], outputs: string[]): void;
}

let order = 0;

/** Applies an op: checks the inputs through its shape rule and returns the outputs as new tensors. */
export function apply(op: Op, inputs: readonly Tensor[], attributes: Attributes = {}): readonly Tensor[] {
  const types = op.infer(inputs, attributes);
  const outputs: Tensor[] = [];
  const node: Node = { op, inputs, attributes, outputs, order: order++ };
  types.forEach((type, output) => outputs.push({ ...type, node, output }));
  return outputs;
}

export function show(...tensors: readonly TensorType[]): string {
  return tensors.map((t) => `${t.dtype}[${t.shape.join(', ')}]`).join(' and ');
}

/** An error that names the op and the shapes it was given. */
export function shapeError(op: string, why: string, ...inputs: readonly TensorType[]): Error {
  return new Error(`${op}: ${why} (got ${show(...inputs)})`);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** The product of sizes, in a normal form: product(['b', 2, 'a', 3]) is '6*a*b'. */
export function product(dims: readonly Dim[]): Dim {
  let number = 1;
  const names: string[] = [];
  for (const dim of dims) {
    for (const factor of typeof dim === 'number' ? [dim] : dim.split('*')) {
      if (typeof factor === 'number' || /^\d+$/.test(factor)) number *= Number(factor);
      else names.push(factor);
    }
  }
  if (names.length === 0) return number;
  names.sort();
  return number === 1 ? names.join('*') : [number, ...names].join('*');
}

/** The index of an axis given from the front (0, 1 …) or the back (-1, -2 …). */
export function axisIndex(op: string, axis: number, input: TensorType): number {
  const index = axis < 0 ? axis + input.shape.length : axis;
  if (!Number.isInteger(index) || index < 0 || index >= input.shape.length) {
    throw shapeError(op, `axis ${axis} is out of range`, input);
  }
  return index;
}

export function requireDtype(op: string, dtype: Dtype | readonly Dtype[], ...inputs: readonly TensorType[]): void {
  const allowed = typeof dtype === 'string' ? [dtype] : dtype;
  const wrong = inputs.find((input) => !allowed.includes(input.dtype));
  if (wrong) throw shapeError(op, `needs ${allowed.join(' or ')}`, ...inputs);
}
