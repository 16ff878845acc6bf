/** The same programs under two conditions: what edits do to models, and what examples do. */
import type { ReportFigure, ReportRow, ReportSection } from '../../protocol/studies/report';
import { EXAMPLES, ORIGINAL, type StudyRow } from '../../protocol/studies/rows';
import type { Study } from '../../protocol/studies/study';
import { FEW_PAIRS, holm, mcNemar, type McNemar } from '../statistics/paired';
import type { Interval } from '../statistics/interval';
import { grouped, meanOf, rateOf } from './rates';
import { chance, count, flat, numberWithin, share, shareWithin } from './words';

/** A row beside that of the program as it is. */
interface Pair {
  before: StudyRow;
  after: StudyRow;
}

interface Compared {
  model: string;
  condition: string;
  pairs: Pair[];
  before: Interval | null;
  after: Interval | null;
  /** Of those that were right before, and of those that were wrong. */
  lost: Interval | null;
  gained: Interval | null;
  /** Of the truth's log-probability, in nats. */
  shift: Interval | null;
  test: McNemar;
  /** After Holm, over all that is in one table. */
  p: number;
}

/** Edits after which the same is true: what is left of being right. Of other edits, whether the model sees them. */
export function editsSections(rows: readonly StudyRow[], study: Study): ReportSection[] {
  const compared = compare(rows, study, ({ condition }) => (condition === ORIGINAL || condition === EXAMPLES ? null : condition));
  const same = compared(({ before, after }) => before.truth === after.truth);
  const other = compared(({ before, after }) => before.truth !== after.truth);
  return [
    ...(same.length === 0 ? [] : [{
      id: 'fragility', title: 'Fragility',
      findings: same.map((one) => fragilityWords(one)),
      figures: [table(same, 'fragility', 'Edits that leave the answer true', 'The same edits for all models. Lost: wrong after the edit, of those right before; gained: right after it, of those wrong before. p by McNemar’s exact test on the programs that changed, after Holm over all rows.')],
    }]),
    ...(other.length === 0 ? [] : [{
      id: 'edits', title: 'Edits that change the answer',
      findings: other.map(({ model, condition, pairs, before, after }) =>
        `${model} is right on ${shareWithin(after)} of ${count(pairs.length)} programs after ${condition}, which changes what is true; on ${shareWithin(before)} before.`),
      figures: [table(other, 'edits', 'Edits that change the answer', 'Whether a model is right before and after an edit that changes what is true.')],
    }]),
  ];
}

export function examplesSection(rows: readonly StudyRow[], study: Study): ReportSection | null {
  const compared = compare(rows, study, ({ condition, description }) => (condition === EXAMPLES ? description : null))(() => true);
  if (compared.length === 0) return null;
  return {
    id: 'examples', title: 'Examples before the code',
    findings: compared.map(({ model, condition, pairs, before, after, p }) =>
      `With ${condition} before the code ${model} is right on ${shareWithin(after)} of ${count(pairs.length)} programs, without on ${shareWithin(before)}${p < 0.05 ? ` (p ${chance(p)})` : ', which chance alone may do'}.`),
    figures: [table(compared, 'examples', 'Examples before the code', 'The same programs alone and with solved programs before them. p by McNemar’s exact test, after Holm over all rows.')],
  };
}

function compare(rows: readonly StudyRow[], { seed }: Study, conditionOf: (row: StudyRow) => string | null) {
  const originals = new Map(rows.filter(({ condition }) => condition === ORIGINAL).map((row) => [`${row.model} ${row.program}`, row]));
  return (wanted: (pair: Pair) => boolean): Compared[] => {
    const pairs = rows.flatMap((after) => {
      const before = originals.get(`${after.model} ${after.program}`);
      return before && conditionOf(after) !== null && wanted({ before, after }) ? [{ before, after }] : [];
    });
    const all = [...grouped(pairs, ({ after }) => `${after.model}\0${conditionOf(after)}`)].map(([key, some]): Omit<Compared, 'p'> => {
      const [model, condition] = key.split('\0');
      const after = (of: (pair: Pair) => boolean | null) => rateOf(some.map((pair) => pair.after), (row) => of({ before: originals.get(`${row.model} ${row.program}`)!, after: row }), seed);
      const lost = some.filter((pair) => pair.before.right && !pair.after.right).length;
      const gained = some.filter((pair) => !pair.before.right && pair.after.right).length;
      return {
        model, condition, pairs: some,
        before: after((pair) => pair.before.right),
        after: after((pair) => pair.after.right),
        lost: after((pair) => (pair.before.right ? !pair.after.right : null)),
        gained: after((pair) => (pair.before.right ? null : pair.after.right)),
        shift: meanOf(some.map((pair) => pair.after), (row) => logOf(row) - logOf(originals.get(`${row.model} ${row.program}`)!), seed),
        test: mcNemar(lost, gained),
      };
    });
    const ps = holm(all.map(({ test }) => (test.lost + test.gained < FEW_PAIRS ? test.midP : test.p)));
    return all.map((one, i) => ({ ...one, p: ps[i] }));
  };
}

/** Of the truth; no smaller than what a double still tells from nothing. */
const logOf = ({ truthProbability }: StudyRow) => Math.log(Math.max(truthProbability!, 1e-30));

function fragilityWords({ model, condition, pairs, lost, gained, test, p }: Compared): string {
  const reads = `${model} after ${condition} (${count(pairs.length)} edits)`;
  if (lost === null) return `${reads}: none was right before.`;
  const more = test.lost + test.gained === 0 ? '' : p < 0.05 ? `, p ${chance(p)}` : ', which chance alone may do';
  return `${reads}: ${shareWithin(lost)} of those right before are wrong, ${gained === null ? 'none was wrong before' : `${share(gained.value)} of those wrong before are right`}; ${test.lost} lost and ${test.gained} gained${more}.`;
}

function table(all: readonly Compared[], name: string, title: string, about: string): ReportFigure {
  return {
    kind: 'table', name, title, about,
    columns: [
      { title: 'model' }, { title: 'condition' }, { title: 'pairs', right: true }, { title: 'right before', right: true }, { title: 'right after', right: true },
      { title: 'lost', right: true }, { title: 'gained', right: true }, { title: 'log p', right: true }, { title: 'p', right: true },
    ],
    cells: all.map(({ model, condition, pairs, before, after, lost, gained, shift, p }) => [
      model, condition, count(pairs.length), ...[before, after].map((one) => (one ? share(one.value) : '–')), shareWithin(lost), shareWithin(gained), numberWithin(shift, 2), chance(p),
    ]),
    rows: all.map(({ model, condition, pairs, before, after, lost, gained, shift, test, p }): ReportRow => ({
      model, condition, pairs: pairs.length, ...flat('before', before), ...flat('after', after), ...flat('lost', lost), ...flat('gained', gained),
      ...flat('log_p', shift), lost_count: test.lost, gained_count: test.gained, p_exact: test.p, p_mid: test.midP, p_holm: p,
    })),
  };
}
