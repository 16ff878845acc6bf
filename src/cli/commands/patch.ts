/** latent-lens patch: from any place to any other, or, where none is named, the sweep over all layers and tokens. */
import { Option, type Command } from 'commander';
import { ANALYSES } from '../../protocol/analyses';
import type { Io } from '../io';
import { readCode } from '../arguments/source';
import { isStandardInput } from '../arguments/text-file';
import { addAnalysisCommand } from './analysis';

const EXAMPLES = `
Without --from or any other flag of its own, this is the sweep over all layers and tokens: latent-lens patching.
With it, an activation is read in one run and put into another. Read is the run on the variant: the best one, that of --against, or the
program of --source; --read original, or FILE once more as --source, reads FILE itself: from one of its tokens to another. Changed is
the run on FILE, that on the variant (--into variant), or on a template (--into identity, repeat, description, code), at whose ? the
model then writes what it finds in the activation.
Several maps at once: --from and --to several times, each with its own run (--reads variant,original,identity, or the number of one of
--programs) and its own site (--sites). With --programs and --how mean the mean over a set of programs is read at each place. --map puts an
affine map between: a safetensors file with weight and bias and a card beside it, or a tuned lens.
The site is hook_resid_post of the layer that is named, and in the sweep hook_resid_pre, unless --site says another.
Lines and columns count in the file that is read, for --from, and in the one that is changed, for --to.

Examples:
  $ latent-lens patch examples/temperature.py --from 3:last --to 5:last --generate 8
  $ latent-lens patch examples/temperature.py --source examples/quiz.py --from 2:1:1 --to 2:1:1 --json
  $ latent-lens patch examples/temperature.py --read original --from 4:2:1 --into identity --generate 4
  $ latent-lens patch examples/temperature.py --from 0:last --matrix
  $ latent-lens patch examples/temperature.py --programs examples --how mean --from 3:last
  $ latent-lens patch examples/temperature.py --from 2:1:1 --from 3:last --reads original,variant --sites hook_mlp_out,hook_resid_post`;

export function addPatchCommand(program: Command, io: Io): void {
  const sweep = Object.keys(ANALYSES.patching.params.shape);
  const fromTo = Object.keys(ANALYSES.fromTo.params.shape);
  const flag = (name: string) => `--${name}`;
  addAnalysisCommand(program, io, {
    name: 'patch',
    description: `show ${ANALYSES.fromTo.about}; without --from, ${ANALYSES.patching.about}`,
    ids: ['fromTo', 'patching'],
    more: [new Option('--source <file>', 'another program, whose run is read instead of the variant’s').conflicts(['against', 'edited'])],
    choose: (given, command) => {
      const own = given.filter((name) => !sweep.includes(name));
      const others = given.filter((name) => !fromTo.includes(name) && name !== 'source');
      if (own.length > 0 && others.length > 0) command.error(`error: ${flag(others[0])} belongs to the sweep, and ${flag(own[0])} to a patch from one place to another; give one of them`);
      const { read } = command.opts<{ read?: string }>();
      if (given.includes('source') && read === 'original') command.error('error: --source is a program that is read, and --read original reads FILE itself; give one of them');
      return own.length > 0 ? 'fromTo' : 'patching';
    },
    against: ({ source }, options) => (typeof source === 'string' ? async () => ({ program: await readCode(source, options) }) : undefined),
    itself: async (file, flags, options) => (await isItself(file, flags.source, options) ? withinOne(flags) : null),
    examples: EXAMPLES,
  });
}

/** Whether the program that is read is that which is changed: the same code of the same text. */
async function isItself(file: string, source: unknown, io: Io): Promise<boolean> {
  if (typeof source !== 'string' || [file, source].some(isStandardInput)) return false;
  const [own, other] = [await readCode(file, io), await readCode(source, io)];
  const code = ({ text, range, needs, notebook }: typeof own) => JSON.stringify({ text, range, needs, notebook });
  return code(own) === code(other);
}

/** The same of the program's own run. */
function withinOne({ read = 'variant', into, reads }: { read?: unknown; into?: unknown; reads?: unknown }): Record<string, unknown> {
  const own = (run: unknown) => (run === 'variant' ? 'original' : run);
  return { read: own(read), ...(into !== undefined && { into: own(into) }), ...(Array.isArray(reads) && { reads: reads.map(own) }) };
}
