/** Downloading a model, a GGUF file or a folder of SAEs into the store. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { AddedModel, DownloadProgress, HubModel } from '../protocol/models/models';
import { checkRoom, diskError, freeBytes } from './disk';
import { downloadFile } from './hub/download-file';
import { modelFolders, type ModelFolders } from './places/folders';
import { filesByName, filesToFetch, ggufFiles, ggufHint, lookUp, readConfig, type HubRepository } from './hub/hub';
import { HubClient, type HubOptions } from './hub/client';
import { HubError } from './hub/error';
import { makeInside } from './places/inside';
import { withLock } from './places/lock';
import { missing, PART, readManifest, writeManifest, type StoredFile } from './places/manifest';
import { CONFIG } from './places/model-folder';
import { DownloadMeter } from './progress';
import { hubReference, parseReference, withFile, type HubReference } from './reference';
import { hubFolder, repositoryFolder, setRevision } from './places/repository';

export interface AddOptions extends Omit<HubOptions, 'onWaiting'> {
  folders?: ModelFolders;
  onProgress?: (progress: DownloadProgress) => void;
  /** Throws when a model with this config.json could not be opened, before its weights are fetched. */
  checkConfig?: (config: unknown) => void;
}

/** @throws HubError, or another sentence; what has come is kept for the next time */
export async function addModel(text: string, options: AddOptions = {}): Promise<AddedModel> {
  const { folders = modelFolders(), onProgress, checkConfig } = options;
  const { store } = folders;
  const asked = hubOnly(text, options.endpoint);
  let meter: DownloadMeter | undefined;
  const client = new HubClient({ ...options, onWaiting: (why) => meter?.wait(why) });
  try {
    const repository = await lookUp(client, asked);
    const reference = fileOf(asked, repository);
    const files = await filesToFetch(client, repository, reference);
    if (files.some(({ name }) => name === CONFIG) && checkConfig) checkConfig(await readConfig(client, repository));
    const { id, commit } = repository;
    const added = hubReference({ ...reference, id });
    const folder = path.join(repositoryFolder(hubFolder(store), id), commit);
    await makeInside(store, folder);
    return await withLock(folder, added, async () => {
      const here = await bytesHere(folder, files);
      checkRoom(added, total(files) - here, await freeBytes(store), store);
      await remember(folder, repository, reference.revision ?? 'main', files);
      meter = new DownloadMeter(files, onProgress ?? (() => undefined));
      const lacking = await missing(folder, files);
      let downloaded = 0;
      for (const [i, file] of files.entries()) {
        if (!lacking.includes(file)) {
          meter.skip(i);
          continue;
        }
        let before = true;
        const onBytes = (bytes: number) => {
          meter!.at(i, bytes, !before);
          before = false;
        };
        await makeInside(store, path.dirname(path.join(folder, file.name)));
        downloaded += await downloadFile(client, { id, commit, file, folder, onBytes });
      }
      if (lacking.length > 0) meter.end();
      await setRevision(path.dirname(folder), reference.revision ?? 'main', commit);
      const kind = reference.folder === null ? 'model' : 'saes';
      const at = path.join(folder, reference.file ?? reference.folder ?? '');
      return { reference: added, kind, path: at, commit, bytes: total(files), downloaded };
    });
  } catch (error) {
    throw diskError(error, store);
  } finally {
    client.close();
  }
}

/** What the Hub says about a repository and what addModel would fetch. @throws HubError when it says nothing */
export async function hubModel(text: string, options: AddOptions = {}): Promise<HubModel> {
  const { folders = modelFolders(), checkConfig } = options;
  const asked = hubOnly(text, options.endpoint);
  const client = new HubClient(options);
  try {
    const repository = await lookUp(client, asked);
    const { id, commit, licence, gated } = repository;
    let problem: string | null = null;
    let files: StoredFile[] = [];
    try {
      files = await filesToFetch(client, repository, fileOf(asked, repository));
      if (files.some(({ name }) => name === CONFIG)) {
        const config = await readConfig(client, repository);
        checkConfig?.(config);
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      problem = (error as Error).message;
      const locked = error instanceof HubError && (error.refusal === 'token' || error.refusal === 'licence');
      if (files.length === 0 && locked) files = filesByName(repository);
    }
    const sized = (list: readonly StoredFile[]) => list.map(({ name, size }) => ({ name, bytes: size }));
    const here = await bytesHere(path.join(repositoryFolder(hubFolder(folders.store), id), commit), files);
    const free = await freeBytes(folders.store);
    const ggufs = sized(ggufFiles(repository));
    return { id, commit, licence, gated, files: sized(files), bytes: total(files), here, ggufs, problem, free };
  } finally {
    client.close();
  }
}

/** @throws HubError where no file is quantised so */
function fileOf(asked: HubReference, repository: HubRepository): HubReference {
  const found = withFile(asked, repository.names);
  if (found) return found;
  throw new HubError(`${repository.id} has no one file that ends in ${asked.file}.gguf.${ggufHint(repository)}`, 'missing');
}

function hubOnly(text: string, endpoint: string | null | undefined): HubReference {
  const reference = parseReference(text, null, endpoint || process.env.HF_ENDPOINT);
  if (reference.kind === 'hub') return reference;
  const why = { package: 'comes with Latent Lens', path: 'is a folder or file of yours', ollama: 'is Ollama’s' }[reference.kind];
  throw new Error(`${text.trim() || 'This model'} ${why} and needs no adding; give it as the model. Add org/name from the Hugging Face Hub.`);
}

/** Adds the files to what belongs into the folder. */
async function remember(folder: string, { id, commit }: HubRepository, revision: string, files: readonly StoredFile[]): Promise<void> {
  const before = await readManifest(folder).catch(() => null); // a damaged one is written anew
  const names = new Set(files.map(({ name }) => name));
  const others = (before?.files ?? []).filter(({ name }) => !names.has(name));
  await writeManifest(folder, { id, commit, revision, files: [...others, ...files] });
}

function total(files: readonly StoredFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** Bytes of these files that need not come again. */
async function bytesHere(folder: string, files: readonly StoredFile[]): Promise<number> {
  const lacking = await missing(folder, files);
  let here = total(files) - total(lacking);
  for (const { name, size } of lacking) {
    const part = await stat(path.join(folder, `${name}${PART}`)).catch(() => undefined);
    here += Math.min(part?.size ?? 0, size);
  }
  return here;
}
