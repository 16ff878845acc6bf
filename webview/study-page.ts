/** The page of a study in the editor: how far it is, its report, its rows. Shows what the extension tells it. */
import { prose } from '../src/figures/kinds/text';
import { USUAL_DRAWING } from '../src/protocol/pages/drawing';
import type { FromStudyPage, StudyPageAction, ToStudyPage } from '../src/protocol/pages/study-page';
import type { StudyPage, StudyProgress } from '../src/protocol/studies/desk';
import { DrawingChoices } from './figures/drawing';
import { AnswerStatus } from './page/answer-status';
import { fileName, ReportView } from './studies/report';
import { RowsTable } from './studies/rows';
import { el } from './ui/dom';
import { registerToolkit, toolkitControls } from './ui/toolkit';

interface VsCode {
  postMessage: (message: FromStudyPage) => void;
  setState: (state: unknown) => void;
}

declare function acquireVsCodeApi(): VsCode;

function start(main: HTMLElement, vscode: VsCode): void {
  registerToolkit();
  const post = (message: FromStudyPage) => vscode.postMessage(message);
  const act = (action: StudyPageAction) => () => post({ type: 'action', action });
  const drawing = new DrawingChoices(USUAL_DRAWING, (to) => post({ type: 'drawing', drawing: to }));
  const save = (file: Omit<Extract<FromStudyPage, { type: 'export' }>, 'type'>) => post({ type: 'export', ...file });
  let page: StudyPage | null = null;
  let running: StudyProgress | null = null;
  let error: string | null = null;

  const button = (label: string, action: StudyPageAction, title: string, primary = false) =>
    toolkitControls.button(label, act(action), { title, primary, attributes: { 'data-action': action } });
  const resume = button('Resume', 'resume', 'Go on with what is not done', true);
  const saveJson = () => {
    if (page?.report) save({ name: fileName(page.report.title), kind: 'json', content: JSON.stringify(page.report, null, 1) });
  };
  const exports = [
    button('HTML', 'html', 'Save the report as one HTML file'),
    toolkitControls.button('JSON', saveJson, { title: 'Save all numbers of the report as JSON', attributes: { 'data-action': 'json' } }),
    button('CSV', 'csv', 'Save each figure and all rows as CSV files into a folder'),
  ];
  const title = el('h1', {}, 'Study');
  const state = el('p', { class: 'muted', role: 'status', 'data-part': 'state' });
  const status = new AnswerStatus(toolkitControls, act('refresh'), act('cancel'));
  const report = new ReportView({ controls: toolkitControls, save, drawing }, [{ id: 'rows', title: 'Rows' }]);
  const rows = new RowsTable(toolkitControls, save, () => fileName(page?.state.title ?? 'study'), (key) => post({ type: 'row', key }));
  const none = el('p', { class: 'empty' }, 'Nothing is done yet. Numbers come here as the study goes on.');
  main.replaceChildren(
    el(
      'header', {},
      el(
        'div', { class: 'head' }, el('div', {}, title, state),
        el('div', { class: 'toolbar' }, resume, button('Reveal Folder', 'reveal', 'Show the folder, which has rows.parquet'), el('span', { class: 'exports', role: 'group', 'aria-label': 'Export the report' }, ...exports)),
      ),
      status.element,
    ),
    none, report.element, rows.element,
  );

  const render = (isNew: boolean) => {
    status.show({ running, error, cancelled: false, cost: null });
    const stopped = page !== null && running === null && !page.state.running && page.state.done < page.state.total;
    resume.hidden = !stopped;
    const words = page ? stateWords(page, running !== null) : '';
    if (state.textContent !== words) state.textContent = words;
    const seen = page?.report !== null && page?.report !== undefined;
    for (const element of [report.element, rows.element, ...exports]) element.hidden = !seen;
    none.hidden = seen || error !== null;
    if (!isNew || !page) return;
    title.textContent = prose(page.state.title);
    if (!page.report) return;
    report.show(page.report);
    rows.show(page.table);
  };

  window.addEventListener('message', ({ data }: MessageEvent<ToStudyPage>) => {
    if (typeof data !== 'object' || data === null) return;
    if (data.type === 'study') {
      ({ page, running, error } = data);
      vscode.setState({ folder: data.folder });
      render(true);
    } else if (data.type === 'running') {
      ({ running } = data);
      render(false);
    } else if (data.type === 'drawing') drawing.set(data.drawing);
  });
  render(false);
  post({ type: 'ready' });
}

function stateWords({ state: { models, done, total, running } }: StudyPage, here: boolean): string {
  const how = here ? '' : running ? ' · run by another process' : done < total ? ' · stopped' : ' · done';
  return `${done} of ${total} items${how} · ${models.join(', ')}`;
}

const main = document.getElementById('study-page');
if (main) start(main, acquireVsCodeApi());
