/** Opening a model by what names it: the model and its tokenizer, checked against each other. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openGguf } from '../../checkpoints/gguf';
import type { Provider } from '../../vocabulary/providers';
import { Model } from '../../model';
import { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';
import { modelFolders, type ModelFolders } from '../../store/places/folders';
import { resolveModel } from '../../store/resolve';
import { unpackedFolder } from '../../store/places/unpacked';
import type { Progress } from './progress';

export interface LoadedModel {
  /** The reference, for a model that is named by one; else its folder's or file's name. */
  id: string;
  model: Model;
  tokenizer: CodeTokenizer;
}

export interface LoadModelOptions {
  threads?: number;
  provider?: Provider;
  /** The folder that a relative path starts from; null where there is none. The working directory when left out. */
  from?: string | null;
  folders?: ModelFolders;
  signal?: AbortSignal;
  onProgress?: Progress;
}

/** The package's folder, whether this runs from its source or from its build. */
export function packageFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!isPackage(folder)) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The installation is incomplete: the package folder of latent-lens was not found. Install it again.');
    folder = parent;
  }
  return folder;
}

/** Of Latent Lens itself, as its package says. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(path.join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}

/** The folder of a model that comes with the package. */
export function packageModelFolder(name: string): string {
  return path.join(packageFolder(), 'models', name);
}

function isPackage(folder: string): boolean {
  const file = path.join(folder, 'package.json');
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'latent-lens';
}

/**
 * Opens the model that a reference names (src/protocol/models/models.ts has its forms); `python-errors`, which comes with the package,
 * when none is given. A GGUF file is unpacked into the store first, once.
 * @throws a sentence that names the model and what it lacks, or says how to get it
 */
export async function loadModel(reference = '', options: LoadModelOptions = {}): Promise<LoadedModel> {
  const { threads, provider, from = process.cwd(), folders = modelFolders() } = options;
  const found = await resolveModel(reference, { from, folders });
  const folder = found.place === 'package' ? packageModelFolder(found.name) : found.format === 'gguf' ? await unpack(found.path, found.name, folders, options) : found.path;
  const model = await Model.load(folder, { threads, provider });
  const tokenizer = await CodeTokenizer.fromFolder(folder);
  if (tokenizer.ordinarySize > model.shape.vocabulary) {
    throw new Error(
      `The tokenizer in ${folder} has ${tokenizer.ordinarySize} tokens, but the model knows ${model.shape.vocabulary}. ` +
        'They belong to different models; download the folder again.',
    );
  }
  return { id: found.name, model, tokenizer };
}

function unpack(file: string, name: string, folders: ModelFolders, { signal, onProgress }: LoadModelOptions): Promise<string> {
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  return openGguf(file, { cache: unpackedFolder(folders.store), signal, onProgress: (done, total) => onProgress?.(`Unpacking ${name} (MB)`, megabytes(done), megabytes(total)) });
}
