/** How estimates agree with what was measured. */
import { Correlation } from '../patching/plan';

export interface Agreement {
  /** Spearman's, of their ranks, equal values sharing theirs; null where either side does not vary. */
  readonly correlation: number | null;
  readonly sameSign: number;
  readonly of: number;
}

export function agreement(pairs: readonly (readonly [estimate: number, measured: number])[]): Agreement {
  const correlation = new Correlation();
  const [estimates, measured] = [0, 1].map((side) => ranks(pairs.map((pair) => pair[side])));
  pairs.forEach((_, i) => correlation.add(estimates[i], measured[i]));
  const same = pairs.filter(([estimate, value]) => Math.sign(estimate) === Math.sign(value));
  return { correlation: correlation.value, sameSign: same.length, of: pairs.length };
}

function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    return below + (values.filter((other) => other === value).length - 1) / 2;
  });
}
