/** Taking a model, a GGUF file or a folder of SAEs out of the store. */
import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { diskError } from './disk';
import { modelFolders, type ModelFolders } from './places/folders';
import { insideStore } from './places/inside';
import { withLock } from './places/lock';
import { MANIFEST, PART, readManifest, selected, writeManifest, type Manifest } from './places/manifest';
import { isCommit } from './names';
import { findOllama } from './places/ollama';
import { hubReference, parseReference, withFile, type HubReference, type Reference } from './reference';
import { findRepository, hubFolder, listCommits, readRevisions, REVISIONS, setRevision } from './places/repository';
import { removeUnpacked } from './places/unpacked';

/**
 * Removes what a reference names, finished or not, and nothing outside the store: of a GGUF file elsewhere, what it became in the store.
 * @returns bytes freed
 * @throws a sentence when the store has no such thing
 */
export async function removeModel(text: string, folders: ModelFolders = modelFolders()): Promise<number> {
  return remove(text, folders).catch((error: unknown) => {
    throw diskError(error, folders.store);
  });
}

async function remove(text: string, folders: ModelFolders): Promise<number> {
  const { store } = folders;
  const asked = parseReference(text, null);
  if (asked.kind !== 'hub') return removeOthers(text.trim(), asked, folders);
  const name = hubReference(asked);
  const found = await findIn(store, asked);
  if (!found) throw new Error(`The store has no ${name}, so there is nothing to remove. latent-lens models list shows what it has; other places are not touched.`);
  const { folder, manifest, reference } = found;
  await insideStore(store, folder);
  const unpacked = reference.file === null ? 0 : await removeUnpacked(store, path.join(folder, reference.file));
  const freed = unpacked + (await withLock(folder, name, () => removeFiles(store, folder, manifest, reference)));
  await removeEmpty(folder);
  if (!(await stat(folder).catch(() => undefined))) await forget(path.dirname(folder), manifest.commit);
  return freed;
}

/** Of a GGUF file elsewhere, what it became in the store; the file stays. */
async function removeOthers(text: string, reference: Exclude<Reference, HubReference>, { store, ollama }: ModelFolders): Promise<number> {
  const file = reference.kind === 'path' ? reference.path : reference.kind === 'ollama' ? (await findOllama(ollama, reference)).path : null;
  const freed = file === null ? 0 : await removeUnpacked(store, file);
  if (freed > 0) return freed;
  const what = text || 'The model that comes with Latent Lens';
  throw new Error(`${what} is not in the store, and only what is in the store is removed (${store}).`);
}

/** @returns bytes freed */
async function removeFiles(store: string, folder: string, manifest: Manifest, reference: HubReference): Promise<number> {
  const going = selected(manifest.files, reference);
  let freed = 0;
  for (const name of going.flatMap((file) => [file.name, `${file.name}${PART}`])) {
    const at = path.join(folder, name);
    const info = await stat(at).catch(() => undefined);
    if (!info) continue;
    await insideStore(store, path.dirname(at));
    await rm(at);
    freed += info.size;
  }
  const files = manifest.files.filter((file) => !going.includes(file));
  if (files.length > 0) await writeManifest(folder, { ...manifest, files });
  else await rm(path.join(folder, MANIFEST));
  return freed;
}

/** Takes a commit that is gone out of the revisions, and the repository's folder with its last one. */
async function forget(repository: string, gone: string): Promise<void> {
  for (const [revision, commit] of await readRevisions(repository)) if (commit === gone) await setRevision(repository, revision, null);
  if ((await listCommits(repository)).length > 0) return;
  await rm(path.join(repository, REVISIONS), { force: true });
  await removeEmpty(repository);
}

/** The commit that the revision stands for; one whose download was not finished goes by what it was asked for as. */
async function findIn(store: string, asked: HubReference): Promise<{ folder: string; manifest: Manifest; reference: HubReference } | null> {
  const repository = await findRepository(hubFolder(store), asked.id);
  if (!repository) return null;
  const revision = asked.revision ?? 'main';
  const known = isCommit(revision) ? revision : (await readRevisions(repository.folder)).get(revision);
  for (const commit of known === undefined ? await listCommits(repository.folder) : [known]) {
    const folder = path.join(repository.folder, commit);
    const manifest = await readManifest(folder);
    if (!manifest || (known === undefined && manifest.revision !== revision)) continue;
    const reference = withFile(asked, manifest.files.map(({ name: file }) => file));
    if (reference && selected(manifest.files, reference).length > 0) return { folder, manifest, reference };
  }
  return null;
}

/** Folders without anything in them, from the innermost out. */
async function removeEmpty(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (entry.isDirectory()) await removeEmpty(path.join(folder, entry.name));
  }
  await rmdir(folder).catch(() => undefined);
}
