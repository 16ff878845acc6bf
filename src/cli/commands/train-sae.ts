/** latent-lens train sae: sparse autoencoders for chosen sites of a model. */
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { FloatDtype } from '../../checkpoints/dtype';
import type { SaeChoice, SaeSettings } from '../../training/sae/train';
import type { SaeArchitecture } from '../../training/sae/graph';
import type { SaeLogEntry } from '../../training/sae/log';
import type { MakeSaesOptions } from '../../training/sae/make';
import type { Io } from '../io';
import { readTemplate, wholeNumber } from '../arguments/options';
import { readJsonFile } from '../arguments/text-file';

interface SaeFlags {
  model: string;
  site: string[];
  architecture: SaeArchitecture;
  latents: number;
  k: number;
  l0: number;
  sparsity: number;
  bandwidth: number;
  tokens: number;
  batch: number;
  buffer: number;
  rate: number;
  keep: number;
  keepQuestion: number;
  lastWeight: number;
  skipBos?: true;
  auxiliary: number;
  deadAfter: number;
  realCode: number;
  data: string[];
  validation: number;
  template?: string;
  out?: string;
  work: string;
  dtype: FloatDtype;
  seed: number;
  threads?: number;
  cap: number;
  nested?: number[];
  fromData: number;
  prune?: true;
  choices?: string;
  grid?: string;
  evaluate?: true;
  report?: string;
  programs: number;
  pairs?: string;
}

const DTYPES: Record<string, FloatDtype> = { float32: 'F32', float16: 'F16', bfloat16: 'BF16' };

