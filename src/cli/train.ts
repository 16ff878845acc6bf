/** latent-lens train …: the steps of a recipe. */
import path from 'node:path';
import type { Command } from 'commander';
import type { LogEntry } from '../training/lm';
import { addTrainSaeCommand } from './train-sae';

interface TrainFlags {
  recipe: string;
  out?: string;
  data: string;
  work: string;
  threads?: string;
}

export function addTrainCommands(program: Command): void {
  const train = program.command('train').description('make a model from a recipe: data, then tokenizer, then lm; then sparse autoencoders for it: sae');
  const withFlags = (command: Command) =>
    command
      .option('--recipe <file>', 'the recipe', 'models/python-errors/recipe.json')
      .option('--out <folder>', "the model's folder (default: the recipe's)")
      .option('--data <folder>', 'where the generated programs are', '.cache/data')
      .option('--work <folder>', 'where checkpoints and the log go', '.cache/lm')
      .option('--threads <count>', 'threads to train with (default: all processors)');
  const modelFolder = ({ out, recipe }: TrainFlags) => out ?? path.dirname(recipe);

  withFlags(train.command('data').description('generate programs and label them by running them in the sandbox'))
    .option('--exclude <files...>', 'further JSONL files whose programs must not appear')
    .action(async (flags: TrainFlags & { exclude?: string[] }) => {
      const { readRecipe } = await import('../training/recipe');
      const { evaluationSets, generatePrograms } = await import('../training/cli-generate');
      const recipe = await readRecipe(flags.recipe);
      const exclude = [...evaluationSets('test/fixtures'), ...(flags.exclude ?? [])];
      const heldOutWords = recipe.data.heldOutWords.split(' ');
      const { programs: count, joined, validation } = recipe.data;
      await generatePrograms({ count, joined, validation, seed: recipe.seed, folder: flags.data, exclude, heldOutWords });
    });

  withFlags(train.command('tokenizer').description('train the byte-level BPE tokenizer')).action(async (flags: TrainFlags) => {
    const { makeTokenizer, readRecipe } = await import('../training/recipe');
    await makeTokenizer(await readRecipe(flags.recipe), flags.data, modelFolder(flags));
  });

  withFlags(train.command('lm').description('train the language model, going on from the last checkpoint')).action(async (flags: TrainFlags) => {
    const { keepRecipe, makeModel, readRecipe } = await import('../training/recipe');
    const stop = new AbortController();
    process.once('SIGINT', () => {
      console.error('Stopping after this step; run the command again to go on.');
      stop.abort();
    });
    const folders = { data: flags.data, model: modelFolder(flags), work: flags.work };
    const threads = flags.threads === undefined ? undefined : Number(flags.threads);
    await makeModel(await readRecipe(flags.recipe), folders, { onProgress: report, signal: stop.signal, threads });
    await keepRecipe(flags.recipe, folders.model);
    const { writeLossCurve } = await import('../training/loss-curve');
    console.error(`Loss curve: ${await writeLossCurve(folders.work)}`);
  });

  addTrainSaeCommand(train);
}

function report(entry: LogEntry): void {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const validation =
    entry.validationAccuracy === undefined ? '' : ` · validation ${entry.validationLoss!.toFixed(3)}, ${percent(entry.validationAccuracy)} right`;
  console.error(
    `step ${entry.step}/${entry.steps} · loss ${entry.loss.toFixed(3)} · code ${entry.codeLoss.toFixed(3)} · ` +
      `answer ${entry.labelLoss.toFixed(3)} (${percent(entry.labelAccuracy)} right) ` +
      `syntax ${entry.syntaxLoss.toFixed(3)} · types ${entry.typeLoss.toFixed(3)} · lines ${entry.lineLoss.toFixed(3)} · norm ${entry.gradientNorm.toFixed(2)} · ` +
      `rate ${entry.rate.toExponential(1)} · ${Math.round(entry.tokensPerSecond)} tokens/s${validation}`,
  );
}
