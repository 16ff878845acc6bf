/** The steps of a recipe after its data: tokenizer, trunk, and a decay of the trunk that becomes the model's folder. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { architectureFor } from '../../architectures';
import { corpusChunks } from '../../corpus/packages/library-code';
import { modelWeights, trainLanguageModel, type TrainOptions } from './train';
import type { LogEntry } from './log';
import { carriedRows, type Vocabulary } from './other-vocabulary';
import { exportWeights, importWeights, loadCheckpoint } from './state';
import { readPrograms } from '../../corpus/labelling/program';
import { LABELS } from '../../corpus/labelling/labels';
import { configOf, writeModel, type Recipe } from './recipe';
import { readLines } from '../../corpus/types/lines';
import type { TypeRow } from '../../corpus/types/row';
import { KEYWORDS, LIBRARY_NAMES, OTHER_ANSWERS, USER_NAMES } from '../../corpus/types/vocabulary';
import { holeRoundsOf } from './hole-rounds';
import { answerText, roundsOf, trainingText } from './rounds';
import { seriesOf, VALIDATION_SERIES } from './shards';
import { FIM_TOKENS, trainTokenizer, writeTokenizer } from '../tokenizer/tokenizer';

/** Trains the tokenizer on the first programs of each series, alike many of each, and on real code; writes it into the model's folder. */
export async function makeTokenizer(recipe: Recipe, dataFolder: string, modelFolder: string): Promise<void> {
  const series = [...seriesOf(dataFolder)].filter(([name]) => name !== VALIDATION_SERIES);
  if (series.length === 0) throw new Error(`${dataFolder} holds no programs. Make them first: latent-lens train data.`);
  function* texts(): Generator<string> {
    for (const [, names] of series) {
      let left = Math.ceil(recipe.tokenizer.programs / series.length);
      for (const name of names) {
        if (left <= 0) break;
        if (recipe.task === 'types') {
          for (const { prefix, type, suffix } of readLines<TypeRow>(path.join(dataFolder, name))) if (left-- > 0) yield `${prefix}${type}${suffix}`;
          continue;
        }
        for (const program of readPrograms(path.join(dataFolder, name))) {
          if (left-- <= 0) break;
          const { code, suffix, answer, message } = trainingText(program);
          yield code + suffix + answer + message;
        }
      }
    }
    if (recipe.task !== 'types') yield* corpusChunks();
  }
  // A type is read behind a space and written without one.
  const names = [...USER_NAMES, ...LIBRARY_NAMES, ...KEYWORDS];
  const types = { answers: [...new Set([...names, ...names.map((name) => ` ${name}`), ...OTHER_ANSWERS])], special: FIM_TOKENS };
  const files = trainTokenizer(texts(), {
    vocabularySize: recipe.tokenizer.vocabularySize,
    maxLength: recipe.model.context,
    ...(recipe.task === 'types' ? types : { answers: LABELS.map(answerText) }),
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
  /** The folder of the tokenizer that the weights of `from` belong to, where that is another than the recipe's. */
  fromTokenizer?: string;
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
  const { decay, from, fromTokenizer, ...running } = options;
  const tokenizer = await loadTokenizer(folders.model);
  const architecture = architectureFor(configOf(recipe));
  const start = async () => {
    if (decay !== undefined) return trunk(recipe, folders.work);
    if (from === undefined) return undefined;
    const theirs = fromTokenizer === undefined ? undefined : vocabularyOf(await loadTokenizer(fromTokenizer));
    const own = vocabularyOf(tokenizer);
    const embedding = theirs && ((rows: Float32Array, width: number) => carriedRows(rows, width, theirs, own));
    return importWeights(architecture, training, seed, from, training.startLayers, embedding);
  };
  const { data, validation } = recipe.task === 'types' ? holes(recipe, folders.data, tokenizer) : labels(recipe, folders.data, tokenizer);
  const folder = decay === undefined ? folders.work : decayFolder(folders.work);
  const { state, finished } = await trainLanguageModel({
    architecture, folder, start, seed, decay, data,
    optimizer: training,
    schedule: training,
    lossWeights: training.lossWeights,
    batchTokens: training.batchTokens,
    validateEvery: training.validateEvery,
    checkpointEvery: training.checkpointEvery,
    validation,
    ...running,
  });
  if (decay === undefined || !finished) return finished;
  await writeModel(recipe, modelWeights(architecture, state), folders.model);
  await rm(path.join(folder, 'checkpoint'), { recursive: true, force: true }); // the next decay starts from the trunk again
  return true;
}

function labels(recipe: Recipe, folder: string, tokenizer: Tokenizer): Pick<TrainOptions, 'data' | 'validation'> {
  const { data, validation: samples } = roundsOf(recipe, folder, tokenizer);
  return { data, validation: samples.length > 0 ? { samples, answers: answersOf(tokenizer) } : undefined };
}

function holes(recipe: Recipe, folder: string, tokenizer: Tokenizer): Pick<TrainOptions, 'data' | 'validation'> {
  const { data, holes: measured } = holeRoundsOf(recipe, folder, tokenizer);
  return { data, validation: measured.length > 0 ? { holes: measured } : undefined };
}

function vocabularyOf(tokenizer: Tokenizer): Vocabulary {
  const texts = new Map([...tokenizer.get_vocab()].map(([text, id]) => [id, text]));
  return {
    size: Math.max(...texts.keys()) + 1,
    spelling: (id) => texts.get(id),
    text: (id) => tokenizer.decode([id], { skip_special_tokens: false }),
    ids: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids,
  };
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
