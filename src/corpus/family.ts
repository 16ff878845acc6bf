import type { Random } from './random';

/**
 * A kind of generated program. `make` returns one group of near twins: programs that differ in one small edit
 * and, usually, in what Python raises. The label is never part of a family: it is what Python really raised.
 */
export interface Family {
  name: string;
  /** How often the family is drawn, relative to the others (default 1). */
  weight?: number;
  make(random: Random): string[];
}
