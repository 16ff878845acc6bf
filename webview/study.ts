/** The script of a study's HTML report: reads the report that the page carries and draws it. */
import { studyFigure } from '../src/figures/study';
import { prose } from '../src/figures/kinds/text';
import type { ReportFigure, ReportSection, StudyReport } from '../src/protocol/studies/report';
import { USUAL_DRAWING } from '../src/protocol/pages/drawing';
import { DrawingChoices } from './figures/drawing';
import { painterOf } from './figures/figure';
import { exportBar } from './page/exports';
import { findingsList, withCode } from './page/findings';
import { download } from './page/saving';
import { plainControls } from './ui/controls';
import { el } from './ui/dom';

const drawing = new DrawingChoices(USUAL_DRAWING);

function show(report: StudyReport, main: HTMLElement): void {
  const { title, about, models, programs, rows, problems, notes, sections, cluster, seed, versions } = report;
  document.title = `${title} · Latent Lens`;
  const save = () => download({ name: fileName(title), kind: 'json', content: JSON.stringify(report, null, 1) });
  const draws: (() => void)[] = [];
  main.replaceChildren(
    el(
      'header', {},
      el('div', {}, el('p', { class: 'eyebrow' }, 'Latent Lens study'), el('h1', {}, el('bdi', {}, prose(title)))),
      plainControls.button('Save report (JSON)', save, { title: 'Save all numbers of this page' }),
    ),
    ...(about === '' ? [] : [el('p', {}, prose(about))]),
    el('p', { class: 'muted' }, `${programs} programs, ${rows} rows. Intervals are of 95 %; rows of one ${cluster} go together; seed ${seed}.`),
    ...notes.map((note) => el('p', { class: 'notice outdated' }, prose(note))),
    ...(problems.length === 0 ? [] : [el('details', {}, el('summary', {}, `${problems.reduce((sum, one) => sum + one.rows, 0)} rows without an answer`), el('ul', {}, ...problems.map((one) => el('li', {}, `${one.rows}: `, ...withCode(one.sentence)))))]),
    el('nav', { 'aria-label': 'Sections' }, ...sections.map(link)),
    ...sections.map((section) => sectionOf(section, title, draws)),
    el('footer', { class: 'muted' }, ...models.flatMap(({ name, sha256 }) => [`${prose(name)}, SHA-256 `, el('code', {}, sha256), ' · ']), `Latent Lens ${versions.latentLens}`),
  );
  for (const draw of draws) draw();
}

function sectionOf({ id, title, findings, figures }: ReportSection, of: string, draws: (() => void)[]): HTMLElement {
  return el(
    'section', { id, class: 'card', 'aria-label': title }, el('h2', {}, prose(title)),
    findings.length > 0 && findingsList(findings), ...figures.map((figure) => figureOf(figure, of, draws)),
  );
}

function figureOf(drawn: ReportFigure, of: string, draws: (() => void)[]): HTMLElement {
  const figure = studyFigure(drawn);
  const none = () => undefined;
  const graphs = { use: () => null, kept: none, keep: none, save: none };
  const painter = painterOf(figure, {
    controls: plainControls, drawing, focus: () => new Set(), choose: none, ask: null, cells: () => ({}), graphs,
  });
  const words = { title: figure.title, subtitle: [of] };
  const exported = () => ({ name: `${fileName(of)}-${figure.name}`, rows: () => figure.rows(), picture: (theme: Parameters<NonNullable<typeof painter.picture>>[1]) => painter.picture!(words, theme)! });
  const exports = exportBar({ controls: plainControls, save: download, drawing }, figure.title, exported, painter.picture !== null);
  draws.push(() => painter.show(figure));
  return el(
    'div', { class: 'figure', 'data-figure': figure.name, 'data-kind': figure.kind },
    el('div', { class: 'controls' }, el('h3', {}, prose(figure.title)), painter.controls ?? null, exports), el('p', { class: 'muted' }, figure.about), painter.element,
  );
}

function link({ id, title }: ReportSection): HTMLElement {
  const anchor = el('a', {}, prose(title));
  anchor.href = `#${id}`;
  return anchor;
}

const fileName = (title: string) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'study';

const data = document.getElementById('report');
const main = document.querySelector('main');
if (data && main) show(JSON.parse(data.textContent ?? '') as StudyReport, main);
