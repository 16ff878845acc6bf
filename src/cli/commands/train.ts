/** latent-lens train …: the steps of a recipe. */
import path from 'node:path';
import type { Command } from 'commander';
import type { LogEntry } from '../../training/lm/log';
import type { Io } from '../io';
import { wholeNumber } from '../arguments/options';
import { addTrainCorpusCommand } from './train-corpus';
import { addTrainLensCommand } from './train-lens';
import { addTrainSaeCommand } from './train-sae';
import { addTrainTypesCommand } from './train-types';

interface TrainFlags {
  recipe: string;
  out?: string;
  data: string;
  work: string;
  threads?: number;
}

interface LmFlags extends TrainFlags {
  decay?: number;
  until?: number;
  from?: string;
  fromTokenizer?: string;
}

export function addTrainCommands(program: Command, io: Io): void {
  const say = (line: string) => io.err(`${line}\n`);
  const train = program.command('train').description('make a model from a recipe: data, then tokenizer, then lm; then sparse autoencoders and a tuned lens for it: sae, lens');
  const withFlags = (command: Command) =>
    command
      .option('--recipe <file>', 'the recipe', 'models/python-errors/recipe.json')
      .option('--out <folder>', "the model's folder (default: the recipe's)")
      .option('--data <folder>', 'where the programs are', '.cache/data')
      .option('--work <folder>', 'where checkpoints and the log go', '.cache/lm')
      .option('--threads <count>', 'threads to train with (default: all processors)', wholeNumber(1, 1024));
  const modelFolder = ({ out, recipe }: TrainFlags) => out ?? path.dirname(recipe);
  const steps = wholeNumber(1, 1e9);

  withFlags(train.command('data').description('generate programs and label them by running them in the sandbox'))
    .option('--exclude <files...>', 'further JSONL files whose programs must not appear')
    .option('--written <folder>', "where the recipe's seeds/ and skeletons/ are, if not where it says")
    .action(async (flags: TrainFlags & { exclude?: string[]; written?: string }) => {
      const { readRecipe, writtenFolder } = await import('../../training/lm/recipe');
      const { generatePrograms } = await import('../../corpus/generate/generate-programs');
      const { evaluationSets } = await import('../../corpus/labelling/evaluation-sets');
      const { readWritten } = await import('../../corpus/written/written');
      const recipe = await readRecipe(flags.recipe);
      const written = readWritten(writtenFolder(recipe, flags.written));
      const exclude = [...evaluationSets('test/fixtures'), ...(flags.exclude ?? [])];
      const heldOutWords = recipe.data.heldOutWords.split(' ');
      const { programs: count, joined, validation } = recipe.data;
      await generatePrograms({
        written, count, joined, validation, exclude, heldOutWords, seed: recipe.seed, folder: flags.data, log: say,
      });
    });

  withFlags(train.command('tokenizer').description('train the byte-level BPE tokenizer')).action(async (flags: TrainFlags) => {
    const { readRecipe } = await import('../../training/lm/recipe');
    const { makeTokenizer } = await import('../../training/lm/make-model');
    await makeTokenizer(await readRecipe(flags.recipe), flags.data, modelFolder(flags));
  });

  withFlags(train.command('lm').description('train the language model, going on from the last checkpoint until it is stopped; or decay it to a release'))
    .option('--decay <steps>', 'let the rate of a copy of the trunk fall to nothing in so many steps, and write the model', steps)
    .option('--until <step>', 'end the trunk at this step', steps)
    .option('--from <file>', 'weights of "train export-trunk", or a model.safetensors, that a trunk without a checkpoint starts from')
    .option('--from-tokenizer <folder>', 'the folder with the tokenizer of --from, where that is another: tokens begin as those that spell the same')
    .addHelpText(
      'after',
      `
The trunk trains with a low priority until it is asked to end (Ctrl+C, SIGTERM); it then writes a checkpoint and goes on from there the next
time. It may be halted (SIGSTOP, SIGCONT), and shards may be added to the data while it runs.

Examples:
  $ latent-lens train lm --work ~/trunk --threads 1
  $ latent-lens train lm --work ~/trunk --decay 2000
  $ latent-lens train export-trunk --work ~/trunk --to trunk.safetensors
  $ latent-lens train lm --work ~/another --from trunk.safetensors`,
    )
    .action(trainLm);

  withFlags(train.command('export-trunk').description("write the trunk's weights in 16 bits, to start another trunk from"))
    .requiredOption('--to <file>', 'the .safetensors file to write')
    .action(async (flags: TrainFlags & { to: string }) => {
      const { readRecipe } = await import('../../training/lm/recipe');
      const { exportTrunk } = await import('../../training/lm/make-model');
      await exportTrunk(await readRecipe(flags.recipe), flags.work, flags.to);
    });

  withFlags(train.command('pack').description('write the data as compressed arrays, for a trainer on a graphics card (models/python-errors/train-gpu.py)'))
    .requiredOption('--to <folder>', 'where the arrays go')
    .option('--mebibytes <count>', 'what they may take; shards that find no room are left out', wholeNumber(1, 1e6), 44)
    .action(async (flags: TrainFlags & { to: string; mebibytes: number }) => {
      const { readRecipe } = await import('../../training/lm/recipe');
      const { writePack } = await import('../../training/lm/pack');
      const { endWhenAsked, takeLowPriority } = await import('../../training/polite');
      const signal = endWhenAsked(say);
      await takeLowPriority();
      const folders = { data: flags.data, model: modelFolder(flags) };
      const { samples, tokens, bytes, leftOut } = await writePack(await readRecipe(flags.recipe), folders, flags.to, {
        mostBytes: flags.mebibytes * 2 ** 20, log: say, signal,
      });
      if (leftOut.length > 0) say(`No room for ${leftOut.length} shards: ${leftOut.join(', ')}.`);
      say(`${samples} samples, ${tokens} tokens, ${(bytes / 2 ** 20).toFixed(1)} MiB: ${flags.to}`);
    });

  addTrainCorpusCommand(train);
  addTrainTypesCommand(train);
  addTrainSaeCommand(train, io);
  addTrainLensCommand(train, io);

  async function trainLm({ decay, until, from, fromTokenizer, ...flags }: LmFlags): Promise<void> {
    const { keepRecipe, readRecipe } = await import('../../training/lm/recipe');
    const { decayFolder, makeModel } = await import('../../training/lm/make-model');
    const { endWhenAsked, takeLowPriority } = await import('../../training/polite');
    const { writeLossCurve } = await import('../../training/lm/loss-curve');
    const signal = endWhenAsked(say);
    await takeLowPriority();
    const folders = { data: flags.data, model: modelFolder(flags), work: flags.work };
    const recipe = await readRecipe(flags.recipe);
    const onProgress = (entry: LogEntry) => report(entry, say);
    const finished = await makeModel(recipe, folders, { onProgress, signal, threads: flags.threads, decay, until, from, fromTokenizer });
    say(`Loss curve: ${await writeLossCurve(decay === undefined ? folders.work : decayFolder(folders.work))}`);
    if (decay === undefined || !finished) return;
    await keepRecipe(flags.recipe, folders.model);
    say(`Written: ${folders.model}`);
  }
}

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

