/** An SAE's weights: in place in a file where they lie there as plain numbers, else in memory. */
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { CheckpointError } from '../checkpoints/checkpoint-error';
import type { NpzArray } from '../checkpoints/npz';
import { readTensor } from '../checkpoints/safetensors';
import { floats, type FloatArray, type WeightLocation } from '../graph';
import type { OpenSaeOptions, StoredSaeConfig } from './config';

/**
 * ONNX Runtime looks at vectors of up to eight numbers while it optimises a graph, and fails for those in another file when the graph is
 * given as bytes.
 */
const TOO_SMALL_IN_PLACE = 8;

/** SAEs up to this size are held in memory, as float32, and share their sessions; opening those takes longer than running them. */
const IN_MEMORY_BYTES = 8e6;

export interface SaeWeights {
  /** The file that holds them; it is named in errors. */
  readonly file: string;
  /** Absolute path of the folder that locations are relative to. */
  readonly folder: string;
  readonly located: ReadonlyMap<string, WeightLocation>;
  /** Weights that were compressed or are small: given to a session at every run. */
  readonly inMemory: ReadonlyMap<string, FloatArray>;
  /** Bytes of all weights as stored. */
  readonly bytes: number;
}

/** The weights of an architecture by SAELens's names, with their shapes. */
export function weightShapes(config: StoredSaeConfig): Map<string, number[]> {
  const { architecture, dIn, dOut, dSae, encoderTransposed, logThreshold, finetuningScaling, skip } = config;
  const shapes = new Map([
    ['W_enc', encoderTransposed ? [dSae, dIn] : [dIn, dSae]],
    ['W_dec', [dSae, dOut]],
    ['b_dec', [dOut]],
  ]);
  const rows = {
    standard: ['b_enc'], topk: ['b_enc'], groupmax: ['b_enc'], gated: ['b_gate', 'b_mag', 'r_mag'],
    jumprelu: ['b_enc', logThreshold ? 'log_threshold' : 'threshold'],
  }[architecture];
  for (const name of [...rows, ...(finetuningScaling ? ['scaling_factor'] : [])]) shapes.set(name, [dSae]);
  if (skip !== 'none') shapes.set('W_skip', skip === 'plain' ? [dOut, dIn] : [dIn, dOut]);
  return shapes;
}

/**
 * Matches a file's arrays (by SAELens's names) to the config. Throws a {@link CheckpointError} for one that is missing, unknown, of
 * another shape or stored as something that is not a float, and for NaN and infinity: all weights are read once.
 */
export async function gatherWeights(
  config: StoredSaeConfig,
  file: string,
  arrays: ReadonlyMap<string, NpzArray>,
  { inMemoryBytes = IN_MEMORY_BYTES }: OpenSaeOptions = {},
): Promise<SaeWeights> {
  const real = await realpath(file);
  const folder = path.dirname(real);
  const shapes = weightShapes(config);
  for (const name of arrays.keys()) {
    if (!shapes.has(name)) throw new CheckpointError(file, `is not known to the architecture ${config.architecture}; its results would be wrong.`, name);
  }
  const located = new Map<string, WeightLocation>();
  const inMemory = new Map<string, FloatArray>();
  const size = (array: NpzArray) => ('data' in array ? array.data.byteLength : array.length);
  const bytes = [...arrays.values()].reduce((sum, array) => sum + size(array), 0);
  for (const [name, shape] of shapes) {
    const array = arrays.get(name);
    if (!array) throw new CheckpointError(file, `is missing, and the architecture ${config.architecture} needs it.`, name);
    if (array.shape.join() !== shape.join()) {
      throw new CheckpointError(file, `has the shape [${array.shape.join(', ')}], but the SAE's sizes ask for [${shape.join(', ')}].`, name);
    }
    const values = 'data' in array ? array.data : await readTensor(array);
    const wrong = firstNotFinite(values);
    if (wrong >= 0) throw new CheckpointError(file, `holds ${values[wrong]} (number ${wrong}): the SAE is damaged or its training failed.`, name);
    if ('data' in array || values.length <= TOO_SMALL_IN_PLACE || bytes <= inMemoryBytes) inMemory.set(name, floats(values, shape));
    else {
      const { dtype, offset, length } = array;
      located.set(name, { dtype: dtype as WeightLocation['dtype'], shape, file: path.basename(real), offset, length });
    }
  }
  return { file, folder, located, inMemory, bytes };
}

/** The index of the first NaN or infinity, else -1. A loop: the weights are tens of millions of numbers. */
function firstNotFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}
