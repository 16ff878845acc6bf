/** Rows of latents, one of which can be opened: by mouse, or with the arrow keys and Enter. */
import type { DescribedLatent } from '../../src/protocol/documents/latents';
import type { LatentsViewState } from '../../src/protocol/pages/latents-view';
import { el, type Child } from '../ui/dom';
import { withCode } from '../page/findings';
import { isDense } from '../../src/protocol/words/dense';
import { percent, plain, visible } from '../../src/figures/kinds/text';
import { latentName, type LatentRef } from '../../src/vocabulary/latent-name';

export interface LatentRow extends DescribedLatent {
  /** What is known about it here, in short and in words: its activation, or how often it is active. */
  fact: { short: string; words: string } | null;
  promotes: string[];
  /** The share of tokens at which it is active; null where that is not known. */
  density: number | null;
}

export type Known = Pick<LatentsViewState, 'names' | 'highlighted'>;

export function nameOf({ site, latent }: LatentRef, { names }: Known): Known['names'][number] | undefined {
  return names.find((named) => named.site === site && named.latent === latent);
}

/** A spot in the colour that the latent has in the code; null when it has none there. */
export function chip({ site, latent }: LatentRef, { highlighted }: Known): HTMLElement | null {
  const colour = highlighted.find((shown) => shown.site === site && shown.latent === latent)?.colour;
  if (colour === undefined) return null;
  const spot = el('span', { class: 'chip', role: 'img', title: 'Highlighted in the code', 'aria-label': 'Highlighted in the code' });
  if (/^#[0-9a-f]{6}$/i.test(colour)) spot.style.backgroundColor = colour;
  return spot;
}

export function latentList(label: string, rows: readonly LatentRow[], known: Known, open: (ref: LatentRef) => void): HTMLElement {
  const buttons = rows.map((row) => button(row, known, open));
  const list = el('ul', { class: 'latents', 'aria-label': label }, ...buttons.map((one) => el('li', {}, one)));
  // One stop for the Tab key, as in VS Code's own lists.
  const rove = (to: HTMLElement) => buttons.forEach((one) => (one.tabIndex = one === to ? 0 : -1));
  if (buttons[0]) rove(buttons[0]);
  list.addEventListener('focusin', ({ target }) => {
    const focused = buttons.find((one) => one === target);
    if (focused) rove(focused);
  });
  list.addEventListener('keydown', (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(buttons.length - 1, to))].focus();
  });
  return list;
}

function button(row: LatentRow, known: Known, open: (ref: LatentRef) => void): HTMLButtonElement {
  const { site, latent, description, fact, promotes, density } = row;
  const own = nameOf(row, known)?.name;
  const words = own ? [plain(own)] : withCode(plain(description?.text ?? 'No description'));
  const tokens: Child[] = promotes.slice(0, 4).map((token) => el('code', {}, visible(token)));
  const element = el(
    'button',
    { type: 'button', class: 'latent', 'data-latent': latentName(row), 'data-key': `latent-${latentName(row)}` },
    el('span', { class: 'latent-head' }, chip(row, known), el('bdi', { class: own || description ? 'words' : 'words muted' }, ...words)),
    el('span', { class: 'latent-facts' }, el('span', { class: 'wrap' }, latentName(row), dense(density)), fact && el('span', { class: 'fact', title: fact.words }, el('span', { 'aria-hidden': 'true' }, fact.short), el('span', { class: 'unseen' }, fact.words))),
    tokens.length > 0 && el('span', { class: 'tokens' }, '↑ ', ...tokens),
  );
  element.addEventListener('click', () => open({ site, latent }));
  return element;
}

function dense(density: number | null): HTMLElement | false {
  if (density === null || !isDense(density)) return false;
  return el('span', { class: 'tag', title: `Active at ${percent(density)} of tokens, so that it tells little by being active` }, 'dense');
}
