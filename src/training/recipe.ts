/** A recipe: everything that a model is made from, in one JSON file. Its steps are data, tokenizer and model. */
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { architectureFor } from '../architectures';
import { writeSafetensors } from '../checkpoints/write-safetensors';
import type { AdamWOptions } from './adamw';
import type { LossWeights } from './batches';
import { corpusChunks } from './corpus';
import { trainLanguageModel, type LogEntry, type Schedule } from './lm';
import { holdsWord, readPrograms, type LabelledProgram } from './programs/generate';
import { LABELS } from './programs/labels';
import { Random } from './random';
import { encodeSample, messageText, type Sample } from './samples';
import { trainTokenizer, writeTokenizer } from './tokenizer';

export interface Recipe {
  seed: number;
  tokenizer: { vocabularySize: number; programs: number };
  data: {
    /** Generated programs in all. */
    programs: number;
    /** Words of the study's evaluation pairs, which no program may hold; separated by spaces. */
    heldOutWords: string;
    /** For each program, how many longer ones are made of several, and about the tokens of the longest. */
    joined?: { share: number; maxTokens: number };
    /** Share of the samples that are real Python (only language modelling). */
    realCodeShare: number;
    /** Programs of the first shard that are only measured. */
    validation: number;
  };
  model: {
    layers: number;
    width: number;
    heads: number;
    keyValueHeads: number;
    mlpWidth: number;
    context: number;
    normEpsilon: number;
    ropeTheta: number;
  };
  training: Schedule & { batchTokens: number; maxTokens: number; adamW: AdamWOptions; lossWeights: LossWeights };
}

/** What follows a program in the prompt; the answer comes next, with a leading space. */
export const PROMPT_SUFFIX = '\n# When this code is executed, Python will raise a';
const answerText = (label: string) => ` ${label}`;

export async function readRecipe(file: string): Promise<Recipe> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`There is no recipe at ${file}.`);
  });
  return JSON.parse(text) as Recipe;
}

function shards(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /^programs-\d+\.jsonl$/.test(name));
  if (names.length === 0) throw new Error(`${folder} holds no programs. Make them first: latent-lens train data.`);
  return names.sort().map((name) => path.join(folder, name));
}

const trainingText = ({ code, label, line, message, types }: LabelledProgram) => ({
  code,
  suffix: PROMPT_SUFFIX,
  answer: answerText(label),
  message: messageText(line, message),
  raised: { label, line, message },
  types,
});

/** Trains the tokenizer on the first programs and on real code, and writes it into the model's folder. */
export async function makeTokenizer(recipe: Recipe, dataFolder: string, modelFolder: string): Promise<void> {
  function* texts(): Generator<string> {
    let left = recipe.tokenizer.programs;
    for (const shard of shards(dataFolder)) {
      for (const program of readPrograms(shard)) {
        if (left-- <= 0) break;
        const { code, suffix, answer, message } = trainingText(program);
        yield code + suffix + answer + message;
      }
    }
    yield* corpusChunks();
  }
  const files = trainTokenizer(texts(), {
    vocabularySize: recipe.tokenizer.vocabularySize,
    answers: LABELS.map(answerText),
    maxLength: recipe.model.context,
  });
  await mkdir(modelFolder, { recursive: true });
  writeTokenizer(modelFolder, files);
}

export interface TrainingFolders {
  data: string;
  model: string;
  /** Checkpoints and the log. */
  work: string;
}

/** Trains the model (going on from the work folder's checkpoint) and writes its folder. */
export async function makeModel(
  recipe: Recipe,
  folders: TrainingFolders,
  { onProgress, signal, threads }: { onProgress?: (entry: LogEntry) => void; signal?: AbortSignal; threads?: number } = {},
): Promise<void> {
  const { seed, training, data } = recipe;
  const tokenizer = await loadTokenizer(folders.model);
  const architecture = architectureFor(configOf(recipe));
  const heldOut = new Set(data.heldOutWords.split(' '));
  const withMessages = training.lossWeights.message > 0;
  const encodeAll = (programs: readonly LabelledProgram[]) =>
    programs.flatMap((program) => {
      if (holdsWord(program.code, heldOut)) return [];
      const text = trainingText(program);
      return encodeSample(tokenizer, withMessages ? text : { ...text, message: '' }, training.maxTokens) ?? [];
    });
  const realCode = new Random(`${seed}/real code`).shuffle([...corpusChunks()]);
  const files = shards(folders.data);

  const round = async (index: number): Promise<Sample[]> => {
    const shard = index % files.length; // again from the first when all were used
    const samples = encodeAll(readPrograms(files[shard]).slice(shard === 0 ? data.validation : 0));
    const count = Math.round((samples.length * data.realCodeShare) / (1 - data.realCodeShare));
    for (let i = 0; i < count; i++) {
      const sample = encodeSample(tokenizer, { code: realCode[(index * count + i) % realCode.length] }, training.maxTokens);
      if (sample) samples.push(sample);
    }
    return samples;
  };
  const weights = await trainLanguageModel({
    architecture,
    folder: folders.work,
    seed,
    schedule: training,
    adamW: training.adamW,
    lossWeights: training.lossWeights,
    batchTokens: training.batchTokens,
    threads,
    round,
    validation: encodeAll(readPrograms(files[0]).slice(0, data.validation)),
    onProgress,
    signal,
  });
  await writeModel(recipe, weights, folders.model);
}

/** The model's config.json. */
export function configOf({ model, tokenizer }: Recipe): Readonly<Record<string, unknown>> {
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
    bos_token_id: 0,
    eos_token_id: 1,
    pad_token_id: 2,
    torch_dtype: 'float32',
  };
}

/** Writes config.json, generation_config.json and model.safetensors, as transformers reads them. */
export async function writeModel(recipe: Recipe, weights: ReadonlyMap<string, Float32Array>, folder: string): Promise<void> {
  const config = configOf(recipe);
  const shapes = architectureFor(config).weights;
  await mkdir(folder, { recursive: true });
  const tensors = [...weights].map(([name, data]) => ({ name, shape: shapes.get(name)!, data }));
  await writeSafetensors(path.join(folder, 'model.safetensors'), tensors, { metadata: { format: 'pt' } });
  await writeJson(path.join(folder, 'config.json'), config);
  await writeJson(path.join(folder, 'generation_config.json'), { bos_token_id: 0, eos_token_id: 1, pad_token_id: 2 });
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.part`, `${JSON.stringify(value, null, 2)}\n`);
  await rename(`${file}.part`, file);
}

async function loadTokenizer(folder: string): Promise<Tokenizer> {
  const read = async (name: string) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as object;
  try {
    return new Tokenizer(await read('tokenizer.json'), await read('tokenizer_config.json'));
  } catch (error) {
    throw new Error(`${folder} holds no readable tokenizer. Train it first: latent-lens train tokenizer.`, { cause: error });
  }
}

/** Keeps a copy of the recipe beside the model that it made. */
export async function keepRecipe(file: string, modelFolder: string): Promise<void> {
  const target = path.join(modelFolder, 'recipe.json');
  if (path.resolve(file) !== path.resolve(target)) await copyFile(file, target);
}
