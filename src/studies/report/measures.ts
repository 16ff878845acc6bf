/** Numbers of analyses over many programs: means with intervals, and curves by layer, of right and of wrong answers apart. */
import type { ReportFigure, ReportRow, ReportSection } from '../../protocol/studies/report';
import type { StudyRow } from '../../protocol/studies/rows';
import { curvesFigure } from './curves';
import { grouped, meanOf } from './rates';
import { count, flat, numberWithin } from './words';

/** Of one analysis no more curves are drawn; the table has all. */
const MOST_CURVES = 12;

/** What has a section of its own. */
const INTERVENTIONS = ['masking', 'steering', 'transplant'];

export function measuresSections(rows: readonly StudyRow[], seed: number): ReportSection[] {
  const measured = rows.filter(({ measures }) => measures !== null);
  const names = [...new Set(measured.flatMap(({ measures }) => Object.keys(measures!)))];
  const ids = [...new Set(names.map((name) => name.split('.')[0]))].filter((id) => !INTERVENTIONS.includes(id));
  return ids.map((id): ReportSection => {
    const own = names.filter((name) => name === id || name.startsWith(`${id}.`));
    const curves = own.filter((name) => measured.some(({ measures }) => Array.isArray(measures![name])));
    const numbers = own.filter((name) => measured.some(({ measures }) => typeof measures![name] === 'number'));
    const why = grouped(measured.filter(({ measures }) => typeof measures![`${id}.missing`] === 'string'), ({ measures }) => measures![`${id}.missing`] as string);
    return {
      id: `analysis-${id}`, title: id === 'problem' ? 'Analyses that could not be done' : `Analysis: ${id}`,
      findings: [...why].map(([sentence, some]) => `Nothing was found of ${count(some.length)} of ${count(measured.length)} rows: ${sentence}`),
      figures: [
        ...(numbers.length > 0 ? [means(id, numbers, measured, seed)] : []),
        ...curves.slice(0, MOST_CURVES).map((name) => curve(name, measured, seed)),
      ],
    };
  });
}

/** The layers of a curve; the lens has a row for the embedding before theirs. */
export function layerPoints(name: string, length: number): string[] {
  return Array.from({ length }, (_, i) => (name.startsWith('lens.') ? (i === 0 ? 'embedding' : String(i - 1)) : String(i)));
}

/** A row's number, or those that it has for each layer; null where it has none of that name. */
export function numbersOf({ measures }: StudyRow, name: string): readonly (number | null)[] | null {
  const measure = measures?.[name];
  if (typeof measure === 'number') return [measure];
  return Array.isArray(measure) ? (measure as readonly (number | null)[]) : null;
}

const groupName = ({ model, condition, right }: StudyRow) => `${model}, ${condition}, ${right ? 'right' : 'wrong'}`;

function means(id: string, names: readonly string[], rows: readonly StudyRow[], seed: number): ReportFigure {
  const all = [...grouped(rows, groupName)].flatMap(([group, some]) => names.map((name) => {
    const of = ({ measures }: StudyRow) => (typeof measures![name] === 'number' ? (measures![name] as number) : null);
    return { group, name, n: some.filter((row) => of(row) !== null).length, mean: meanOf(some, of, seed) };
  }));
  return {
    kind: 'table', name: `${id.toLowerCase()}-numbers`, title: 'Means', about: 'Means over programs with 95 % intervals, of right and of wrong answers apart.',
    columns: [{ title: 'number' }, { title: 'of' }, { title: 'rows', right: true }, { title: 'mean', right: true }],
    cells: all.map(({ group, name, n, mean }) => [name, group, count(n), numberWithin(mean)]),
    rows: all.map(({ group, name, n, mean }): ReportRow => ({ number: name, of: group, rows: n, ...flat('mean', mean) })),
  };
}

function curve(name: string, rows: readonly StudyRow[], seed: number): ReportFigure {
  const known = rows.filter(({ measures }) => Array.isArray(measures![name]));
  const valuesOf = ({ measures }: StudyRow) => measures![name] as (number | null)[];
  const length = Math.max(...known.map((row) => valuesOf(row).length));
  const points = layerPoints(name, length);
  return curvesFigure({
    name: name.replace(/[^\w]+/g, '-').toLowerCase(), title: name, unit: /probability/i.test(name) ? 'probability' : name.split('.').at(-1)!,
    about: 'Means over programs by layer, with 95 % intervals.', points,
  }, [...grouped(known, groupName)].map(([label, some]) => ({ label, rows: some, of: valuesOf })), seed);
}
