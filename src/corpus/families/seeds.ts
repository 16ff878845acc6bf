/** Programs near hand-written ones: varied, edited, extended, joined. */
import type { Family } from '../family';
import { Random } from '../random';
import { edit } from '../rewriting/edits';
import { isDelicate, mayNotEnd } from '../rewriting/ending';
import { fits, insertAt, topLevelGaps } from '../rewriting/lines';
import { changeLiterals } from '../rewriting/literals';
import { renameNames } from '../rewriting/rename';
import { standalone } from '../rewriting/standalone';
import { statementsFor } from '../rewriting/statements';
import { restyle } from '../rewriting/style';
import { literalVariables } from '../rewriting/variables';
import type { WrittenProgram } from '../written/programs';

/**
 * Two seeds of which the first sandbox said something else. They are drawn as they were when the released model's programs were made, so
 * that a recipe gives the same programs again; whoever changes the seeds for a new model may drop this.
 */
const DRAWN_AS = new Map([
  ['assert (1 == 2, "never fails")', 'KeyError'],
  ['from . import config', 'IndexError'],
]);

const SEPARATOR = '\n#=====\n';

/** The programs with other names and literals, changed in the same way everywhere. */
function vary(programs: readonly string[], random: Random): string[] {
  let text = programs.join(SEPARATOR);
  if (random.chance(0.7)) text = renameNames(text, random);
  if (random.chance(0.75)) {
    const slips = random.chance(0.12) ? 0.12 : 0;
    const numbers = programs.some(isDelicate) ? 0 : 0.75;
    text = changeLiterals(text, random, { numbers, words: random.pick([0.3, 0.9]), slips });
  }
  return text.split(SEPARATOR);
}

function alike(a: WrittenProgram, b: WrittenProgram): boolean {
  const [x, y] = [a, b].map((seed) => new Set(seed.code.match(/\w+|[^\w\s]/g)));
  const shared = [...x!].filter((word) => y!.has(word)).length;
  return shared / (x!.size + y!.size - shared) >= 0.6;
}

class Seeds implements Family {
  readonly name = 'seeds';
  readonly weight = 1;
  private readonly correct: readonly WrittenProgram[];
  private readonly short: readonly WrittenProgram[];
  private readonly byLabel: readonly (readonly WrittenProgram[])[];

  constructor(private readonly seeds: readonly WrittenProgram[]) {
    const labelOf = ({ code, label }: WrittenProgram) => DRAWN_AS.get(code) ?? label;
    this.correct = seeds.filter((seed) => labelOf(seed) === 'no error');
    this.short = this.correct.filter(({ code }) => code.split('\n').length <= 4 && !isDelicate(code));
    this.byLabel = [...new Set(seeds.map(labelOf))].map((label) => seeds.filter((seed) => labelOf(seed) === label));
  }

  make(random: Random): string[] {
    const kind = random.weighted(['neighbours', 'edited', 'extended', 'joined'] as const, [3, 4, 2.4, 1.4]);
    const group = this[kind](random);
    if (kind !== 'edited' && random.chance(0.25)) {
      const fresh = edit(random.pick(group), random);
      if (fresh !== undefined) group.push(fresh);
    }
    const programs = [...new Set(group.map((code) => code.replace(/\s+$/, '')))].slice(0, 4);
    const usable = programs.filter((code) => fits(code) && !mayNotEnd(code));
    return usable.length > 1 ? usable : this.make(random);
  }

  /** A seed; the rare errors as often as the frequent ones. */
  private drawSeed(random: Random, correct: number): WrittenProgram {
    return random.chance(correct) ? random.pick(this.correct) : random.pick(random.pick(this.byLabel));
  }

  /** A seed and the seeds beside it in its file that are nearly the same program. */
  private neighbours(random: Random): string[] {
    const seed = this.drawSeed(random, 0.3);
    const at = this.seeds.indexOf(seed);
    const near = this.seeds.slice(Math.max(0, at - 3), at + 4).filter((other) => other !== seed && alike(seed, other));
    const twins = [seed, ...random.sample(near, random.int(1, 3))].map((twin) => twin.code);
    return this.dress(vary(twins, random), random);
  }

  /** Twins by single edits of one program. */
  private edited(random: Random): string[] {
    const base = vary([this.drawSeed(random, 0.55).code], random)[0]!;
    const twins = [base];
    for (let i = random.int(1, 3); i > 0; i--) {
      const fresh = edit(random.chance(0.85) ? base : random.pick(twins), random);
      if (fresh !== undefined) twins.push(fresh);
    }
    return this.dress(twins, random);
  }

  /** Twins that differ in one statement that uses a variable of the program, put after its assignment. */
  private extended(random: Random): string[] {
    const base = vary([this.drawSeed(random, 0.85).code], random)[0]!;
    const variables = literalVariables(base);
    if (variables.length === 0) return this.joined(random, base);
    const variable = random.pick(variables);
    const gaps = topLevelGaps(base).filter((at) => at >= variable.line);
    const at = random.chance(0.5) ? gaps.at(-1)! : random.pick(gaps);
    const statements = random.sample(statementsFor(variable, random), random.int(2, 3));
    const start = random.chance(0.3) ? base.split('\n').slice(0, variable.line).join('\n') : undefined;
    const twins = statements.map((s) => (start === undefined ? insertAt(base, s, at) : `${start}\n${s}`));
    return this.dress(twins, random);
  }

  /** Twins that differ in a small program of a rarer error, on its own or put somewhere into a correct one. */
  private joined(random: Random, given?: string): string[] {
    const parts = random.sample(standalone(random), random.int(2, 3));
    if (given === undefined && random.chance(0.45)) return this.dress(parts, random);
    const base = given ?? vary([random.pick(this.short).code], random)[0]!;
    const at = random.pick(topLevelGaps(base));
    return this.dress(
      parts.map((part) => insertAt(base, part, at)),
      random,
    );
  }

  /** The programs in the same other style and surroundings. */
  private dress(programs: readonly string[], random: Random): string[] {
    const seed = random.uint32();
    const steps = random.weighted([0, 1, 2], [5, 4, 1]);
    const other = random.chance(0.15) ? vary([random.pick(this.short).code], random)[0]! : undefined;
    const first = random.chance(0.6);
    return programs.map((program) => {
      const both = first ? `${other}\n${program}` : `${program}\n${other}`;
      let code = other !== undefined && fits(both) ? both : program;
      for (let i = 0; i < steps; i++) code = restyle(code, new Random(seed + i));
      return code;
    });
  }
}

/** The family of these seeds, in their order: those next to each other are often nearly the same program. */
export const seedFamily = (seeds: readonly WrittenProgram[]): Family => new Seeds(seeds);
