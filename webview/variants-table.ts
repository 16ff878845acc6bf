/** The program's variants: what was edited, what Python does with each, what the model predicts, and the way to their patching. */
import { card, el } from './dom';
import type { Page, PatchRequest, Shown, View } from './page';
import { Slot } from './slot';
import { scrollingTable } from './table';
import { variantRows, type VariantRow } from './variant-rows';

/** @param settings the site and the direction that a comparison is asked with */
export function variantsView(page: Page, settings: () => Pick<PatchRequest, 'site' | 'direction' | 'pair'>): View {
  const slot = new Slot();
  return {
    element: slot.element,
    show: (shown) => {
      const rows = variantRows(shown.explanation);
      const patch = page.patch && shown.live ? (variant: number) => page.patch!({ variant, ...settings() }) : null;
      const { progress } = shown;
      slot.show([rows, progress, patch !== null], () => [content(page, progress, rows, patch)]);
    },
  };
}

type Patch = ((variant: number) => void) | null;

function content(page: Page, progress: Shown['progress'], rows: VariantRow[] | null, patch: Patch): HTMLElement | null {
  if (!rows) {
    if (!page.patch) return null; // a report without them needs no word about it
    return card('Variants', el('p', { class: 'muted' }, progress === 'running' ? 'The variants are being made …' : 'The variants were not listed.'));
  }
  if (rows.length === 0) return card('Variants', el('p', { class: 'muted' }, 'No variant could be made of this code.'));
  const changing = rows.filter(({ labelChanged }) => labelChanged).length;
  const known = rows.some(({ labelChanged }) => labelChanged !== null);
  const summary = `${rows.length} small ${rows.length === 1 ? 'edit' : 'edits'} of the code${known ? `; with ${changing} of them Python does something else` : ''}.`;
  const head = ['#', 'Edit', 'Python', 'Model', 'Tokens', ...(patch ? ['Patching'] : [])];
  const table = scrollingTable(
    'The program’s variants',
    el('thead', {}, el('tr', {}, ...head.map((name) => el('th', { scope: 'col' }, name)))),
    rows.map((row) => tableRow(page, row, patch)),
  );
  table.classList.add('variants');
  return card('Variants', el('p', { class: 'muted' }, summary), table);
}

const MARKS = { true: '✓', false: '✗' };

function tableRow(page: Page, row: VariantRow, patch: Patch): HTMLTableRowElement {
  const { number, edit, line, actual, message, prediction, probability, right, tokens, control, repair, current, labelChanged } = row;
  const cell = (name: string, ...children: (Node | string | null | false)[]) => el('td', { 'data-column': name }, ...children);
  const judged = right === null ? '' : right ? 'The model is right' : 'The model is wrong';
  const button = () => {
    const attributes = { 'data-key': `patch-${number}`, 'data-patch': String(number), 'aria-label': `Patch with variant ${number}` };
    return page.controls.button('Patch', () => patch!(number), { title: `Compare with variant ${number}`, attributes });
  };
  return el(
    'tr',
    { 'data-variant': String(number), ...(current && { class: 'current', 'aria-current': 'true' }) },
    el('th', { scope: 'row' }, String(number)),
    cell('edit', el('bdi', {}, edit), control && tag('control', 'A consistent renaming, which changes nothing'), repair && tag('repair', 'It is meant to mend the program, and changes what Python does'), current && tag('compared', 'The program is compared with this one')),
    cell('actual', el('span', { ...(message && { title: `${message} (variant’s line ${line})` }) }, actual), labelChanged === false && el('span', { class: 'muted' }, ' as before')),
    cell('prediction', `${prediction} `, el('span', { class: 'together' }, `${probability} `, right !== null && el('span', { class: right ? 'right' : 'wrong', title: judged, role: 'img', 'aria-label': judged }, MARKS[`${right}`]))),
    cell('tokens', tokens),
    patch && cell('patch', button()),
  );
}

function tag(text: string, title: string): HTMLElement {
  return el('span', { class: 'tag', title }, text);
}
