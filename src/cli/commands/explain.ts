/** latent-lens explain: one program, from prediction to patching. */
import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import type { ChosenAnswers } from '../../methods/metric';
import { PATCH_SITES, type PatchSite } from '../../methods/patching/patching';
import type { Explanation, PatchingDirection } from '../../protocol/explanation';
import { readAgainst, readAnswers } from '../arguments/against';
import type { Io } from '../io';
import { print } from '../print';
import { openModel } from '../open-model';
import { addModelOptions, readTemplate, wholeNumber, type ModelFlags } from '../arguments/options';
import { withProgress } from '../progress';
import { renderExplanation } from '../render/explanation';
import { readCode } from '../arguments/source';
import { fromHome } from '../arguments/text-file';

interface ExplainFlags extends ModelFlags {
  against?: string;
  answers?: ChosenAnswers;
  site: PatchSite;
  direction: PatchingDirection;
  exact?: true;
  topK: number;
  json?: true;
  html?: string;
  run: boolean;
}

export function addExplainCommand(program: Command, io: Io): void {
  const command = program
    .command('explain')
    .description('show which error the model predicts for a program, whether Python agrees, and where in the model that is decided')
    .argument('<file>', 'the program: FILE, FILE:LINE for what is around a line, FILE:LINE-LINE or NOTEBOOK:CELL; - for standard input')
    .option('--against <variant>', 'what to compare with: the number or kind of a variant (see latent-lens variants), or another file')
    .option('--answers <a,b>', 'two answers whose logits to compare, such as "TypeError,no error" (default: what is predicted, and what is true or what the variant gives)', readAnswers)
    .addOption(new Option('--site <site>', 'activation to patch').choices(PATCH_SITES).default('hook_resid_pre'))
    .addOption(
      new Option('--direction <direction>', "denoising puts the program's activations into the variant, noising the variant's into the program")
        .choices(['denoising', 'noising'])
        .default('denoising'),
    )
    .option('--exact', 'patch every cell of the heatmap, however long that takes, instead of estimating those that hardly matter')
    .option('--top-k <count>', 'tokens to list at each place', wholeNumber(1, 100), 10)
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
      const explanation = await explained(file, flags, io);
      if (flags.html !== undefined) {
        const { renderHtmlReport } = await import('../report');
        await writeReport(flags.html, await renderHtmlReport(explanation));
        io.err(`Wrote ${flags.html}.\n`);
      }
      if (flags.json || flags.html === undefined) print(io, explanation, flags.json, renderExplanation);
    });
}

async function explained(file: string, flags: ExplainFlags, io: Io): Promise<Explanation> {
  const source = await readCode(file, io);
  const template = await readTemplate(flags.template, flags.chat);
  const against = flags.against === undefined ? undefined : await readAgainst(flags.against, io);
  const { lazyPython } = await import('../python');
  return withProgress(io, async (report) => {
    const python = flags.run ? lazyPython(report, io.signal) : undefined;
    python?.begin(); // in its own process, beside all that comes before it is needed
    try {
      const { explain } = await import('../../engine/analyses/explain');
      const loaded = await openModel(flags, io, report);
      try {
        const { site, direction, exact, topK, answers } = flags;
        const options = { against, site, direction, exact, topK, pair: answers, signal: io.signal };
        return await explain(loaded, template, source, { ...options, label: python?.label, onProgress: report });
      } finally {
        await loaded.model.release();
      }
    } finally {
      python?.close();
    }
  });
}

async function writeReport(file: string, html: string): Promise<void> {
  await writeFile(fromHome(file), html).catch((error: Error) => {
    throw new Error(`${file} could not be written: ${error.message}.`);
  });
}
