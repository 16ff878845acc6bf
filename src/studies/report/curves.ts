/** Curves by layer over the rows of a study, with intervals. */
import type { ReportFigure, ReportRow } from '../../protocol/studies/report';
import type { StudyRow } from '../../protocol/studies/rows';
import { clusterMeans } from '../statistics/bootstrap';
import { flat } from './words';

export interface Curve {
  label: string;
  rows: readonly StudyRow[];
  /** For each point a number, or null where there is none. */
  of: (row: StudyRow) => readonly (number | null)[];
}

/** Means over programs at each point with 95 % intervals; curves of no rows are left out. */
export function curvesFigure(
  figure: Pick<ReportFigure, 'name' | 'title' | 'about'> & { unit: string; points: string[] }, curves: readonly Curve[], seed: number,
): ReportFigure {
  const series = curves.filter(({ rows }) => rows.length > 0).map(({ label, rows, of }) => ({
    label: `${label} (${rows.length})`, n: rows.length,
    means: clusterMeans(rows.map((row) => ({ cluster: row.cluster!, values: figure.points.map((_, i) => of(row)[i] ?? null) })), seed),
  }));
  return {
    ...figure, kind: 'lines',
    series: series.map(({ label, means }) => ({
      label, values: means.map((one) => one?.value ?? 0), low: means.map((one) => one?.low ?? 0), high: means.map((one) => one?.high ?? 0),
    })),
    rows: series.flatMap(({ label, n, means }) => means.map((one, i): ReportRow => ({ of: label, layer: figure.points[i], rows: n, ...flat('mean', one) }))),
  };
}
