import type { Family } from '../family';
import { families as runtime } from './skeletons';
import { families as seeds } from './seeds/family';
import { families as structure } from './structure';
import { families as typed } from './typed';

/** The sources of programs, each a list of families, and their shares of the groups that are drawn. */
const SOURCES: readonly [families: readonly Family[], share: number][] = [
  [typed, 0.28],
  [runtime, 0.25],
  [structure, 0.21],
  [seeds, 0.26],
];

/** Every kind of program that training draws from; within a source the families keep their proportions. */
export const FAMILIES: readonly Family[] = SOURCES.flatMap(([families, share]) => {
  const total = families.reduce((sum, family) => sum + (family.weight ?? 1), 0);
  return families.map((family) => ({
    name: family.name,
    weight: (share * (family.weight ?? 1)) / total,
    make: (random) => family.make(random),
  }));
});
