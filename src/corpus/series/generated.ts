/** The generators' programs as a source of groups: as they are, or with programs that raise nothing in front of them. */
import type { Family } from '../family';
import { estimateTokens } from '../labelling/program';
import type { GroupSource } from './groups';

/** How many earlier programs may stand in front of another. */
const POOL = 400;

export function generatedSource(families: readonly Family[], maxTokens: number): GroupSource {
  const weights = families.map(({ weight }) => weight ?? 1);
  const pool: string[] = [];
  return {
    draw(random) {
      const family = random.weighted(families, weights);
      const twins = [...new Set(family.make(random).map((code) => code.trimEnd()))].filter((code) => code !== '').slice(0, 5);
      const front: string[] = [];
      if (random.chance(0.45) && pool.length > 20) {
        const room = random.int(60, maxTokens) - Math.max(...twins.map(estimateTokens));
        for (let used = 0; front.length < 8;) {
          const code = random.pick(pool);
          used += estimateTokens(code) + 1;
          if (used > room) break;
          front.push(code);
        }
      }
      // The last twin of a group most often raises nothing; what it really does is found when the whole is run.
      pool.push(twins.at(-1)!);
      if (pool.length > POOL) pool.shift();
      const gap = random.chance(0.5) ? '\n' : '\n\n';
      return { source: 'generated', family: family.name, drafts: twins.map((code) => ({ code: [...front, code].join(gap) })) };
    },
  };
}
