/** Matching a checkpoint to an architecture, and where its weights are read from. */
import path from 'node:path';
import type { Architecture } from '../architectures';
import type { Checkpoint } from '../checkpoints/checkpoint';
import { isFloatDtype } from '../checkpoints/dtype';
import { readTensor, type StoredTensor } from '../checkpoints/safetensors';
import type { HeldWeight, WeightLocation } from '../graph';

/** Tensors that checkpoints of every family may carry: an unembedding that is tied to the embedding. */
const UNNEEDED = /^lm_head\.weight$/;
/** ONNX Runtime looks at vectors this small while it optimises a graph, and fails for those in another file. */
const TOO_SMALL_IN_PLACE = 8;

export interface WeightSource {
  /** What the locations are relative to. */
  readonly folder: string;
  readonly find: (name: string) => WeightLocation | HeldWeight | undefined;
}

/**
 * Where each of the architecture's weights is read from: float32 in place, memory-mapped; 16-bit ones widened into memory when they are
 * first needed, once for all graphs. Refuses a checkpoint that misses one or holds one the architecture does not know.
 */
export function locateWeights(architecture: Architecture, checkpoint: Checkpoint): WeightSource {
  const { folder, files } = checkpoint;
  const tensors = byOwnNames(architecture, checkpoint);
  for (const [name, shape] of architecture.weights) {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`${folder}: the weight '${name}' is missing. The checkpoint does not fit its config.json.`);
    if (tensor.shape.join() !== shape.join()) {
      throw new Error(`${folder}: the weight '${name}' has the shape [${tensor.shape.join(', ')}]; config.json asks for [${shape.join(', ')}].`);
    }
    if (!isFloatDtype(tensor.dtype)) {
      throw new Error(`${folder}: the weight '${name}' is stored as ${tensor.dtype}; only F32, F16 and BF16 can be run.`);
    }
  }
  // Where the files really lie: ONNX Runtime follows no way out of a folder, and the Hub's cache has links out of the model's.
  const root = commonFolder(files.map((file) => path.dirname(file.path)));
  const found = new Map<string, WeightLocation | HeldWeight>();
  for (const name of architecture.weights.keys()) {
    const tensor = tensors.get(name)!;
    const { dtype, shape, offset, length } = tensor;
    const inPlace = dtype === 'F32' && length > 4 * TOO_SMALL_IN_PLACE;
    let values: Promise<Float32Array> | undefined;
    found.set(name, inPlace
      ? { dtype, shape, file: path.relative(root, tensor.file), offset, length }
      : { shape, values: () => (values ??= readTensor(tensor)) });
  }
  return { folder: root, find: (name) => found.get(name) };
}

/** The innermost folder that holds all of these. */
function commonFolder(folders: readonly string[]): string {
  const holds = (outer: string, inner: string) => !path.relative(outer, inner).split(path.sep).includes('..');
  let common = folders[0];
  while (!folders.every((folder) => holds(common, folder))) common = path.dirname(common);
  return common;
}

/** The checkpoint's tensors by the names of the architecture. Refuses those that it does not know. */
function byOwnNames({ family, weights, checkpoint: names = {} }: Architecture, { folder, tensors }: Checkpoint): Checkpoint['tensors'] {
  const { prefix, renamed = {}, unneeded } = names;
  const known = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) {
    const own = Object.hasOwn(renamed, name) ? renamed[name] : name;
    const full = [own, ...(prefix === undefined ? [] : [prefix + own])].find((candidate) => weights.has(candidate));
    if (full === undefined) {
      if (UNNEEDED.test(name) || unneeded?.test(name)) continue;
      throw new Error(`${folder}: holds a weight '${name}' that the ${family} family does not know, so its results would be wrong.`);
    }
    const before = known.get(full);
    if (before) throw new Error(`${folder}: holds the weight '${full}' twice, as '${before.name}' and as '${name}'. Keep one of them.`);
    known.set(full, tensor);
  }
  return known;
}
