/** latent-lens saes: the sparse autoencoders that are there, and what is known about their latents. */
import type { Command } from 'commander';
import type { Io } from './io';
import { formatJson } from './json';
import { openModel } from './open-model';
import { addModelOptions, MODEL, readTemplate, wholeNumber, type ModelFlags } from './options';
import { withProgress } from './progress';
import { renderSaes } from './render/saes';
import { styleFor } from './render/style';

export function addSaesCommand(program: Command, io: Io): void {
  const saes = program.command('saes').description('sparse autoencoders of a model');
  saes
    .command('list')
    .description('list SAEs with their sites and sizes, and whether they fit the model')
    .argument('[dirs...]', "folders of SAEs, folders that hold several, or org/name/folder of the store (default: saes in the model's folder)")
    .option('--model <model>', MODEL)
    .option('--json', 'print one JSON document')
    .action(async (folders: string[], flags: { model?: string; json?: true }) => {
      const [{ listSaes }] = await Promise.all([import('../engine/saes')]);
      const list = await withProgress(io, async (report) => {
            const loaded = await openModel(flags, io, report);
        report('Reading SAEs');
        try {
          return await listSaes(loaded, folders);
        } finally {
          await loaded.model.release();
        }
      });
      io.out(flags.json ? `${formatJson(list)}\n` : renderSaes(list, styleFor(io.colours), io.columns));
    });

  const describe = saes
    .command('describe')
    .description('collect facts about every latent from held-out code: where it is active, what it promotes, which latents are near to it')
    .argument('[dirs...]', "folders of SAEs, or folders that hold several; each gets a file latents.safetensors (default: saes in the model's folder)")
    .option('--data <paths...>', 'programs as JSON lines, folders or files: the first 2000 of the first file, which train sae leaves out', ['.cache/data'])
    .option('--programs <count>', 'programs to read, spread evenly over those', wholeNumber(1, HELD_OUT), 1000);
  addModelOptions(describe).action(async (folders: string[], flags: DescribeFlags) => {
    const template = await readTemplate(flags.template, flags.chat);
    const programs = await heldOut(flags.data, flags.programs);
    const [{ describeSaes }] = await Promise.all([import('../engine/describe-saes')]);
    const written = await withProgress(io, async (report) => {
        const loaded = await openModel(flags, io, report);
      try {
        return await describeSaes(loaded, template, folders, { programs, signal: io.signal, onProgress: report });
      } finally {
        await loaded.model.release();
      }
    });
    const number = (value: number) => value.toLocaleString('en-US');
    for (const { file, saes, latents, programs, tokens, leftOut } of written) {
      const without = leftOut > 0 ? ` (${number(leftOut)} longer than the model reads were left out)` : '';
      io.out(`${file}: ${number(latents)} latents of ${number(saes)} SAE${saes === 1 ? '' : 's'}, on ${number(tokens)} tokens of ${number(programs)} programs${without}\n`);
    }
  });
}

/** Programs that train sae leaves out of training unless told otherwise. */
const HELD_OUT = 2000;

interface DescribeFlags extends ModelFlags {
  data: string[];
  programs: number;
}

/** Programs spread evenly over the held-out ones, as near twins stand next to each other. */
async function heldOut(data: readonly string[], count: number): Promise<string[]> {
  const { programFiles, readDataPrograms } = await import('../training/sae-prompts');
  const [file] = programFiles(data);
  const programs = (await readDataPrograms(file)).slice(0, HELD_OUT);
  if (programs.length === 0) throw new Error(`${file} holds no programs. Make some with latent-lens train data, or give others with --data.`);
  const chosen = Math.min(count, programs.length);
  return Array.from({ length: chosen }, (_, i) => programs[Math.floor((i * programs.length) / chosen)].code);
}
