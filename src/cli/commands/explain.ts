/** latent-lens explain: one program, from prediction to patching. */
import { Option, type Command } from 'commander';
import { paramsOf } from '../../protocol/analyses';
import { LENSES } from '../../protocol/analyses/lens';
import { PATCH_SITES, type PatchSite } from '../../vocabulary/sites';
import { explanationOf, type PatchingDirection } from '../../protocol/explanation';
import { forScripts, type Result } from '../../protocol/result';
import { addAgainstOptions, comparing, readAnswers, type AgainstFlags } from '../arguments/against';
import type { Io } from '../io';
import { addModelOptions, wholeNumber, type ModelFlags } from '../arguments/options';
import { print, printJson } from '../print';
import { analysed } from '../reading';
import { renderExplanation } from '../render/explanation';

interface ExplainFlags extends ModelFlags, AgainstFlags {
  answers?: [string, string];
  site: PatchSite;
  direction: PatchingDirection;
  exact?: true;
  topK: number;
  lens?: keyof typeof LENSES;
  lensFolder?: string;
  json?: true;
  html?: string;
  run: boolean;
}

export function addExplainCommand(program: Command, io: Io): void {
  const command = addAgainstOptions(
    program
      .command('explain')
      .description('show which error the model predicts for a program, whether Python agrees, and where in the model that is decided')
      .argument('<file>', 'the program: FILE, FILE:LINE for what is around a line, FILE:LINE-LINE or NOTEBOOK:CELL; - for standard input'),
  )
    .option('--answers <a,b>', 'two answers whose logits to compare, such as "TypeError,no error" (default: what is predicted, and what is true or what the variant gives)', readAnswers)
    .addOption(new Option('--site <site>', 'activation to patch').choices(PATCH_SITES).default(paramsOf('patching').site))
    .addOption(
      new Option('--direction <direction>', "denoising puts the program's activations into the variant, noising the variant's into the program")
        .choices(['denoising', 'noising'])
        .default('denoising'),
    )
    .option('--exact', 'patch every cell of the heatmap, however long that takes, instead of estimating those that hardly matter')
    .option('--top-k <count>', 'tokens to list at each place', wholeNumber(1, 100), 10)
    .addOption(new Option('--lens <lens>', 'which lens says what each layer would answer (default: both where a tuned lens lies in the folder lens of the model)').choices(Object.keys(LENSES)))
    .option('--lens-folder <folder>', 'a folder with a tuned lens, as latent-lens train lens writes it')
    .option('--json', 'print the whole result as one JSON document')
    .option('--html <file>', 'write the result as a web page that needs nothing else')
    .option('--no-run', 'do not run the code in Python');
  addModelOptions(command)
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
    .action(async (file: string, flags: ExplainFlags) => {
      const result = await explained(file, flags, io);
      const explanation = explanationOf(result);
      if (flags.html !== undefined) {
        const { writeReport } = await import('../report');
        await writeReport(flags.html, result, io);
      }
      if (flags.json) printJson(io, forScripts(result));
      else if (flags.html === undefined) {
        const tunedAlone = flags.lens === 'tuned';
        print(io, explanation, false, (shown, style, columns) => renderExplanation(shown, style, columns, tunedAlone));
      }
    });
}

function explained(file: string, asked: ExplainFlags, io: Io): Promise<Result> {
  const { site, direction, exact, topK, answers, against, edited, lens = null, lensFolder = null, ...flags } = asked;
  const wanted = {
    prediction: { topK }, lens: paramsOf('lens', { topK, lens, lensFolder }),
    patching: { site, direction, exact: exact === true, answers: answers ?? null },
  };
  return analysed(file, flags, wanted, io, comparing({ against, edited }, io), ['lens']);
}
