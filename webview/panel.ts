/** The page in VS Code's panel: shows what the extension tells it, and tells the extension what the reader does. */
import type { FromPanel, PanelTab, ToPanel } from '../src/protocol/panel';
import { USUAL_DRAWING } from '../src/protocol/drawing';
import { DrawingChoices } from './figures/drawing';
import { el } from './ui/dom';
import { activationsView } from './views/activations/activations';
import { attributionView, type LatentsEvents } from './views/latents/latents';
import type { LatentsShown } from './views/latents/shown';
import type { AnalysesShown } from './views/asked';
import { moreView } from './views/more';
import { lensView } from './views/lens/lens';
import { overview } from './views/overview/overview';
import type { Page } from './page/page';
import { PanelHeader } from './panel/header';
import { asking as asked, askingPart, EMPTY, progressOf, readSavedView, receive, savedView, type PanelState } from './panel/state';
import { patchingView } from './views/patching/patching';
import { PatchingControls } from './views/patching/controls';
import { Selection } from './page/selection';
import { registerToolkit, tabs, toolkitControls } from './ui/toolkit';

interface VsCode {
  postMessage: (message: FromPanel) => void;
  getState: () => unknown;
  setState: (state: unknown) => void;
}

declare function acquireVsCodeApi(): VsCode;

function start(main: HTMLElement, vscode: VsCode): void {
  registerToolkit();
  const saved = readSavedView(vscode.getState());
  let state: PanelState = { ...EMPTY, tab: saved?.tab ?? EMPTY.tab };

  const page: Page = {
    selection: new Selection(EMPTY.selected),
    controls: toolkitControls,
    save: (file) => vscode.postMessage({ type: 'export', ...file }),
    drawing: new DrawingChoices(USUAL_DRAWING, (drawing) => vscode.postMessage({ type: 'drawing', drawing })),
    patch: (request) => {
      vscode.postMessage({ type: 'patch', ...request });
      if (state.tab === 'patching') return;
      tabbed.show('patching');
      choose('patching');
    },
    listVariants: () => vscode.postMessage({ type: 'action', action: 'listVariants' }),
    editQuestion: () => vscode.postMessage({ type: 'action', action: 'editQuestion' }),
  };
  const header = new PanelHeader(toolkitControls, (action) => vscode.postMessage({ type: 'action', action }));
  const asking = new PatchingControls(page, () => vscode.postMessage({ type: 'action', action: 'runPatching' }));
  const events: LatentsEvents = {
    attribute: (options) => {
      change({ ...state, latents: asked(state.latents) });
      vscode.postMessage({ type: 'latents', options });
      renderSoon();
    },
    readActivations: (site) => {
      change({ ...state, activations: asked(state.activations) });
      vscode.postMessage({ type: 'activations', site });
      renderSoon();
    },
    cancel: () => vscode.postMessage({ type: 'action', action: 'cancelLatents' }),
    act: (action, ref, position) => vscode.postMessage({ type: 'latent', action, ref, position }),
  };
  const aboutLatents = [attributionView(page, events), activationsView(page, events)];
  const latents = {
    element: el('div', { id: 'latents' }, ...aboutLatents.map(({ element }) => element)),
    show: (shown: LatentsShown) => {
      for (const view of aboutLatents) view.show(shown);
    },
  };
  const more = moreView(page, {
    ask: (id, params) => {
      change(askingPart(state, id));
      vscode.postMessage({ type: 'ask', id, params });
      renderSoon();
    },
    cancel: (id) => vscode.postMessage({ type: 'cancel', id }),
  });
  const parts: { id: PanelTab; title: string; view: { element: HTMLElement; show: (shown: LatentsShown & AnalysesShown) => void } }[] = [
    { id: 'overview', title: 'Overview', view: overview(page, () => asking.settings) },
    { id: 'lens', title: 'Logit Lens', view: lensView(page) },
    { id: 'patching', title: 'Patching', view: patchingView(page, asking) },
    { id: 'latents', title: 'Latents', view: latents },
    { id: 'more', title: 'More', view: more },
  ];
  const tabbed = tabs('Views', parts.map(({ id, title, view }) => ({ id, title, content: view.element })), (id) => choose(id as PanelTab));
  const choose = (tab: PanelTab) => {
    change({ ...state, tab });
    vscode.postMessage({ type: 'tab', tab });
    renderSoon(); // what is looked at may be asked for now
  };
  const empty = el(
    'div',
    { class: 'empty', 'data-region': 'empty', hidden: '' },
    el('h1', {}, 'Latent Lens'),
    el('p', {}, 'Nothing has been explained yet. Select Python code in the editor, right-click, and choose ', el('strong', {}, 'Latent Lens: Explain Predicted Error Type'), '.'),
  );
  main.replaceChildren(header.element, empty, tabbed.element);

  const change = (next: PanelState) => {
    state = next;
    vscode.setState(savedView(state));
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
    const { explanation, status, tab, answered, saes, latents: attributed, activations, parts: answers } = state;
    header.show(state);
    empty.hidden = explanation !== null || !answered || status.running !== null || status.error !== null;
    tabbed.element.hidden = explanation === null;
    tabbed.show(tab);
    if (!explanation) return;
    const { live, outdated } = status;
    const reading = { explanation, progress: progressOf(state), live, busy: status.running !== null, outdated };
    const shown = { ...reading, saes, latents: attributed, activations, parts: answers };
    tabbed.hide('more', !more.isThere(shown));
    for (const { id, view } of parts) view.show({ ...shown, looking: tab === id });
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
    const before = state;
    change(receive(state, data, saved));
    if (data.type === 'position') page.selection.set(state.selected, 'editor');
    else if (state.selected !== before.selected) page.selection.set(state.selected, 'reset');
    if (data.type !== 'position') renderSoon();
  });
  render(); // nothing of a result is seen before there is one
  vscode.postMessage({ type: 'ready' });
}

const main = document.getElementById('panel');
if (main) start(main, acquireVsCodeApi());
