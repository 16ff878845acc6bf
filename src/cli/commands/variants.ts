/** latent-lens variants: the edits of a program. */
import type { Command } from 'commander';
import { paramsOf } from '../../protocol/analyses';
import { forScripts } from '../../protocol/documents/result';
import { variantListOf } from '../../protocol/documents/variants';
import type { Io } from '../io';
import { addModelOptions, type ModelFlags } from '../arguments/options';
import { addQuestionOptions } from '../arguments/question';
import { print, printJson } from '../print';
import { analysed } from '../reading';
import { renderVariants } from '../render/variants';

export function addVariantsCommand(program: Command, io: Io): void {
  const command = program
    .command('variants')
    .description('list small edits of a program, each with the error that Python raises and the one that the model predicts')
    .argument('<file>', 'the program: FILE, FILE:LINE for what is around a line, FILE:LINE-LINE or NOTEBOOK:CELL; - for standard input')
    .option('--json', 'print one JSON document')
    .option('--no-run', 'do not run the code in Python');
  addQuestionOptions(addModelOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens variants examples/temperature.py
  $ latent-lens variants examples/invoice.py:2-5 --json

A variant's number or kind can be given to: latent-lens explain FILE --against VARIANT`,
    )
    .action(async (file: string, flags: ModelFlags & { json?: true; run: boolean }) => {
      const result = await analysed(file, flags, { prediction: { topK: 10 }, variants: paramsOf('variants') }, io);
      if (flags.json) printJson(io, forScripts(result));
      else print(io, variantListOf(result)!, false, renderVariants);
    });
}
