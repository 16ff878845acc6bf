/** The cache of Python's huggingface_hub: models--org--name/{refs,snapshots,blobs}. It is read, and never changed. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { entriesOf } from './entries';
import { isCommit, isRevision } from '../names';
import { findRepository, listCommits, listRepositories } from './repository';

const MOST_REF_BYTES = 1000;
/** refs/pr/1 of the Hub is refs/refs/pr/1 here. */
const MOST_REF_LEVELS = 4;

export interface Snapshot {
  id: string;
  commit: string;
  /** Branches and tags that stood for it. */
  revisions: string[];
  folder: string;
}

/** The snapshot of a revision; null where the cache has none. */
export async function findSnapshot(cache: string, id: string, revision: string): Promise<Snapshot | null> {
  const repository = await findRepository(cache, id);
  if (!repository) return null;
  const commit = isCommit(revision) ? revision : await readRef(path.join(repository.folder, 'refs', ...revision.split('/')));
  if (commit === null) return null;
  const folder = path.join(repository.folder, 'snapshots', commit);
  const there = await stat(folder).then((info) => info.isDirectory(), () => false);
  return there ? { id: repository.id, commit, revisions: isCommit(revision) ? [] : [revision], folder } : null;
}

export async function listSnapshots(cache: string): Promise<Snapshot[]> {
  const all: Snapshot[] = [];
  for (const { id, folder } of await listRepositories(cache)) {
    const refs = await listRefs(path.join(folder, 'refs'), MOST_REF_LEVELS);
    for (const commit of await listCommits(path.join(folder, 'snapshots'))) {
      const revisions = [...refs].filter(([, of]) => of === commit).map(([revision]) => revision);
      all.push({ id, commit, revisions, folder: path.join(folder, 'snapshots', commit) });
    }
  }
  return all;
}

async function listRefs(folder: string, levels: number, prefix = ''): Promise<Map<string, string>> {
  const refs = new Map<string, string>();
  for (const entry of await entriesOf(folder)) {
    const revision = `${prefix}${entry.name}`;
    const at = path.join(folder, entry.name);
    if (entry.isDirectory() && levels > 0) (await listRefs(at, levels - 1, `${revision}/`)).forEach((commit, name) => refs.set(name, commit));
    const commit = entry.isFile() && isRevision(revision) ? await readRef(at) : null;
    if (commit !== null) refs.set(revision, commit);
  }
  return refs;
}

async function readRef(file: string): Promise<string | null> {
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile() || info.size > MOST_REF_BYTES) return null;
  const commit = (await readFile(file, 'utf8')).trim();
  return isCommit(commit) ? commit : null;
}
