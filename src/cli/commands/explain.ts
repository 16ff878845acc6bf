/** latent-lens explain: one program, from prediction to patching. */
import { Option, type Command } from 'commander';
import { paramsOf } from '../../protocol/analyses';
import { LENSES } from '../../protocol/analyses/lens';
import { PATCH_SITES, type PatchSite } from '../../vocabulary/sites';
import { explanationOf, type PatchingDirection } from '../../protocol/documents/explanation';
import { forScripts, type Result } from '../../protocol/documents/result';
import { addAgainstOptions, comparing, readAnswers, type AgainstFlags } from '../arguments/against';
import type { Io } from '../io';
import { addModelOptions, addOpenOptions, siteOption, wholeNumber, type OpenFlags } from '../arguments/options';
import { addQuestionOptions, answerOption, fileAndPlace, fimOption, readRange, type QuestionFlags } from '../arguments/question';
import { print, printJson } from '../print';
import { analysed } from '../reading';
import { renderExplanation } from '../render/explanation';

export interface ExplainFlags extends OpenFlags, QuestionFlags, AgainstFlags {
  answers?: [string, string];
  site: PatchSite;
  direction: PatchingDirection;
  window: number;
  exact?: true;
  topK: number;
  lens?: keyof typeof LENSES;
  lensFolder?: string;
  json?: true;
  html?: string;
  run: boolean;
}

export function addExplainCommand(program: Command, io: Io): void {
  const command = addExplainOptions(
    program
      .command('explain')
      .description('show which error the model predicts for a program, whether Python agrees, and where in the model that is decided')
      .argument('<file>', 'the program: FILE, FILE:LINE for what is around a line, FILE:LINE-LINE or NOTEBOOK:CELL; - for standard input'),
  ).option('--no-run', 'do not run the code in Python');
  addQuestionOptions(addModelOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens explain examples/temperature.py
  $ latent-lens explain examples/invoice.py:2-5 --html invoice.html
  $ latent-lens explain examples/quiz.py --against rename-all
  $ latent-lens explain examples/quiz.py --answers "IndentationError,NameError"
  $ latent-lens explain examples/quiz.py --against 3 --direction noising --json > quiz.json

Code runs in Python compiled to WebAssembly, in a process of its own without files or network.`,
    )
    .action((file: string, flags: ExplainFlags) => explain(file, flags, io));
}

/** latent-lens next: which token comes next at a place, in any language. */
export function addNextCommand(program: Command, io: Io): void {
  const command = addExplainOptions(
    program
      .command('next')
      .description('show which token the model puts at a place in a file of any language, and where in the model that is decided')
      .argument('<place>', 'FILE:LINE:COLUMN, counted from 1, or FILE:LINE:COLUMN-LINE:COLUMN for what the model would put instead of that; - for standard input'),
  );
  addOpenOptions(command)
    .addOption(fimOption())
    .addOption(answerOption())
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens next examples/temperature.py:2:7
  $ latent-lens next examples/temperature.py:2:7 --answer format --answers "(,format"
  $ latent-lens next app.ts:12:20 --model org/name --fim --against changed.ts

Answers are the tokens that the model finds most probable, what stands there, and those of --answer. The variant is a file in which the code
before the place (with --fim also behind it) is changed.`,
    )
    .action((argument: string, flags: ExplainFlags) => {
      const { file, place } = fileAndPlace(argument);
      return explain(file, { ...flags, next: readRange(place), run: false }, io);
    });
}

/** What an explanation is told, whatever it is of. */
export function addExplainOptions(command: Command): Command {
  return addAgainstOptions(command)
    .option('--answers <a,b>', 'two answers whose logits to compare, such as "TypeError,no error" (default: what is predicted, and what is true or what the variant gives)', readAnswers)
    .addOption(siteOption('--site <site>', 'activation to patch', PATCH_SITES).default(paramsOf('patching').site))
    .addOption(
      new Option('--direction <direction>', "denoising puts the program's activations into the variant, noising the variant's into the program")
        .choices(['denoising', 'noising'])
        .default('denoising'),
    )
    .option('--window <count>', 'in so many layers at once, from each on, the same is patched; with several every cell is really patched', wholeNumber(1, 1000), 1)
    .option('--exact', 'patch every cell of the heatmap, however long that takes, instead of estimating those that hardly matter')
    .option('--top-k <count>', 'tokens to list at each place', wholeNumber(1, 100), 10)
    .addOption(new Option('--lens <lens>', 'which lens says what each layer would answer (default: both where a tuned lens lies in the folder lens of the model)').choices(Object.keys(LENSES)))
    .option('--lens-folder <folder>', 'a folder with a tuned lens, as latent-lens train lens writes it')
    .option('--json', 'print the whole result as one JSON document')
    .option('--html <file>', 'write the result as a web page that needs nothing else');
}

export async function explain(file: string, flags: ExplainFlags, io: Io): Promise<void> {
  const result = await explained(file, flags, io);
  const explanation = explanationOf(result);
  if (flags.html !== undefined) {
    const { writeReport } = await import('../report');
    await writeReport(flags.html, result, io);
  }
  if (flags.json) printJson(io, forScripts(result));
  else if (flags.html === undefined) print(io, explanation, false, renderExplanation);
}

function explained(file: string, asked: ExplainFlags, io: Io): Promise<Result> {
  const { site, direction, window, exact, topK, answers, against, edited, lens = null, lensFolder = null, ...flags } = asked;
  const wanted = {
    prediction: { topK, ...(answers && { answers }) }, lens: paramsOf('lens', { topK, lens, lensFolder }),
    patching: { site, direction, window, exact: exact === true, answers: answers ?? null },
  };
  return analysed(file, flags, wanted, io, comparing({ against, edited, next: flags.next, type: flags.type }, io), ['lens']);
}
