/** latent-lens train lens: a tuned lens for a model. */
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { FloatDtype } from '../../checkpoints/dtype';
import type { LensCard } from '../../methods/lenses/tuned-lens-folder';
import type { LensLogEntry } from '../../training/lens/train';
import { readTemplate, wholeNumber } from '../arguments/options';
import type { Io } from '../io';
import { printJson } from '../print';

interface LensFlags {
  model: string;
  data: string[];
  steps: number;
  batch: number;
  buffer: number;
  rate: number;
  keep: number;
  keepQuestion: number;
  lastWeight: number;
  realCode: number;
  validation: number;
  programs: number;
  template?: string;
  out?: string;
  dtype: string;
  seed: number;
  threads?: number;
  json?: true;
}

const DTYPES: Readonly<Record<string, FloatDtype>> = { float32: 'F32', float16: 'F16', bfloat16: 'BF16' };

export function addTrainLensCommand(train: Command, io: Io): void {
  const count = wholeNumber(1, 2 ** 31);
  train
    .command('lens')
    .description('train a tuned lens: for each layer an affine map after which the final norm and the unembedding say what the model will')
    .option('--model <dir>', 'the model', 'models/python-errors')
    .option('--data <paths...>', 'programs as JSON lines: folders or files', ['.cache/data'])
    .option('--steps <count>', 'steps of Adam', count, 1000)
    .option('--batch <count>', 'tokens of a step', count, 512)
    .option('--buffer <count>', 'tokens that are read at once and shuffled', count, 16_384)
    .option('--rate <rate>', 'learning rate', inUnit(Infinity), 1e-3)
    .option('--keep <share>', 'share of the tokens to learn from; a prompt’s last token always is', inUnit(1), 0.4)
    .option('--keep-question <share>', 'the same for the tokens of the question, which are the same after every program', inUnit(1), 0.1)
    .option('--last-weight <count>', 'as how many tokens a prompt’s last one counts, behind which the answer is', inUnit(Infinity), 6)
    .option('--real-code <share>', 'share of the prompts that are real Python from the standard library', inUnit(0.9), 0.06)
    .option('--validation <count>', 'programs of the first file that are not trained on', count, 2000)
    .option('--programs <count>', 'so many of these are measured, before and after', count, 500)
    .option('--template <file>', 'the question after each program, as for explain')
    .option('--out <folder>', 'where the lens is written (default: lens in the model’s folder, where it is found)')
    .addOption(new Option('--dtype <name>', 'what it is stored as').choices(Object.keys(DTYPES)).default('float16'))
    .option('--seed <number>', 'seed of everything random', wholeNumber(0, 2 ** 32 - 1), 2026)
    .option('--threads <count>', 'threads to train with (default: all processors)', count)
    .option('--json', 'print the card as JSON')
    .addHelpText('after', `
Writes config.json and params.safetensors, with the names of the package tuned-lens, and card.json: how far the logit lens and this one are
from what the model says at the end, on held-out programs.

Examples:
  $ latent-lens train lens --data .cache/data
  $ latent-lens train lens --model ~/models/smollm2 --data programs.jsonl --validation 200 --programs 200 --steps 400`)
    .action(async (flags: LensFlags) => {
      const { makeLens } = await import('../../training/lens/make');
      const stop = new AbortController();
      process.once('SIGINT', () => {
        io.err('Stopping after this step; nothing more is written.\n');
        stop.abort();
      });
      const { model, data, steps, batch, buffer, rate, validation, programs, seed, threads } = flags;
      const { keep, keepQuestion, lastWeight, realCode } = flags;
      const out = flags.out ?? path.join(model, 'lens');
      const card = await makeLens({
        model, data, validation, programs, keep, keepQuestion, lastWeight, seed, threads, out,
        realCodeShare: realCode,
        template: await readTemplate(flags.template),
        settings: { steps, batch, buffer, rate, adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clipNorm: 1 } },
        dtype: DTYPES[flags.dtype],
        onProgress: (entry) => io.err(`${progressText(entry)}\n`),
        signal: stop.signal,
      });
      io.err(`Written: ${out}\n`);
      if (flags.json) printJson(io, card);
      else io.out(lensTable(card));
    });
}

/** A table for a card, in Markdown. */
function lensTable({ heldOut, layers }: LensCard): string {
  const number = (value: number) => value.toFixed(3);
  const row = ({ before, after }: LensCard['layers'][number], layer: number) =>
    `| ${layer === 0 ? 'embedding' : layer - 1} | ${[before.tokens, after.tokens, before.last, after.last].map(number).join(' | ')} |`;
  return [
    `KL(model ‖ lens) in nats, on ${heldOut.programs} held-out programs (${heldOut.tokens} tokens), after each layer:`,
    '',
    '| layer | logit lens | tuned lens | logit lens, last token | tuned lens, last token |',
    '|---|---|---|---|---|',
    ...layers.map(row),
    '',
  ].join('\n');
}

function progressText({ step, steps, losses }: LensLogEntry): string {
  return `step ${step}/${steps} · KL by layer ${losses.map((loss) => loss.toFixed(3)).join(' ')}`;
}

function inUnit(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value > 0 && value <= most) || !Number.isFinite(value)) {
      throw new InvalidArgumentError(most === Infinity ? 'Give a number above 0.' : `Give a number above 0, and ${most} at most.`);
    }
    return value;
  };
}