function report(entry: LogEntry, say: (line: string) => void): void {
  say(
    `step ${entry.step} · ${(entry.tokens / 1e6).toFixed(2)} M tokens · loss ${entry.loss.toFixed(3)} · code ${entry.codeLoss.toFixed(3)} · ` +
      `answer ${entry.labelLoss.toFixed(3)} (${percent(entry.labelAccuracy)} right) · ` +
      `syntax ${entry.syntaxLoss.toFixed(3)} · types ${entry.typeLoss.toFixed(3)} · lines ${entry.lineLoss.toFixed(3)} · norm ${entry.gradientNorm.toFixed(2)} · ` +
      `rate ${entry.rate.toExponential(1)} · ${Math.round(entry.tokensPerSecond)} tokens/s (${Math.round(entry.tokensPerCpuSecond)} a core)`,
  );
  if (!entry.validation) return;
  const { bySource, byLength, ...all } = entry.validation;
  for (const [name, measured] of Object.entries({ all, ...bySource, ...byLength })) {
    const { programs, accuracy, loss, noErrorRecall, calibrationError, baseline } = measured;
    const quiet = noErrorRecall === null ? '' : ` · no error recalled ${percent(noErrorRecall)}`;
    const without = baseline === undefined ? '' : ` (without a model ${percent(baseline)})`;
    const right = `${percent(accuracy)} of ${programs} right${without}${quiet}`;
    say(`  ${name}: ${right} · loss ${loss.toFixed(3)} · calibration error ${calibrationError.toFixed(3)}`);
  }
}
