/** The steps of a recipe after its data: tokenizer, trunk, and a decay of the trunk that becomes the model's folder. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { architectureFor } from '../../architectures';
import { corpusChunks } from '../../corpus/packages/library-code';
import { modelWeights, trainLanguageModel } from './train';
import type { LogEntry } from './log';
import { exportWeights, importWeights, loadCheckpoint } from './state';
import { readPrograms } from '../../corpus/labelling/program';
import { LABELS } from '../../corpus/labelling/labels';
import { configOf, writeModel, type Recipe } from './recipe';
import { answerText, roundsOf, trainingText } from './rounds';
import { seriesOf, VALIDATION_SERIES } from './shards';
import { trainTokenizer, writeTokenizer } from '../tokenizer/tokenizer';

/** Trains the tokenizer on the first programs of each series, alike many of each, and on real code; writes it into the model's folder. */
export async function makeTokenizer(recipe: Recipe, dataFolder: string, modelFolder: string): Promise<void> {
  const series = [...seriesOf(dataFolder)].filter(([name]) => name !== VALIDATION_SERIES);
  if (series.length === 0) throw new Error(`${dataFolder} holds no programs. Make them first: latent-lens train data.`);
  function* texts(): Generator<string> {
    for (const [, names] of series) {
      let left = Math.ceil(recipe.tokenizer.programs / series.length);
      for (const name of names) {
        if (left <= 0) break;
        for (const program of readPrograms(path.join(dataFolder, name))) {
          if (left-- <= 0) break;
          const { code, suffix, answer, message } = trainingText(program);
          yield code + suffix + answer + message;
        }
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
  /** Where the tokenizer is, and where a release goes. */
  model: string;
  /** Checkpoints and the log. */
  work: string;
}

export interface MakeModelOptions {
  /** Decays the trunk in so many steps and writes the model; without it the trunk goes on. */
  decay?: number;
  /** Ends the trunk at this step. */
  until?: number;
  /** Weights of `exportTrunk`, or a released model's, that the trunk starts from where the work folder has no checkpoint. */
  from?: string;
  onProgress?: (entry: LogEntry) => void;
  signal?: AbortSignal;
  threads?: number;
}

/** Where a decay of the trunk in a work folder has its checkpoint and its log. */
export function decayFolder(work: string): string {
  return path.join(work, 'decay');
}

/**
 * Goes on with the trunk in the work folder; or decays a copy of it and writes the model's folder, which leaves the trunk as it is. A decay
 * that was interrupted goes on. Returns whether the end that was asked for was reached.
 */
export async function makeModel(recipe: Recipe, folders: TrainingFolders, options: MakeModelOptions = {}): Promise<boolean> {
  const { seed, training } = recipe;
  const { decay, from, ...running } = options;
  const tokenizer = await loadTokenizer(folders.model);
  const architecture = architectureFor(configOf(recipe));
  const { data, validation } = roundsOf(recipe, folders.data, tokenizer);
  const start = () => {
    if (decay !== undefined) return trunk(recipe, folders.work);
    return from === undefined ? undefined : importWeights(architecture, training, seed, from, training.startLayers);
  };
  const answers = answersOf(tokenizer);
  const folder = decay === undefined ? folders.work : decayFolder(folders.work);
  const { state, finished } = await trainLanguageModel({
    architecture, folder, start, seed, decay, data,
    optimizer: training,
    schedule: training,
    lossWeights: training.lossWeights,
    batchTokens: training.batchTokens,
    validateEvery: training.validateEvery,
    checkpointEvery: training.checkpointEvery,
    validation: validation.length > 0 ? { samples: validation, answers } : undefined,
    ...running,
  });
  if (decay === undefined || !finished) return finished;
  await writeModel(recipe, modelWeights(architecture, state), folders.model);
  await rm(path.join(folder, 'checkpoint'), { recursive: true, force: true }); // the next decay starts from the trunk again
  return true;
}

/** Writes the trunk's weights and probes in 16 bits, for `from`. */
export async function exportTrunk(recipe: Recipe, work: string, file: string): Promise<void> {
  await exportWeights(architectureFor(configOf(recipe)), await trunk(recipe, work), file);
}

async function trunk(recipe: Recipe, work: string) {
  const saved = await loadCheckpoint(architectureFor(configOf(recipe)), recipe.training, work);
  if (!saved) throw new Error(`${work} holds no checkpoint. Train first: latent-lens train lm.`);
  return saved;
}

/** The token of each label. */
export function answersOf(tokenizer: Tokenizer): Map<string, number> {
  return new Map(LABELS.map((label) => [label, tokenizer.encode(answerText(label), { add_special_tokens: false }).ids[0]]));
}

export async function loadTokenizer(folder: string): Promise<Tokenizer> {
  const read = async (name: string) => JSON.parse(await readFile(path.join(folder, name), 'utf8')) as object;
  try {
    return new Tokenizer(await read('tokenizer.json'), await read('tokenizer_config.json'));
  } catch (error) {
    throw new Error(`${folder} holds no readable tokenizer. Train it first: latent-lens train tokenizer.`, { cause: error });
  }
}
