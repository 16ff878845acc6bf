/** A repository's folder in the store: hub/models--org--name/COMMIT/…, as the repository has it, and revisions.json beside the commits. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseJson } from '../../checkpoints/strict-json';
import { entriesOf } from './entries';
import { isCommit, isHubId, isRevision } from '../names';
import { readManifest, writeJson, type StoredFile } from './manifest';

const PREFIX = 'models--';
export const REVISIONS = 'revisions.json';
const MOST_BYTES = 1e6;

export function hubFolder(store: string): string {
  return path.join(store, 'hub');
}

/** The repositories that are in a folder of this layout, ours or Hugging Face's: ids and folders. */
export async function listRepositories(hub: string): Promise<{ id: string; folder: string }[]> {
  return (await entriesOf(hub)).flatMap(({ name }) => {
    const id = name.startsWith(PREFIX) ? name.slice(PREFIX.length).replace('--', '/') : '';
    return isHubId(id) ? [{ id, folder: path.join(hub, name) }] : [];
  });
}

/** Ids that differ in case only are one repository to the Hub, and one folder to some file systems. */
export async function findRepository(hub: string, id: string): Promise<{ id: string; folder: string } | null> {
  const all = (await listRepositories(hub)).filter((repository) => repository.id.toLowerCase() === id.toLowerCase());
  return all.find((repository) => repository.id === id) ?? all[0] ?? null;
}

export function repositoryFolder(hub: string, id: string): string {
  return path.join(hub, `${PREFIX}${id.replace('/', '--')}`);
}

export async function listCommits(folder: string): Promise<string[]> {
  return (await entriesOf(folder)).filter((entry) => entry.isDirectory() && isCommit(entry.name)).map(({ name }) => name);
}

/** What branches and tags stood for when their model was added. */
export async function readRevisions(folder: string): Promise<Map<string, string>> {
  const file = path.join(folder, REVISIONS);
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile() || info.size > MOST_BYTES) return new Map();
  try {
    const all = Object.entries(parseJson(await readFile(file, 'utf8')) as Record<string, unknown>);
    return new Map(all.filter((entry): entry is [string, string] => isRevision(entry[0]) && typeof entry[1] === 'string' && isCommit(entry[1])));
  } catch (error) {
    throw new Error(`${file} is damaged. Remove it and add the model again.`, { cause: error });
  }
}

export async function setRevision(folder: string, revision: string, commit: string | null): Promise<void> {
  const all = await readRevisions(folder);
  if (commit === null) all.delete(revision);
  else all.set(revision, commit);
  await writeJson(path.join(folder, REVISIONS), Object.fromEntries(all));
}

export interface InStore {
  id: string;
  commit: string;
  /** Of this commit. */
  folder: string;
  files: StoredFile[];
}

/** What the store has of a revision, whether its files are all there or not; null where it was never added. */
export async function findInStore(store: string, id: string, revision: string): Promise<InStore | null> {
  const repository = await findRepository(hubFolder(store), id);
  if (!repository) return null;
  const commit = isCommit(revision) ? revision : ((await readRevisions(repository.folder)).get(revision) ?? null);
  if (commit === null) return null;
  const folder = path.join(repository.folder, commit);
  const manifest = await readManifest(folder);
  return manifest && { id: manifest.id, commit, folder, files: manifest.files };
}
