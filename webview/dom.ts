/** Elements and downloads. Text only ever becomes text nodes. */

type Child = Node | string | null | false;

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

/** A button that does something. */
export function button(label: string, onClick: () => void, title = ''): HTMLButtonElement {
  const element = el('button', { type: 'button', ...(title && { title }) }, label);
  element.addEventListener('click', onClick);
  return element;
}

/** A labelled choice among options; `onChange` gets the chosen value. */
export function choice(label: string, options: { value: string; label: string }[], onChange: (value: string) => void): HTMLLabelElement {
  const select = el('select', {}, ...options.map((option) => el('option', { value: option.value }, option.label)));
  select.addEventListener('change', () => onChange(select.value));
  return el('label', { class: 'choice' }, `${label} `, select);
}

export interface TableData {
  caption: string;
  head: string[];
  /** The first cell of each row is its heading. */
  rows: string[][];
}

/** A table that stays closed, and unbuilt, until it is asked for. */
export function tableBehind(summary: string, data: () => TableData): HTMLDetailsElement {
  const details = el('details', { class: 'table' }, el('summary', {}, summary));
  details.addEventListener('toggle', () => {
    details.querySelector('.table-scroller')?.remove();
    if (!details.open) return;
    const { caption, head, rows } = data();
    const table = el(
      'table',
      {},
      el('caption', {}, caption),
      el('thead', {}, el('tr', {}, ...head.map((name) => el('th', { scope: 'col' }, name)))),
      el(
        'tbody',
        {},
        ...rows.map(([first, ...rest]) => el('tr', {}, el('th', { scope: 'row' }, first), ...rest.map((cell) => el('td', {}, cell)))),
      ),
    );
    details.append(el('div', { class: 'table-scroller', tabindex: '0', role: 'region', 'aria-label': caption }, table));
  });
  return details;
}

/** Saves a file from the page. */
export function download(name: string, content: Blob | string, type = 'text/plain;charset=utf-8'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content;
  const link = el('a', { download: name });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The canvas as a PNG file. */
export function downloadPng(name: string, canvas: HTMLCanvasElement): void {
  canvas.toBlob((blob) => {
    if (blob) download(name, blob);
  }, 'image/png');
}
