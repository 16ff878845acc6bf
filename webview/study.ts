/** The script of a study's HTML report: reads the report that the page carries and draws it. */
import { prose } from '../src/figures/kinds/text';
import type { StudyReport } from '../src/protocol/studies/report';
import { USUAL_DRAWING } from '../src/protocol/pages/drawing';
import { DrawingChoices } from './figures/drawing';
import { download } from './page/saving';
import { fileName, ReportView } from './studies/report';
import { plainControls } from './ui/controls';
import { el } from './ui/dom';

function show(report: StudyReport, main: HTMLElement): void {
  const { title } = report;
  document.title = `${title} · Latent Lens`;
  const save = () => download({ name: fileName(title), kind: 'json', content: JSON.stringify(report, null, 1) });
  const view = new ReportView({ controls: plainControls, save: download, drawing: new DrawingChoices(USUAL_DRAWING) });
  main.replaceChildren(
    el(
      'header', {},
      el('div', {}, el('p', { class: 'eyebrow' }, 'Latent Lens study'), el('h1', {}, el('bdi', {}, prose(title)))),
      plainControls.button('Save report (JSON)', save, { title: 'Save all numbers of this page' }),
    ),
    view.element,
  );
  view.show(report);
}

const data = document.getElementById('report');
const main = document.querySelector('main');
if (data && main) show(JSON.parse(data.textContent ?? '') as StudyReport, main);
