/** A circuit as files in the field's formats, by options of its command. */
import { writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import type { Figure } from '../figures/kinds/figure';
import { fileProblem } from '../protocol/words/file-problem';
import { fromHome } from './arguments/text-file';
import type { Io } from './io';

/** By the attribute that commander gives each, the format's word in a figure's files. */
const FORMATS = { eapIg: 'eap-ig', neuronpedia: 'neuronpedia' } as const;

/** @param formats those that the analysis' graph can be written in */
export function graphOptions(formats: readonly (keyof typeof FORMATS)[] = ['eapIg', 'neuronpedia']): Option[] {
  return [
    new Option('--eap-ig <file>', 'write the circuit as EAP-IG’s JSON, scores summed over places (not of latents)'),
    new Option('--neuronpedia <file>', 'write the circuit as Neuronpedia’s and circuit-tracer’s JSON'),
  ].filter((option) => formats.some((format) => format === option.attributeName()));
}

/** @throws a sentence where a format is asked for that cannot say what is asked, before anything is computed */
export function checkGraphs(flags: Readonly<Record<string, unknown>>): void {
  if (flags.eapIg === undefined || flags.of !== 'latents') return;
  throw new Error('EAP-IG’s format has the embedding, heads, MLPs and the logits only, and no latents: write --neuronpedia.');
}

/** @throws a sentence where a file cannot be written */
export async function writeGraphs(figures: readonly Figure[], flags: Readonly<Record<string, unknown>>, io: Io): Promise<void> {
  for (const [flag, suffix] of Object.entries(FORMATS)) {
    const file = flags[flag];
    if (typeof file !== 'string') continue;
    for (const figure of figures) {
      const format = figure.kind === 'graph' ? figure.files?.find((one) => one.suffix === suffix) : undefined;
      if (figure.kind !== 'graph' || !format) continue;
      await writeFile(fromHome(file), format.content({ pinned: [], names: {}, groups: [] }, figure)).catch((error: Error) => {
        throw new Error(fileProblem(error, file, 'write') ?? `${file} could not be written: ${error.message}.`, { cause: error });
      });
      io.err(`Wrote ${file}.\n`);
    }
  }
}
