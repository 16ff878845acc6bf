/**
 * Realistic programs written for training, read from `data/python-errors/realistic`, varied in names, values and layout. A program may have
 * twin slots (`⟦a|b⟧`, see slots.ts): as written it has the first option of each, and any other makes a near twin.
 */
import type { PythonParser } from '../../snippets/syntax/parse';
import { parseSlots, render, switches, type Choices, type Part } from '../slots';
import { programHash } from '../labelling/normalise';
import { changeLiterals } from '../rewriting/literals';
import { renameNames } from '../rewriting/rename';
import { Random } from '../random';
import { twinsOf, type Draft, type GroupSource } from './groups';
import { restyled } from '../packages/restyle';
import { filesOf } from '../written/files';
import { readWrittenPrograms, type WrittenProgram } from '../written/programs';

export interface RealisticProgram extends WrittenProgram {
  /** `code` is the text with the first option of each slot. */
  parts: Part[];
}

const first = () => 0;

/**
 * The programs of a folder of `.py` files, each under a line `#--- LABEL`.
 * @throws a sentence with file and line
 */
export function readRealistic(folder: string): RealisticProgram[] {
  return readWrittenPrograms(filesOf(folder, '.py')).map((program) => {
    try {
      if (program.code.includes('⟨')) throw new Error('a realistic program has twin slots ⟦a|b⟧ and no free choice ⟨.');
      const parts = parseSlots(program.code);
      return { ...program, parts, code: render(parts, new Map(), first) };
    } catch (error) {
      throw new Error(`${program.place}: ${(error as Error).message}`);
    }
  });
}

/** One in twelve is only measured; which, the program itself decides, so that others can be added. */
export const isMeasured = ({ code }: RealisticProgram): boolean => new Random(programHash(code)).chance(1 / 12);

/** Draws a program, varies it, and makes near twins and mutants of it. */
export function realisticSource(programs: readonly RealisticProgram[], parser: PythonParser, maxTokens: number): GroupSource {
  return {
    draw(random, prior) {
      const program = random.pick(programs);
      const base: Choices = new Map();
      // As it was written more often than not: most options break something.
      const text = render(program.parts, base, ({ options }) => (random.chance(0.6) ? 0 : random.int(0, options.length - 1)));
      // Twins are varied alike: the same seed draws the same names and values for each.
      const seed = random.uint32();
      const vary = (code: string) => varied(code, parser, new Random(seed));
      const twins: Draft[] = random
        .sample(switches(program.parts, base), random.int(2, 4))
        .map((choices) => ({ code: vary(render(program.parts, choices, first)), edit: 'written twin' }));
      const mutants = twins.length === 0 ? random.int(3, 6) : random.int(1, 3);
      const [whole, ...mutated] = twinsOf(vary(text), { parser, prior, random, count: mutants, maxTokens });
      return { source: 'realistic', origin: program.topic, family: 'realistic/written', drafts: [whole, ...twins, ...mutated] };
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
