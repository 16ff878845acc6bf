/** The tokenizer's files in a model folder. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseJson } from '../../checkpoints/strict-json';
import { isObject, type TokenizerConfig } from './file';

/** Larger files are refused; the largest tokenizer.json of a known code model is about 35 MB. */
export const MAX_TOKENIZER_BYTES = 96 * 1024 * 1024;

/** @throws with the file's path when it is missing, too large or broken */
export async function readTokenizerFolder(folder: string): Promise<{ json: unknown; config: TokenizerConfig; file: string }> {
  const file = path.join(folder, 'tokenizer.json');
  const json = await readJson(file);
  if (json === undefined) {
    throw new Error(`There is no tokenizer.json in ${folder}. Give the folder of a model as Hugging Face serves it.`);
  }
  const named = await readObject(path.join(folder, 'special_tokens_map.json'));
  const config = await readObject(path.join(folder, 'tokenizer_config.json'));
  const chat = await readText(path.join(folder, 'chat_template.jinja'));
  // As in transformers, the file of its own comes before what tokenizer_config.json holds.
  return { json, config: { ...named, ...config, ...(chat === undefined ? {} : { chat_template: chat }) }, file };
}

async function readObject(file: string): Promise<TokenizerConfig> {
  const value = (await readJson(file)) ?? {};
  if (!isObject(value)) throw new Error(`${file} is not a JSON object.`);
  return value;
}

/** The parsed file, undefined when there is none. */
async function readJson(file: string): Promise<unknown> {
  const text = await readText(file);
  if (text === undefined) return undefined;
  try {
    return parseJson(text);
  } catch (error) {
    throw new Error(`${file} ${(error as Error).message}. Download it again.`, { cause: error });
  }
}

async function readText(file: string): Promise<string | undefined> {
  let size: number;
  try {
    size = (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} could not be read: ${(error as Error).message}`, { cause: error });
  }
  if (size > MAX_TOKENIZER_BYTES) {
    throw new Error(`${file} has ${size} bytes; at most ${MAX_TOKENIZER_BYTES} are read. Is it really a tokenizer?`);
  }
  return await readFile(file, 'utf8');
}
