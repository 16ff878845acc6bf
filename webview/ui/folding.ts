/** What a narrow page shows on demand, controls and explanations, so that the picture comes first; a wide page shows it at once. */
import { el, type Child } from './dom';

export function folding(label: string, ...children: Child[]): HTMLElement {
  const inside = el('div', { class: 'folding-inside' }, ...children);
  const toggle = el('button', { type: 'button', class: 'folding-toggle', 'aria-expanded': 'false' }, label);
  const element = el('div', { class: 'folding' }, toggle, inside);
  toggle.addEventListener('click', () => toggle.setAttribute('aria-expanded', String(element.classList.toggle('open'))));
  return element;
}

/** The same, open from the start: where something has to be chosen first. */
export function unfolded(label: string, ...children: Child[]): HTMLElement {
  const element = folding(label, ...children);
  element.querySelector<HTMLElement>('.folding-toggle')!.click();
  return element;
}
