/** From what names a model to the folder or GGUF file that is opened. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { quoteName } from '../checkpoints/checkpoint-error';
import { PACKAGE_MODELS } from '../vocabulary/package-models';
import { modelFolders, type ModelFolders } from './places/folders';
import { findSnapshot } from './places/huggingface';
import { listModels } from './list';
import { missing, selected } from './places/manifest';
import { lackingFiles } from './places/model-folder';
import { findOllama } from './places/ollama';
import { GGUF_FILE, hubReference, ollamaReference, parseReference, withFile, type HubReference } from './reference';
import { findInStore } from './places/repository';

export interface FoundModel {
  /** What it is called where a result is shown. */
  name: string;
  place: 'package' | 'store' | 'huggingface' | 'ollama' | null;
  format: 'safetensors' | 'gguf';
  /** Absolute path of the folder or the GGUF file; empty for a model that comes with the package. */
  path: string;
  commit: string | null;
}

export interface ResolveOptions {
  /** The folder that relative paths start from; null where there is none. */
  from: string | null;
  folders?: ModelFolders;
}

/**
 * Finds a model on this machine. A Hub's model is looked for in the store first, then in Hugging Face's cache.
 * @throws a sentence that says what to do when it is not there, or not whole
 */
export async function resolveModel(text: string, { from, folders = modelFolders() }: ResolveOptions): Promise<FoundModel> {
  const reference = await understood(text, from, folders);
  if (reference.kind === 'package') return { name: reference.name, place: 'package', format: 'safetensors', path: '', commit: null };
  if (reference.kind === 'path') return resolvePath(reference.path);
  if (reference.kind === 'hub') return resolveHub(reference, folders);
  const { path: file, name, tag } = await findOllama(folders.ollama, reference);
  return { name: ollamaReference({ name, tag }), place: 'ollama', format: 'gguf', path: file, commit: null };
}

async function understood(text: string, from: string | null, folders: ModelFolders) {
  try {
    return parseReference(text, from);
  } catch (error) {
    if (!/^[^/\\:@]+$/.test(text)) throw error;
    const { models } = await listModels(folders);
    const all = [...PACKAGE_MODELS, ...models.filter(({ incomplete }) => !incomplete).map(({ reference }) => reference)];
    const list = `${all.slice(0, 20).join(', ')}${all.length > 20 ? ' and more (latent-lens models list)' : ''}`;
    throw new Error(`There is no model ${quoteName(text)}. There are ${list}; others are added with latent-lens models add org/name.`, { cause: error });
  }
}

async function resolvePath(at: string): Promise<FoundModel> {
  const info = await stat(at).catch(() => undefined);
  if (!info) throw new Error(`There is no folder or file ${at}. Give a model folder as Hugging Face serves it, or a .gguf file.`);
  if (info.isDirectory()) return { name: path.basename(at), place: null, format: 'safetensors', path: at, commit: null };
  if (info.isFile() && GGUF_FILE.test(at)) return { name: path.basename(at), place: null, format: 'gguf', path: at, commit: null };
  throw new Error(`${at} is no model: give the folder with config.json, or a file that ends in .gguf.`);
}

async function resolveHub(reference: HubReference, folders: ModelFolders): Promise<FoundModel> {
  const { id, revision, folder } = reference;
  const add = hubReference(reference);
  if (folder !== null) throw new Error(`${add} names a folder of SAEs, not a model. Give ${id} for the model.`);
  const found = (place: 'store' | 'huggingface', at: string, commit: string, asked: HubReference): FoundModel =>
    asked.file === null
      ? { name: hubReference(asked), place, format: 'safetensors', path: at, commit }
      : { name: hubReference(asked), place, format: 'gguf', path: path.join(at, asked.file), commit };
  const problems: string[] = [];

  const ours = await findInStore(folders.store, id, revision ?? 'main');
  const inOurs = ours && withFile(reference, ours.files.map(({ name }) => name));
  if (inOurs) {
    const files = selected(ours.files, inOurs);
    const lacks = await missing(ours.folder, files);
    if (files.length > 0 && lacks.length === 0) return found('store', ours.folder, ours.commit, inOurs);
    if (files.length > 0) problems.push(`The download of ${add} is not finished. Go on with it: latent-lens models add ${add}.`);
  }
  const theirs = await findSnapshot(folders.huggingface, id, revision ?? 'main');
  const inTheirs = theirs && withFile(reference, await readdir(theirs.folder));
  if (inTheirs) {
    const lacks = inTheirs.file === null ? await lackingFiles(theirs.folder) : await lackingFile(theirs.folder, inTheirs.file);
    if (lacks.length === 0) return found('huggingface', theirs.folder, theirs.commit, inTheirs);
    problems.push(`Hugging Face’s cache has ${id} without ${lacks.slice(0, 3).join(', ')}. Download it: latent-lens models add ${add}.`);
  }
  throw new Error(problems[0] ?? `The model ${add} is not on this machine. Download it: latent-lens models add ${add}.`);
}

async function lackingFile(folder: string, file: string): Promise<string[]> {
  return (await stat(path.join(folder, file)).catch(() => undefined))?.isFile() ? [] : [file];
}
