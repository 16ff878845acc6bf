/** Autoencoders for a model folder, trained and written. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FloatDtype } from '../../checkpoints/dtype';
import { Model } from '../../model';
import type { Template } from '../../snippets/prompts/templates';
import { CodeTokenizer } from '../../snippets/tokenizer/tokenizer';
import { corpusChunks } from '../../corpus/packages/library-code';
import { trainSaes, type SaeChoice, type SaeSettings } from './train';
import { activationSize, ActivationReader, ModelRounds } from './activations';
import { writeSae } from './folder';
import type { SaeLogEntry } from './log';
import { programFiles, PromptStream, questionTokens, type PromptOptions } from './prompts';
import { blockSite, parseSite, siteName, type Site } from '../../vocabulary/sites';

export interface MakeSaesOptions {
  /** The model's folder. */
  model: string;
  /** Names of sites; `all` stands for hook_resid_post, hook_attn_out and hook_mlp_out of every layer. */
  sites: readonly string[];
  /** Files or folders of programs as JSON lines. */
  data: readonly string[];
  template: Template;
  /** Programs of the first file that are only measured. */
  validation: number;
  seed: number;
  settings: SaeSettings;
  /** Where a site's autoencoder differs from the settings, by site. */
  choices?: Readonly<Record<string, SaeChoice>>;
  /** Share of the prompts that are real Python from the standard library. */
  realCodeShare: number;
  dtype: FloatDtype;
  /** Each autoencoder becomes a folder in here, named by its site. */
  out: string;
  work: string;
  threads?: number;
  onProgress?: (entry: SaeLogEntry) => void;
  signal?: AbortSignal;
}

const STANDARD_PLACES = ['hook_resid_post', 'hook_attn_out', 'hook_mlp_out'] as const;
/** Longer prompts than the model saw in its own training are left out. */
const MAX_TOKENS = 256;

export function parseSites(names: readonly string[], layers: number): Site[] {
  const sites = names.flatMap((name) => {
    if (name !== 'all') return [parseSite(name, layers)];
    return Array.from({ length: layers }, (_, layer) => STANDARD_PLACES.map((place) => blockSite(layer, place))).flat();
  });
  return [...new Map(sites.map((site) => [siteName(site), site])).values()];
}

/** Trains (going on from the work folder's checkpoint) and writes the folders. When stopped nothing is written but the checkpoint. */
export async function makeSaes(options: MakeSaesOptions): Promise<string[]> {
  const { settings, seed, template, threads, signal } = options;
  const model = await Model.load(options.model, { threads });
  const tokenizer = await CodeTokenizer.fromFolder(options.model);
  const files = programFiles(options.data);
  const modelSha256 = await model.sha256();
  const { choices = {} } = options;
  await checkSameRun(options.work, { ...settings, choices, seed, modelSha256, template: template.id });
  const sites = parseSites(options.sites, model.shape.layers);
  const unknown = Object.keys(choices).find((site) => !sites.some((known) => siteName(known) === site));
  if (unknown !== undefined) throw new Error(`The choices name ${unknown}, which is none of the sites to train on.`);
  const reader = await ActivationReader.open(model, sites, threads);
  const prompts: PromptOptions = {
    tokenizer,
    template,
    files,
    validation: options.validation,
    realCode: options.realCodeShare > 0 ? [...corpusChunks()] : [],
    realCodeShare: options.realCodeShare,
    maxTokens: Math.min(MAX_TOKENS, model.shape.context),
    seed,
  };
  const question = questionTokens(tokenizer, template);
  const trained = await trainSaes({
    trainees: new Map(sites.map((site) => {
      const name = siteName(site);
      return [name, { site: name, size: activationSize(model, site), choice: choices[name] }];
    })),
    settings,
    rounds: (from) => new ModelRounds(reader, new PromptStream(prompts, from), settings.rows, question),
    seed,
    folder: options.work,
    threads,
    onProgress: options.onProgress,
    signal,
  });
  await reader.release();
  await model.release();
  if (signal?.aborted) return [];
  const folders: string[] = [];
  for (const [site, sae] of trained) {
    const folder = path.join(options.out, site);
    await writeSae(folder, sae, {
      modelName: path.basename(path.resolve(options.model)),
      modelSha256,
      site,
      contextSize: model.shape.context,
      prependsBos: tokenizer.addsBos,
      excluded: tokenizer.addsBos && settings.rows.skip > 0 ? [tokenizer.bos!] : [],
      datasetPath: 'latent-lens train data',
      training: {
        tokens: settings.tokens,
        seed,
        template: template.id,
        ...described({ ...settings, ...choices[site] }),
        token_share: settings.rows.keep,
        question_share: settings.rows.keepQuestion,
        last_token_weight: settings.rows.lastWeight,
        activation_scale_folded_in: sae.statistics.scale,
      },
    }, options.dtype);
    folders.push(folder);
  }
  return folders;
}

/** How it was trained, for cfg.json, where a trained BatchTopK is a JumpReLU. */
function described({ architecture, latents, active, cap, prefixes }: SaeSettings): Record<string, string | number> {
  const nested = prefixes && prefixes.length > 0 ? 'matryoshka_' : '';
  const capped = cap !== undefined && cap < 1 && { frequency_cap: cap };
  return { trained_as: nested + architecture, trained_latents: latents, trained_l0: active, ...capped };
}

/** Refuses to go on from a checkpoint with other settings. */
async function checkSameRun(folder: string, run: object): Promise<void> {
  const text = JSON.stringify(run, null, 2);
  const file = path.join(folder, 'settings.json');
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before !== undefined && before !== text) {
    throw new Error(`${folder} holds a training with other settings or of another model. Give another --work folder, or delete this one.`);
  }
  await mkdir(folder, { recursive: true });
  await writeFile(file, text);
}
