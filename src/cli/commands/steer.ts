/** latent-lens steer: what the model answers when latents are changed. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { LARGEST_CHANGE, type ChangedDocument, type LatentChange } from '../../protocol/latents';
import type { Io } from '../io';
import { print } from '../print';
import { parseLatent } from '../arguments/latent-arguments';
import { openModel } from '../open-model';
import { addModelOptions, readTemplate, wholeNumber, type ModelFlags } from '../arguments/options';
import { withProgress } from '../progress';
import { renderChanged } from '../render/changed';
import { readCode } from '../arguments/source';

interface SteerFlags extends ModelFlags {
  sae: string[];
  latent: ReturnType<typeof parseLatent>[];
  ablate?: true;
  set?: number;
  scale?: number;
  add?: number;
  generate: number;
  errorTerm: boolean;
  json?: true;
}

export function addSteerCommand(program: Command, io: Io): void {
  const command = program
    .command('steer')
    .description('change latents of sparse autoencoders while the model reads a program, and show what it answers then')
    .argument('<file>', 'the program: FILE, FILE:LINE for what is around a line, FILE:LINE-LINE or NOTEBOOK:CELL; - for standard input')
    .requiredOption(
      '--latent <latent>',
      'SITE:NUMBER, at all positions, or SITE:NUMBER@POSITIONS such as blocks.2.hook_resid_post:17@3,7-9; may be given several times',
      (text: string, before: SteerFlags['latent'] = []) => [...before, parseLatent(text)],
    )
    .addOption(new Option('--ablate', 'set the activation to 0').conflicts(['set', 'scale', 'add']))
    .addOption(new Option('--set <value>', 'set the activation to a value').argParser(bounded).conflicts(['scale', 'add']))
    .addOption(new Option('--scale <factor>', 'multiply the activation').argParser(bounded).conflicts('add'))
    .addOption(new Option('--add <value>', 'add to the activation, also where it is 0').argParser(bounded))
    .option('--generate <tokens>', 'also write so many tokens after the question, before and after the change', wholeNumber(1, 1000), 0)
    .option('--sae <dirs...>', "folders of SAEs, folders that hold several, or org/name/folder of the store (default: saes in the model's folder)", [])
    .option('--no-error-term', "run the model on the SAEs' reconstructions alone, without what they do not reconstruct")
    .option('--json', 'print the whole result as one JSON document');
  addModelOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ latent-lens steer examples/temperature.py --latent blocks.2.hook_resid_post:17 --ablate
  $ latent-lens steer examples/quiz.py --latent 5.mlp_out/311@40 --latent 5.mlp_out/7@40 --scale 2 --generate 8

The change is the same for every latent that is named. latent-lens latents FILE lists latents with their positions.`,
    )
    .action(async (file: string, flags: SteerFlags) => {
      const change = changeOf(flags) ?? command.error('error: say what becomes of the latents: --ablate, --set VALUE, --scale FACTOR or --add VALUE');
      const result = await changed(file, flags, change, io);
      print(io, result, flags.json, renderChanged);
    });
}

function changeOf({ ablate, set, scale, add }: SteerFlags): LatentChange | null {
  if (ablate) return { kind: 'ablate' };
  if (set !== undefined) return { kind: 'set', value: set };
  if (scale !== undefined) return { kind: 'scale', factor: scale };
  return add === undefined ? null : { kind: 'steer', by: add };
}

async function changed(file: string, flags: SteerFlags, change: LatentChange, io: Io): Promise<ChangedDocument> {
  const source = await readCode(file, io);
  const template = await readTemplate(flags.template, flags.chat);
  const [{ changeLatents }, { LatentBook }, { openSaes }] = await Promise.all([
    import('../../engine/analyses/change-latents'), import('../../engine/latents/book'), import('../../engine/latents/saes'),
  ]);
  let problems: string[] = [];
  const result = await withProgress(io, async (report) => {
    const loaded = await openModel(flags, io, report);
    try {
      const saes = await openSaes(loaded, flags.sae);
      try {
        const changes = flags.latent.map((latent) => ({ ...latent, change }));
        const { errorTerm: error, generate } = flags;
        const options = { saes, changes, error, generate, signal: io.signal, onProgress: report };
        const document = await changeLatents(loaded, template, source, options);
        const used = saes.filter(({ config }) => changes.some(({ site }) => site === config.site));
        problems = await new LatentBook(loaded, saes).problems(used);
        return document;
      } finally {
        for (const sae of saes) await sae.release();
      }
    } finally {
      await loaded.model.release();
    }
  });
  for (const problem of problems) io.err(`${problem}\n`);
  return result;
}

function bounded(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(Math.abs(value) <= LARGEST_CHANGE)) {
    throw new InvalidArgumentError(`Give a number from -${LARGEST_CHANGE} to ${LARGEST_CHANGE}.`);
  }
  return value;
}
