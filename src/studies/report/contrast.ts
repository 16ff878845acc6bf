/**
 * Right answers against wrong ones: by how much each number of the analyses differs between them, layer by layer, of programs as they are.
 */
import type { ReportFigure, ReportRow, ReportSection } from '../../protocol/studies/report';
import { ORIGINAL, type StudyRow } from '../../protocol/studies/rows';
import { CODE_ROLES } from '../../vocabulary/code-roles';
import { clusterDifferences } from '../statistics/difference';
import { clusterMeans } from '../statistics/bootstrap';
import type { Interval } from '../statistics/interval';
import { layerPoints, numbersOf } from './measures';
import { grouped } from './rates';
import { count, flat, numberWithin } from './words';

/** Of fewer rows on one side no interval says anything. */
const FEWEST = 2;
/** So many numbers at most are told in sentences for each model, those of lenses first, and so many curves drawn. */
const MOST_TOLD = 6;
const MOST_CURVES = 12;

interface Contrast {
  model: string;
  name: string;
  points: string[];
  right: { rows: number; means: (Interval | null)[] };
  wrong: { rows: number; means: (Interval | null)[] };
  differences: (Interval | null)[];
}

export function contrastSection(rows: readonly StudyRow[], seed: number): ReportSection | null {
  const measured = rows.filter(({ measures, condition }) => measures !== null && condition === ORIGINAL);
  // What is done to the model has sections of its own.
  const names = [...new Set(measured.flatMap(({ measures }) => Object.keys(measures!)))]
    .filter((name) => !/^(?:masking|steering|transplant)\b/.test(name));
  const all = [...grouped(measured, ({ model }) => model)].flatMap(([model, own]) => {
    return names.flatMap((name) => contrastOf(model, name, own, seed) ?? []);
  });
  if (all.length === 0) return null;
  const curves = all.filter(({ points }) => points.length > 1);
  const figures: ReportFigure[] = [table(all)];
  const drawn = [...grouped(curves, ({ name }) => name)].sort(([a], [b]) => Number(b.startsWith('lens.')) - Number(a.startsWith('lens.')));
  for (const [name, some] of drawn.slice(0, MOST_CURVES)) figures.push(curve(name, some));
  const told = [...grouped(all, ({ model }) => model).values()].flatMap((own) => [...own].sort(byTelling).slice(0, MOST_TOLD).map(words));
  return { id: 'right-wrong', title: 'Right against wrong', findings: told, figures };
}

function contrastOf(model: string, name: string, rows: readonly StudyRow[], seed: number): Contrast | null {
  const known = rows.flatMap((row) => {
    const values = numbersOf(row, name);
    return values === null ? [] : [{ cluster: row.cluster!, first: row.right!, values }];
  });
  const [right, wrong] = [known.filter(({ first }) => first), known.filter(({ first }) => !first)];
  if (right.length < FEWEST || wrong.length < FEWEST) return null;
  const length = Math.max(...known.map(({ values }) => values.length));
  const padded = (some: typeof known) => some.map((one) => ({ ...one, values: Array.from({ length }, (_, i) => one.values[i] ?? null) }));
  const side = (some: typeof known) => ({ rows: some.length, means: clusterMeans(padded(some), seed) });
  const points = length === 1 ? [''] : layerPoints(name, length);
  return { model, name, points, right: side(right), wrong: side(wrong), differences: clusterDifferences(padded(known), seed) };
}

const certainty = ({ value, low, high }: Interval) => (high > low ? Math.abs(value) / (high - low) : 0);
const apart = (one: Interval | null) => one !== null && (one.low > 0 || one.high < 0);
/** Lenses first; then what differs most in terms of its interval. */
function byTelling(a: Contrast, b: Contrast): number {
  const strength = ({ name, differences }: Contrast) =>
    (name.startsWith('lens.') ? 1e6 : 0) + Math.max(...differences.map((one) => (one ? certainty(one) : 0)));
  return strength(b) - strength(a) || (a.name < b.name ? -1 : 1);
}

