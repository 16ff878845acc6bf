/** Simple explanations beside the model: how often each is right, and how often it says what the model says. */
import type { ReportRow, ReportSection } from '../../protocol/studies/report';
import { ORIGINAL, type StudyRow } from '../../protocol/studies/rows';
import { EXPLANATIONS, type Explanation } from '../asking/explanations';
import { grouped, rateOf } from './rates';
import { count, flat, share, shareWithin } from './words';

const plain = (type: unknown) => (typeof type === 'string' ? type.replace(/\s+/g, ' ').trim() : null);

export function explanationsSection(rows: readonly StudyRow[], seed: number): ReportSection | null {
  const told = rows.filter(({ explanations }) => explanations !== null);
  if (told.length === 0) return null;
  const groups = grouped(told, ({ model, condition }) => `${model}\0${condition}`);
  const names = Object.keys(EXPLANATIONS) as Explanation[];
  const all = [...groups].flatMap(([key, some]) => names.map((name) => {
    const [model, condition] = key.split('\0');
    const says = (row: StudyRow) => plain(row.explanations![name]);
    return {
      model, condition, name, rows: some,
      covers: rateOf(some, (row) => says(row) !== null, seed),
      right: rateOf(some, (row) => says(row) === plain(row.truth), seed),
      agrees: rateOf(some, (row) => says(row) === plain(row.predicted), seed),
      wrong: rateOf(some, (row) => (row.right ? null : says(row) === plain(row.predicted)), seed),
    };
  }));
  const findings = [...groups.keys()].filter((key) => key.endsWith(`\0${ORIGINAL}`)).flatMap((key) => {
    const own = all.filter(({ model, condition }) => `${model}\0${condition}` === key && condition === ORIGINAL);
    const best = own.reduce((a, b) => ((b.wrong?.value ?? -1) > (a.wrong?.value ?? -1) ? b : a));
    return best.wrong === null ? [] : [`Where ${best.model} is wrong, ${EXPLANATIONS[best.name]} says the same as it in ${shareWithin(best.wrong)}, most of the simple explanations; it is right in ${share(best.right!.value)} itself.`];
  });
  return {
    id: 'explanations', title: 'Simple explanations', findings,
    figures: [{
      kind: 'table', name: 'explanations', title: 'What simple explanations say',
      about: 'How often each says anything, is right, says what the model says, and says what the model says where that is wrong.',
      columns: [{ title: 'explanation' }, { title: 'model' }, { title: 'condition' }, { title: 'rows', right: true }, { title: 'says something', right: true }, { title: 'right', right: true }, { title: 'as the model', right: true }, { title: 'as the model where it is wrong', right: true }],
      cells: all.map(({ model, condition, name, rows: some, covers, right, agrees, wrong }) => [
        EXPLANATIONS[name], model, condition, count(some.length), ...[covers, right, agrees, wrong].map(shareWithin),
      ]),
      rows: all.map(({ model, condition, name, rows: some, covers, right, agrees, wrong }): ReportRow => ({
        explanation: name, model, condition, rows: some.length, ...flat('covers', covers), ...flat('right', right), ...flat('agrees', agrees), ...flat('agrees_where_wrong', wrong),
      })),
    }],
  };
}
