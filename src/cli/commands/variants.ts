/** latent-lens variants: the edits of a program. */
import type { Command } from 'commander';
import type { Io } from '../io';
import { print } from '../print';
import { openModel } from '../open-model';
import { addModelOptions, readTemplate, type ModelFlags } from '../arguments/options';
import { withProgress } from '../progress';
import { renderVariants } from '../render/variants';
import { readCode } from '../arguments/source';

export function addVariantsCommand(program: Command, io: Io): void {
  const command = program
    .command('variants')
    .description('list small edits of a program, each with the error that Python raises and the one that the model predicts')
    .argument('<file>', 'the program: FILE, FILE:LINE for what is around a line, FILE:LINE-LINE or NOTEBOOK:CELL; - for standard input')
    .option('--json', 'print one JSON document')
    .option('--no-run', 'do not run the code in Python');
  addModelOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens variants examples/temperature.py
  $ latent-lens variants examples/invoice.py:2-5 --json

A variant's number or kind can be given to: latent-lens explain FILE --against VARIANT`,
    )
    .action(async (file: string, flags: ModelFlags & { json?: true; run: boolean }) => {
      const source = await readCode(file, io);
      const template = await readTemplate(flags.template, flags.chat);
      const [{ listVariants }, { lazyPython }] = await Promise.all([import('../../engine/analyses/list-variants'), import('../python')]);
      const list = await withProgress(io, async (report) => {
            const loaded = await openModel(flags, io, report);
        const python = flags.run ? lazyPython(report, io.signal) : undefined;
        try {
          return await listVariants(loaded, template, source, { label: python?.label, signal: io.signal, onProgress: report });
        } finally {
          python?.close();
          await loaded.model.release();
        }
      });
      print(io, list, flags.json, renderVariants);
    });
}