function words({ model, name, points, right, wrong, differences }: Contrast): string {
  const what = wordsOf(name);
  if (points.length === 1) {
    const [one] = differences;
    const means = `${what} is ${numberWithin(right.means[0])} where ${model} is right and ${numberWithin(wrong.means[0])} where it is wrong`;
    return apart(one) ? `${means}, ${numberWithin(one)} apart.` : `${means}, which chance alone may do.`;
  }
  const some = differences.flatMap((one, at) => (apart(one) ? [at] : []));
  if (some.length === 0) return `${what} is at no layer certainly another where ${model} is right than where it is wrong.`;
  // In terms of its interval: ranks at the embedding are in the thousands, and so is what they differ by.
  const most = some.reduce((a, b) => (certainty(differences[b]!) > certainty(differences[a]!) ? b : a));
  const where = (at: number) => (points[at] === 'embedding' ? 'at the embedding' : `at layer ${points[at]}`);
  return `${what} differs most surely ${where(most)}: ${numberWithin(right.means[most])} where ${model} is right, ${numberWithin(wrong.means[most])} where it is wrong, ${numberWithin(differences[most])} apart. Of ${points.length} layers, taken alone, ${some.length === points.length ? 'all' : some.length} show${some.length === 1 ? 's' : ''} a difference; the first ${where(some[0])}.`;
}

/** "the attention on comments". */
export function wordsOf(name: string): string {
  const [analysis, ...rest] = name.split('.');
  const role = CODE_ROLES[rest.at(-1) as keyof typeof CODE_ROLES];
  if (role === undefined) return name;
  const of = analysis === 'attention' ? 'The share of the attention on' : `${[analysis, ...rest.slice(0, -1)].join('.')} of`;
  return `${of} ${role}`;
}

function table(all: readonly Contrast[]): ReportFigure {
  const cells = all.flatMap((one) => one.points.map((point, at) => ({ ...one, point, at })));
  return {
    kind: 'table', name: 'right-wrong', title: 'Right against wrong',
    about: 'Means over programs as they are, of right and of wrong answers, and the first less the second with its 95 % bootstrap interval, for each layer alone. What decides whether an answer is right is among these numbers at the last layers, where they have to differ.',
    columns: [
      { title: 'number' }, { title: 'layer' }, { title: 'model' }, { title: 'right', right: true }, { title: 'mean', right: true },
      { title: 'wrong', right: true }, { title: 'mean', right: true }, { title: 'difference', right: true },
    ],
    cells: cells.map(({ name, point, model, right, wrong, differences, at }) => [
      name, point, model, ...[right, wrong].flatMap(({ rows, means }) => [count(rows), numberWithin(means[at])]),
      numberWithin(differences[at]),
    ]),
    rows: cells.map(({ name, point, model, right, wrong, differences, at }): ReportRow => ({
      number: name, layer: point === '' ? null : point, model, right_rows: right.rows, wrong_rows: wrong.rows,
      ...flat('right', right.means[at]), ...flat('wrong', wrong.means[at]), ...flat('difference', differences[at]),
    })),
  };
}

function curve(name: string, some: readonly Contrast[]): ReportFigure {
  const [{ points }] = some;
  const of = (key: keyof Interval) => ({ differences }: Contrast) => differences.map((one) => one?.[key] ?? 0);
  return {
    kind: 'lines', name: `right-wrong-${name.replace(/[^\w]+/g, '-').toLowerCase()}`, title: `${name}: right less wrong`, unit: 'difference',
    about: 'The mean where the model is right less that where it is wrong, by layer, with 95 % intervals.', points,
    series: some.map((one) => ({ label: one.model, values: of('value')(one), low: of('low')(one), high: of('high')(one) })),
    rows: some.flatMap(({ model, differences }) => differences.map((one, at): ReportRow => ({ model, layer: points[at], ...flat('difference', one) }))),
  };
}
