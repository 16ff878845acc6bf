/** The figures of a study's report, as those of analyses. */
import type { ReportFigure } from '../protocol/studies/report';
import type { Figure } from './kinds/figure';
import { decimal, percent } from './kinds/text';

export function studyFigure({ rows, ...figure }: ReportFigure): Figure {
  const exact = () => rows;
  if (figure.kind !== 'bars') return { ...figure, rows: exact };
  return { ...figure, rows: exact, format: (value) => (figure.unit === 'share' ? percent(value) : decimal(value)) };
}
