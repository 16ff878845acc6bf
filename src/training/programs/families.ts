import type { Family } from './family';
import { families as runtime } from './families/runtime';
import { families as seeds } from './families/seeds';
import { families as structure } from './families/structure';
import { families as typed } from './families/typed';

/** Every kind of program that training draws from, each group with its share of the draws. */
export const FAMILIES: readonly Family[] = [
  ...sharing(0.26, typed),
  ...sharing(0.22, structure),
  ...sharing(0.24, runtime),
  ...sharing(0.28, seeds),
];

/** The families with their weights scaled so that together they weigh `share`. */
function sharing(share: number, families: readonly Family[]): Family[] {
  const total = families.reduce((sum, family) => sum + (family.weight ?? 1), 0);
  return families.map((family) => ({ ...family, make: (random) => family.make(random), weight: ((family.weight ?? 1) * share) / total }));
}
