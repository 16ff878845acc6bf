/** Lowers traced tensors to an ONNX model. */
import { encodeModel, type TensorProto } from './onnx/encode';
import { constantOp, inputOp, weightOp, type ConstantData, type NamedSource } from './ops/source';
import { applies, show, type Dtype, type Emitter, type Node, type Tensor, type TensorType } from './tensor';

/** Where a weight's bytes lie: `length` bytes at `offset` of `file` (a path relative to the folder given to the session). */
export interface WeightLocation {
  dtype: 'F32' | 'F16' | 'BF16';
  shape: readonly number[];
  file: string;
  offset: number;
  length: number;
}

/** A weight in memory that many graphs share: it is given to their sessions at every run instead of being copied into each. */
export interface HeldWeight {
  shape: readonly number[];
  /** Row-major; always the same array. */
  values(): Promise<Float32Array>;
}

export interface Lowering {
  /** What is given at every run, by name. Any tensor may be an input: what it was computed from is then left out. */
  inputs: Readonly<Record<string, Tensor>>;
  outputs: Readonly<Record<string, Tensor>>;
  /** Finds a weight in a checkpoint. Weights that are neither inputs nor found here are an error. */
  weights?: (name: string) => WeightLocation | HeldWeight | undefined;
  /** Leaves out inputs that no output needs, instead of asking for them at every run. */
  dropUnused?: boolean;
}

export interface LoweredGraph {
  model: Uint8Array;
  inputs: ReadonlyMap<string, TensorType>;
  outputs: ReadonlyMap<string, TensorType>;
  /** What a session adds to the inputs of every run. */
  held: ReadonlyMap<string, HeldWeight>;
}

const ONNX_DTYPES: Record<Dtype, number> = { float32: 1, int32: 6, int64: 7, bool: 9 };
const STORED_DTYPES = { F32: 1, F16: 10, BF16: 16 } as const;

export function lower({ inputs: given, outputs, weights, dropUnused }: Lowering): LoweredGraph {
  const names = new Map<Tensor, string>();
  for (const [name, tensor] of Object.entries(given)) names.set(tensor, name);
  const { nodes, used } = needed(Object.values(outputs), names);
  const inputs = dropUnused ? Object.fromEntries(Object.entries(given).filter(([, tensor]) => used.has(tensor))) : given;
  const emitter = new OnnxEmitter();
  const held = new Map<string, HeldWeight>();

  for (const node of nodes) {
    if (applies(node, inputOp)) {
      throw new Error(`lower: the input '${node.attributes.name}' is needed but not among the inputs`);
    } else if (applies(node, weightOp)) {
      names.set(node.outputs[0], emitWeight(emitter, node.attributes, weights, held));
    } else if (applies(node, constantOp)) {
      names.set(node.outputs[0], emitter.initializer(node.attributes.type, node.attributes.data));
    } else {
      const outputNames = node.outputs.map((tensor) => names.get(tensor) ?? emitter.freshName());
      // An output of a node may itself be cut (be an input); the node then writes that value under a name nobody reads.
      const written = outputNames.map((name, i) => (names.has(node.outputs[i]) ? emitter.freshName() : name));
      node.op.emit(emitter, node, node.inputs.map((tensor) => names.get(tensor)!), written);
      node.outputs.forEach((tensor, i) => names.has(tensor) || names.set(tensor, written[i]));
    }
  }

  for (const [name, tensor] of Object.entries(outputs)) emitter.node('Identity', [names.get(tensor)!], [name]);
  const info = (entries: Readonly<Record<string, Tensor>>) =>
    Object.entries(entries).map(([name, tensor]) => ({ name, elemType: ONNX_DTYPES[tensor.dtype], shape: tensor.shape }));
  for (const name of Object.keys(outputs)) {
    if (name in inputs) throw new Error(`lower: '${name}' names an input and an output`);
  }
  const heldInfo = [...held].map(([name, { shape }]) => ({ name, elemType: ONNX_DTYPES.float32, shape }));
  const allInputs = [...info(inputs), ...heldInfo];
  const model = encodeModel({ nodes: emitter.nodes, initializers: emitter.initializers, inputs: allInputs, outputs: info(outputs) });
  const types = (entries: Readonly<Record<string, Tensor>>) =>
    new Map(Object.entries(entries).map(([name, { dtype, shape }]) => [name, { dtype, shape }]));
  return { model, inputs: types(inputs), outputs: types(outputs), held };
}

