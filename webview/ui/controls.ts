/** Buttons and choices as the views use them, and the plain HTML ones of the report. The panel has the toolkit's instead. */
import { el } from './dom';

export interface Controls {
  button: (label: string, onClick: () => void, options?: ButtonOptions) => ControlElement;
  /** Something that is on or off, at first off. */
  toggle: (label: string, onChange: (on: boolean) => void, on?: boolean) => Toggle;
  /** One of several; V are their values. */
  choice: <V extends string>(label: string, onChange: (value: V) => void) => Choice<V>;
}

/** `show` says what it is, without telling. */
export type Toggle = HTMLElement & { show: (on: boolean) => void };

export type ControlElement = HTMLElement & { disabled: boolean };

export interface ButtonOptions {
  title?: string;
  /** Whether it is what one would most likely press. */
  primary?: boolean;
  /** Further constant attributes. */
  attributes?: Record<string, string>;
}

export interface ChoiceOption<V extends string = string> {
  value: V;
  label: string;
}

export interface Choice<V extends string = string> {
  element: HTMLElement;
  readonly value: V;
  show: (options: readonly ChoiceOption<V>[], value: V) => void;
  disabled: boolean;
}

export const plainControls: Controls = {
  button: (label, onClick, { title, primary, attributes = {} } = {}) => {
    const element = el('button', { type: 'button', ...(title && { title }), ...(primary && { class: 'primary' }), ...attributes }, label);
    element.addEventListener('click', onClick);
    return element;
  },

  toggle: (label, onChange, first = false) => {
    let on = first;
    const element = plainControls.button(label, () => {
      show(!on);
      onChange(on);
    });
    const show = (now: boolean) => {
      on = now;
      element.setAttribute('aria-pressed', String(on));
    };
    show(first);
    return Object.assign(element, { show });
  },

  choice: <V extends string>(label: string, onChange: (value: V) => void): Choice<V> => {
    const select = el('select', {});
    const chosen = () => select.value as V; // its options are those of `show`
    select.addEventListener('change', () => onChange(chosen()));
    return {
      element: el('label', { class: 'choice' }, `${label}: `, select),
      get value() {
        return chosen();
      },
      show: (options, value) => {
        select.replaceChildren(...options.map((option) => el('option', { value: option.value }, option.label)));
        select.value = value;
      },
      get disabled() {
        return select.disabled;
      },
      set disabled(disabled) {
        select.disabled = disabled;
      },
    };
  },
};
