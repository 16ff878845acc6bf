/** Checkpoints of autoencoders in training: one file for all sites, and where the data stood. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readSafetensorsHeader, readTensor } from '../../checkpoints/safetensors';
import { writeSafetensors, type NamedArray } from '../../checkpoints/write-safetensors';
import { floats, type FloatArray } from '../../graph';
import { saeWeights, type SaeShape } from './graph';
import type { ActivationStatistics } from './initialise';
import type { SaePosition, SaeState, Selection } from './state';

const MOMENTS = ['', '/mean', '/variance'];

interface PositionFile {
  position: SaePosition;
  sites: Record<string, { shape: SaeShape; statistics: ActivationStatistics }>;
}

/** The folder is written anew and swapped in, so that an interruption leaves the old checkpoint or the new one. */
export async function saveSaeCheckpoint(folder: string, states: ReadonlyMap<string, SaeState>, position: SaePosition): Promise<void> {
  const tensors: NamedArray[] = [];
  const file: PositionFile = { position, sites: {} };
  for (const [site, { shape, statistics, values, idle, selection }] of states) {
    for (const [name, { shape: size, data }] of Object.entries(values)) tensors.push({ name: `${site}:${name}`, shape: size, data });
    tensors.push({ name: `${site}:idle`, shape: [shape.latents], data: idle });
    for (const [name, data] of Object.entries(selection)) tensors.push({ name: `${site}:${name}`, shape: [data.length], data });
    file.sites[site] = { shape, statistics };
  }
  const [target, fresh, old] = ['checkpoint', 'checkpoint.new', 'checkpoint.old'].map((name) => path.join(folder, name));
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh);
  await writeSafetensors(path.join(fresh, 'saes.safetensors'), tensors);
  await writeFile(path.join(fresh, 'position.json'), JSON.stringify(file));
  await rm(old, { recursive: true, force: true });
  await rename(target, old).catch(() => undefined); // there is none yet
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
}

/** The folder's checkpoint, if there is one. @throws when it is of other sites or settings */
export async function loadSaeCheckpoint(
  folder: string,
  shapes: ReadonlyMap<string, SaeShape>,
): Promise<{ states: Map<string, SaeState>; position: SaePosition } | undefined> {
  const target = path.join(folder, 'checkpoint');
  const text = await readFile(path.join(target, 'position.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { position, sites } = JSON.parse(text) as PositionFile;
  const { tensors } = await readSafetensorsHeader(path.join(target, 'saes.safetensors'));
  const read = async (site: string, name: string, size: readonly number[]): Promise<FloatArray> => {
    const tensor = tensors.get(`${site}:${name}`);
    if (!tensor || tensor.shape.join() !== size.join()) throw mismatch(target);
    return floats(await readTensor(tensor), size);
  };
  const states = new Map<string, SaeState>();
  if (Object.keys(sites).sort().join() !== [...shapes.keys()].sort().join()) throw mismatch(target);
  for (const [site, shape] of shapes) {
    if (JSON.stringify(sites[site].shape) !== JSON.stringify(shape)) throw mismatch(target);
    const values: Record<string, FloatArray> = {};
    for (const [name, size] of saeWeights(shape)) {
      for (const moment of MOMENTS) values[name + moment] = await read(site, name + moment, size);
    }
    const { data: idle } = await read(site, 'idle', [shape.latents]);
    const vector = async (name: keyof Selection) => (await read(site, name, [shape.latents])).data;
    const selection: Selection = { frequency: await vector('frequency'), lift: await vector('lift') };
    states.set(site, { shape, statistics: sites[site].statistics, values, idle, selection });
  }
  return { states, position };
}

function mismatch(target: string): Error {
  return new Error(`${target} is of other sites or settings. Train with another --work folder, or delete this one.`);
}