/** The nodes that the outputs need, inputs first, stopping at tensors that are given; and which of those are used. */
function needed(outputs: readonly Tensor[], given: ReadonlyMap<Tensor, string>): { nodes: Node[]; used: Set<Tensor> } {
  const nodes = new Set<Node>();
  const used = new Set<Tensor>();
  const stack = [...outputs];
  while (stack.length > 0) {
    const tensor = stack.pop()!;
    if (given.has(tensor)) used.add(tensor);
    else if (!nodes.has(tensor.node)) {
      nodes.add(tensor.node);
      stack.push(...tensor.node.inputs);
    }
  }
  return { nodes: [...nodes].sort((a, b) => a.order - b.order), used };
}

function emitWeight(emitter: OnnxEmitter, { name, type }: NamedSource, weights: Lowering['weights'], held: Map<string, HeldWeight>): string {
  const location = weights?.(name);
  if (!location) throw new Error(`lower: the weight '${name}' is neither an input nor in the checkpoint`);
  if (location.shape.join() !== type.shape.join()) {
    throw new Error(`lower: the weight '${name}' has the shape [${location.shape.join(', ')}], the model needs ${show(type)}`);
  }
  if ('file' in location) return emitter.external(name, location);
  held.set(name, location);
  return name;
}

class OnnxEmitter implements Emitter {
  readonly nodes: unknown[] = [];
  readonly initializers: TensorProto[] = [];
  private readonly shared = new Map<string, string>();
  private count = 0;

  freshName(): string {
    return `t${this.count++}`;
  }

  node(...[type, inputs, outputs, attributes = {}, domain]: Parameters<Emitter['node']>): string[] {
    const names = typeof outputs === 'number' ? Array.from({ length: outputs }, () => this.freshName()) : outputs;
    const attribute = Object.entries(attributes).map(([name, value]) => {
      if (typeof value === 'number') return { name, type: 2, i: value };
      if (typeof value === 'string') return { name, type: 3, s: new TextEncoder().encode(value) };
      if ('float' in value) return { name, type: 1, f: value.float };
      return { name, type: 7, ints: [...value] };
    });
    this.nodes.push({ opType: type, name: `n${this.nodes.length}`, input: inputs, output: names, attribute, ...(domain && { domain }) });
    return names;
  }

  int64(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.share(`int64:${values.join()}`, () => this.initializer({ dtype: 'int64', shape: [values.length] }, data));
  }

  scalar(value: number): string {
    return this.share(`float:${value}`, () => this.initializer({ dtype: 'float32', shape: [] }, Float32Array.of(value)));
  }

  private share(key: string, make: () => string): string {
    const name = this.shared.get(key) ?? make();
    this.shared.set(key, name);
    return name;
  }

  initializer(type: TensorType, data: ConstantData): string {
    const name = this.freshName();
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.initializers.push({ name, dataType: ONNX_DTYPES[type.dtype], dims: type.shape as number[], rawData });
    return name;
  }

  /** An initializer read in place from a file; half-precision ones are cast to float32. */
  external(name: string, { dtype, shape, file, offset, length }: WeightLocation): string {
    const externalData = Object.entries({ location: file, offset, length }).map(([key, value]) => ({ key, value: String(value) }));
    this.initializers.push({ name, dataType: STORED_DTYPES[dtype], dims: [...shape], dataLocation: 1, externalData });
    return dtype === 'F32' ? name : this.node('Cast', [name], 1, { to: 1 })[0];
  }
}
