/** The script of the HTML report: reads the explanation that the page carries and draws it. */
import type { Explanation } from '../src/protocol/explanation';
import { plainControls } from './ui/controls';
import { el } from './ui/dom';
import { lensView } from './views/lens/lens';
import { overview } from './views/overview/overview';
import { fileStem, lineRange, type Page } from './page/page';
import { patchingView } from './views/patching/patching';
import { fileTitle } from './page/picture-words';
import { download } from './page/saving';
import { Selection } from './page/selection';
import { visible } from '../src/figures/text';

function show(explanation: Explanation, main: HTMLElement): void {
  const { source, model, template, tokens } = explanation;
  const file = fileTitle(source.file);
  const page: Page = {
    selection: new Selection({ position: tokens.length - 1, layer: null }),
    controls: plainControls,
    save: download,
    patch: null,
    listVariants: null,
    editQuestion: null,
  };
  document.title = `${file} · Latent Lens`;
  const save = () => download({ name: `${fileStem(explanation)}.latentlens`, kind: 'json', content: JSON.stringify(explanation) });
  const views = [overview(page, () => ({ site: 'hook_resid_pre', direction: 'denoising' })), lensView(page), patchingView(page, null)];
  main.replaceChildren(
    el(
      'header',
      {},
      el('div', {}, el('p', { class: 'eyebrow' }, 'Latent Lens'), el('h1', {}, el('bdi', {}, file), el('span', { class: 'muted' }, ` ${lineRange(source)}`))),
      plainControls.button('Save result (JSON)', save, { title: 'Save the whole explanation' }),
    ),
    el('nav', { 'aria-label': 'Views' }, ...['overview', 'lens', 'patching'].map(link)),
    ...views.map(({ element }) => element),
    el('footer', { class: 'muted' }, `Model ${visible(model.id)}, ${model.layers} layers, SHA-256 `, el('code', {}, visible(model.sha256)), ` · template ${visible(template)}`),
  );
  for (const view of views) view.show({ explanation, progress: 'complete', live: false });
}

const TITLES: Record<string, string> = { overview: 'Overview', lens: 'Logit lens', patching: 'Patching' };

function link(id: string): HTMLElement {
  const anchor = el('a', {}, TITLES[id]);
  anchor.href = `#${id}`;
  return anchor;
}

const data = document.getElementById('explanation');
const main = document.querySelector('main');
if (data && main) show(JSON.parse(data.textContent ?? '') as Explanation, main);
