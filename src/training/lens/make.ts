/** A tuned lens for a model folder: trained, written, and measured as it lies in its files. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { corpusChunks } from '../../corpus/packages/library-code';
import type { FloatDtype } from '../../checkpoints/dtype';
import { readTunedLens, writeLensCard, writeTunedLens, type LensCard } from '../../methods/lenses/tuned-lens-folder';
import { identityTranslator } from '../../methods/lenses/tuned-lens';
import { Model } from '../../model';
import type { Template } from '../../snippets/prompts/templates';
import { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';
import { ActivationReader, ModelRounds } from '../sae/activations';
import { programFiles, promptIds, PromptStream, questionTokens, readDataPrograms } from '../sae/prompts';
import { evaluateLenses } from './evaluate';
import { lensTrainingSites, trainLens, type LensLogEntry, type LensSettings } from './train';

export interface MakeLensOptions {
  /** The model's folder. */
  model: string;
  /** Files or folders of programs as JSON lines. */
  data: readonly string[];
  template: Template;
  /** Programs of the first file that are not trained on, and how many of these the lens is measured on. */
  validation: number;
  programs: number;
  /** Share of the prompts that are real Python from the standard library. */
  realCodeShare: number;
  /** Shares of the tokens to learn from, in programs and in the question; a prompt's last token always is. */
  keep: number;
  keepQuestion: number;
  /** As how many tokens a prompt's last one counts. */
  lastWeight: number;
  settings: Omit<LensSettings, 'seed'>;
  seed: number;
  dtype: FloatDtype;
  out: string;
  threads?: number;
  onProgress?: (entry: LensLogEntry) => void;
  signal?: AbortSignal;
}

/** Longer prompts than the embedded model saw in its own training are left out. */
const MAX_TOKENS = 256;

/** Nothing is written when it is stopped. @throws a sentence where data or model do not do */
export async function makeLens(options: MakeLensOptions): Promise<LensCard> {
  const { template, seed, settings, validation, programs, out, threads, signal } = options;
  const model = await Model.load(options.model, { threads });
  const tokenizer = await CodeTokenizer.fromFolder(options.model);
  const { width, layers, context } = model.shape;
  const maxTokens = Math.min(MAX_TOKENS, context);
  const files = programFiles(options.data);
  if (programs > validation) throw new Error(`Of ${validation} programs that are not trained on no ${programs} can be measured. Give a larger --validation, or fewer --programs.`);
  const heldOut = (await readDataPrograms(files[0])).slice(0, validation).map(({ code }) => promptIds(tokenizer, template, code));
  const measured = heldOut.filter((ids) => ids.length <= maxTokens).slice(0, programs);
  if (measured.length === 0) throw new Error(`${files[0]} holds no program of at most ${maxTokens} tokens among its first ${validation} to measure on.`);

  const reader = await ActivationReader.open(model, lensTrainingSites(model), threads);
  const stream = new PromptStream({
    tokenizer, template, files, validation, seed, maxTokens,
    realCode: options.realCodeShare > 0 ? [...corpusChunks()] : [],
    realCodeShare: options.realCodeShare,
  });
  const rows = { keep: options.keep, keepQuestion: options.keepQuestion, lastWeight: options.lastWeight, skip: 0, seed } as const;
  const rounds = new ModelRounds(reader, stream, rows, questionTokens(tokenizer, template));
  const translators = await trainLens(model, rounds, { ...settings, seed }, { threads, onProgress: options.onProgress, signal });
  await reader.release();

  const modelName = path.basename(path.resolve(options.model));
  const sha256 = await model.sha256();
  await mkdir(out, { recursive: true });
  await writeTunedLens(out, translators, modelName, options.dtype);
  const stored = await readTunedLens(out, { sha256, width, layers });
  const identity = stored.translators.map(() => identityTranslator(width));
  const { tokens, lenses: [before, after] } = await evaluateLenses(model, [identity, stored.translators], measured, { threads, signal });
  await model.release();
  const card: LensCard = {
    format: 'latent-lens/tuned-lens',
    version: 1,
    model: { id: modelName, sha256 },
    template: template.id,
    training: {
      data: files.map((file) => path.basename(file)),
      steps: settings.steps, batch: settings.batch, rate: settings.rate, lastWeight: options.lastWeight, seed,
    },
    heldOut: { programs: measured.length, tokens },
    layers: before.map((one, layer) => ({ before: one, after: after[layer] })),
  };
  await writeLensCard(out, card);
  return card;
}
