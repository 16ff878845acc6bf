/** Elements. Text only ever becomes text nodes. */

export type Child = Node | string | null | false;

/** An element with constant attribute names; strings among the children are text. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

/** A titled part of a view. */
export function card(title: string, ...children: Child[]): HTMLElement {
  return el('div', { class: 'card' }, el('h2', {}, title), ...children);
}
