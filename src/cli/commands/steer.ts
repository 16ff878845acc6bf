/** latent-lens steer: what the model answers when latents are changed. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { changedOf, LARGEST_CHANGE } from '../../protocol/documents/latents';
import type { LatentChange } from '../../vocabulary/latent-change';
import { forScripts, type Result } from '../../protocol/documents/result';
import type { Io } from '../io';
import { parseLatent } from '../arguments/latent-arguments';
import { addModelOptions, wholeNumber, type ModelFlags } from '../arguments/options';
import { addQuestionOptions } from '../arguments/question';
import { print, printJson } from '../print';
import { analysed } from '../reading';
import { renderChanged } from '../render/changed';

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
  addQuestionOptions(addModelOptions(command))
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
      for (const problem of result.parts.intervention!.problems) io.err(`${problem}\n`);
      if (flags.json) printJson(io, forScripts(result));
      else print(io, changedOf(result)!, false, renderChanged);
    });
}

function changeOf({ ablate, set, scale, add }: SteerFlags): LatentChange | null {
  if (ablate) return { kind: 'ablate' };
  if (set !== undefined) return { kind: 'set', value: set };
  if (scale !== undefined) return { kind: 'scale', factor: scale };
  return add === undefined ? null : { kind: 'steer', by: add };
}

function changed(file: string, { latent, errorTerm, generate, ...flags }: SteerFlags, change: LatentChange, io: Io): Promise<Result> {
  const changes = latent.map((one) => ({ ...one, change }));
  return analysed(file, flags, { intervention: { changes, errorTerm, generate } }, io);
}

function bounded(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(Math.abs(value) <= LARGEST_CHANGE)) {
    throw new InvalidArgumentError(`Give a number from -${LARGEST_CHANGE} to ${LARGEST_CHANGE}.`);
  }
  return value;
}
