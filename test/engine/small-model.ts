/** A small random model with a real tokenizer, in a folder of its own. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { architectureFor } from '../../src/architectures';
import { initialWeights } from '../../src/training/lm/initialise';
import { configOf, readRecipe, writeModel } from '../../src/training/lm/recipe';
import type { Outcome } from '../../src/snippets/sandbox/sandbox';

const TRAINED = path.resolve('models/python-errors');

export interface SmallModel {
  folder: string;
  remove(): Promise<void>;
}

/**
 * Three layers of width 16 that read at most 160 tokens; weights large enough for its answers to differ.
 * @param added tokens behind the vocabulary
 */
export async function smallModel(added: readonly string[] = []): Promise<SmallModel> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'latent-lens-model-'));
  const recipe = await readRecipe(path.join(TRAINED, 'recipe.json'));
  // As many rows as the tokenizer has tokens: the recipe may be that of another model already.
  recipe.tokenizer.vocabularySize = (JSON.parse(await readFile(path.join(TRAINED, 'config.json'), 'utf8')) as { vocab_size: number }).vocab_size + added.length;
  recipe.stored = 'F32';
  recipe.model = { layers: 3, width: 16, heads: 2, keyValueHeads: 1, mlpWidth: 24, context: 160, normEpsilon: 1e-5, ropeTheta: 10000 };
  const weights = initialWeights(architectureFor(configOf(recipe)), 7);
  for (const data of weights.values()) if (data.length > 16) data.forEach((value, i) => (data[i] = value * 20));
  await writeModel(recipe, weights, folder);
  for (const name of ['tokenizer.json', 'tokenizer_config.json']) await copyFile(path.join(TRAINED, name), path.join(folder, name));
  if (added.length > 0) {
    const file = path.join(folder, 'tokenizer.json');
    const tokenizer = JSON.parse(await readFile(file, 'utf8')) as { added_tokens: object[] };
    const first = recipe.tokenizer.vocabularySize - added.length;
    const tokens = added.map((content, i) => ({
      id: first + i, content, special: true, normalized: false, single_word: false, lstrip: false, rstrip: false,
    }));
    await writeFile(file, JSON.stringify({ ...tokenizer, added_tokens: [...tokenizer.added_tokens, ...tokens] }));
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Stands in for Python: an open parenthesis is a SyntaxError, text plus a number a TypeError, and the rest raises nothing. */
export function fakePython(codes: readonly string[]): Promise<Outcome[]> {
  return Promise.resolve(
    codes.map((code) => {
      const count = (char: string) => code.split(char).length - 1;
      if (count('(') !== count(')') || count('"') % 2 === 1) return { label: 'SyntaxError', message: "'(' was never closed", line: 1 };
      const line = code.split('\n').findIndex((text) => /" \+ \d/.test(text)) + 1;
      return line > 0 ? { label: 'TypeError', message: 'can only concatenate str (not "int") to str', line } : { label: 'no error', message: null, line: null };
    }),
  );
}
