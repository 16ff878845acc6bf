/** A recipe: everything that a model is made from, in one JSON file; and the model's folder. */
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { architectureFor } from '../../architectures';
import { writeSafetensors } from '../../checkpoints/write-safetensors';
import { checkRecipe, type Recipe } from './recipe-check';

export type { Recipe } from './recipe-check';

/** @throws naming the file and each field that is not what a recipe needs */
export async function readRecipe(file: string): Promise<Recipe> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`There is no recipe at ${file}.`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
  return checkRecipe(value, file);
}

/** Where the recipe's seeds and skeletons lie, or are said to lie. */
export function writtenFolder({ data: { written } }: Recipe, folder?: string): Recipe['data']['written'] {
  return written && { ...written, folder: folder ?? written.folder };
}

/** The model's config.json. */
export function configOf({ model, tokenizer, stored, task }: Recipe): Readonly<Record<string, unknown>> {
  return {
    architectures: ['LlamaForCausalLM'],
    model_type: 'llama',
    hidden_size: model.width,
    num_hidden_layers: model.layers,
    num_attention_heads: model.heads,
    num_key_value_heads: model.keyValueHeads,
    head_dim: model.width / model.heads,
    intermediate_size: model.mlpWidth,
    vocab_size: tokenizer.vocabularySize,
    max_position_embeddings: model.context,
    rms_norm_eps: model.normEpsilon,
    rope_theta: model.ropeTheta,
    rope_scaling: null,
    hidden_act: 'silu',
    attention_bias: false,
    mlp_bias: false,
    tie_word_embeddings: true,
    ...tokenIds(task),
    torch_dtype: { F32: 'float32', F16: 'float16', BF16: 'bfloat16' }[stored],
  };
}

/** The places of the tokens outside the text, as the tokenizer has them. */
function tokenIds(task: Recipe['task']): Readonly<Record<'bos_token_id' | 'eos_token_id' | 'pad_token_id', number>> {
  return task === 'types' ? { bos_token_id: 0, eos_token_id: 0, pad_token_id: 4 } : { bos_token_id: 0, eos_token_id: 1, pad_token_id: 2 };
}

/** Writes config.json, generation_config.json and model.safetensors, as transformers reads them. */
export async function writeModel(recipe: Recipe, weights: ReadonlyMap<string, Float32Array>, folder: string): Promise<void> {
  const config = configOf(recipe);
  const shapes = architectureFor(config).weights;
  await mkdir(folder, { recursive: true });
  const tensors = [...weights].map(([name, data]) => ({ name, shape: shapes.get(name)!, data }));
  await writeSafetensors(path.join(folder, 'model.safetensors'), tensors, { dtype: recipe.stored, metadata: { format: 'pt' } });
  await writeJson(path.join(folder, 'config.json'), config);
  await writeJson(path.join(folder, 'generation_config.json'), tokenIds(recipe.task));
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.part`, `${JSON.stringify(value, null, 2)}\n`);
  await rename(`${file}.part`, file);
}

/** Keeps a copy of the recipe beside the model that it made. */
export async function keepRecipe(file: string, modelFolder: string): Promise<void> {
  const target = path.join(modelFolder, 'recipe.json');
  if (path.resolve(file) !== path.resolve(target)) await copyFile(file, target);
}
