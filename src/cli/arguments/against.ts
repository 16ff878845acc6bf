/** --against: what a program is compared with. */
import { existsSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Against } from '../../engine/twins/against';
import { EDIT_KINDS } from '../../snippets/edits';
import { parseCodeArgument, readCode } from './source';
import { isStandardInput, type ReadOptions } from './text-file';
import { canonicalLabel } from '../../vocabulary/labels';

/** --answers A,B: two labels whose logits are compared. */
export function readAnswers(argument: string): [string, string] {
  const labels = argument.split(',').map((label) => canonicalLabel(label));
  if (labels.length !== 2 || argument.split(',').some((label) => label.trim() === '')) {
    throw new InvalidArgumentError('Give two answers with a comma between them, for example "TypeError,no error".');
  }
  return [labels[0], labels[1]];
}

/** --against and --edited, of which one is given at most. */
export interface AgainstFlags {
  against?: string;
  edited?: string;
}

/** Gives them to a command that compares. */
export function addAgainstOptions(command: Command): Command {
  const against = 'what to compare with: the number or kind of a variant (see latent-lens variants), or another file';
  const edited = 'compare with the code as it is read, changed by yourself to this; data:,… for one that is percent-encoded';
  return command
    .addOption(new Option('--against <variant>', against).conflicts('edited'))
    .addOption(new Option('--edited <code>', edited).argParser(readEdited));
}

/** What it says, percent-encoded after `data:,` where a shell would spoil it (RFC 2397). */
function readEdited(argument: string): string {
  const [, encoded] = /^data:,(.*)$/s.exec(argument) ?? [];
  try {
    const code = encoded === undefined ? argument : decodeURIComponent(encoded);
    if (code.trim() !== '') return code;
  } catch {
    throw new InvalidArgumentError('What follows data:, is not percent-encoded UTF-8.');
  }
  throw new InvalidArgumentError('There is no code in it. Give the changed code.');
}

/** Reads what is compared with, once that is needed; undefined for the best variant. */
export function comparing({ against, edited }: AgainstFlags, options: ReadOptions): (() => Promise<Against>) | undefined {
  if (edited !== undefined) return () => Promise.resolve({ edited });
  return against === undefined ? undefined : () => readAgainst(against, options);
}

/** A number or a kind as `variants` lists them, or else a file. */
export async function readAgainst(argument: string, options: ReadOptions = {}): Promise<Against> {
  if (/^\d+$/.test(argument)) return { number: Number(argument) };
  const kind = EDIT_KINDS.find((candidate) => candidate === argument);
  if (kind) return { kind };
  const { file } = parseCodeArgument(argument);
  if (!isStandardInput(file) && !existsSync(file)) {
    throw new Error(`--against ${argument}: this is neither a variant's number, nor a file, nor a kind of variant (${EDIT_KINDS.join(', ')}).`);
  }
  return { program: await readCode(argument, options) };
}
