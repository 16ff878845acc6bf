/** A field for a number, of the page's own making: both kinds of pages have the same. */
import { el } from './dom';

export interface NumberField {
  element: HTMLElement;
  /** Null while it is empty; NaN while what is in it is no number. It may be out of bounds. */
  value: number | null;
}

export interface NumberOptions {
  least: number | null;
  most: number | null;
  whole: boolean;
  /** What is in it at first. */
  first: number | null;
  title?: string;
}

export function numberField(label: string, { least, most, whole, first, title }: NumberOptions, onEnter: () => void): NumberField {
  const input = el('input', {
    type: 'number',
    step: whole ? '1' : 'any',
    ...(least !== null && { min: String(least) }),
    ...(most !== null && { max: String(most) }),
    ...(title && { title }),
  });
  if (first === null) input.placeholder = 'automatic';
  input.value = first === null ? '' : String(first);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') onEnter();
  });
  return {
    element: el('label', { class: 'choice' }, el('span', {}, label), input),
    get value() {
      return input.value === '' && !input.validity.badInput ? null : input.valueAsNumber;
    },
    set value(number) {
      input.value = number === null ? '' : String(number);
    },
  };
}
