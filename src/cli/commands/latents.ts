/** latent-lens latents: the sparse latents that tell a program from its near twin. */
import { Option, type Command } from 'commander';
import type { ExplainLatentsOptions } from '../../engine/analyses/explain-latents';
import type { ChosenAnswers } from '../../methods/metric';
import type { LatentsDocument } from '../../protocol/latents';
import { readAgainst, readAnswers } from '../arguments/against';
import type { Io } from '../io';
import { print } from '../print';
import { parsePositions } from '../arguments/latent-arguments';
import { openModel } from '../open-model';
import { addModelOptions, readTemplate, wholeNumber, type ModelFlags } from '../arguments/options';
import { withProgress } from '../progress';
import { latentsCsv } from '../render/latents-csv';
import { renderLatents } from '../render/latents';
import { readCode } from '../arguments/source';

interface LatentsFlags extends ModelFlags {
  sae: string[];
  against?: string;
  answers?: ChosenAnswers;
  top: number;
  mode?: 'through' | 'pass-through';
  errorTerm: boolean;
  method: LatentsDocument['method'];
  steps?: number;
  positions?: number[] | 'relevant';
  check?: true;
  json?: true;
  csv?: true;
  run: boolean;
}

export function addLatentsCommand(program: Command, io: Io): void {
  const command = program
    .command('latents')
    .description("list the sparse autoencoders' latents that tell a program from its near twin, by attribution patching")
    .argument('<file>', 'the program: FILE, FILE:LINE for what is around a line, FILE:LINE-LINE or NOTEBOOK:CELL; - for standard input')
    .option('--sae <dirs...>', "folders of SAEs, folders that hold several, or org/name/folder of the store (default: saes in the model's folder)", [])
    .option('--against <variant>', 'what to compare with: the number or kind of a variant (see latent-lens variants), or another file')
    .option('--answers <a,b>', 'two answers whose logits to compare, such as "TypeError,no error"', readAnswers)
    .option('--top <count>', 'latents to list', wholeNumber(1, 10_000), 25)
    .addOption(
      new Option('--mode <mode>', 'how gradients pass an SAE: as if it were not there, or through its reconstruction (default: pass-through, and through with --no-error-term)')
        .choices(['through', 'pass-through']),
    )
    .addOption(
      new Option('--method <method>', 'one gradient, or gradients along the way from the variant to the program (slower, and closer to really patching)')
        .choices(['gradient', 'integrated-gradients'])
        .default('gradient'),
    )
    .option('--steps <count>', 'gradients along that way (default: 10)', wholeNumber(1, 1000))
    .option(
      '--positions <positions>',
      "tokens of the program to attribute to, such as 3,7-9, or 'relevant' for those where patching moves a tenth of the difference (default: all)",
      (text) => (text === 'relevant' ? text : parsePositions(text)),
    )
    .option('--no-error-term', "run the model on the SAEs' reconstructions alone, without what they do not reconstruct")
    .option('--check', 'really patch each latent that is listed, and compare')
    .addOption(new Option('--json', 'print the whole result as one JSON document').conflicts('csv'))
    .option('--csv', 'print the list as CSV')
    .option('--no-run', 'do not run the code in Python');
  addModelOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens latents examples/temperature.py
  $ latent-lens latents examples/quiz.py:1-3 --against quote-number --top 10 --check
  $ latent-lens latents examples/temperature.py --positions relevant --method integrated-gradients
  $ latent-lens latents examples/quiz.py --sae saes/blocks.3.hook_resid_post --json

Effects are estimated by attribution patching; --check shows how good the estimates are.`,
    )
    .action(async (file: string, flags: LatentsFlags) => {
      const { steps, method } = flags;
      if (steps !== undefined && method === 'gradient') command.error('error: --steps belongs to --method integrated-gradients');
      const result = await explained(file, flags, io);
      if (flags.csv && !flags.json) io.out(latentsCsv(result));
      else print(io, result, flags.json, renderLatents);
    });
}

async function explained(file: string, flags: LatentsFlags, io: Io): Promise<LatentsDocument> {
  const source = await readCode(file, io);
  const template = await readTemplate(flags.template, flags.chat);
  const against = flags.against === undefined ? undefined : await readAgainst(flags.against, io);
  const [{ explainLatents }, { LatentBook }, { openSaes }, { lazyPython }] = await Promise.all([
    import('../../engine/analyses/explain-latents'), import('../../engine/latents/book'), import('../../engine/latents/saes'), import('../python'),
  ]);
  const result = await withProgress(io, async (report) => {
    const python = flags.run ? lazyPython(report, io.signal) : undefined;
    python?.begin();
    const loaded = await openModel(flags, io, report).catch((error: Error) => {
      python?.close();
      throw error;
    });
    try {
      const saes = await openSaes(loaded, flags.sae);
      const { top, errorTerm: error, mode = error ? 'pass-through' : 'through', check, method, positions = null } = flags;
      const steps = method === 'gradient' ? null : (flags.steps ?? 10);
      const book = new LatentBook(loaded, saes);
      const describe: ExplainLatentsOptions['describe'] = (refs) => book.describe(refs);
      const problems = () => book.problems(saes);
      const asked = { saes, top, error, mode, steps, positions, check, against, pair: flags.answers };
      try {
        const options = { ...asked, first: flags.run, describe, problems, label: python?.label, signal: io.signal, onProgress: report };
        return await explainLatents(loaded, template, source, options);
      } finally {
        for (const sae of saes) await sae.release();
      }
    } finally {
      python?.close();
      await loaded.model.release();
    }
  });
  for (const problem of result.problems) io.err(`${problem}\n`);
  return result;
}
