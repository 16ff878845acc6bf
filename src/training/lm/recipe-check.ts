/** A recipe's fields: what each means, and what it may be. */
import type { LossWeights } from './batches';
import type { OptimizerOptions } from './optimizer';
import type { Schedule } from './schedule';

/** What each field means and may be is in RECIPE_FIELDS. */
export interface Recipe {
  seed: number;
  task?: 'types';
  tokenizer: { vocabularySize: number; programs: number };
  data: {
    programs: number;
    heldOutWords: string;
    written?: { folder: string; sha256: string };
    joined?: { share: number; maxTokens: number };
    shardsInRound?: Record<string, number>;
    realCodeShare: number;
    plainShare?: number;
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
  training: Schedule & OptimizerOptions & {
    batchTokens: number;
    maxTokens: number;
    validateEvery?: number;
    checkpointEvery?: number;
    startLayers?: number[];
    lossWeights: LossWeights;
  };
  /** What the weights of a release are stored as. */
  stored: 'F32' | 'F16' | 'BF16';
}

interface Field {
  readonly about: string;
  readonly optional?: true;
  /** What a value must be, as a part of a sentence. */
  readonly needs: string;
  readonly fits: (value: unknown) => boolean;
}

const number = (about: string, least: number, most: number): Field => ({
  about,
  needs: `a number from ${least} to ${most}`,
  fits: (value) => typeof value === 'number' && value >= least && value <= most,
});
const count = (about: string, least = 1, most = 1e9): Field => ({
  about,
  needs: `a whole number from ${least} to ${most}`,
  fits: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
});
const counts = (about: string): Field => ({
  about,
  needs: 'a list of whole numbers',
  fits: (value) => Array.isArray(value) && value.every((item) => Number.isInteger(item) && item >= 0),
});
const text = (about: string): Field => ({ about, needs: 'a text', fits: (value) => typeof value === 'string' });
const choice = (about: string, choices: readonly string[]): Field => ({
  about,
  needs: `one of ${choices.join(', ')}`,
  fits: (value) => choices.includes(value as string),
});
const optional = (field: Field): Field => ({ ...field, optional: true });
const weight = (about: string) => number(about, 0, 100);

/** Every field by its path; a path that ends in `.*` stands for any key. */
export const RECIPE_FIELDS: Readonly<Record<string, Field>> = {
  seed: count('seed of everything random', 0, 2 ** 32 - 1),
  task: optional(choice('what the model is to tell; what Python raises where this is left out', ['types'])),
  'tokenizer.vocabularySize': count('tokens in all', 300, 65_535),
  'tokenizer.programs': count('programs that the tokenizer learns from, alike many of each series of shards'),
  'data.programs': count('generated programs in all'),
  'data.heldOutWords': text("words of the study's evaluation pairs, which no program may hold; separated by spaces"),
  'data.written.folder': optional(text('folder of the seeds and skeletons that generated programs come from, in the working directory')),
  'data.written.sha256': optional(text('hash of these files; other contents are refused')),
  'data.joined.share': optional(number('for each program, how many longer ones are made of several', 0, 10)),
  'data.joined.maxTokens': optional(count('about the tokens of the longest of these')),
  'data.shardsInRound.*': optional(count('shards of a series that are mixed in a round of training; 1 for a series that is not named', 0, 100)),
  'data.realCodeShare': number('share of the samples that are pieces of the standard library, without a question', 0, 0.9),
  'data.plainShare': optional(number('of a types model, share of the samples that are read from left to right, without a hole', 0, 0.9)),
  'data.validation': count('programs of the first shard that are only measured, where the data have no validation shards', 0),
  'model.layers': count('blocks', 1, 200),
  'model.width': count('numbers of the residual stream'),
  'model.heads': count('attention heads'),
  'model.keyValueHeads': count('heads of keys and values'),
  'model.mlpWidth': count('neurons of each MLP'),
  'model.context': count('longest prompt in tokens', 16),
  'model.normEpsilon': number('epsilon of the norms', 1e-12, 1e-2),
  'model.ropeTheta': number('base of the rotary embedding', 1, 1e9),
  'training.warmup': count('steps of the linear warm-up', 0),
  'training.rate': number("AdamW's stable rate", 0, 1),
  'training.matrixRate': optional(number("Muon's stable rate", 0, 1)),
  'training.batchTokens': count('tokens of a batch with its padding', 16),
  'training.maxTokens': count('longest sample in tokens; longer ones are left out', 16),
  'training.validateEvery': optional(count('steps from one measurement on the validation programs to the next')),
  'training.checkpointEvery': optional(count('steps from one checkpoint to the next')),
  'training.startLayers': optional(
    counts('for each layer the one of a shallower model (--from) that it begins as; of neighbours that are the same all but the last change nothing at first'),
  ),
  'training.adamW.beta1': number('decay of the mean of gradients', 0, 1),
  'training.adamW.beta2': number('decay of the mean of their squares', 0, 1),
  'training.adamW.epsilon': number('what is added to its root', 0, 1),
  'training.adamW.weightDecay': number('decay of weights, times the rate', 0, 10),
  'training.adamW.clipNorm': number('most that the joint norm of all gradients may be', 1e-6, 1e6),
  'training.muon.momentum': optional(number("Muon's momentum; without it AdamW trains the blocks' matrices too", 0, 1)),
  'training.muon.weightDecay': optional(number('decay of these matrices, times the rate', 0, 10)),
  'training.lossWeights.codeFraction': number('share of the code tokens that count, drawn anew for each batch', 0, 1),
  'training.lossWeights.syntaxFraction': optional(number('share of the tokens that the syntax probe reads, likewise; 1 when left out', 0, 1)),
  'training.lossWeights.code': weight('how much the mean cross-entropy of code tokens counts'),
  'training.lossWeights.label': weight('of the answer'),
  'training.lossWeights.message': weight("of Python's message after the answer"),
  'training.lossWeights.syntax': weight('of the probe of brackets and strings'),
  'training.lossWeights.type': weight('of the probe of values'),
  'training.lossWeights.line': weight('of the probe of what a line raises'),
  stored: choice('what the weights of a release are stored as', ['F32', 'F16', 'BF16']),
};

/** @throws naming each field that is missing, unknown or not what it must be */
export function checkRecipe(value: unknown, file: string): Recipe {
  const given = new Map(leaves(value, ''));
  const wrong: string[] = [];
  for (const [path, found] of given) {
    const field = RECIPE_FIELDS[path] ?? RECIPE_FIELDS[path.replace(/\.[^.]+$/, '.*')];
    if (!field) wrong.push(`'${path}' is not a field of a recipe`);
    else if (!field.fits(found)) wrong.push(`'${path}' must be ${field.needs} (${field.about}), not ${JSON.stringify(found)}`);
  }
  const present = (prefix: string) => [...given.keys()].some((path) => path.startsWith(`${prefix}.`));
  for (const [path, { about, optional: may }] of Object.entries(RECIPE_FIELDS)) {
    // An optional group is there as a whole or not at all; of the others only what is optional by itself may be left out.
    const group = path.replace(/\.[^.]+$/, '');
    const needed = !may || (GROUPS.includes(group) && present(group));
    if (needed && !given.has(path)) wrong.push(`'${path}' is missing: ${about}`);
  }
  const model = (value as Partial<Recipe> | null)?.model;
  if (wrong.length === 0 && model && (model.width % (2 * model.heads) !== 0 || model.heads % model.keyValueHeads !== 0)) {
    wrong.push("'model.width' must be an even multiple of 'model.heads', and these a multiple of 'model.keyValueHeads'");
  }
  const start = (value as Partial<Recipe> | null)?.training?.startLayers;
  if (wrong.length === 0 && model && start && start.length !== model.layers) {
    wrong.push(`'training.startLayers' must name one layer for each of 'model.layers' (${model.layers})`);
  }
  if (wrong.length > 0) throw new Error(`${file} is not a recipe: ${wrong.join('; ')}.`);
  return value as Recipe;
}

const GROUPS: readonly string[] = ['data.written', 'data.joined', 'training.muon'];

/** The values of nested objects by their paths. */
function* leaves(value: unknown, path: string): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) yield [path, value];
  else for (const [key, inner] of Object.entries(value)) yield* leaves(inner, path === '' ? key : `${path}.${key}`);
}
