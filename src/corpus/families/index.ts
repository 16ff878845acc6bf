/** Every kind of program that training draws from. */
import type { Family } from '../family';
import type { Written } from '../written/written';
import { seedFamily } from './seeds';
import { skeletonFamilies } from './skeletons';
import { families as structure } from './structure';
import { families as typed } from './typed';

/** The families, of code and of what is written; within a source they keep their proportions. */
export function programFamilies(written: Pick<Written, 'seeds' | 'families'>): Family[] {
  /** The sources of programs and their shares of the groups that are drawn. */
  const sources: [families: readonly Family[], share: number][] = [
    [typed, 0.28],
    [skeletonFamilies(written.families), 0.25],
    [structure, 0.21],
    [[seedFamily(written.seeds)], 0.26],
  ];
  return sources.flatMap(([families, share]) => {
    const total = families.reduce((sum, family) => sum + (family.weight ?? 1), 0);
    return families.map((family) => ({
      name: family.name,
      weight: (share * (family.weight ?? 1)) / total,
      make: (random) => family.make(random),
    }));
  });
}
