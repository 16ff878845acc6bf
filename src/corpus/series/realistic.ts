/** Realistic programs written for training, read from `data/python-errors/realistic`, varied in names, values and layout. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { PythonParser } from '../../snippets/parse';
import { changeLiterals } from '../rewriting/literals';
import { renameNames } from '../rewriting/rename';
import type { Random } from '../random';
import { twinsOf, type GroupSource } from './groups';
import { restyled } from '../packages/restyle';

export interface RealisticProgram {
  /** `topic/number`. */
  name: string;
  /** What the heading says that it raises, as the sandbox names it. */
  label: string;
  code: string;
}

/** The programs of a folder of `.py` files, each under a line `#--- LABEL`. */
export function readRealistic(folder: string): RealisticProgram[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.py'))
    .sort();
  return files.flatMap((file) => {
    const parts = readFileSync(path.join(folder, file), 'utf8')
      .split(/^#--- (.+)\n/m)
      .slice(1);
    return Array.from({ length: parts.length / 2 }, (_, i) => ({
      name: `${file.slice(0, -3)}/${i}`,
      label: parts[2 * i].trim(),
      code: parts[2 * i + 1].trimEnd(),
    }));
  });
}

/** Draws a program, varies it, and makes mutants of it. */
export function realisticSource(programs: readonly RealisticProgram[], parser: PythonParser, maxTokens: number): GroupSource {
  return {
    draw(random, prior) {
      const program = random.pick(programs);
      const code = varied(program.code, parser, random);
      return {
        source: 'realistic',
        origin: program.name.split('/')[0],
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
