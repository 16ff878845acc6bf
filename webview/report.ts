/** The script of the HTML report: reads the result that the page carries and draws it. */
import { ANALYSES, ANALYSIS_IDS, paramsOf, type AnalysisId } from '../src/protocol/analyses';
import { diffable } from '../src/protocol/documents/diffable';
import { explanationOf } from '../src/protocol/documents/explanation';
import type { Result } from '../src/protocol/documents/result';
import { sentence, visible } from '../src/figures/kinds/text';
import { placeInFile } from '../src/protocol/reading/open-place';
import { isOpenQuestion } from '../src/vocabulary/open-questions';
import { USUAL_DRAWING } from '../src/protocol/pages/drawing';
import type { GraphNotes } from '../src/protocol/graphs/notes';
import { DrawingChoices } from './figures/drawing';
import { fileStem, lineRange, type Page } from './page/page';
import { fileTitle } from './page/picture-words';
import { download } from './page/saving';
import { Selection } from './page/selection';
import { plainControls } from './ui/controls';
import { el } from './ui/dom';
import { AnsweredView } from './views/answered';
import { lensView } from './views/lens/lens';
import { overview } from './views/overview/overview';
import { patchingView } from './views/patching/patching';

interface Section {
  id: string;
  title: string;
  element: HTMLElement;
  /** Draws it, once it is on the page. */
  draw: () => void;
}

function show(result: Result, main: HTMLElement): void {
  const { source, model, template, tokens } = result.reading;
  const lines = lineRange(source, placeInFile(result.reading));
  const file = fileTitle(source.file);
  const notes = new Map<string, GraphNotes>(Object.entries(result.notes ?? {})); // kept where the page is saved as a result
  const page: Page = {
    selection: new Selection({ position: tokens.length - 1, layer: null }),
    controls: plainControls,
    save: download,
    drawing: new DrawingChoices(USUAL_DRAWING),
    notes: { read: (figure) => notes.get(figure), write: (figure, made) => notes.set(figure, made) },
    places: null,
    patch: null,
    listVariants: null,
    searchVariants: null,
    writeVariant: null,
    editQuestion: null,
  };
  document.title = `${file} · Latent Lens`;
  const save = () => download({ name: `${fileStem(result.reading)}.latentlens`, kind: 'json', content: diffable({ ...result, ...(notes.size > 0 && { notes: Object.fromEntries(notes) }) }) });
  const sections = [...explained(page, result), ...further(page, result)];
  main.replaceChildren(
    el(
      'header',
      {},
      el('div', {}, el('p', { class: 'eyebrow' }, 'Latent Lens'), el('h1', {}, el('bdi', {}, file), el('span', { class: 'muted' }, ` ${lines}`))),
      plainControls.button('Save result (JSON)', save, { title: 'Save the whole result' }),
    ),
    el('nav', { 'aria-label': 'Views' }, ...sections.map(link)),
    ...sections.map(({ element }) => element),
    el('footer', { class: 'muted' }, `Model ${visible(model.id)}, ${model.layers} layers, SHA-256 `, el('code', {}, visible(model.sha256)), ` · ${isOpenQuestion(template) ? 'question' : 'template'} ${visible(template)}`),
  );
  for (const { draw } of sections) draw();
}

/** These have views of their own, which go together. */
const EXPLAINED: readonly AnalysisId[] = ['prediction', 'lens', 'variants', 'patching'];

const isExplained = ({ parts }: Result) => parts.prediction !== undefined && parts.lens !== undefined;

function explained(page: Page, result: Result): Section[] {
  if (!isExplained(result)) return [];
  const explanation = explanationOf(result);
  const views = [
    { id: 'overview', title: 'Overview', view: overview(page, () => paramsOf('patching')) },
    { id: 'lens', title: 'Lens', view: lensView(page) },
    { id: 'patching', title: 'Patching', view: patchingView(page, null) },
  ];
  return views.map(({ id, title, view: { element, show: draw } }) => ({ id, title, element, draw: () => draw({ explanation, progress: 'complete', live: false }) }));
}

/** All other parts, by their figures. */
function further(page: Page, result: Result): Section[] {
  const ids = ANALYSIS_IDS.filter((id) => result.parts[id] && !(isExplained(result) && EXPLAINED.includes(id)));
  return ids.map((id) => {
    const { title, about } = ANALYSES[id];
    const view = new AnsweredView(page);
    const element = el('section', { id, class: 'card', 'aria-label': title }, el('h2', {}, title), el('p', { class: 'muted' }, sentence(about)), view.element);
    return { id, title, element, draw: () => view.show(id, result) };
  });
}

function link({ id, title }: Section): HTMLElement {
  const anchor = el('a', {}, title);
  anchor.href = `#${id}`;
  return anchor;
}

const data = document.getElementById('result');
const main = document.querySelector('main');
if (data && main) show(JSON.parse(data.textContent ?? '') as Result, main);
