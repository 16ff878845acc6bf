/** What GGUF files became when they were opened: folders of the store, each with a note of its source (src/checkpoints/gguf). */
import { readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseJson } from '../../checkpoints/strict-json';
import { INDEX_FILE } from '../../checkpoints/gguf';
import { bytesOfFiles } from './model-folder';

const MOST_BYTES = 1e6;

export interface Unpacked {
  folder: string;
  bytes: number;
}

/** The store's folder for them. */
export function unpackedFolder(store: string): string {
  return path.join(store, 'gguf');
}

/** By the path of the GGUF file, links followed. */
export async function listUnpacked(store: string): Promise<Map<string, Unpacked>> {
  const all = new Map<string, Unpacked>();
  for (const entry of await readdir(unpackedFolder(store), { withFileTypes: true }).catch(() => [])) {
    const folder = path.join(unpackedFolder(store), entry.name);
    const source = entry.isDirectory() ? await sourceOf(folder) : null;
    if (source !== null) all.set(await really(source), { folder, bytes: await bytesOfFiles(folder) });
  }
  return all;
}

/** Removes what a GGUF file became, and never the file. @returns bytes freed; 0 when it was not unpacked */
export async function removeUnpacked(store: string, file: string): Promise<number> {
  const found = (await listUnpacked(store)).get(await really(file));
  if (!found) return 0;
  await rm(found.folder, { recursive: true, force: true });
  return found.bytes;
}

async function sourceOf(folder: string): Promise<string | null> {
  const file = path.join(folder, INDEX_FILE);
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile() || info.size > MOST_BYTES) return null;
  try {
    const source = (parseJson(await readFile(file, 'utf8')) as { source?: { path?: unknown } } | null)?.source?.path;
    return typeof source === 'string' ? source : null;
  } catch {
    return null; // damaged: made anew when the file is opened
  }
}

function really(file: string): Promise<string> {
  return realpath(file).catch(() => path.resolve(file));
}
