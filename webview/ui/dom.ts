/** Elements. Text only ever becomes text nodes. */
import { plain } from '../../src/figures/text';

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

/** A label with places where a line may break, between the words of a class's name; these are a `wbr` each. */
export function breakable(label: string): (Node | string)[] {
  return plain(label).split(/(?<=\p{Ll})(?=\p{Lu})/u).flatMap((word, i) => (i === 0 ? [word] : [document.createElement('wbr'), word]));
}