export function addTrainSaeCommand(train: Command, io: Io): void {
  const count = wholeNumber(1, 2 ** 40);
  train
    .command('sae')
    .description('train sparse autoencoders on sites of a model, going on from the last checkpoint')
    .option('--model <dir>', 'the model', 'models/python-errors')
    .requiredOption('--site <names...>', 'sites, such as blocks.2.hook_resid_post; "all" is hook_resid_post, hook_attn_out and hook_mlp_out of each layer')
    .addOption(new Option('--architecture <name>', 'how latents are made sparse').choices(['topk', 'jumprelu', 'batchtopk']).default('topk'))
    .option('--latents <count>', 'latents of each autoencoder', count, 2048)
    .option('--k <count>', 'topk: active latents a token', count, 32)
    .option('--l0 <mean>', 'jumprelu and batchtopk: mean active latents a token to aim at', positive, 32)
    .option('--cap <share>', 'batchtopk: the share of all tokens at which a latent is active at most; 1 sets none', share, 1)
    .option('--nested <shares...>', 'batchtopk: shares of the latents that have to reconstruct on their own too (Matryoshka), such as 0.125 0.5', shares)
    .option('--from-data <share>', 'how much of a latent’s first direction is that of an activation; the rest is random', share, 0)
    .option('--prune', 'leave out the latents that are dead in the end')
    .option('--choices <file>', 'JSON: by site, what differs there from these settings, as --grid writes it')
    .option('--grid <file>', 'JSON: a list of such choices to train for --tokens each at every site, measure on --programs, and choose from')
    .option('--sparsity <weight>', 'jumprelu: how much straying from that mean costs', positive, 1)
    .option('--bandwidth <width>', 'jumprelu: kernel width of the threshold’s gradient', positive, 0.1)
    .option('--tokens <count>', 'activations that each autoencoder learns from', count, 2_000_000)
    .option('--batch <count>', 'activations of a step', count, 512)
    .option('--buffer <count>', 'activations a site that are read at once and shuffled', count, 32_768)
    .option('--rate <rate>', 'learning rate', positive, 3e-3)
    .option('--keep <share>', 'share of the tokens to learn from; a prompt’s last token always is', share, 0.4)
    .option('--keep-question <share>', 'the same for the tokens of the question, which are the same after every program', share, 0.1)
    .option('--last-weight <weight>', 'how much a prompt’s last token counts, where another counts 1', positive, 6)
    .option('--skip-bos', 'leave out the beginning-of-sequence token (for models that park attention there)')
    .option('--auxiliary <weight>', 'weight of the auxiliary loss of dead latents; 0 switches it off', share, 1 / 32)
    .option('--dead-after <count>', 'activations without being active that make a latent dead', count, 100_000)
    .option('--real-code <share>', 'share of the prompts that are real Python from the standard library', share, 0.06)
    .option('--data <paths...>', 'programs as JSON lines: folders or files', ['.cache/data'])
    .option('--validation <count>', 'programs of the first file that are not trained on', wholeNumber(0, 1e9), 2000)
    .option('--template <file>', 'the question after each program, as for explain')
    .option('--out <folder>', 'where a folder for each site is written (default: saes in the model’s folder)')
    .option('--work <folder>', 'where checkpoints and the log go', '.cache/sae')
    .option('--dtype <name>', 'what the weights are stored as: float32, float16 or bfloat16', storedDtype, 'F16')
    .option('--seed <number>', 'seed of everything random', wholeNumber(0, 2 ** 32 - 1), 2026)
    .option('--threads <count>', 'threads to train with (default: all processors)', count)
    .option('--evaluate', 'measure what is in --out instead of training')
    .option('--report <file>', 'with --evaluate: where all measures are written as JSON')
    .option('--programs <count>', 'with --evaluate or --grid: programs to measure on, from the start of the first file', count, 1000)
    .option('--pairs <file>', 'with --evaluate: JSON lines of programs and their near twins, in turn, for the logit differences')
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens train sae --site all --data .cache/data
  $ latent-lens train sae --site blocks.2.hook_resid_post blocks.3.hook_resid_post --architecture jumprelu --l0 24
  $ latent-lens train sae --site all --evaluate --pairs test/fixtures/study-pairs.jsonl --report evaluation.json`,
    )
    .action(async (flags: SaeFlags) => {
      const stop = new AbortController();
      process.once('SIGINT', () => {
        io.err('Stopping after this step; run the command again to go on.\n');
        stop.abort();
      });
      const out = flags.out ?? path.join(flags.model, 'saes');
      if (flags.evaluate) await evaluate(flags, out, io, stop.signal);
      else if (flags.grid !== undefined) await search(flags, flags.grid, out, io, stop.signal);
      else await make(flags, out, io, stop.signal);
    });
}

async function make(flags: SaeFlags, out: string, io: Io, signal: AbortSignal): Promise<void> {
  const { makeSaes } = await import('../../training/sae/make');
  const { writeSaeCurves } = await import('../../training/sae/curve');
  const choices = flags.choices === undefined ? undefined : ((await readJsonFile(flags.choices)) as Record<string, SaeChoice>);
  const folders = await makeSaes({ ...(await optionsOf(flags, out, io, signal)), choices });
  for (const folder of folders) io.err(`Written: ${folder}\n`);
  io.err(`Curves: ${await writeSaeCurves(flags.work)}\n`);
}

async function search(flags: SaeFlags, grid: string, out: string, io: Io, signal: AbortSignal): Promise<void> {
  const { searchSaes } = await import('../../training/sae/search');
  const { searchTable } = await import('../../training/sae/table');
  const candidates = await readJsonFile(grid);
  if (!Array.isArray(candidates)) throw new Error(`${grid} is no list of choices, such as [{"architecture": "batchtopk", "latents": 512, "active": 16}].`);
  const onStage = (text: string) => io.err(`${text}\n`);
  const options = await optionsOf(flags, out, io, signal);
  const found = await searchSaes({ ...options, grid: candidates as SaeChoice[], programs: flags.programs, onStage });
  if (found) io.out(searchTable(found));
}

async function optionsOf(flags: SaeFlags, out: string, io: Io, signal: AbortSignal): Promise<MakeSaesOptions> {
  return {
    model: flags.model,
    sites: flags.site,
    data: flags.data,
    template: await readTemplate(flags.template),
    validation: flags.validation,
    seed: flags.seed,
    settings: settingsOf(flags),
    realCodeShare: flags.realCode,
    dtype: flags.dtype,
    out,
    work: flags.work,
    threads: flags.threads,
    onProgress: (entry) => io.err(`${progressText(entry)}\n`),
    signal,
  };
}

function settingsOf(flags: SaeFlags): SaeSettings {
  const { architecture, latents, bandwidth, sparsity, tokens, batch, buffer, rate, deadAfter, auxiliary, keep, lastWeight, seed } = flags;
  return {
    architecture, latents, bandwidth, sparsity, tokens, batch, buffer, rate, deadAfter, auxiliary,
    active: architecture === 'topk' ? flags.k : flags.l0,
    cap: flags.cap, prefixes: flags.nested ?? [], fromData: flags.fromData, prune: flags.prune ?? false,
    adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clipNorm: 1 },
    rows: { keep, keepQuestion: flags.keepQuestion, lastWeight, skip: flags.skipBos ? 1 : 0, seed },
  };
}

async function evaluate(flags: SaeFlags, out: string, io: Io, signal: AbortSignal): Promise<void> {
  const { measureSaes } = await import('../../training/sae/measure');
  const { saeTables } = await import('../../training/sae/table');
  const { model, site: sites, data, programs, pairs, threads } = flags;
  const onProgress = (stage: string, done: number, total: number) => io.err(`${stage}: ${done}/${total}\n`);
  const template = await readTemplate(flags.template);
  const { report } = flags;
  const measured = await measureSaes({ model, out, sites, data, template, programs, pairs, report, threads, signal, onProgress });
  io.out(saeTables(measured));
}

function progressText({ site, step, steps, loss, unexplained, active, dead, rate, tokensPerSecond }: SaeLogEntry): string {
  return (
    `step ${step}/${steps} · ${site} · loss ${loss.toFixed(4)} · variance explained ${(100 * (1 - unexplained)).toFixed(1)} % · ` +
      `L0 ${active.toFixed(1)} · dead ${(100 * dead).toFixed(1)} % · rate ${rate.toExponential(1)} · ${Math.round(tokensPerSecond)} tokens/s`
  );
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('Give a number above 0.');
  return value;
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('Give a number from 0 to 1.');
  return value;
}

function shares(text: string, before: number[] | undefined): number[] {
  return [...(before ?? []), share(text)];
}

function storedDtype(text: string): FloatDtype {
  if (!Object.hasOwn(DTYPES, text)) throw new InvalidArgumentError(`Give ${Object.keys(DTYPES).join(', ')}.`);
  return DTYPES[text];
}
