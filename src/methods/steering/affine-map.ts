/**
 * Affine maps of activations: from one layer's space to another's, before an activation goes there. A file with the tensors `weight`
 * [width, width] and `bias` [width] and a card beside it, or a tuned lens, of which each layer's translator maps what goes into it.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { readSafetensorsHeader, readTensor } from '../../checkpoints/safetensors';
import { isObject, parseJson } from '../../checkpoints/strict-json';
import { readTunedLens, type LensModel } from '../lenses/tuned-lens-folder';

export interface AffineMap {
  /** [width, width], as torch's nn.Linear has it, and [width]. */
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  /** Whether it is added to what is mapped, as a translator of a tuned lens is. */
  readonly residual: boolean;
}

/** Maps by what they read: the residual stream that goes into a layer, or anything. */
export interface AffineMaps {
  readonly kind: 'map' | 'tuned lens';
  /** @param into the layer that the stream goes into; null for an activation that is not the stream */
  readonly of: (into: number | null) => AffineMap | null;
}

const FORMAT = 'latent-lens/affine-map';
const MOST_CARD = 1_000_000;

/** W h + b, or h + W h + b. */
export function mapped({ weight, bias, residual }: AffineMap, vector: Float32Array): Float32Array {
  const { length } = vector;
  return vector.map((own, row) => {
    let sum = bias[row] + (residual ? own : 0);
    for (let i = 0; i < length; i++) sum += weight[row * length + i] * vector[i];
    return sum;
  });
}

/** @param given a safetensors file, or the folder of a tuned lens. @throws a sentence that names the file */
export async function readAffineMaps(given: string, model: LensModel): Promise<AffineMaps> {
  const { width, layers } = model;
  const isFolder = await stat(given).then((info) => info.isDirectory(), () => null);
  if (isFolder === null) throw new Error(`${given} is not there. Name a safetensors file with a map, or the folder of a tuned lens.`);
  if (isFolder || path.basename(given) === 'params.safetensors') {
    const { translators } = await readTunedLens(isFolder ? given : path.dirname(given), model);
    const maps = translators.map(({ weight, bias }): AffineMap => ({ weight: weight.data, bias: bias.data, residual: true }));
    // Behind the last layer the stream is in the basis of the end already.
    const identity: AffineMap = { weight: new Float32Array(width * width), bias: new Float32Array(width), residual: true };
    return { kind: 'tuned lens', of: (into) => (into === null ? null : into === layers ? identity : maps[into]) };
  }
  const residual = await readCard(given.replace(/\.safetensors$/i, '') + '.json', given, model);
  const { tensors } = await readSafetensorsHeader(given);
  const read = async (name: string, shape: readonly number[]) => {
    const tensor = tensors.get(name);
    if (tensor?.shape.join() !== shape.join()) {
      throw new Error(`${given}: '${name}' ${tensor ? `is [${tensor.shape.join(', ')}]` : 'is missing'}; a map of this model has [${shape.join(', ')}] there.`);
    }
    const data = await readTensor(tensor);
    if (!data.every(Number.isFinite)) throw new Error(`${given}: '${name}' holds something that is no finite number.`);
    return data;
  };
  const map: AffineMap = { weight: await read('weight', [width, width]), bias: await read('bias', [width]), residual };
  return { kind: 'map', of: () => map };
}

/** @returns whether the map is added to what it maps */
async function readCard(card: string, file: string, { sha256 }: LensModel): Promise<boolean> {
  const size = await stat(card).then((info) => (info.isFile() ? info.size : null), () => null);
  const example = `{"format": "${FORMAT}", "version": 1, "residual": false}`;
  if (size === null) throw new Error(`${file} has no card beside it (${card}), which says how the map is meant: ${example}.`);
  if (size > MOST_CARD) throw new Error(`${card} is ${size} bytes, too many for the card of a map.`);
  let json: unknown;
  try {
    json = parseJson(await readFile(card, 'utf8'));
  } catch (error) {
    throw new Error(`${card} ${(error as Error).message}.`, { cause: error });
  }
  const { format, version, residual, model } = isObject(json) ? json : {};
  if (format !== FORMAT || version !== 1 || typeof residual !== 'boolean') throw new Error(`${card} is not the card of a map; it must be like ${example}.`);
  if (isObject(model) && model.sha256 !== sha256) throw new Error(`${card}: the map was made for other weights than those of the model in use.`);
  return residual;
}
