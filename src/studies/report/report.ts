/** The report of a study, from its table. */
import { REPORT_FORMAT, type StudyReport } from '../../protocol/studies/report';
import { ORIGINAL, type StudyRow } from '../../protocol/studies/rows';
import { StudyFolder } from '../running/folder';
import { studyStatus } from '../running/run';
import { accuracySection } from './accuracy';
import { contrastSection } from './contrast';
import { explanationsSection } from './explanations';
import { maskingSection } from './masking';
import { measuresSections } from './measures';
import { editsSections, examplesSection } from './paired';
import { grouped } from './rates';
import { steeringSection } from './steering';
import { transplantsSection } from './transplants';

/** From what is done by now. @throws a sentence where nothing is */
export async function studyReport(out: string): Promise<StudyReport> {
  const folder = new StudyFolder(out);
  const { study, models, programs, problems, versions } = folder.manifest();
  const rows = await folder.rows();
  if (rows.length === 0) throw new Error(`${out}: nothing is done yet. Run "latent-lens study resume ${out}".`);
  const { done, total } = await studyStatus(out);
  const told = rows.filter(({ problem }) => problem === null);
  const originals = told.filter(({ condition }) => condition === ORIGINAL);
  const sections = originals.length === 0 ? [] : [
    accuracySection(originals, study), ...editsSections(told, study), examplesSection(told, study), explanationsSection(told, study.seed),
    steeringSection(told, study), transplantsSection(told, study),
    contrastSection(told, study.seed), maskingSection(told, study.seed), ...measuresSections(told, study.seed),
  ].filter((section) => section !== null);
  return {
    format: REPORT_FORMAT, version: 1, title: study.title, about: study.about,
    models, programs: programs.here, done, total, rows: rows.length,
    problems: problemsOf(rows), notes: [...problems, ...(done < total ? [`The study is not through: ${done} of ${total} items are done.`] : [])],
    cluster: study.cluster, seed: study.seed, sections, versions,
  };
}

/** The most frequent first. */
function problemsOf(rows: readonly StudyRow[]): StudyReport['problems'] {
  // What names a program is one problem for all programs.
  const groups = grouped(rows, ({ problem, program }) => problem && problem.replaceAll(program!, 'The program'));
  return [...groups].map(([sentence, some]) => ({ sentence, rows: some.length })).sort((a, b) => b.rows - a.rows);
}
