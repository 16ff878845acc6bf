/** Everything that goes wrong, or does not, while a program runs: the families of the skeleton files. */
import type { Family } from '../family';
import { makeGroup } from '../kits/skeletons/skeleton';
import type { WrittenFamily } from '../written/skeletons';

export const skeletonFamilies = (written: readonly WrittenFamily[]): Family[] =>
  written.map(({ name, weight, skeletons }) => ({ name, weight, make: (random) => makeGroup(random.pick(skeletons).text, random) }));
