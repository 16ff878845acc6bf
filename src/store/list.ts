/** The models that are on this machine. */
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ListedModel, ModelList } from '../protocol/models/models';
import { modelFolders, type ModelFolders } from './places/folders';
import { freeBytes } from './disk';
import { listSnapshots } from './places/huggingface';
import { missing, PART, readManifest, selected, type Manifest } from './places/manifest';
import { bytesBelow, bytesOfFiles, lackingFiles } from './places/model-folder';
import { isPlainName } from './names';
import { listOllama } from './places/ollama';
import { GGUF_FILE, hubReference, ollamaReference } from './reference';
import { listUnpacked } from './places/unpacked';
import { hubFolder, listCommits, listRepositories, readRevisions } from './places/repository';

/** Looks into the store, Hugging Face's cache and Ollama's store. What the first has is not listed of the second. */
export async function listModels(folders: ModelFolders = modelFolders()): Promise<ModelList> {
  const { store } = folders;
  const list: ModelList = { store, bytes: await bytesBelow(store), free: await freeBytes(store), models: [], saes: [], problems: [] };
  /** What cannot be read is told, and the rest is listed. */
  const told = (error: unknown): never[] => {
    list.problems.push((error as Error).message);
    return [];
  };
  for (const { folder } of await listRepositories(hubFolder(store)).catch(told)) {
    for (const commit of await listCommits(folder).catch(told)) {
      try {
        const manifest = await readManifest(path.join(folder, commit));
        if (manifest) await addStored(list, path.join(folder, commit), manifest, await readRevisions(folder));
      } catch (error) {
        told(error);
      }
    }
  }
  const ours = new Set(list.models.map(({ reference }) => reference));
  for (const model of await cachedModels(folders.huggingface).catch(told)) if (!ours.has(model.reference)) list.models.push(model);
  const ollama = await listOllama(folders.ollama);
  for (const { name, tag, path: file, bytes } of ollama.models) {
    const reference = ollamaReference({ name, tag });
    list.models.push({ reference, place: 'ollama', format: 'gguf', path: file, bytes, commit: null, incomplete: false, removable: false });
  }
  list.problems.push(...ollama.problems);
  const unpacked = await listUnpacked(store);
  for (const model of list.models) {
    const became = model.format === 'gguf' ? unpacked.get(await realpath(model.path).catch(() => model.path)) : undefined;
    if (became) model.unpacked = became.bytes;
  }
  return list;
}

/** The model, the GGUF files and the folders of SAEs that a commit's folder holds. */
async function addStored(list: ModelList, folder: string, manifest: Manifest, revisions: ReadonlyMap<string, string>): Promise<void> {
  const { id, commit, files } = manifest;
  const named = [...revisions].find(([, of]) => of === commit)?.[0];
  const lacking = await missing(folder, files);
  // Asked for as a branch, it is still to be found under that name when it was not finished.
  const revision = named ?? (lacking.length > 0 && !revisions.has(manifest.revision) ? manifest.revision : commit);
  const entry = async (selection: Parameters<typeof selected>[1]) => {
    const parts = selected(files, selection);
    const sizes = await Promise.all(parts.flatMap(({ name }) => [name, `${name}${PART}`]).map((name) => stat(path.join(folder, name)).then(({ size }) => size, () => 0)));
    const at = selection.file ?? selection.folder;
    return {
      reference: hubReference({ id, revision, ...selection }),
      path: at === null ? folder : path.join(folder, at),
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      commit,
      incomplete: parts.some((part) => lacking.includes(part)),
    };
  };
  if (selected(files, { file: null, folder: null }).length > 0) {
    list.models.push({ ...(await entry({ file: null, folder: null })), place: 'store', format: 'safetensors', removable: true });
  }
  for (const { name } of files.filter((file) => GGUF_FILE.test(file.name))) {
    list.models.push({ ...(await entry({ file: name, folder: null })), place: 'store', format: 'gguf', removable: true });
  }
  for (const saes of saeFolders(files.map(({ name }) => name))) list.saes.push(await entry({ file: null, folder: saes }));
}

/** The folders that hold weights of SAEs. */
function saeFolders(names: readonly string[]): string[] {
  const weights = names.filter((name) => name.includes('/') && !GGUF_FILE.test(name) && !name.endsWith('.json'));
  return [...new Set(weights.map((name) => path.posix.dirname(name)))].sort();
}

/** Whole models only: the cache keeps single files of others as well. */
async function cachedModels(cache: string): Promise<ListedModel[]> {
  const models: ListedModel[] = [];
  for (const { id, commit, revisions, folder } of await listSnapshots(cache)) {
    const revision = revisions.includes('main') ? null : (revisions[0] ?? commit);
    const common = { place: 'huggingface', commit, incomplete: false, removable: false } as const;
    const lacking = await lackingFiles(folder).catch(() => ['the index']);
    if (lacking.length === 0) {
      const bytes = await bytesOfFiles(folder);
      models.push({ ...common, reference: hubReference({ id, revision, file: null, folder: null }), format: 'safetensors', path: folder, bytes });
    }
    for (const file of (await readdir(folder).catch(() => [])).filter((name) => GGUF_FILE.test(name) && isPlainName(name))) {
      const bytes = await bytesOfFiles(folder, (name) => name === file);
      if (bytes > 0) models.push({ ...common, reference: hubReference({ id, revision, file, folder: null }), format: 'gguf', path: path.join(folder, file), bytes });
    }
  }
  return models;
}
