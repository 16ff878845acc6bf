/** latent-lens data: sets of programs for studies, out of folders of code. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { wholeNumber } from '../arguments/options';
import { fromHome } from '../arguments/text-file';
import type { Io } from '../io';
import { withProgress } from '../progress';

interface DataFlags {
  out: string;
  of: 'types' | 'errors';
  most: number;
  window: number;
  seed: number;
  split: Record<string, number>;
  edits?: string[];
  each: number;
}

export function addDataCommand(program: Command, io: Io): void {
  program
    .command('data')
    .description('make a set of programs out of folders of code: a row for each annotation or program, with where it comes from')
    .argument('<folders...>', 'folders of code; one with a package.json or pyproject.toml is a package')
    .requiredOption('--out <file>', 'rows as JSON lines (.jsonl) or Parquet (.parquet)')
    .addOption(new Option('--of <what>', 'types: every annotation of TypeScript and Python; errors: every Python file, which is run').choices(['types', 'errors']).default('types'))
    .option('--most <number>', 'rows of one package or folder at most, drawn by the seed', wholeNumber(1, 10_000_000), 1000)
    .option('--window <characters>', 'of whole lines before and behind an annotation', wholeNumber(0, 100_000), 900)
    .option('--split <parts>', 'parts by name and share; a package or folder is in one of them', parseSplit, { training: 8, validation: 1, test: 1 })
    .option('--seed <number>', 'of all that is drawn', wholeNumber(0, 2 ** 31 - 1), 0)
    .option('--edits <kinds...>', 'with rows of verified edits of these kinds, as in studies')
    .option('--each <number>', 'edits of each kind at most', wholeNumber(1, 50), 1)
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens data src --out types.jsonl
  $ latent-lens data node_modules/zod --out zod.parquet --split test=1
  $ latent-lens data scripts --of errors --out errors.jsonl --edits rename-all

Code that was mostly seen before, by its tokens, is left out. Nothing but Python files is run, and these in the sandbox, for --of errors alone.`,
    )
    .action(async (folders: string[], flags: DataFlags) => {
      const { out, edits: kinds, each, ...options } = flags;
      if (!/\.(jsonl|parquet)$/.test(out)) throw new Error(`${out} ends neither with .jsonl nor with .parquet. Give one of them.`);
      const { writeDataSet } = await import('../../studies/programs/write-data-set');
      const made = await withProgress(io, (report) => {
        const onProgress = (rows: number) => report('Making rows', rows, rows);
        return writeDataSet(folders.map(fromHome), fromHome(out), {
          ...options, edits: kinds ? { kinds, each } : null, onProgress,
        }, io.signal);
      });
      const { rows, duplicates, unusable, dropped } = made;
      const parts = Object.entries(made.parts).map(([name, count]) => `${name} ${count}`).join(', ');
      const lost = Object.entries(dropped).map(([why, count]) => `${why} ${count}`).join(', ');
      io.out(`${out}: ${rows} rows (${parts}). Left out: ${duplicates} near duplicates, ${unusable} that cannot be used.${lost === '' ? '' : ` Edits that were dropped: ${lost}.`}\n`);
    });
}

/** "training=8,test=2". */
function parseSplit(text: string): Record<string, number> {
  const parts = text.split(',').map((part) => /^([a-z][a-z0-9-]*)=(\d+(?:\.\d+)?)$/.exec(part.trim()));
  if (parts.some((part) => !part || Number(part[2]) <= 0)) throw new InvalidArgumentError('Give parts with their shares: training=8,validation=1,test=1.');
  return Object.fromEntries(parts.map((part) => [part![1], Number(part![2])]));
}
