/** The page in VS Code's panel: shows what the extension tells it, and tells the extension what the reader does. */
import type { FromPanel, PanelView, ToPanel } from '../src/protocol/pages/panel';
import { USUAL_DRAWING } from '../src/protocol/pages/drawing';
import { DrawingChoices } from './figures/drawing';
import { el } from './ui/dom';
import type { Page } from './page/page';
import { PanelHeader } from './panel/header';
import { askingPart, EMPTY, progressOf, readSavedView, receive, savedView, type PanelState } from './panel/state';
import { graphDocument } from './views/graph-document';
import { ViewTabs } from './views/view-tabs';
import { PatchingControls } from './views/patching/controls';
import { panelViews } from './views/views';
import { Places } from './page/places';
import { Selection } from './page/selection';
import { registerToolkit, toolkitControls } from './ui/toolkit';

interface VsCode {
  postMessage: (message: FromPanel) => void;
  getState: () => unknown;
  setState: (state: unknown) => void;
}

declare function acquireVsCodeApi(): VsCode;

function start(main: HTMLElement, vscode: VsCode): void {
  registerToolkit();
  const saved = readSavedView(vscode.getState());
  let state: PanelState = { ...EMPTY, view: saved?.view ?? EMPTY.view };

  const page: Page = {
    selection: new Selection(EMPTY.selected),
    controls: toolkitControls,
    save: (file) => vscode.postMessage({ type: 'export', ...file }),
    drawing: new DrawingChoices(USUAL_DRAWING, (drawing) => vscode.postMessage({ type: 'drawing', drawing })),
    notes: {
      read: (figure) => state.notes[figure],
      write: (figure, made) => change({ ...state, notes: { ...state.notes, [figure]: made } }),
    },
    places: new Places((id, params) => {
      tabbed.viewOf(id).use(params);
      if (state.view === id) renderSoon();
      else choose(id);
    }),
    patch: (request) => {
      vscode.postMessage({ type: 'patch', ...request });
      if (state.view !== 'patching') choose('patching');
    },
    listVariants: () => vscode.postMessage({ type: 'action', action: 'listVariants' }),
    searchVariants: (budget) => vscode.postMessage({ type: 'searchVariants', budget }),
    writeVariant: () => vscode.postMessage({ type: 'action', action: 'runPatching' }),
    editQuestion: () => vscode.postMessage({ type: 'action', action: 'editQuestion' }),
  };
  const header = new PanelHeader(toolkitControls, (action) => vscode.postMessage({ type: 'action', action }));
  const asking = new PatchingControls(page, () => page.writeVariant?.());
  const views = panelViews(
    page,
    {
      ask: (id, params, byReader) => {
        change(askingPart(state, id));
        vscode.postMessage({ type: 'ask', id, params, byReader });
        renderSoon();
      },
      cancel: (id) => vscode.postMessage({ type: 'cancel', id }),
      cursor: (id, field) => vscode.postMessage({ type: 'cursor', id, field }),
      showInCode: () => vscode.postMessage({ type: 'action', action: 'toggleAttention' }),
      file: (id, field) => vscode.postMessage({ type: 'file', id, field }),
      act: (action, ref, position) => vscode.postMessage({ type: 'latent', action, ref, position }),
    },
    asking,
  );
  const choose = (view: PanelView) => {
    change({ ...state, view });
    vscode.postMessage({ type: 'view', view });
    renderSoon(); // what is looked at may be asked for now
  };
  const tabbed = new ViewTabs(views, choose);
  const empty = el(
    'div',
    { class: 'empty', 'data-region': 'empty', hidden: '' },
    el('h1', {}, 'Latent Lens'),
    el('p', {}, 'Nothing has been explained yet. Select Python code in the editor, right-click, and choose ', el('strong', {}, 'Latent Lens: Explain Predicted Error Type'), '. Or put the cursor into any text, and choose ', el('strong', {}, 'Explain Next Token'), '.'),
  );
  main.replaceChildren(header.element, empty, tabbed.element);

  const change = (next: PanelState) => {
    const { notes } = state;
    state = next;
    vscode.setState(savedView(state));
    if (state.notes !== notes) vscode.postMessage({ type: 'notes', notes: state.notes });
  };
  page.selection.onChange((selected, origin) => {
    if (origin === 'editor') return;
    if (origin === 'page') change({ ...state, selected });
    vscode.postMessage({ type: 'selected', ...selected, byReader: origin === 'page' });
  });

  // Messages come faster than the screen can follow while patches are made.
  let waiting = false;
  const render = () => {
    waiting = false;
    const { result, explanation, status, view, answered, saes, parts, inCode } = state;
    header.show(state);
    empty.hidden = result !== null || !answered || status.running !== null || status.error !== null;
    tabbed.element.hidden = result === null;
    tabbed.show(view);
    if (!result) return;
    const { live, outdated } = status;
    const [progress, busy] = [progressOf(state), status.running !== null];
    page.places?.open(live && !outdated && progress === 'complete');
    const shown = { result, explanation, progress, live, busy, outdated, saes, parts, inCode, looking: true };
    if (explanation) asking.show({ ...shown, explanation }); // other views ask for comparisons, too
    tabbed.viewOf(view).show(shown); // nothing is drawn that nobody sees
  };
  const renderSoon = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(render, 16);
  };
  window.addEventListener('message', ({ data }: MessageEvent<ToPanel>) => {
    if (typeof data !== 'object' || data === null) return;
    if (data.type === 'drawing') {
      page.drawing.set(data.drawing);
      return;
    }
    if (data.type === 'graph') {
      change({ ...state, notes: saved?.of === null ? saved.notes : {} });
      main.replaceChildren(graphDocument(page, data.graph, data.name));
      return;
    }
    if (data.type === 'cursor') {
      const { layer } = state.selected;
      const middle = Math.floor((state.result?.reading.model.layers ?? 0) / 2);
      tabbed.viewOf(data.id).put(data.field, data.place, layer === null || layer < 0 ? middle : layer);
      return;
    }
    if (data.type === 'file') {
      tabbed.viewOf(data.id).put(data.field, data.path, 0);
      return;
    }
    const before = state;
    change(receive(state, data, saved));
    const { reading, pair } = before.result ?? {};
    if (state.result?.reading !== reading || state.result?.pair !== pair) page.places?.take(null); // of another program
    if (data.type === 'position') page.selection.set(state.selected, 'editor');
    else if (state.selected !== before.selected) page.selection.set(state.selected, 'reset');
    if (data.type !== 'position') renderSoon();
  });
  render(); // nothing of a result is seen before there is one
  vscode.postMessage({ type: 'ready' });
}

const main = document.getElementById('panel');
if (main) start(main, acquireVsCodeApi());
