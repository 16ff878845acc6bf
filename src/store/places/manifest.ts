/** latent-lens.json in a folder of the store: which files of the repository belong there, and what they have to be. */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseJson } from '../../checkpoints/strict-json';
import { isCommit, isHubId, isPlainPath, isRevision } from '../names';
import { GGUF_FILE, type HubReference } from '../reference';

export interface StoredFile {
  /** As in the repository, with `/`. */
  name: string;
  size: number;
  /** `sha256:…` of the content, or `git:…`, the id of git's blob. */
  hash: string;
}

export interface Manifest {
  id: string;
  commit: string;
  /** What it was asked for as. */
  revision: string;
  files: StoredFile[];
}

export const MANIFEST = 'latent-lens.json';
export const PART = '.part';

const MOST_BYTES = 16e6;
export const MOST_FILES = 50_000;
const HASH = /^(?:sha256:[0-9a-f]{64}|git:[0-9a-f]{40})$/;

export function isStoredFile(file: StoredFile): boolean {
  return typeof file.name === 'string' && isPlainPath(file.name) && Number.isSafeInteger(file.size) && file.size >= 0 && HASH.test(file.hash);
}

/** Null where there is none. @throws a sentence when it is not as the store writes it */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const file = path.join(folder, MANIFEST);
  const info = await stat(file).catch(() => undefined);
  if (!info) return null;
  try {
    if (!info.isFile() || info.size > MOST_BYTES) throw new Error();
    const { id, commit, revision, files } = parseJson(await readFile(file, 'utf8')) as Manifest;
    const named = isHubId(id) && isCommit(commit) && isRevision(revision);
    if (!named || !Array.isArray(files) || !files.every(isStoredFile)) throw new Error();
    return { id, commit, revision, files };
  } catch (error) {
    throw new Error(`${file} is damaged. Remove the folder and add the model again.`, { cause: error });
  }
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeJson(path.join(folder, MANIFEST), manifest);
}

/** Whole or not at all: written beside, then renamed. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  const beside = `${file}.${randomUUID()}`;
  try {
    await writeFile(beside, `${JSON.stringify(value, null, 2)}\n`, { flush: true });
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

export type Selection = Pick<HubReference, 'file' | 'folder'>;

/** The files of a manifest that a reference is about: a GGUF file, a folder of SAEs, or the model itself. */
export function selected(files: readonly StoredFile[], { file, folder }: Selection): StoredFile[] {
  if (file !== null) return files.filter(({ name }) => name === file);
  if (folder !== null) return files.filter(({ name }) => name.startsWith(`${folder}/`));
  return files.filter(({ name }) => !name.includes('/') && !GGUF_FILE.test(name));
}

/** Which of these files are not there in full; a file gets its name only once its hash is right. */
export async function missing(folder: string, files: readonly StoredFile[]): Promise<StoredFile[]> {
  const infos = await Promise.all(files.map(({ name }) => stat(path.join(folder, name)).catch(() => undefined)));
  return files.filter(({ size }, i) => !infos[i]?.isFile() || infos[i].size !== size);
}
