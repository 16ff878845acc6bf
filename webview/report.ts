/** The script of the HTML report: reads the explanation that the page carries and draws it. */
import type { Explanation } from '../src/protocol/explanation';
import { button, download, el } from './dom';
import { lensView } from './lens';
import { overview } from './overview';
import { patchingView } from './patching';
import { Selection } from './selection';
import { visible } from './text';

function show(explanation: Explanation, page: HTMLElement): void {
  const { source, model, template, tokens } = explanation;
  const range = source.lastLine > source.firstLine ? `lines ${source.firstLine}–${source.lastLine}` : `line ${source.firstLine}`;
  const file = source.file === null ? 'unsaved code' : source.file.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, visible);
  const name = (source.file ?? 'code').replace(/^.*[/\\]/, '').replace(/[^\w-]+/g, '_') || 'code';
  const selection = new Selection({ position: tokens.length - 1, layer: null });
  document.title = `${file} · Latent Lens`;
  const save = () => download(`${name}.latentlens.json`, JSON.stringify(explanation), 'application/json');
  page.replaceChildren(
    el(
      'header',
      {},
      el('div', {}, el('p', { class: 'eyebrow' }, 'Latent Lens'), el('h1', {}, el('bdi', {}, file), el('span', { class: 'muted' }, ` ${range}`))),
      button('Save result (JSON)', save, 'Save the whole explanation'),
    ),
    el('nav', { 'aria-label': 'Views' }, ...['overview', 'lens', 'patching'].map(link)),
    overview(explanation, selection, name),
    lensView(explanation, selection, name),
    patchingView(explanation, selection, name),
    el('footer', { class: 'muted' }, `Model ${model.id}, ${model.layers} layers, SHA-256 `, el('code', {}, model.sha256), ` · template ${template}`),
  );
}

const TITLES: Record<string, string> = { overview: 'Overview', lens: 'Logit lens', patching: 'Patching' };

function link(id: string): HTMLElement {
  const anchor = el('a', {}, TITLES[id]);
  anchor.href = `#${id}`;
  return anchor;
}

const data = document.getElementById('explanation');
const page = document.querySelector('main');
if (data && page) show(JSON.parse(data.textContent ?? '') as Explanation, page);
