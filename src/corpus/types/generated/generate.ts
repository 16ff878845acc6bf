/** Rows of generated programs: those that check with their type, and with no rival in its place. */
import { Random } from '../../random';
import type { TypeRow } from '../row';
import { drawPair, shown, whole, type Dialect, type Program } from './program';
import type { Naming } from './value';

export interface GeneratedRow extends TypeRow {
  /** Whether the annotated name speaks of the type, says nothing, or speaks of another. */
  naming: Naming;
}

/** The twin's type, and another. */
const RIVALS = 2;

/**
 * The verified programs among so many pairs of near twins; the same seed gives the same rows.
 * @param check whether each module checks alone
 */
export function generateRows(
  dialect: Dialect,
  check: (codes: readonly string[]) => boolean[],
  seed: number | string,
  pairs: number,
): GeneratedRow[] {
  const pair = (i: number) => drawPair(dialect, `${seed}/${i}`).map((program) => ({ program, id: `generated/${seed}/${i}` }));
  const programs = Array.from({ length: pairs }, (_, i) => pair(i)).flat();
  const random = new Random(`${seed}/rivals`);
  const some = ([twin, ...others]: readonly string[]) => [twin, ...random.sample(others, RIVALS - 1)];
  const asked = programs.map(({ program }) => [program.type, ...some(program.rivals)]);
  const checks = check(programs.flatMap(({ program }, i) => asked[i].map((type) => filled(program, type))));
  let at = 0;
  return programs.flatMap(({ program, id }, i) => {
    const [own, ...rivals] = checks.slice(at, (at += asked[i].length));
    if (!own || rivals.some(Boolean)) return [];
    const { language, type, kind, site, name, naming } = program;
    const [prefix, suffix] = [shown(program.prefix), shown(program.suffix)];
    return [{ id: `${id}/${i % 2}`, language, prefix, suffix, type, kind, site, name, naming }];
  });
}

const filled = ({ prefix, suffix }: Program, type: string) => whole(prefix) + type + whole(suffix);
