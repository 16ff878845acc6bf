/** The page of the Latents view: shows what the extension tells it, and tells the extension what the reader does. */
import type { FromLatentsView, LatentsViewState, ToLatentsView } from '../src/protocol/pages/latents-view';
import { LatentIntervention } from './sidebar/intervention';
import { LatentView } from './sidebar/page';
import { LatentSearch } from './sidebar/search';
import { BLANK, readChoices, type Choices } from './sidebar/choices';
import { registerToolkit, toolkitControls } from './ui/toolkit';
import { latentName, type LatentRef } from '../src/vocabulary/latent-name';

interface VsCode {
  postMessage: (message: FromLatentsView) => void;
  getState: () => unknown;
  setState: (state: unknown) => void;
}

declare function acquireVsCodeApi(): VsCode;

function start(main: HTMLElement, vscode: VsCode): void {
  registerToolkit();
  let choices = readChoices(vscode.getState());
  let state: LatentsViewState = BLANK;
  const post = (message: FromLatentsView) => vscode.postMessage(message);
  const keep = (to: Partial<Choices>) => {
    choices = { ...choices, ...to };
    vscode.setState(choices);
  };
  const open = (ref: LatentRef | null) => post({ type: 'open', ref });
  const wake = () => post({ type: 'start' });

  const search = new LatentSearch(toolkitControls, choices.search, {
    start: wake,
    open,
    search: (asked) => {
      keep({ search: asked });
      post({ type: 'search', search: asked });
    },
  });
  const intervention = new LatentIntervention(toolkitControls, choices.form, {
    run: (asked) => post({ type: 'run', intervention: asked }),
    cancel: () => post({ type: 'cancel' }),
    save: ({ name, content }) => post({ type: 'export', name, kind: 'json', content }),
    keep: (form) => keep({ form }),
  });
  const latent = new LatentView(toolkitControls, { open, start: wake, act: (action, ref) => post({ type: 'action', action, ref }) }, intervention);
  main.replaceChildren(search.element, latent.element);

  const render = (before: LatentsViewState) => {
    const { opened } = state;
    search.element.hidden = opened !== null;
    latent.element.hidden = opened === null;
    if (opened) latent.show(state);
    else search.show(state);
    const [was, is] = [before.opened, opened].map((ref) => ref && latentName(ref));
    if (was === is) return;
    keep({ opened });
    window.scrollTo(0, 0);
    if (!document.hasFocus()) return;
    if (is !== null) latent.focus();
    else if (was !== null) search.focusOn(was);
  };
  window.addEventListener('message', ({ data }: MessageEvent<ToLatentsView>) => {
    if (typeof data !== 'object' || data === null) return;
    if (data.type === 'state') {
      const before = state;
      ({ state } = data);
      render(before);
    } else if (data.type === 'form') intervention.set(data);
    else if (data.type === 'focusSearch') search.focus();
  });
  render(state);
  post({ type: 'ready', search: choices.search, opened: choices.opened });
}

const main = document.getElementById('latents-view');
if (main) start(main, acquireVsCodeApi());
