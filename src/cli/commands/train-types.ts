/** latent-lens train types: annotations of real packages and of generated programs, for the types model. */
import { InvalidArgumentError, type Command } from 'commander';
import type { TypesCorpus } from '../../corpus/types/make';
import { readJsonFile } from '../arguments/text-file';

interface TypesFlags {
  corpus: string;
  recipe: string;
  archives: string;
  pythonArchives: string;
  data: string;
  only?: string[];
  exclude?: string[];
  pyright?: string;
  harvest?: string;
  to?: string;
}

const SERIES = ['typescript', 'python', 'generated', 'generated-python'];

export function addTrainTypesCommand(train: Command): void {
  train
    .command('types')
    .description('make the data of a types model: windows around annotations of real packages, and generated programs')
    .option('--corpus <file>', 'which packages, and how many rows', 'data/types/corpus.json')
    .option('--recipe <file>', "the model's recipe: its seed", 'models/types/recipe.json')
    .option('--archives <folder>', 'where "node data/types/fetch.mjs FOLDER" put the npm packages', '.cache/types/npm')
    .option('--python-archives <folder>', 'where "python3 data/python-errors/fetch.py FOLDER" put those of Python, for each list', '.cache/types/python')
    .option('--data <folder>', 'where the rows go; what is there is kept', '.cache/types/data')
    .option('--only <series...>', `only these series (${SERIES.join(', ')}); of real code both languages are made at once`, (name: string, all: string[] = []) => {
      if (!SERIES.includes(name)) throw new InvalidArgumentError(`Give ${SERIES.join(', ')}.`);
      return [...all, name];
    })
    .option('--pyright <folder>', 'where "npm install --prefix FOLDER pyright" put it, which generated Python is checked with')
    .option('--exclude <files...>', 'further JSONL files of rows whose code must not appear')
    .option('--harvest <package>', 'make the windows of one package alone, as this command does in a process of its own')
    .option('--to <file>', 'with --harvest: where they go')
    .action(async (flags: TypesFlags) => {
      const { harvestApart, harvestInto, keyOf, makeTypesData, typesPackages } = await import('../../corpus/types/make');
      const { evaluationSets } = await import('../../corpus/labelling/evaluation-sets');
      const { readRecipe } = await import('../../training/lm/recipe');
      const { endWhenAsked } = await import('../../training/polite');
      const corpus = (await readJsonFile(flags.corpus)) as TypesCorpus;
      const { seed } = await readRecipe(flags.recipe);
      const archives = { npm: flags.archives, python: flags.pythonArchives };
      if (flags.harvest !== undefined) {
        const source = typesPackages(corpus, archives).find((one) => keyOf(one) === flags.harvest);
        if (!source || flags.to === undefined) throw new Error(`Give a package of ${flags.corpus} with --harvest (typescript:zod), and a file with --to.`);
        await harvestInto(flags.to, source, corpus, seed);
        return;
      }
      const given = ['--corpus', flags.corpus, '--recipe', flags.recipe, '--archives', flags.archives, '--python-archives', flags.pythonArchives];
      await makeTypesData({
        corpus, seed, archives,
        folder: flags.data,
        only: flags.only,
        pyright: flags.pyright,
        exclude: [...evaluationSets('test/fixtures').filter((file) => /types-[^/]*$/.test(file)), ...(flags.exclude ?? [])],
        harvester: harvestApart((key, to) => ['train', 'types', ...given, '--harvest', key, '--to', to]),
        log: console.error,
        signal: endWhenAsked(console.error),
      });
    });
}
