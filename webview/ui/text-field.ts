/** A field for a short text, such as a place in the code. */
import { el } from './dom';

export interface TextField {
  element: HTMLElement;
  /** Without white space around it; empty while nothing is in it. */
  value: string;
}

export interface TextOptions {
  /** What is in it at first. */
  first: string;
  /** Whether it may be left empty, which leaves it to the analysis. */
  optional: boolean;
  title?: string;
  /** What stands for that while it is empty; `automatic` when left out. */
  left?: string;
}

export function textField(label: string, { first, optional, title, left = 'automatic' }: TextOptions, onEnter: () => void): TextField {
  const input = el('input', { type: 'text', spellcheck: 'false', ...(title && { title }) });
  if (optional) input.placeholder = left;
  input.value = first;
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') onEnter();
  });
  return {
    element: el('label', { class: 'choice' }, el('span', {}, label), input),
    get value() {
      return input.value.trim();
    },
    set value(text) {
      input.value = text;
    },
  };
}
