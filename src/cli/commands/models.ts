/** latent-lens models: what is on this machine, getting more, removing them, and what is known about one. */
import { Option, type Command } from 'commander';
import type { DownloadProgress } from '../../protocol/models/models';
import { bytesText } from '../../store/disk';
import type { Io } from '../io';
import { print } from '../print';
import { progressLine } from '../progress';
import { renderCatalog, renderModelInfo, renderModels } from '../render/models';

export function addModelsCommand(program: Command, io: Io): void {
  const models = program.command('models').description('get, list and remove models');
  models.addHelpText(
    'after',
    `
A MODEL, here and after --model, is a folder, a .gguf file, org/name or org/name@revision of the Hugging Face Hub,
org/name:file.gguf for a GGUF file there, or ollama:name. Models of the Hub are kept in LATENT_LENS_STORE, and found in
Hugging Face's own cache as well. HF_TOKEN, or the file that hf auth login writes, opens gated ones; HF_ENDPOINT names a mirror,
HTTPS_PROXY a proxy.

Examples:
  $ latent-lens models add HuggingFaceTB/SmolLM2-135M
  $ latent-lens models info ollama:qwen2.5-coder:0.5b
  $ latent-lens explain examples/temperature.py --model HuggingFaceTB/SmolLM2-135M
  $ latent-lens models add jbloom/GPT2-Small-SAEs-Reformatted/blocks.8.hook_resid_pre`,
  );

  models
    .command('list')
    .description('list the models on this machine: those added, those in Hugging Face’s cache and in Ollama’s store')
    .option('--json', 'print one JSON document')
    .action(async (flags: { json?: true }) => {
      const [{ listAllModels }, { modelFolders }] = await Promise.all([import('../../engine/models/models'), import('../../store/places/folders')]);
      const list = await listAllModels(modelFolders());
      print(io, list, flags.json, renderModels);
    });

  models
    .command('catalog')
    .description('list models and SAEs that are worth having for code')
    .option('--json', 'print one JSON document')
    .action(async (flags: { json?: true }) => {
      const { readCatalog } = await import('../../engine/models/models');
      const catalog = await readCatalog();
      print(io, catalog, flags.json, renderCatalog);
    });

  models
    .command('add')
    .description('download a model, a GGUF file (org/name:file.gguf) or a folder of SAEs (org/name/folder) from the Hugging Face Hub')
    .argument('<reference>', 'org/name, org/name@revision, org/name:file.gguf or org/name/folder')
    .addOption(new Option('--revision <revision>', 'a branch, a tag or a commit, as after @ (default: main)'))
    .action(async (reference: string, flags: { revision?: string }) => {
      const [{ checkConfig }, { addModel }, { findToken }, { parseHub, hubReference }] = await Promise.all([
        import('../../engine/models/models'), import('../../store/add'), import('../../store/hub/token'), import('../../store/reference'),
      ]);
      const asked = flags.revision === undefined ? reference : hubReference({ ...parseHub(reference), revision: flags.revision });
      const line = progressLine(io);
      try {
        const onProgress = (progress: DownloadProgress) => line.report(progressText(progress, io.line !== null));
        const added = await addModel(asked, { token: await findToken(), signal: io.signal, onProgress, checkConfig });
        line.clear();
        io.err(added.downloaded === 0 ? `${added.reference} is here already.\n` : `Added ${added.reference}: ${bytesText(added.bytes)}.\n`);
        io.out(`${added.reference}\n`);
      } finally {
        line.clear();
      }
    });

  models
    .command('remove')
    .description('remove a model or SAEs that were added; other places are not touched')
    .argument('<reference>', 'as latent-lens models list shows it')
    .action(async (reference: string) => {
      const { removeModel } = await import('../../store/remove');
      io.err(`Removed ${reference}: ${bytesText(await removeModel(reference))} freed.\n`);
    });

  models
    .command('info')
    .description('show what is known about a model that is on this machine, and whether it can be opened')
    .argument('<model>', 'a folder, a .gguf file, org/name or ollama:name')
    .option('--json', 'print one JSON document')
    .action(async (model: string, flags: { json?: true }) => {
      const { modelInfo } = await import('../../engine/models/info');
      const info = await modelInfo({ model, from: process.cwd() });
      print(io, info, flags.json, renderModelInfo);
    });
}

/** Numbers are for a line that is rewritten; a log gets a line for each file. */
function progressText({ file, number, files, bytes, total, bytesPerSecond, waiting }: DownloadProgress, rewritten: boolean): string {
  if (waiting !== null) return `${file}: ${waiting}`;
  if (!rewritten) return `Downloading ${file} (${number} of ${files})`;
  const rate = bytesPerSecond === null ? '' : `, ${bytesText(bytesPerSecond)}/s`;
  return `${file} (${number} of ${files}): ${bytesText(bytes)} of ${bytesText(total)}${rate}`;
}
