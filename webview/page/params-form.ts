/** A form for what an analysis may be told, made from its parameters. */
import type * as z from 'zod';
import { formFields, type FormField } from '../../src/protocol/pages/forms';
import type { Controls } from '../ui/controls';
import { el } from '../ui/dom';
import { numberField } from '../ui/number-field';
import { textField } from '../ui/text-field';

interface Control {
  name: string;
  element: HTMLElement;
  read: () => unknown;
  /** Shows a value; one that is not of its kind is left out. */
  write: (value: unknown) => void;
  /** Puts a place of the code, or a path, there. */
  put?: (place: string, layer: number) => void;
  /** What is chosen means this; empty where that is plain. */
  meaning?: () => string;
}

export class ParamsForm {
  readonly element: HTMLElement;
  private readonly fields: Control[];
  private readonly meanings = el('div');

  /**
   * @param submit is called when the reader presses Enter in a field
   * @param editor is asked for the token at its cursor, or for a file, for a field; null on a page that has no editor
   */
  constructor(controls: Controls, params: z.ZodObject, submit: () => void, editor: Editor | null) {
    const told = { submit, editor, changed: () => this.explain() };
    this.fields = formFields(params).map((field) => control(controls, field, told));
    this.element = el('div', {}, el('div', { class: 'controls' }, ...this.fields.map(({ element }) => element)), this.meanings);
    this.explain();
  }

  /** How many fields it has. */
  get size(): number {
    return this.fields.length;
  }

  /** What is chosen; what is wrong is left for the analysis' own check to say. */
  get values(): Record<string, unknown> {
    return Object.fromEntries(this.fields.map(({ name, read }) => [name, read()]));
  }

  /** Shows these values, of the fields that it has. */
  fill(values: Record<string, unknown>): void {
    for (const { name, write } of this.fields) if (Object.hasOwn(values, name)) write(values[name]);
    this.explain();
  }

  /**
   * Puts a place of the code, or a path, into a field.
   * @param layer where the field wants a place in a layer and names none yet
   */
  put(field: string, place: string, layer: number): void {
    this.fields.find(({ name }) => name === field)?.put?.(place, layer);
  }

  private explain(): void {
    const sentences = this.fields.flatMap(({ meaning }) => meaning?.() || []);
    this.meanings.replaceChildren(...sentences.map((text) => el('p', { class: 'muted' }, text)));
  }
}

/** What is asked of the editor for a field; its answer is put there. */
interface Editor {
  cursor: (field: string) => void;
  file: (field: string) => void;
}

interface Told {
  submit: () => void;
  editor: Editor | null;
  changed: () => void;
}

function control(controls: Controls, field: FormField, { submit, editor, changed }: Told): Control {
  const { name, title, description, otherwise, empty } = field;
  if (field.kind === 'toggle') {
    let on = otherwise === true;
    const element = controls.toggle(title, (next) => (on = next), on);
    if (description) element.setAttribute('title', description);
    return { name, element, read: () => on, write: (value) => element.show((on = value === true)) };
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
      write: (value) => (made.value = typeof value === 'number' ? value : null),
    };
  }
  if (field.kind === 'text') {
    const made = textField(title, { first: textOf(otherwise), optional: empty, title: [description, field.words].filter(Boolean).join(': '), left: field.left ?? undefined }, submit);
    const read = (text: string) => (field.list ? text.split(',').map((item) => item.trim()) : text);
    const button = editor && field.place && field.place !== 'head' && controls.button('At cursor', () => editor.cursor(name), {
      title: `Put the token at the editor’s cursor into “${title}”`, attributes: { 'data-action': 'atCursor', 'data-field': name },
    });
    return {
      name,
      element: el('div', { class: 'choice', 'data-param': name }, made.element, button),
      read: () => (made.value === '' ? (empty ? null : otherwise) : read(made.value)),
      write: (value) => (made.value = textOf(value)),
      put: (place, layer) => (made.value = field.place === 'layer' ? `${layerIn(made.value) ?? layer}:${place}` : place),
    };
  }
  if (field.kind === 'file') {
    const { kind } = field.file;
    // A folder that is not named is the model's own; a file is not chosen by itself.
    const left = kind === 'file' ? 'none' : 'automatic';
    const made = textField(title, { first: textOf(otherwise), optional: empty, title: description, left }, submit);
    const button = editor && controls.button(`Choose ${kind}…`, () => editor.file(name), {
      title: `Choose the ${kind} for “${title}”`, attributes: { 'data-action': 'chooseFile', 'data-field': name },
    });
    return {
      name,
      element: el('div', { class: 'choice', 'data-param': name }, made.element, button),
      read: () => (made.value === '' ? (empty ? null : otherwise) : made.value),
      write: (value) => (made.value = textOf(value)),
      put: (path) => (made.value = path),
    };
  }
  const first = textOf(otherwise);
  let chosen = first;
  const choice = controls.choice(title, (value) => {
    chosen = value;
    changed();
  });
  const options = Object.keys(field.choices).map((value) => ({ value, label: value }));
  const show = (value: string) => choice.show(first === '' || empty ? [{ value: '', label: 'automatic' }, ...options] : options, (chosen = value));
  show(first);
  if (description) choice.element.setAttribute('title', description);
  const meaning = () => (field.choices[chosen] ? `${chosen}: ${field.choices[chosen]}.` : '');
  const read = () => chosen || (empty ? null : otherwise);
  return { name, element: choice.element, read, write: (value) => show(textOf(value)), meaning };
}

/** Of a place in a layer, or the first of several. */
function layerIn(text: string): string | undefined {
  return /^(\d+):/.exec(text)?.[1];
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '';
}
