/** What becomes of a program's answer when the stream at its last token is another program's: by layer, right and wrong ones apart. */
import type { ReportFigure, ReportSection } from '../../protocol/studies/report';
import type { StudyRow } from '../../protocol/studies/rows';
import type { Study } from '../../protocol/studies/study';
import { DONORS } from '../asking/transplants';
import { curvesFigure } from './curves';
import { grouped, rateOf } from './rates';
import { count, shareWithin } from './words';

const rightWord = (one: unknown) => (one === 1 ? 'right' : 'wrong');
const DONOR_WORDS = { other: 'of which another answer is true', same: 'of which the same answer is true' } as const;

export function transplantsSection(rows: readonly StudyRow[], { transplants, seed }: Study): ReportSection | null {
  const told = rows.filter(({ measures }) => measures?.['transplant.right'] !== undefined);
  if (!transplants || told.length === 0) return null;
  const findings: string[] = [];
  const figures: ReportFigure[] = [];
  for (const [model, some] of grouped(told, (row) => row.model)) {
    const kept = (row: StudyRow) => row.measures!['transplant.self.kept'] as number[];
    const layers = kept(some[0]).map((_, layer) => layer);
    const changed = some.filter((row) => kept(row).includes(0)).length;
    findings.push(changed === 0
      ? `${model}: its own stream changes the answer of none of ${count(some.length)} programs at any layer.`
      : `${model}: its own stream changes the answer of ${count(changed)} of ${count(some.length)} programs, so that two tokens are as probable there.`);
    for (const donors of DONORS) {
      const name = (of: string) => `transplant.${donors}.${of}`;
      // Where both answers begin alike it cannot be told whose it is.
      const own = some.filter(({ measures }) => measures![name('agree')] === 0);
      const groups = [...grouped(own, ({ measures }) => `${rightWord(measures![name('right')])} → ${rightWord(measures!['transplant.right'])}`)].sort();
      if (groups.length === 0) continue;
      const curves = (of: 'took' | 'kept') => groups.map(([label, group]) => ({ label, rows: group, of: ({ measures }: StudyRow) => measures![name(of)] as number[] }));
      const about = `Donor → program, each right or wrong as it is; donors ${DONOR_WORDS[donors]}. By the first token of the answer; where both would begin alike nothing is counted.`;
      const figure = (of: 'took' | 'kept', title: string) =>
        curvesFigure({ name: `transplant-${donors}-${of}-${model}`, title: `${model}: ${title}`, unit: 'share', points: layers.map(String), about }, curves(of), seed);
      figures.push(figure('took', `the donor’s answer, donors ${DONOR_WORDS[donors]}`), figure('kept', `its own answer, donors ${DONOR_WORDS[donors]}`));
      for (const [label, group] of groups) {
        const rate = (layer: number) => rateOf(group, ({ measures }) => (measures![name('took')] as number[])[layer] === 1, seed);
        const first = layers.find((layer) => rate(layer)!.value >= 0.5);
        const what = `${model}, ${label}, donors ${DONOR_WORDS[donors]} (${count(group.length)} programs)`;
        findings.push(first === undefined
          ? `${what}: before no layer does the stream at the last token bring the donor’s answer along in half of them; before the last one in ${shareWithin(rate(layers.at(-1)!))}.`
          : `${what}: put in before layer ${first} or later the donor’s answer comes along in at least half of them (${shareWithin(rate(first))} at ${first}).`);
      }
    }
  }
  return { id: 'transplants', title: 'Transplants', findings, figures };
}
