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

export interface Node<A = unknown> {
  readonly op: Op<A>;
  readonly inputs: readonly Tensor[];
  readonly attributes: A;
  readonly outputs: readonly Tensor[];
  /** Tracing order: an input's node always has a lower number. */
  readonly order: number;
}

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

/** What goes by a node's own op. Methods, as a node is given to no other op than its own, whatever the attributes of that one are. */
interface Rules<A> {
  vjp(node: Node<A>, cotangents: readonly (Tensor | undefined)[]): readonly (Tensor | undefined)[];
}
/** Cotangents of a node's outputs (undefined where nothing flows back) to cotangents of its inputs. */
export type Vjp<A = unknown> = Rules<A>['vjp'];

/** One op: its shape rule, its vector-Jacobian product and its ONNX form, side by side; A are the attributes that it is applied with. */
export interface Op<A = void> {
  readonly name: string;
  infer(inputs: readonly Tensor[], attributes: A): readonly TensorType[];
  readonly vjp: Vjp<A> | 'not differentiable';
  emit(emitter: Emitter, node: Node<A>, inputs: string[], outputs: string[]): void;
}

let order = 0;

/** Applies an op: checks the inputs through its shape rule and returns the outputs as new tensors. */
export function apply(op: Op, inputs: readonly Tensor[]): readonly Tensor[];
export function apply<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): readonly Tensor[];
export function apply<A>(op: Op<A>, inputs: readonly Tensor[], attributes?: A): readonly Tensor[] {
  const own = attributes as A; // left out where A is void
  const types = op.infer(inputs, own);
  const outputs: Tensor[] = [];
  const node: Node<A> = { op, inputs, attributes: own, outputs, order: order++ };
  types.forEach((type, output) => outputs.push({ ...type, node, output }));
  return outputs;
}

/** Whether a node applies this op, and so has its attributes. */
export function applies<A>(node: Node, op: Op<A>): node is Node<A> {
  return node.op === op;
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
