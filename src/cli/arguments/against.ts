/** --against: what a program is compared with. */
import { existsSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { SourceText } from '../../engine/reading/program';
import type { Against } from '../../engine/twins/against';
import { EDIT_KINDS, TYPE_EDIT_KINDS } from '../../snippets/edits';
import { listOf } from '../../protocol/words/lists';
import { readAnyCode } from './question';
import { parseCodeArgument, readCode } from './source';
import { isStandardInput, type ReadOptions } from './text-file';

/** --answers A,B: two labels whose logits are compared. */
export function readAnswers(argument: string): [string, string] {
  const labels = listOf(argument);
  if (labels.length !== 2 || labels.includes('')) {
    throw new InvalidArgumentError('Give two answers with a comma between them, for example "TypeError,no error", or as JSON where they hold commas: \'["(",","]\'.');
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

/**
 * Reads what is compared with, once that is needed; undefined for the best variant.
 * @param asked `next` or `type` is given where the question is about a place, which a file of any language may have
 */
export function comparing(
  { against, edited, next, type }: AgainstFlags & { next?: unknown; type?: unknown }, options: ReadOptions,
): (() => Promise<Against>) | undefined {
  if (edited !== undefined) return () => Promise.resolve({ edited });
  const read = next === undefined && type === undefined ? readCode : readAnyCode;
  return against === undefined ? undefined : () => readAgainst(against, options, read);
}

/** A number or a kind as `variants` lists them, or else a file. */
async function readAgainst(
  argument: string, options: ReadOptions, read: (file: string, options: ReadOptions) => Promise<SourceText>,
): Promise<Against> {
  if (/^\d+$/.test(argument)) return { number: Number(argument) };
  const kind = [...EDIT_KINDS, ...TYPE_EDIT_KINDS].find((candidate) => candidate === argument);
  if (kind) return { kind };
  const { file } = parseCodeArgument(argument);
  if (!isStandardInput(file) && !existsSync(file)) {
    const kinds = [...EDIT_KINDS, ...TYPE_EDIT_KINDS].join(', ');
    throw new Error(`--against ${argument}: this is neither a variant's number, nor a file, nor a kind of variant (${kinds}).`);
  }
  return { program: await read(argument, options) };
}
