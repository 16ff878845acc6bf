/** A form for what an analysis may be told, made from its parameters. */
import type * as z from 'zod';
import { formFields, type FormField } from '../../src/protocol/forms';
import type { Controls } from '../ui/controls';
import { el } from '../ui/dom';
import { numberField } from '../ui/number-field';

interface Control {
  name: string;
  element: HTMLElement;
  read: () => unknown;
}

export class ParamsForm {
  readonly element: HTMLElement;
  private readonly fields: Control[];

  /** @param submit is called when the reader presses Enter in a field */
  constructor(controls: Controls, params: z.ZodObject, submit: () => void) {
    this.fields = formFields(params).map((field) => control(controls, field, submit));
    this.element = el('div', { class: 'controls', hidden: '' }, ...this.fields.map(({ element }) => element));
    this.element.hidden = this.fields.length === 0;
  }

  /** What is chosen; what is wrong is left for the analysis' own check to say. */
  get values(): Record<string, unknown> {
    return Object.fromEntries(this.fields.map(({ name, read }) => [name, read()]));
  }
}

function control(controls: Controls, field: FormField, submit: () => void): Control {
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
  const choice = controls.choice(title, () => undefined);
  const options = Object.entries(field.choices).map(([value, meaning]) => ({ value, label: meaning ? `${value}: ${meaning}` : value }));
  const first = typeof otherwise === 'string' ? otherwise : '';
  choice.show(first === '' || empty ? [{ value: '', label: 'automatic' }, ...options] : options, first);
  if (description) choice.element.setAttribute('title', description);
  return { name, element: choice.element, read: () => choice.value || (empty ? null : otherwise) };
}
