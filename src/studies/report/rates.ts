/** Rates and means over the rows of a study. */
import type { StudyRow } from '../../protocol/studies/rows';
import { clusterMean } from '../statistics/bootstrap';
import { wilson, type Interval } from '../statistics/interval';

/** Rows in groups, in the order in which their names first come. */
export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** A rate: Wilson's interval where each row is its own cluster, else that of the cluster bootstrap. */
export function rateOf(rows: readonly StudyRow[], hit: (row: StudyRow) => boolean | null, seed: number): Interval | null {
  const known = rows.flatMap((row) => {
    const value = hit(row);
    return value === null ? [] : [{ cluster: row.cluster!, value: Number(value) }];
  });
  const hits = known.reduce((sum, { value }) => sum + value, 0);
  const clusters = new Set(known.map(({ cluster }) => cluster)).size;
  return clusters === known.length ? wilson(hits, known.length) : clusterMean(known, seed);
}

/** A mean with the cluster bootstrap's interval. */
export function meanOf(rows: readonly StudyRow[], of: (row: StudyRow) => number | null, seed: number): Interval | null {
  return clusterMean(rows.flatMap((row) => {
    const value = of(row);
    return value === null ? [] : [{ cluster: row.cluster!, value }];
  }), seed);
}
