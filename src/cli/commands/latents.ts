/** latent-lens latents: the sparse latents that tell a program from its near twin. */
import { Option, type Command } from 'commander';
import { csv } from '../../figures/kinds/figure';
import { latentRow } from '../../figures/latents';
import { latentsOf, type LatentsDocument } from '../../protocol/documents/latents';
import { forScripts, type Result } from '../../protocol/documents/result';
import { addAgainstOptions, comparing, readAnswers, type AgainstFlags } from '../arguments/against';
import type { Io } from '../io';
import type { SiteName } from '../../vocabulary/sites';
import { parsePositions, parseSites } from '../arguments/latent-arguments';
import { addModelOptions, wholeNumber, type ModelFlags } from '../arguments/options';
import { addQuestionOptions, type QuestionFlags } from '../arguments/question';
import { print, printJson } from '../print';
import { analysed } from '../reading';
import { renderLatents } from '../render/latents';

interface LatentsFlags extends ModelFlags, QuestionFlags, AgainstFlags {
  sae: string[];
  sites?: SiteName[] | 'all';
  answers?: [string, string];
  top: number;
  mode?: 'through' | 'pass-through';
  errorTerm: boolean;
  method: LatentsDocument['method'];
  steps?: number;
  positions?: number[] | 'relevant';
  check?: true;
  json?: true;
  csv?: true;
  html?: string;
  run: boolean;
}

export function addLatentsCommand(program: Command, io: Io): void {
  const command = addAgainstOptions(
    program
      .command('latents')
      .description("list the sparse autoencoders' latents that tell a program from its near twin, by attribution patching")
      .argument('<file>', 'the program: FILE, FILE:LINE for what is around a line, FILE:LINE-LINE or NOTEBOOK:CELL; - for standard input'),
  )
    .option('--sae <dirs...>', "folders of SAEs, folders that hold several, or org/name/folder of the store (default: saes in the model's folder)", [])
    .option('--sites <names>', "sites whose SAEs take part, with commas between them, or 'all' (default: those of the layers in which patching moves the difference from token to token)", (text) => (text === 'all' ? text : parseSites(text)))
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
    .option('--html <file>', 'write the result as a web page that needs nothing else')
    .option('--no-run', 'do not run the code in Python');
  addQuestionOptions(addModelOptions(command))
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
      const result = await attributed(file, flags, io);
      const document = latentsOf(result);
      if (!document) throw new Error(result.missing?.latents ?? 'There is nothing to compare with.');
      for (const problem of document.problems) io.err(`${problem}\n`);
      if (flags.html !== undefined) {
        const { writeReport } = await import('../report');
        await writeReport(flags.html, result, io);
      }
      if (flags.json) printJson(io, forScripts(result));
      else if (flags.csv) io.out(csv(document.latents.map(latentRow)));
      else if (flags.html === undefined) print(io, document, false, renderLatents);
    });
}

function attributed(file: string, asked: LatentsFlags, io: Io): Promise<Result> {
  const { against, edited, sites, answers, mode, method, steps = 10, positions, top, errorTerm, check, ...flags } = asked;
  const how = { mode: mode ?? null, method, steps, check: check === true, answers: answers ?? null };
  const latents = { sites: sites ?? null, positions: positions ?? null, top, errorTerm, ...how };
  const compared = comparing({ against, edited, next: flags.next, type: flags.type }, io);
  return analysed(file, flags, { prediction: { topK: 10 }, latents }, io, compared);
}
