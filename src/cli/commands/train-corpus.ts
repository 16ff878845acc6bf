/** latent-lens train corpus: programs of real packages, realistic and generated ones, labelled by running them. */
import type { Command } from 'commander';
import { wholeNumber } from '../arguments/options';
import { readJsonFile } from '../arguments/text-file';

interface CorpusFlags {
  corpus: string;
  recipe: string;
  archives: string;
  data: string;
  processes: number;
  only?: string[];
  written?: string;
  exclude?: string[];
}

export function addTrainCorpusCommand(train: Command): void {
  train
    .command('corpus')
    .description('make series of labelled programs from real packages, realistic texts and generators')
    .option('--corpus <file>', 'which programs', 'data/python-errors/corpus.json')
    .option(
      '--recipe <file>',
      "the model's recipe: its seed and the words that no program may hold",
      'models/python-errors/recipe.json',
    )
    .option('--archives <folder>', 'where "python3 data/python-errors/fetch.py FOLDER" put the packages', '.cache/sources')
    .option('--data <folder>', 'where the programs go', '.cache/data')
    .option('--processes <count>', 'Python processes that label side by side', wholeNumber(1, 64), 1)
    .option('--only <series...>', 'only these series (packages, realistic, generated, validation)')
    .option('--written <folder>', "where the recipe's seeds/ and skeletons/ are, if not where it says")
    .option('--exclude <files...>', 'further JSONL files whose programs must not appear')
    .action(async ({ corpus, recipe: recipeFile, archives, data, processes, only, written, exclude = [] }: CorpusFlags) => {
      const { makeData } = await import('../../corpus/make');
      const { readRecipe, writtenFolder } = await import('../../training/lm/recipe');
      const { evaluationSets } = await import('../../corpus/labelling/evaluation-sets');
      const { sideBySide, startLabellers } = await import('../../corpus/labelling/labellers');
      const recipe = await readRecipe(recipeFile);
      const stop = new AbortController();
      process.once('SIGINT', () => stop.abort(new Error('Stopped; run the command again to go on with the next shard.')));
      const sandboxes = await startLabellers(processes);
      try {
        await makeData({
          corpus: (await readJsonFile(corpus)) as Parameters<typeof makeData>[0]['corpus'],
          seed: recipe.seed,
          written: writtenFolder(recipe, written),
          archives,
          folder: data,
          labeller: sideBySide(sandboxes),
          only,
          exclude: [...evaluationSets('test/fixtures'), ...exclude],
          heldOutWords: recipe.data.heldOutWords.split(' '),
          log: console.error,
          signal: stop.signal,
        });
      } finally {
        for (const sandbox of sandboxes) sandbox.close();
      }
    });
}
