/** latent-lens saes: the sparse autoencoders that are there. */
import type { Command } from 'commander';
import type { Io } from './io';
import { formatJson } from './json';
import { withProgress } from './progress';
import { renderSaes } from './render/saes';
import { styleFor } from './render/style';

export function addSaesCommand(program: Command, io: Io): void {
  program
    .command('saes')
    .description('sparse autoencoders of a model')
    .command('list')
    .description('list SAEs with their sites and sizes, and whether they fit the model')
    .argument('[dirs...]', "folders of SAEs, or folders that hold several (default: saes in the model's folder)")
    .option('--model <dir>', 'model folder as Hugging Face serves it (default: the model that comes with latent-lens)')
    .option('--json', 'print one JSON document')
    .action(async (folders: string[], flags: { model?: string; json?: true }) => {
      const [{ listSaes }, { loadModel }] = await Promise.all([import('../engine/saes'), import('../engine/load')]);
      const list = await withProgress(io, async (report) => {
        report('Loading the model');
        const loaded = await loadModel(flags.model);
        report('Reading SAEs');
        try {
          return await listSaes(loaded, folders);
        } finally {
          await loaded.model.release();
        }
      });
      io.out(flags.json ? `${formatJson(list)}\n` : renderSaes(list, styleFor(io.colours), io.columns));
    });
}
