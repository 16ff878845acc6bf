/** What a model folder holds, as file names alone tell. */
import type { Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { quoteName } from '../../checkpoints/checkpoint-error';
import { parseJson } from '../../checkpoints/strict-json';

export const CONFIG = 'config.json';
export const TOKENIZER = 'tokenizer.json';
export const SINGLE = 'model.safetensors';
export const INDEX = 'model.safetensors.index.json';

/** Qwen's and Llama's largest are below one megabyte. */
export const MOST_INDEX_BYTES = 64e6;
const MOST_SHARDS = 5000;

/** The files that an index of shards names, in the order of their names. @throws a sentence when it is not such an index */
export function shardsOf(index: string): string[] {
  let map: unknown;
  try {
    map = (parseJson(index) as { weight_map?: unknown } | null)?.weight_map;
  } catch (error) {
    throw new Error(`${INDEX} ${(error as Error).message}.`, { cause: error });
  }
  if (typeof map !== 'object' || map === null || Array.isArray(map)) throw new Error(`${INDEX} has no weight_map.`);
  const shards = [...new Set(Object.values(map) as unknown[])];
  if (shards.length > MOST_SHARDS) throw new Error(`${INDEX} names ${shards.length} files, over the limit of ${MOST_SHARDS}.`);
  for (const shard of shards) {
    if (typeof shard === 'string' && /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,120}\.safetensors$/.test(shard)) continue;
    throw new Error(`${INDEX} places weights in ${quoteName(String(shard))}, which is not the plain name of a .safetensors file.`);
  }
  return (shards as string[]).sort();
}

/** What a folder lacks to be opened as a model: names of files; none for one that is whole. */
export async function lackingFiles(folder: string): Promise<string[]> {
  const there = (name: string) => stat(path.join(folder, name)).then((info) => info.isFile(), () => false);
  const lacking: string[] = [];
  for (const name of [CONFIG, TOKENIZER]) if (!(await there(name))) lacking.push(name);
  if (await there(SINGLE)) return lacking;
  if (!(await there(INDEX))) return [...lacking, SINGLE];
  const info = await stat(path.join(folder, INDEX));
  if (info.size > MOST_INDEX_BYTES) throw new Error(`${path.join(folder, INDEX)} has ${info.size} bytes, over the limit of ${MOST_INDEX_BYTES}.`);
  for (const name of shardsOf(await readFile(path.join(folder, INDEX), 'utf8'))) if (!(await there(name))) lacking.push(name);
  return lacking;
}

/** Bytes of the files that lie directly in a folder, links followed; 0 for one that cannot be read. */
export async function bytesOfFiles(folder: string, which: (name: string) => boolean = () => true): Promise<number> {
  const names = (await readdir(folder).catch(() => [])).filter(which);
  return total(await Promise.all(names.map((name) => stat(path.join(folder, name)).catch(() => undefined))));
}

/** Bytes of all files below a folder; links are not followed. */
export async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return total(await Promise.all(files.map((file) => stat(path.join(file.parentPath, file.name)).catch(() => undefined))));
}

function total(infos: readonly (Stats | undefined)[]): number {
  return infos.reduce((sum, info) => sum + (info?.isFile() ? info.size : 0), 0);
}
