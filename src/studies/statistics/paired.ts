/** The same programs under two conditions: whether one is right more often than the other. */
import { fairChance } from './binomial';

export interface McNemar {
  /** Right before and wrong after; wrong before and right after. */
  lost: number;
  gained: number;
  /** Two-sided, exact: the binomial test on the pairs that differ. */
  p: number;
  /** The same without half of the observed outcome's own chance, as the exact test is too careful of few pairs (Fagerland et al. 2013). */
  midP: number;
}

/** McNemar's test by the pairs that differ; both p are 1 where none does. */
export function mcNemar(lost: number, gained: number): McNemar {
  const count = lost + gained;
  const fewer = Math.min(lost, gained);
  let below = 0;
  for (let k = 0; k <= fewer; k++) below += fairChance(k, count);
  const own = fairChance(fewer, count);
  return { lost, gained, p: Math.min(1, 2 * below), midP: Math.min(1, 2 * below - own) };
}

/** Pairs that differ below which the mid-p is the one to read. */
export const FEW_PAIRS = 25;

/**
 * p of several tests, adjusted so that the chance of any false alarm among them stays what each says (Holm 1979); in the given order.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => ps[a] - ps[b]);
  const adjusted = new Array<number>(ps.length);
  let least = 0;
  order.forEach((at, rank) => {
    least = Math.max(least, Math.min(1, (ps.length - rank) * ps[at]));
    adjusted[at] = least;
  });
  return adjusted;
}
