/** What a narrow page shows on demand, controls and explanations, so that the picture comes first; a wide page shows it at once. */
import { el, type Child } from './dom';

export function folding(label: string, ...children: Child[]): HTMLElement {
  const inside = el('div', { class: 'folding-inside' }, ...children);
  const toggle = el('button', { type: 'button', class: 'folding-toggle', 'aria-expanded': 'false' }, label);
  const element = el('div', { class: 'folding' }, toggle, inside);
  toggle.addEventListener('click', () => {
    const open = element.classList.toggle('open');
    toggle.setAttribute('aria-expanded', String(open));
  });
  return element;
}
