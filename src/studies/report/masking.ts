/** Masking by role: what the answer loses or gains where no token reads those of one role, beside as many others drawn at random. */
import type { ReportRow, ReportSection } from '../../protocol/studies/report';
import { ORIGINAL, type StudyRow } from '../../protocol/studies/rows';
import { CODE_ROLES, type CodeRole } from '../../vocabulary/code-roles';
import { grouped, meanOf, rateOf } from './rates';
import { count, flat, numberWithin, shareWithin } from './words';

const number = ({ measures }: StudyRow, name: string) => (typeof measures?.[name] === 'number' ? measures[name] : null);

const beyond = (change: number | null, random: number | null) => (change === null || random === null ? null : change - random);

export function maskingSection(rows: readonly StudyRow[], seed: number): ReportSection | null {
  const told = rows.filter(({ measures }) => measures !== null && Object.keys(measures).some((name) => name.startsWith('masking.')));
  if (told.length === 0) return null;
  const every = Object.keys(CODE_ROLES) as CodeRole[];
  const roles = every.filter((role) => told.some((row) => number(row, `masking.${role}.change`) !== null));
  const groups = grouped(told, ({ model, condition, right }) => `${model}\0${condition}\0${right ? 'right' : 'wrong'}`);
  const all = [...groups].flatMap(([key, own]) => roles.flatMap((role) => {
    const [model, condition, answer] = key.split('\0');
    const some = own.filter((row) => number(row, `masking.${role}.change`) !== null);
    if (some.length === 0) return [];
    const of = (name: string) => (row: StudyRow) => number(row, `masking.${role}.${name}`);
    return [{
      model, condition, answer, role, rows: some.length,
      tokens: meanOf(some, of('tokens'), seed), change: meanOf(some, of('change'), seed), random: meanOf(some, of('random'), seed),
      more: meanOf(some, (row) => beyond(of('change')(row), of('random')(row)), seed),
      before: rateOf(some, (row) => number(row, 'masking.lead')! > 0, seed),
      ahead: rateOf(some, (row) => of('ahead')(row) === 1, seed), randomAhead: meanOf(some, of('randomAhead'), seed),
    }];
  }));
  const stuck = [...grouped(told, ({ model }) => model)].flatMap(([model, own]) => every.flatMap((role) => {
    const some = own.filter((row) => number(row, `masking.${role}.nothingLeft`) !== null).length;
    const has = some + own.filter((row) => number(row, `masking.${role}.change`) !== null).length;
    return some === 0 ? [] : [`Of ${count(has)} rows of ${model} that have ${CODE_ROLES[role]}, ${count(some)} are left out: in some head a token reads nothing but these, so nothing is left that it could read. With "readers": "answer" that is rarer.`];
  }));
  const why = grouped(told.filter(({ measures }) => typeof measures!['masking.missing'] === 'string'), ({ measures }) => measures!['masking.missing'] as string);
  return {
    id: 'masking', title: 'Masking by role',
    findings: [
      ...all.filter(({ condition }) => condition === ORIGINAL).map((one) => {
        const { model, answer, role, rows: n, change, random, more, ahead, randomAhead } = one;
        const certain = more !== null && (more.low > 0 || more.high < 0);
        const beside = random === null
          ? 'and there is nothing to compare that with, as there are too few other tokens, or heads read nothing but what was drawn'
          : `as many other tokens by ${numberWithin(random, 2)}${certain ? '' : ', so what is masked need not matter'}`;
        return `Where ${model} is ${answer} (${count(n)} ${n === 1 ? 'program' : 'programs'}), not reading ${CODE_ROLES[role]} changes the truth’s lead by ${numberWithin(change, 2)} logits, ${beside}; the truth is then ahead in ${shareWithin(ahead)}${randomAhead === null ? '' : `, with other tokens masked in ${shareWithin(randomAhead)}`}.`;
      }),
      ...stuck,
      ...[...why].map(([sentence, some]) => `Nothing was masked in ${count(some.length)} of ${count(told.length)} rows: ${sentence}`),
    ],
    figures: all.length === 0 ? [] : [{
      kind: 'table', name: 'masking', title: 'What the truth leads by where tokens of one role are not read',
      about: 'The lead is the logit of the truth less that of the best other answer of the model as it is. Changes in logits, with as many other tokens drawn at random beside them, and how often the truth is ahead of that other answer. 95 % intervals.',
      columns: [
        { title: 'role' }, { title: 'model' }, { title: 'condition' }, { title: 'answer' }, { title: 'rows', right: true }, { title: 'tokens', right: true },
        { title: 'change', right: true }, { title: 'at random', right: true }, { title: 'difference', right: true },
        { title: 'ahead before', right: true }, { title: 'ahead after', right: true }, { title: 'at random', right: true },
      ],
      cells: all.map(({ role, model, condition, answer, rows: n, tokens, change, random, more, before, ahead, randomAhead }) => [
        CODE_ROLES[role], model, condition, answer, count(n), tokens!.value.toFixed(1),
        ...[change, random, more].map((one) => numberWithin(one, 2)), ...[before, ahead, randomAhead].map(shareWithin),
      ]),
      rows: all.map(({ role, model, condition, answer, rows: n, tokens, change, random, more, before, ahead, randomAhead }): ReportRow => ({
        role, model, condition, answer, rows: n, ...flat('tokens', tokens), ...flat('change', change), ...flat('random', random),
        ...flat('difference', more), ...flat('ahead_before', before), ...flat('ahead', ahead), ...flat('random_ahead', randomAhead),
      })),
    }],
  };
}
