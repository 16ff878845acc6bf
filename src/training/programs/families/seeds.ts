import type { Family } from '../family';
import type { Random } from '../../random';
import { edit } from '../mutation/edits';
import { fits, insertAt, topLevelGaps } from '../mutation/lines';
import { changeLiterals } from '../mutation/literals';
import { renameNames } from '../mutation/rename';
import { standalone } from '../mutation/standalone';
import { statementsFor } from '../mutation/statements';
import { restyle } from '../mutation/style';
import { literalVariables } from '../mutation/variables';
import { seedPrograms, type SeedProgram } from '../seeds';

const CORRECT = seedPrograms.filter((seed) => seed.error === 'no error');
const SHORT = CORRECT.filter((seed) => seed.code.split('\n').length <= 4);

/** A seed with other names, literals and style, sometimes next to another program. */
function augmented(random: Random, seeds: readonly SeedProgram[] = seedPrograms): string {
  let code = random.pick(seeds).code;
  if (random.chance(0.7)) code = renameNames(code, random);
  if (random.chance(0.75)) {
    const slips = random.chance(0.15) ? 0.12 : 0;
    code = changeLiterals(code, random, { numbers: 0.75, words: random.pick([0.3, 0.9]), slips });
  }
  if (random.chance(0.15)) code = beside(code, random);
  for (let i = random.weighted([0, 1, 2], [5, 4, 1]); i > 0; i--) code = restyle(code, random);
  return code;
}

/** The program with a short correct one before or after it. */
function beside(code: string, random: Random): string {
  const other = changeLiterals(renameNames(random.pick(SHORT).code, random), random, { numbers: 0.7, words: 0.8, slips: 0 });
  const both = random.chance(0.6) ? `${other}\n${code}` : `${code}\n${other}`;
  return fits(both) ? both : code;
}

/** Twins by single edits of one program. */
function edited(random: Random, base: string): string[] {
  const twins = [base];
  for (let i = random.int(1, 3); i > 0; i--) {
    const fresh = edit(random.chance(0.85) ? base : random.pick(twins), random);
    if (fresh !== undefined) twins.push(fresh);
  }
  return twins;
}

/** Twins that differ in one statement that uses a variable of the program, put after its assignment. */
function extended(random: Random): string[] {
  const base = augmented(random, random.chance(0.85) ? CORRECT : seedPrograms);
  const variables = literalVariables(base);
  if (variables.length === 0) return joined(random, base);
  const variable = random.pick(variables);
  const gaps = topLevelGaps(base).filter((at) => at >= variable.line);
  const at = random.chance(0.5) ? gaps.at(-1)! : random.pick(gaps);
  const statements = random.sample(statementsFor(variable, random), random.int(2, 3));
  const short = random.chance(0.3) ? base.split('\n').slice(0, variable.line).join('\n') : undefined;
  return statements.map((s) => (short === undefined ? insertAt(base, s, at) : `${short}\n${s}`));
}

/** Twins that differ in a small program of a rarer error, on its own or put somewhere into a correct one. */
function joined(random: Random, given?: string): string[] {
  const parts = random.sample(standalone(random), random.int(2, 3));
  if (given === undefined && random.chance(0.45)) return parts;
  const base = given ?? augmented(random, SHORT);
  const at = random.pick(topLevelGaps(base));
  return parts.map((part) => insertAt(base, part, at));
}

function make(random: Random): string[] {
  const kind = random.weighted(['edited', 'extended', 'joined'] as const, [5, 2.2, 1.3]);
  let group: string[];
  if (kind === 'edited') group = edited(random, augmented(random, random.chance(0.7) ? CORRECT : seedPrograms));
  else group = kind === 'extended' ? extended(random) : joined(random);
  if (kind !== 'edited' && random.chance(0.2)) {
    const fresh = edit(group[0]!, random);
    if (fresh !== undefined) group.push(fresh);
  }
  const programs = [...new Set(group.map((code) => code.replace(/\s+$/, '')))].filter(fits);
  return programs.length > 0 ? programs : make(random);
}

export const families: Family[] = [{ name: 'seeds', weight: 1, make }];
