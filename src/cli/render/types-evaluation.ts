/** The evaluation of a data set of types, for a terminal. */
import type { MeasuredTypes, TypesEvaluation } from '../../engine/evaluation/evaluate-types';
import { shortPercent } from './bars';
import type { Style } from './style';
import { padEnd, padStart, wrap } from './text';

/** Rows that are wrong and shown. */
const MOST = 10;

export function renderTypesEvaluation(evaluation: TypesEvaluation, style: Style, columns: number): string {
  const { programs, byKind, byLanguage, rows } = evaluation;
  const groups = [...Object.entries(byLanguage), ...Object.entries(byKind), ['all', {
    ...evaluation, rows: programs,
  }] as [string, MeasuredTypes]];
  const name = Math.max(...groups.map(([group]) => group.length));
  const share = (value: number | null) => padStart(value === null ? '–' : shortPercent(value), 8);
  const heads = ['rows', 'exact', 'same', 'checks', 'general', 'top ten'];
  const lines = [
    style.dim(`${' '.repeat(name)}${heads.map((head) => padStart(head, 9)).join('')}`),
    ...groups.map(([group, own]) => {
      const shares = [own.accuracy, own.equivalent, own.checks, own.overGeneral, own.topTen];
      const cells = [padStart(String(own.rows), 8), ...shares.map(share)];
      return `${padEnd(group, name)} ${cells.join(' ')}`;
    }),
    '',
    ...wrap('exact: the type as it is written; same: to the compiler; checks: the program has no new error with it; general: the type is assignable to it, and not the other way; top ten: among the ten most probable.', columns).map((line) => style.dim(line)),
  ];
  const wrong = rows.filter(({ exact }) => !exact).slice(0, MOST);
  if (wrong.length > 0) lines.push('', style.bold('Wrong, the first of them'));
  for (const { id, type, predicted, rank, checks } of wrong) {
    lines.push(...wrap(`${id ?? ''}  ${type}: predicted ${predicted}${checks === true ? ' (checks)' : ''}, the true type is number ${rank}`, columns).map((line) => `  ${line.trim()}`));
  }
  return `${lines.join('\n')}\n`;
}
