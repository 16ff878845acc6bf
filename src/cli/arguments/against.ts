/** --against: what a program is compared with. */
import { existsSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
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
