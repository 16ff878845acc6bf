/**
 * Cluster bootstrap: means over rows with intervals that know which rows belong to one program. Programs are drawn with replacement, each
 * with all of its rows (Efron & Tibshirani 1993, percentile intervals); rows of one program are no independent evidence.
 */
import { uniformFrom } from '../../random';
import type { Interval } from './interval';

export interface Clustered {
  /** What is drawn as a whole. */
  cluster: string;
  /** One number for each column; null where the row has none. */
  values: readonly (number | null)[];
}

const DRAWS = 10_000;
/** With many programs there are fewer draws, so that a report takes seconds: the interval's ends move less then anyway. */
const MOST_PICKS = 20_000_000;
const FEWEST_DRAWS = 1_000;

/** How many draws are made for so many clusters. */
export function drawsFor(clusters: number): number {
  return Math.max(FEWEST_DRAWS, Math.min(DRAWS, Math.floor(MOST_PICKS / Math.max(1, clusters))));
}

/**
 * The mean of each column, with its interval; null of a column without any number. All columns see the same draws, and the same seed
 * gives the same ones.
 */
export function clusterMeans(rows: readonly Clustered[], seed: number, draws?: number): (Interval | null)[] {
  const columns = rows[0]?.values.length ?? 0;
  const at = new Map<string, number>();
  for (const { cluster } of rows) if (!at.has(cluster)) at.set(cluster, at.size);
  const clusters = at.size;
  const sums = new Float64Array(clusters * columns);
  const counts = new Float64Array(clusters * columns);
  for (const { cluster, values } of rows) {
    values.forEach((value, column) => {
      if (value === null) return;
      sums[at.get(cluster)! * columns + column] += value;
      counts[at.get(cluster)! * columns + column]++;
    });
  }
  const times = draws ?? drawsFor(clusters);
  const means = Array.from({ length: columns }, () => new Float64Array(times));
  const uniform = uniformFrom(seed);
  const sum = new Float64Array(columns);
  const count = new Float64Array(columns);
  for (let draw = 0; draw < times; draw++) {
    sum.fill(0);
    count.fill(0);
    for (let pick = 0; pick < clusters; pick++) {
      const from = Math.floor(uniform() * clusters) * columns;
      for (let column = 0; column < columns; column++) {
        sum[column] += sums[from + column];
        count[column] += counts[from + column];
      }
    }
    for (let column = 0; column < columns; column++) means[column][draw] = count[column] === 0 ? NaN : sum[column] / count[column];
  }
  return means.map((drawn, column) => {
    let [total, n] = [0, 0];
    for (let cluster = 0; cluster < clusters; cluster++) {
      total += sums[cluster * columns + column];
      n += counts[cluster * columns + column];
    }
    if (n === 0) return null;
    const known = drawn.filter((value) => !Number.isNaN(value)).sort();
    return { value: total / n, low: quantile(known, 0.025), high: quantile(known, 0.975) };
  });
}

/** The mean of one number a row. */
export function clusterMean(rows: readonly { cluster: string; value: number }[], seed: number, draws?: number): Interval | null {
  if (rows.length === 0) return null;
  return clusterMeans(rows.map(({ cluster, value }) => ({ cluster, values: [value] })), seed, draws)[0];
}

/** Between the two nearest of sorted numbers, as numpy's usual method has it. */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]);
}
