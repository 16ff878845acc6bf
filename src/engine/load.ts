/** Opening a model folder: the model and its tokenizer, checked against each other. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Model } from '../model';
import { CodeTokenizer } from '../snippets/tokenizer';

export interface LoadedModel {
  /** The folder's name. */
  id: string;
  model: Model;
  tokenizer: CodeTokenizer;
}

/** The model that comes with the package. */
export const DEFAULT_MODEL = 'python-errors';

/** The folder of the model that comes with the package, whether this runs from its source or from its build. */
export function defaultModelFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!isPackage(folder)) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The installation is incomplete: the package folder of latent-lens was not found. Install it again.');
    folder = parent;
  }
  return path.join(folder, 'models', DEFAULT_MODEL);
}

function isPackage(folder: string): boolean {
  const file = path.join(folder, 'package.json');
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'latent-lens';
}

/**
 * Opens a Hugging Face model folder; the one that comes with the package when none is given.
 * @throws a sentence that names the folder and what it lacks
 */
export async function loadModel(folder: string = defaultModelFolder(), options: { threads?: number } = {}): Promise<LoadedModel> {
  const absolute = path.resolve(folder);
  const model = await Model.load(absolute, options);
  const tokenizer = await CodeTokenizer.fromFolder(absolute);
  if (tokenizer.vocabSize > model.shape.vocabulary) {
    throw new Error(
      `The tokenizer in ${absolute} has ${tokenizer.vocabSize} tokens, but the model knows ${model.shape.vocabulary}. ` +
        'They belong to different models; download the folder again.',
    );
  }
  return { id: path.basename(absolute), model, tokenizer };
}
