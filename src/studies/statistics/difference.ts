/**
 * Differences between two groups of rows, with the cluster bootstrap's interval: programs are drawn with replacement, each with all of its
 * rows of both groups, and both means are of the same draw. Where a program has rows in one group only, as of right and of wrong answers,
 * the groups are independent, and the interval is that of two independent means.
 */
import { uniformFrom } from '../../random';
import { drawsFor, quantile, type Clustered } from './bootstrap';
import type { Interval } from './interval';

export interface Grouped extends Clustered {
  /** Whether it is of the first group. */
  first: boolean;
}

/** The mean of the first group less that of the second, for each column; null where one of them has no number. */
export function clusterDifferences(rows: readonly Grouped[], seed: number, draws?: number): (Interval | null)[] {
  const columns = rows[0]?.values.length ?? 0;
  const at = new Map<string, number>();
  for (const { cluster } of rows) if (!at.has(cluster)) at.set(cluster, at.size);
  const clusters = at.size;
  // Of each cluster: sum and count of the first group, sum and count of the second, column by column.
  const size = 4 * columns;
  const sums = new Float64Array(clusters * size);
  for (const { cluster, first, values } of rows) {
    values.forEach((value, column) => {
      if (value === null) return;
      const from = at.get(cluster)! * size + 4 * column + (first ? 0 : 2);
      sums[from] += value;
      sums[from + 1]++;
    });
  }
  const differenceOf = (of: Float64Array, column: number) => {
    const [a, n, b, m] = of.subarray(4 * column, 4 * column + 4);
    return n === 0 || m === 0 ? NaN : a / n - b / m;
  };
  const whole = new Float64Array(size);
  for (let i = 0; i < sums.length; i++) whole[i % size] += sums[i];
  const times = draws ?? drawsFor(clusters);
  const drawn = Array.from({ length: columns }, () => new Float64Array(times));
  const uniform = uniformFrom(seed);
  const sum = new Float64Array(size);
  for (let draw = 0; draw < times; draw++) {
    sum.fill(0);
    for (let pick = 0; pick < clusters; pick++) {
      const from = Math.floor(uniform() * clusters) * size;
      for (let i = 0; i < size; i++) sum[i] += sums[from + i];
    }
    for (let column = 0; column < columns; column++) drawn[column][draw] = differenceOf(sum, column);
  }
  return drawn.map((all, column) => {
    const value = differenceOf(whole, column);
    if (Number.isNaN(value)) return null;
    const known = all.filter((one) => !Number.isNaN(one)).sort();
    return { value, low: quantile(known, 0.025), high: quantile(known, 0.975) };
  });
}
