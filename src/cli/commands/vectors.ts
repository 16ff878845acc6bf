/** latent-lens vectors: steering vectors made from two sets of programs. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import type { SourceText } from '../../engine/reading/program';
import type { VectorsCard } from '../../engine/steering/vectors-file';
import { parsePlace, PLACE_WORDS, type Place } from '../../protocol/reading/place';
import { RESIDUAL_SITES } from '../../vocabulary/sites';
import type { Io } from '../io';
import { openModel } from '../open-model';
import { addModelOptions, readTemplate, siteOption, type ModelFlags } from '../arguments/options';
import { readCode } from '../arguments/source';
import { fromHome } from '../arguments/text-file';
import { print } from '../print';
import { withProgress } from '../progress';

interface MakeFlags extends ModelFlags {
  positive: string[];
  negative: string[];
  site: (typeof RESIDUAL_SITES)[number];
  layer?: number[];
  at: Place;
  out: string;
  json?: true;
}

export function addVectorsCommand(program: Command, io: Io): void {
  const vectors = program.command('vectors').description('steering vectors: what tells two sets of programs apart inside the model');
  const command = vectors
    .command('make')
    .description('write the mean difference between two sets of programs as steering vectors, with a JSON card beside them')
    .requiredOption('--positive <files...>', 'programs, or folders of Python files, towards which the vectors point')
    .requiredOption('--negative <files...>', 'programs, or folders of Python files, away from which they point; where as many, the second of each pair')
    .addOption(siteOption('--site <site>', 'where in each layer', RESIDUAL_SITES).default('hook_resid_post'))
    .option('--layer <layers>', 'the layers, as 3 or 2,3,5 (default: all)', layersOf)
    .option('--at <place>', `the token at which each program is read: ${PLACE_WORDS}`, placeOf, parsePlace('last'))
    .requiredOption('--out <file>', 'the safetensors file to write')
    .option('--json', 'print the card');
  addModelOptions(command)
    .addHelpText('after', `
Examples:
  $ latent-lens vectors make --positive broken/ --negative mended/ --layer 4 --out broken.safetensors
  $ latent-lens steering examples/quiz.py --vector broken.safetensors --factor 4 --layer 4

With four or more pairs every second one is held out, and the card says in how many of these the vector tells the two apart. It keeps
their tokens, so that latent-lens steering can say what the vector does to them.`)
    .action(async (flags: MakeFlags) => {
      if (!flags.out.toLowerCase().endsWith('.safetensors')) command.error('error: --out must end with .safetensors');
      const [positive, negative] = [await programsOf(flags.positive, io), await programsOf(flags.negative, io)];
      const template = await readTemplate(flags.template, flags.chat);
      const { makeVectors } = await import('../../engine/steering/make');
      const { site, layer: layers, at } = flags;
      const card = await withProgress(io, async (report, onCost) => {
        const loaded = await openModel(flags, io, report);
        try {
          const how = { site, layers, at, signal: io.signal, onProgress: report, onCost };
          return await makeVectors(loaded, template, { positive, negative }, fromHome(flags.out), how);
        } finally {
          await loaded.model.release();
        }
      });
      print(io, card, flags.json, (shown) => render(shown, flags.out));
    });
}

function layersOf(given: string): number[] {
  if (!/^\d{1,4}(,\d{1,4})*$/.test(given)) throw new InvalidArgumentError('Give layers from 0 on, as 3 or 2,3,5.');
  return [...new Set(given.split(',').map(Number))].sort((a, b) => a - b);
}

function placeOf(given: string): Place {
  try {
    return parsePlace(given);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/** Of a folder its Python files, by name. @throws a sentence */
async function programsOf(given: readonly string[], io: Io): Promise<SourceText[]> {
  const files: string[] = [];
  for (const one of given) {
    const named = fromHome(one);
    if (!(await stat(named).catch(() => null))?.isDirectory()) files.push(one);
    else {
      const inside = (await readdir(named)).filter((name) => name.endsWith('.py')).sort();
      if (inside.length === 0) throw new Error(`${one} holds no Python files.`);
      files.push(...inside.map((name) => path.join(named, name)));
    }
  }
  const sources: SourceText[] = [];
  for (const file of files) sources.push(await readCode(file, { signal: io.signal }));
  return sources;
}

function render({ site, positive, negative, quality }: VectorsCard, out: string): string {
  const lines = quality.map(({ layer, norm, heldOut }) => {
    const held = heldOut ? `   tells ${heldOut.agree} of ${heldOut.pairs} held-out pairs apart (p = ${heldOut.p.toPrecision(2)})` : '';
    return `  ${String(layer).padStart(4)}   norm ${norm.toFixed(3)}${held}`;
  });
  const programs = positive.programs === 1 ? '1 program' : `${positive.programs} programs`;
  return `${out}: ${programs} less ${negative.programs}, at ${site}\n${lines.join('\n')}\n`;
}
