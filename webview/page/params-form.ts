/** A form for what an analysis may be told, made from its parameters. */
import type * as z from 'zod';
import { formFields, type FormField } from '../../src/protocol/forms';
import type { Controls } from '../ui/controls';
import { el } from '../ui/dom';
import { numberField } from '../ui/number-field';
import { textField } from '../ui/text-field';

interface Control {
  name: string;
  element: HTMLElement;
  read: () => unknown;
  /** What is chosen means this; empty where that is plain. */
  meaning?: () => string;
}

export class ParamsForm {
  readonly element: HTMLElement;
  private readonly fields: Control[];
  private readonly meanings = el('div');

  /** @param submit is called when the reader presses Enter in a field */
  constructor(controls: Controls, params: z.ZodObject, submit: () => void) {
    this.fields = formFields(params).map((field) => control(controls, field, submit, () => this.explain()));
    this.element = el('div', {}, el('div', { class: 'controls' }, ...this.fields.map(({ element }) => element)), this.meanings);
    this.explain();
  }

  /** Whether there is nothing to choose. */
  get isEmpty(): boolean {
    return this.fields.length === 0;
  }

  /** What is chosen; what is wrong is left for the analysis' own check to say. */
  get values(): Record<string, unknown> {
    return Object.fromEntries(this.fields.map(({ name, read }) => [name, read()]));
  }

  private explain(): void {
    const sentences = this.fields.flatMap(({ meaning }) => meaning?.() || []);
    this.meanings.replaceChildren(...sentences.map((text) => el('p', { class: 'muted' }, text)));
  }
}

function control(controls: Controls, field: FormField, submit: () => void, changed: () => void): Control {
  const { name, title, description, otherwise, empty } = field;
  if (field.kind === 'toggle') {
    let on = otherwise === true;
    const element = controls.toggle(title, (next) => (on = next), on);
    if (description) element.setAttribute('title', description);
    return { name, element, read: () => on };
  }
  if (field.kind === 'number') {
    const { least, most, whole } = field;
    const range = least !== null && most !== null ? `${least} to ${most}` : '';
    const first = typeof otherwise === 'number' ? otherwise : null;
    const made = numberField(title, { least, most, whole, first, title: [description, range].filter(Boolean).join(': ') }, submit);
    return {
      name,
      element: made.element,
      read: () => {
        const { value } = made;
        return value === null ? (empty ? null : first) : Number.isNaN(value) ? 'no number' : value;
      },
    };
  }
  if (field.kind === 'text') {
    const made = textField(title, { first: textOf(otherwise), optional: empty, title: [description, field.words].filter(Boolean).join(': ') }, submit);
    const read = (text: string) => (field.list ? text.split(',').map((item) => item.trim()) : text);
    return { name, element: made.element, read: () => (made.value === '' ? (empty ? null : otherwise) : read(made.value)) };
  }
  const first = textOf(otherwise);
  let chosen = first;
  const choice = controls.choice(title, (value) => {
    chosen = value;
    changed();
  });
  const options = Object.keys(field.choices).map((value) => ({ value, label: value }));
  choice.show(first === '' || empty ? [{ value: '', label: 'automatic' }, ...options] : options, first);
  if (description) choice.element.setAttribute('title', description);
  const meaning = () => (field.choices[chosen] ? `${chosen}: ${field.choices[chosen]}.` : '');
  return { name, element: choice.element, read: () => chosen || (empty ? null : otherwise), meaning };
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '';
}
