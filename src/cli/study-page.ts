/** A study's report as one HTML file. */
import type { StudyReport } from '../protocol/studies/report';
import type { Io } from './io';
import { renderPage, writePage } from './report';

/** @throws a sentence where it cannot be written */
export async function writeStudyPage(file: string, report: StudyReport, io: Io): Promise<void> {
  await writePage(file, await renderPage('study', 'report', report), io);
}
