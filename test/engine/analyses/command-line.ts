/** A command of an analysis of two programs, on the small model, with no Python: the program, its variant and the answers. */
import { temporaryFolder } from '../../cli/kit';
import { smallModel } from '../small-model';

/** @returns the command's words, to which options can be added, and what removes its files */
export async function pairCommand(command: string, code: string): Promise<{ asked: string[]; remove: () => Promise<void> }> {
  const [small, folder] = [await smallModel(), await temporaryFolder()];
  const file = await folder.write('weather.py', code);
  const against = ['--no-run', '--against', 'quote-number', '--answers', 'NameError, no error'];
  return {
    asked: [command, file, '--model', small.folder, ...against],
    remove: async () => {
      await small.remove();
      await folder.remove();
    },
  };
}
