/** A study's report in the terminal. */
import { studyFigure } from '../../figures/study';
import type { StudyReport } from '../../protocol/studies/report';
import { renderFigure } from './figures';
import type { Style } from './style';
import { wrap } from './text';

export function renderStudyReport(
  { title, about, models, programs, rows, problems, notes, sections }: StudyReport, style: Style, columns: number,
): string {
  const paragraph = (text: string) => wrap(text, columns).join('\n');
  const head = [
    style.bold(title),
    ...(about === '' ? [] : [paragraph(about)]),
    paragraph(`${programs} program${programs === 1 ? '' : 's'}, ${models.map(({ name }) => name).join(', ')}, ${rows} row${rows === 1 ? '' : 's'}.`),
    ...notes.map(paragraph),
    ...problems.map(({ sentence, rows: count }) => paragraph(`${count} row${count === 1 ? '' : 's'} without an answer: ${sentence}`)),
  ];
  const parts = sections.map(({ title: of, findings, figures }) => [
    style.bold(of), ...findings.map((finding) => wrap(finding, columns - 2).map((line, i) => `${i === 0 ? '• ' : '  '}${line}`).join('\n')), '',
    ...figures.flatMap((figure) => [renderFigure(studyFigure(figure), style, columns), '']),
  ].join('\n'));
  return `${[head.join('\n'), ...parts].join('\n\n').trimEnd()}\n`;
}
