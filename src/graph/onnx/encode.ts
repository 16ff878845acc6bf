/** ONNX's protocol buffers (schema.json is made from onnx-ml.proto of ONNX 1.23, Apache-2.0). */
import protobuf from 'protobufjs/light.js';
import type { Shape } from '../tensor';
import schema from './schema.json';

const ModelProto = protobuf.Root.fromJSON(schema as protobuf.INamespace).lookupType('onnx.ModelProto');

/** The ONNX release that the graphs are written for; onnxruntime-node 1.30 runs it. */
const OPSET = 20;
const IR_VERSION = 10;

export interface TensorProto {
  name: string;
  dataType: number;
  dims: number[];
  rawData?: Uint8Array;
  dataLocation?: number;
  externalData?: { key: string; value: string }[];
}

export interface ValueInfo {
  name: string;
  elemType: number;
  shape: Shape;
}

export interface GraphParts {
  nodes: unknown[];
  initializers: TensorProto[];
  inputs: ValueInfo[];
  outputs: ValueInfo[];
}

export function encodeModel({ nodes, initializers, inputs, outputs }: GraphParts): Uint8Array {
  const valueInfo = ({ name, elemType, shape }: ValueInfo) => ({
    name,
    type: { tensorType: { elemType, shape: { dim: shape.map((dim) => (typeof dim === 'number' ? { dimValue: dim } : { dimParam: dim })) } } },
  });
  const message = {
    irVersion: IR_VERSION,
    producerName: 'latent-lens',
    opsetImport: [
      { domain: '', version: OPSET },
      { domain: 'com.microsoft', version: 1 },
    ],
    graph: { name: 'graph', node: nodes, initializer: initializers, input: inputs.map(valueInfo), output: outputs.map(valueInfo) },
  };
  return ModelProto.encode(ModelProto.fromObject(message)).finish();
}
