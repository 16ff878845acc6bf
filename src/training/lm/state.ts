/** What training changes, and where it stands: in memory, as a checkpoint, and as 16-bit weights to start again from. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Architecture } from '../../architectures';
import { openCheckpoint } from '../../checkpoints/checkpoint';
import { readSafetensorsHeader, readTensor } from '../../checkpoints/safetensors';
import { writeSafetensors } from '../../checkpoints/write-safetensors';
import { floats, type FloatArray } from '../../graph';
import { origin } from './deepen';
import { initialWeights } from './initialise';
import { trainedWeights } from './graph';
import { memoryNames, type OptimizerOptions } from './optimizer';
import type { Draw } from './shards';

/** Weights, probes and what the optimizer remembers, by name. */
export type State = Record<string, FloatArray>;

export interface Position {
  step: number;
  tokens: number;
  /** The step at which the optimizer began without memory: 0, or where weights alone were started from. */
  started: number;
  /** The step at which the decay began; the trunk has none. */
  decayFrom?: number;
  round: number;
  /** Batches of the round already used. */
  batch: number;
  /** The shards of the round. */
  draw?: Draw;
}

export interface Saved {
  state: State;
  position: Position;
}

/** A fresh state, with these weights where they are given; the optimizer remembers nothing and probes start at zero. */
export function freshState(
  architecture: Architecture,
  options: OptimizerOptions,
  seed: number | string,
  given?: ReadonlyMap<string, Float32Array>,
): State {
  const state: State = {};
  const initial = initialWeights(architecture, seed);
  for (const [name, shape] of trainedWeights(architecture)) {
    const size = shape.reduce((a, b) => a * b, 1);
    state[name] = floats(given?.get(name) ?? initial.get(name) ?? new Float32Array(size), shape);
    for (const part of memoryNames(name, shape, options)) state[part] = floats(new Float32Array(size), shape);
  }
  return state;
}

/** Writes the folder `checkpoint` anew and swaps it in, so that an interruption leaves the old checkpoint or the new one. */
export async function saveCheckpoint(folder: string, { state, position }: Saved): Promise<void> {
  const parts = Object.entries(state).map(([name, { shape, data }]) => ({ name, shape, data }));
  const [target, fresh, old] = ['checkpoint', 'checkpoint.new', 'checkpoint.old'].map((name) => path.join(folder, name));
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await writeSafetensors(path.join(fresh, 'model.safetensors'), parts);
  await writeFile(path.join(fresh, 'position.json'), JSON.stringify(position));
  await rm(old, { recursive: true, force: true });
  await rename(target, old).catch(() => undefined); // there is none yet
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
}

/** The folder's checkpoint, or the one before where writing was interrupted between the two; undefined where there is none. */
export async function loadCheckpoint(architecture: Architecture, options: OptimizerOptions, folder: string): Promise<Saved | undefined> {
  for (const name of ['checkpoint', 'checkpoint.old']) {
    const target = path.join(folder, name);
    const text = await readFile(path.join(target, 'position.json'), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const { tensors } = await openCheckpoint(target);
    const state: State = {};
    for (const [name, shape] of trainedWeights(architecture)) {
      for (const part of [name, ...memoryNames(name, shape, options)]) {
        const tensor = tensors.get(part);
        if (!tensor || tensor.shape.join() !== shape.join()) {
          throw new Error(`${target}: '${part}' is missing or has another shape. Train into another folder, or delete this one.`);
        }
        state[part] = floats(await readTensor(tensor), shape);
      }
    }
    return { state, position: JSON.parse(text) as Position };
  }
  return undefined;
}

/** Writes weights and probes alone in 16 bits, with the position, so that training can start again from one small file. */
export async function exportWeights(architecture: Architecture, { state, position }: Saved, file: string): Promise<void> {
  const parts = [...trainedWeights(architecture)].map(([name, shape]) => ({ name, shape, data: state[name].data }));
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  await writeSafetensors(file, parts, { dtype: 'F16', metadata: { format: 'pt', position: JSON.stringify(position) } });
}

const EMBEDDING = 'model.embed_tokens.weight';

/**
 * What `exportWeights` wrote, as a state whose optimizer remembers nothing: its rate warms up again, and the data go on where they were.
 * Or a released model's weights: without probes, which begin at zero, and at the beginning of the data. With `layers` the file's model has
 * fewer of them: layer i begins as its layer `layers[i]` (deepen.ts). With `embedding` its tokens are others, whose rows that makes of the
 * file's; the data are others too then, and begin.
 */
export async function importWeights(
  architecture: Architecture,
  options: OptimizerOptions,
  seed: number | string,
  file: string,
  layers?: readonly number[],
  embedding?: (rows: Float32Array, width: number) => Float32Array,
): Promise<Saved> {
  const { tensors, metadata } = await readSafetensorsHeader(file);
  const given = new Map<string, Float32Array>();
  for (const [name, shape] of trainedWeights(architecture)) {
    const from = origin(name, layers);
    const tensor = tensors.get(from.name);
    if (!tensor && !architecture.weights.has(name)) continue; // a probe
    if (tensor && embedding && name === EMBEDDING && tensor.shape.length === 2 && tensor.shape[1] === shape[1]) {
      given.set(name, embedding(await readTensor(tensor), shape[1]));
      continue;
    }
    if (!tensor || tensor.shape.join() !== shape.join()) {
      throw new Error(`${file}: '${from.name}' is missing or has another shape than the recipe's. Give the weights of a model of this recipe.`);
    }
    given.set(name, from.zero ? new Float32Array(shape.reduce((a, b) => a * b, 1)) : await readTensor(tensor));
  }
  const position = embedding ? {} : (JSON.parse(metadata.position ?? '{}') as Partial<Position>);
  const step = position.step ?? 0;
  const state = freshState(architecture, options, seed, given);
  return { state, position: { tokens: 0, round: 0, batch: 0, ...position, step, started: step, decayFrom: undefined } };
}
