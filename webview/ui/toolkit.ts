/**
 * The parts of @vscode/webview-ui-toolkit that the panel uses, registered and made into the views' controls. The toolkit is archived;
 * nothing else of it is imported anywhere.
 */
import {
  provideVSCodeDesignSystem, vsCodeButton, vsCodeCheckbox, vsCodeDropdown, vsCodeOption, vsCodePanelTab, vsCodePanelView, vsCodePanels,
  vsCodeProgressRing,
} from '@vscode/webview-ui-toolkit';
import type { Choice, ControlElement, Controls } from './controls';
import { el, type Child } from './dom';

export function registerToolkit(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption(), vsCodePanelTab(), vsCodePanelView(), vsCodePanels(),
    vsCodeProgressRing(),
  );
}

type ValueElement = ControlElement & { value: string };

/** As `el`, of a component. */
function component(tag: string, attributes: Record<string, string>, ...children: Child[]): HTMLElement {
  const element = document.createElement(`vscode-${tag}`);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

let lastId = 0;

export const toolkitControls: Controls = {
  button: (label, onClick, { title, primary, attributes = {} } = {}) => {
    const element = component('button', { appearance: primary ? 'primary' : 'secondary', ...(title && { title }), ...attributes }, label) as ControlElement;
    element.addEventListener('click', () => {
      if (!element.disabled) onClick();
    });
    return element;
  },

  toggle: (label, onChange, on = false) => {
    const element = component('checkbox', on ? { checked: '' } : {}, label) as HTMLElement & { checked: boolean };
    let told = on;
    element.addEventListener('change', () => {
      if (element.checked === told) return; // it also says so when `show` changes it
      told = element.checked;
      onChange(told);
    });
    const show = (now: boolean) => {
      told = now;
      element.checked = now;
    };
    return Object.assign(element, { show });
  },

  choice: <V extends string>(label: string, onChange: (value: V) => void): Choice<V> => {
    const id = `choice-${++lastId}`;
    const dropdown = component('dropdown', { 'aria-labelledby': id }) as ValueElement;
    const labels = new Map<string, string>();
    const chosen = () => dropdown.value as V; // its options are those of `show`
    /** What is chosen may be longer than the box that shows it. */
    const title = (value: string) => dropdown.setAttribute('title', labels.get(value) ?? '');
    dropdown.addEventListener('change', () => {
      title(dropdown.value);
      onChange(chosen());
    });
    return {
      element: el('div', { class: 'choice' }, el('span', { id }, label), dropdown),
      get value() {
        return chosen();
      },
      show: (options, value) => {
        const elements = options.map((option) =>
          component('option', { value: option.value, title: option.label, ...(option.value === value && { selected: '' }) }, option.label),
        );
        dropdown.replaceChildren(...elements);
        labels.clear();
        for (const option of options) labels.set(option.value, option.label);
        title(value);
        // The component takes its options in later than this.
        requestAnimationFrame(() => {
          dropdown.value = value;
        });
      },
      get disabled() {
        return dropdown.disabled;
      },
      set disabled(disabled) {
        if (dropdown.disabled !== disabled) dropdown.disabled = disabled;
      },
    };
  },
};

export interface Tab {
  id: string;
  title: string;
  /** More than its title says, for those who point at it. */
  about?: string;
  content: HTMLElement;
}

export interface Tabs {
  element: HTMLElement;
  /** Shows a tab without telling. */
  show: (id: string) => void;
}

/** Tabs; `onChange` is called when the reader chooses one. */
export function tabs(label: string, parts: readonly Tab[], onChange: (id: string) => void): Tabs {
  const heads = parts.map(({ id, title, about }) => component('panel-tab', { id: `tab-${id}`, 'data-tab': id, ...(about && { title: about }) }, title));
  const element = component(
    'panels',
    { 'aria-label': label },
    ...heads,
    ...parts.map(({ id, content }) => component('panel-view', { id: `view-${id}` }, content)),
  ) as HTMLElement & { activeid: string };
  let current = parts[0].id;
  element.addEventListener('change', (event) => {
    if (event.target !== element) return; // dropdowns and checkboxes inside change, too
    const chosen = element.activeid.replace(/^tab-/, '');
    if (chosen === current) return;
    current = chosen;
    onChange(chosen);
  });
  return {
    element,
    show: (id) => {
      current = id;
      element.activeid = `tab-${id}`;
    },
  };
}

export function progressRing(): HTMLElement {
  return component('progress-ring', { 'aria-hidden': 'true' });
}
