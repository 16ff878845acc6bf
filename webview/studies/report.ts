/** A study's report on a page: what it says, and its figures. A figure that comes again keeps its place and what is open in it. */
import { studyFigure } from '../../src/figures/study';
import type { Figure } from '../../src/figures/kinds/figure';
import { prose } from '../../src/figures/kinds/text';
import type { ReportFigure, ReportSection, StudyReport } from '../../src/protocol/studies/report';
import type { DrawingChoices } from '../figures/drawing';
import { painterOf } from '../figures/figure';
import { exportBar } from '../page/exports';
import { findingsList, withCode } from '../page/findings';
import type { SaveFile } from '../page/saving';
import type { Controls } from '../ui/controls';
import { el } from '../ui/dom';

interface Tools {
  controls: Controls;
  save: SaveFile;
  drawing: DrawingChoices;
}

interface Block {
  kind: Figure['kind'];
  element: HTMLElement;
  show: (figure: ReportFigure) => void;
}

export class ReportView {
  readonly element = el('div', { class: 'report' });
  private readonly blocks = new Map<string, Block>();
  private readonly sections = new Map<string, { element: HTMLElement; title: HTMLElement; findings: HTMLElement }>();

  /** @param further links beside those of the sections */
  constructor(private readonly tools: Tools, private readonly further: readonly { id: string; title: string }[] = []) {}

  show(report: StudyReport): void {
    const { title, about, programs, rows, problems, notes, sections, cluster, seed } = report;
    const without = problems.reduce((sum, one) => sum + one.rows, 0);
    this.element.replaceChildren(
      ...(about === '' ? [] : [el('p', {}, prose(about))]),
      el('p', { class: 'muted' }, `${programs} programs, ${rows} rows. Intervals are of 95 %; rows of one ${cluster} go together; seed ${seed}.`),
      ...notes.map((note) => el('p', { class: 'notice outdated' }, prose(note))),
      ...(without === 0 ? [] : [el('details', {}, el('summary', {}, `${without} rows without an answer`), el('ul', {}, ...problems.map(problem)))]),
      el('nav', { 'aria-label': 'Sections' }, ...[...sections, ...this.further].map(link)),
      ...sections.map((section) => this.section(section, title)),
      footer(report),
    );
    // Charts measure the page that they lie on.
    for (const { id, figures } of sections) for (const figure of figures) this.blocks.get(`${id}/${figure.name}`)!.show(figure);
  }

  private section({ id, title, findings, figures }: ReportSection, of: string): HTMLElement {
    let section = this.sections.get(id);
    if (!section) {
      const [heading, said] = [el('h2'), el('div')];
      this.sections.set(id, (section = { element: el('section', { id, class: 'card' }), title: heading, findings: said }));
    }
    section.element.setAttribute('aria-label', title);
    section.title.textContent = prose(title);
    section.findings.replaceChildren(...(findings.length > 0 ? [findingsList(findings)] : []));
    const blocks = figures.map((figure) => this.block(`${id}/${figure.name}`, figure, of).element);
    const wanted = [section.title, section.findings, ...blocks];
    // What stays where it is keeps the focus.
    const { children } = section.element;
    const isSame = wanted.length === children.length && wanted.every((one, i) => children[i] === one);
    if (!isSame) section.element.replaceChildren(...wanted);
    return section.element;
  }

  private block(key: string, figure: ReportFigure, of: string): Block {
    const known = this.blocks.get(key);
    if (known?.kind === figure.kind) return known;
    const made = figureBlock(figure, of, this.tools);
    this.blocks.set(key, made);
    return made;
  }
}

function figureBlock(first: ReportFigure, of: string, { controls, save, drawing }: Tools): Block {
  let figure = studyFigure(first);
  const none = () => undefined;
  const graphs = { use: () => null, kept: none, keep: none, save: none };
  const painter = painterOf(figure, {
    controls, drawing, focus: () => new Set(), choose: none, ask: null, cells: () => ({}), graphs,
  });
  const words = { title: figure.title, subtitle: [of] };
  const exported = () => ({
    name: `${fileName(of)}-${figure.name}`, rows: () => figure.rows(),
    picture: (theme: Parameters<NonNullable<typeof painter.picture>>[1]) => painter.picture!(words, theme)!,
  });
  const exports = exportBar({ controls, save, drawing }, figure.title, exported, painter.picture !== null);
  const [title, about] = [el('h3'), el('p', { class: 'muted' })];
  const element = el(
    'div', { class: 'figure', 'data-figure': figure.name, 'data-kind': figure.kind },
    el('div', { class: 'controls' }, title, painter.controls ?? null, exports), about, painter.element,
  );
  return {
    kind: figure.kind, element,
    show: (next) => {
      figure = studyFigure(next);
      title.textContent = prose(figure.title);
      about.textContent = figure.about;
      painter.show(figure);
    },
  };
}

const problem = ({ rows, sentence }: StudyReport['problems'][number]) => el('li', {}, `${rows}: `, ...withCode(sentence));

function footer({ models, versions }: StudyReport): HTMLElement {
  const read = models.flatMap(({ name, sha256 }) => [`${prose(name)}, SHA-256 `, el('code', {}, sha256), ' · ']);
  return el('footer', { class: 'muted' }, ...read, `Latent Lens ${versions.latentLens}`);
}

function link({ id, title }: { id: string; title: string }): HTMLElement {
  const anchor = el('a', {}, prose(title));
  anchor.href = `#${id}`;
  return anchor;
}

/** Of a study, for files. */
export const fileName = (title: string) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'study';
