/** Realistic programs written for training, read from `data/python-errors/realistic`, varied in names, values and layout. */
import type { PythonParser } from '../../snippets/syntax/parse';
import { changeLiterals } from '../rewriting/literals';
import { renameNames } from '../rewriting/rename';
import type { Random } from '../random';
import { twinsOf, type GroupSource } from './groups';
import { restyled } from '../packages/restyle';
import { filesOf } from '../written/files';
import { readWrittenPrograms, type WrittenProgram } from '../written/programs';

/** The programs of a folder of `.py` files, each under a line `#--- LABEL`. */
export function readRealistic(folder: string): WrittenProgram[] {
  return readWrittenPrograms(filesOf(folder, '.py'));
}

/** Draws a program, varies it, and makes mutants of it. */
export function realisticSource(programs: readonly WrittenProgram[], parser: PythonParser, maxTokens: number): GroupSource {
  return {
    draw(random, prior) {
      const program = random.pick(programs);
      const code = varied(program.code, parser, random);
      return {
        source: 'realistic',
        origin: program.topic,
        family: 'realistic/written',
        drafts: twinsOf(code, { parser, prior, random, count: random.int(3, 6), maxTokens }),
      };
    },
  };
}

function varied(code: string, parser: PythonParser, random: Random): string {
  let text = code;
  if (random.chance(0.55)) text = renameNames(text, random, random.pick([0.2, 0.4, 0.7]));
  if (random.chance(0.5))
    text = changeLiterals(text, random, { numbers: random.pick([0, 0.3, 0.6]), words: random.pick([0.1, 0.3, 0.6]), slips: 0 });
  if (random.chance(0.6)) text = restyled(text, parser, random);
  return text;
}
