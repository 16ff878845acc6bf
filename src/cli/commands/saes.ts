/** latent-lens saes: the sparse autoencoders that are there, and what is known about their latents. */
import path from 'node:path';
import type { Command } from 'commander';
import type { DataProgram } from '../../training/sae/prompts';
import type { Io } from '../io';
import { print } from '../print';
import { openModel } from '../open-model';
import { addModelOptions, MODEL, readTemplate, wholeNumber, type ModelFlags } from '../arguments/options';
import { readJsonFile } from '../arguments/text-file';
import { withProgress } from '../progress';
import { renderSaes } from '../render/saes';

export function addSaesCommand(program: Command, io: Io): void {
  const saes = program.command('saes').description('sparse autoencoders of a model');
  saes
    .command('list')
    .description('list SAEs with their sites and sizes, and whether they fit the model')
    .argument('[dirs...]', "folders of SAEs, folders that hold several, or org/name/folder of the store (default: saes in the model's folder)")
    .option('--model <model>', MODEL)
    .option('--json', 'print one JSON document')
    .action(async (folders: string[], flags: { model?: string; json?: true }) => {
      const [{ listSaes }] = await Promise.all([import('../../engine/latents/saes')]);
      const list = await withProgress(io, async (report) => {
            const loaded = await openModel(flags, io, report);
        report('Reading SAEs');
        try {
          return await listSaes(loaded, folders);
        } finally {
          await loaded.model.release();
        }
      });
      print(io, list, flags.json, renderSaes);
    });

  addMeasure(saes, io);
  const describe = saes
    .command('describe')
    .description('collect facts about every latent from held-out code: where it is active, what it promotes, which latents are near to it')
    .argument('[dirs...]', "folders of SAEs, or folders that hold several; each gets a file latents.safetensors (default: saes in the model's folder)")
    .option('--data <paths...>', 'programs as JSON lines, folders or files: the first 2000 of the first file, which train sae leaves out', ['.cache/data'])
    .option('--programs <count>', 'programs to read, spread evenly over those', wholeNumber(1, HELD_OUT), 1000);
  addModelOptions(describe).action(async (folders: string[], flags: DescribeFlags) => {
    const template = await readTemplate(flags.template, flags.chat);
    const programs = await heldOut(flags.data, flags.programs);
    const [{ describeSaes }] = await Promise.all([import('../../engine/latents/describe-saes')]);
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

function addMeasure(saes: Command, io: Io): void {
  saes
    .command('measure')
    .description('measure what latents tell: how well rules say where each is active, and probes for properties of code against neurons and the residual stream')
    .argument('[dir]', 'the folder of SAEs that train sae wrote, with its latents.safetensors (default: saes in the model’s folder)')
    .option('--model <dir>', 'the model’s folder', 'models/python-errors')
    .option('--data <paths...>', 'labelled programs as JSON lines, folders or files: the first of the first file, which train sae leaves out', ['.cache/data'])
    .option('--programs <count>', 'programs to probe on', wholeNumber(2, HELD_OUT), 1000)
    .option('--template <file>', 'the question after each program, as for explain')
    .option('--threads <count>', 'threads to compute with', wholeNumber(1, 1024))
    .action(async (dir: string | undefined, flags: MeasureFlags) => {
      const out = dir ?? path.join(flags.model, 'saes');
      const [
        { FACTS_FILE, FactsFile, RULE_SCORES }, { TELLS }, { probeSaes }, { probeTable, ruleTable },
      ] = await Promise.all([
        import('../../sae'), import('../../findings/rule-words'), import('../../training/sae/probing'), import('../../training/sae/table'),
      ]);
      const config = (await readJsonFile(path.join(flags.model, 'config.json'))) as { vocab_size: number };
      const file = await FactsFile.open(path.join(out, FACTS_FILE), config.vocab_size);
      const rules = [];
      for (const site of file.saes.keys()) {
        const { density, rules: found } = await file.facts(site, file.latents(site));
        if (!found) throw new Error(`${file.file} has no rules. Make it again with latent-lens saes describe.`);
        const active = [...density.keys()].filter((latent) => density[latent] > 0);
        const scores = (which: number) => active.map((latent) => found.scores[latent * RULE_SCORES + which]);
        const told = scores(0).filter((f) => f >= TELLS).length;
        rules.push({ site, active: active.length, told, median: median(scores(0)), chance: median(scores(3)) });
      }
      const template = await readTemplate(flags.template);
      const onProgress = (stage: string, done: number, total: number) => io.err(`${stage}: ${done}/${total}\n`);
      const { model, data, programs, threads } = flags;
      const sites = [...file.saes.keys()];
      const probes = await probeSaes({ model, out, sites, data, template, programs, threads, signal: io.signal, onProgress });
      io.out(`${ruleTable(rules)}\n${probeTable(probes)}`);
    });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? 0 : sorted[sorted.length >> 1];
}

interface MeasureFlags {
  model: string;
  data: string[];
  programs: number;
  template?: string;
  threads?: number;
}

/** Programs that train sae leaves out of training unless told otherwise. */
const HELD_OUT = 2000;

interface DescribeFlags extends ModelFlags {
  data: string[];
  programs: number;
}

/** Programs spread evenly over the held-out ones, as near twins stand next to each other. */
async function heldOut(data: readonly string[], count: number): Promise<DataProgram[]> {
  const { programFiles, readDataPrograms } = await import('../../training/sae/prompts');
  const [file] = programFiles(data);
  const programs = (await readDataPrograms(file)).slice(0, HELD_OUT);
  if (programs.length === 0) throw new Error(`${file} holds no programs. Make some with latent-lens train data, or give others with --data.`);
  const chosen = Math.min(count, programs.length);
  return Array.from({ length: chosen }, (_, i) => programs[Math.floor((i * programs.length) / chosen)]);
}
