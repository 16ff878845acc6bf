/** The program's variants: the pair that is compared, or all of them once they were asked for, with Python's outcome and the model's. */
import { UNJUDGED } from '../../../src/protocol/words/outcome';
import { questionWords, type QuestionWords } from '../../../src/protocol/words/question';
import { isOpenQuestion } from '../../../src/vocabulary/open-questions';
import { el, type Child } from '../../ui/dom';
import type { Page, PatchRequest, Shown, View } from '../../page/page';
import { Slot } from '../../ui/slot';
import { breakable } from '../../figures/breakable';
import { scrollingTable } from '../../figures/table';
import { searchView } from './variant-search';
import { ALL_VARIANTS, shownVariants, variantFilters, variantOrders, type VariantOrder, type VariantsShown } from './variant-order';
import { pairRows, variantRows, type PairRow, type VariantRow } from './variant-rows';

/** @param settings the site and the direction that a comparison is asked with */
export function variantsView(page: Page, settings: () => Pick<PatchRequest, 'site' | 'direction' | 'window' | 'answers'>): View {
  const [listed, words] = [new Slot(), new Slot()];
  const tryAll = page.controls.button('Try all edits', () => page.listVariants?.(), {
    attributes: { 'data-action': 'listVariants' },
  });
  const write = page.controls.button('Write a Variant…', () => page.writeVariant?.(), {
    title: 'Opens the code as it was read beside a copy that you change', attributes: { 'data-action': 'writeVariant' },
  });
  let shown: VariantsShown = ALL_VARIANTS;
  let seen: { rows: VariantRow[]; patch: Patch } | null = null;
  let said = questionWords('');
  const offered = { filter: '', order: '' };
  const filter = page.controls.choice('Show', (value) => redraw({ filter: value }));
  const order = page.controls.choice('Sort by', (value) => redraw({ order: value as VariantOrder }));
  const summary = el('p', { class: 'muted' });
  const whole = el('div', { class: 'card', hidden: '' }, el('h2', {}, 'Variants'), summary, el('div', { class: 'controls', 'data-part': 'variants' }, filter.element, order.element), listed.element);
  const redraw = (to: Partial<VariantsShown> = {}) => {
    shown = { ...shown, ...to };
    if (!seen) return;
    const { rows, patch } = seen;
    const left = shownVariants(rows, shown);
    listed.show([left, patch !== null], () => [list(page, left, patch, said.judge)]);
  };
  const offer = (rows: readonly VariantRow[]) => {
    const options = variantFilters(rows, said);
    if (!options.some(({ value }) => value === shown.filter)) shown = { ...shown, filter: '' };
    const key = JSON.stringify(options);
    if (key !== offered.filter) filter.show(options, shown.filter);
    if (offered.order === '' || key !== offered.filter) order.show(Object.entries(variantOrders(said)).map(([value, label]) => ({ value, label })), shown.order);
    [offered.filter, offered.order] = [key, shown.order];
  };
  const asking = el('div', { class: 'card', hidden: '' }, el('h2', {}, 'Variants'), words.element, el('div', { class: 'controls' }, tryAll, write));
  const search = searchView(page);
  return {
    element: el('div', {}, asking, whole, search.element),
    show: (told) => {
      const { explanation, live, progress, busy = false } = told;
      search.show(told);
      const rows = variantRows(explanation);
      said = questionWords(explanation.template);
      tryAll.title = said.tryAll;
      const patch = page.patch && live ? (variant: number) => page.patch!({ variant, ...settings() }) : null;
      const unjudged = UNJUDGED.includes(explanation.actual?.label ?? '');
      whole.hidden = rows === null || rows.length === 0;
      seen = whole.hidden ? null : { rows: rows!, patch };
      if (seen) {
        summary.textContent = summaryOf(seen.rows, said);
        offer(seen.rows);
        redraw();
      }
      asking.hidden = (rows !== null && rows.length > 0) || page.listVariants === null; // a report without them needs no word about it
      if (asking.hidden) return;
      tryAll.hidden = !live || unjudged || rows !== null || !said.edits;
      write.hidden = !live || !isOpenQuestion(explanation.template);
      tryAll.disabled = write.disabled = busy || progress === 'running';
      const pair = pairRows(explanation);
      const none = noneWords(unjudged, rows !== null, said);
      words.show([pair, progress, live, none, said], () => (none === null ? compared(pair, progress, live, said) : [el('p', { class: 'muted' }, none)]));
    },
  };
}

/** Why there can be no variants; null where there can. */
export function noneWords(unjudged: boolean, listed: boolean, { none }: Pick<QuestionWords, 'none'>): string | null {
  if (unjudged) return 'The program itself could not be checked, so no edit of it is compared with it.';
  return listed ? none : null;
}

/** The pair that was compared, and that the other variants are made when one asks. */
function compared(pair: readonly PairRow[] | null, progress: Shown['progress'], live: boolean, said: QuestionWords): HTMLElement[] {
  const muted = (text: string) => el('p', { class: 'muted' }, text);
  const others = live ? [muted(said.compare)] : [];
  if (!pair) return [muted(progress === 'running' ? 'A variant to compare with is being looked for …' : 'This was compared with no variant.'), ...(progress === 'running' ? [] : others)];
  const head = el('thead', {}, el('tr', {}, ...['Program', said.judge, 'Model'].map((name) => el('th', { scope: 'col' }, name))));
  const rows = pair.map(({ program, actual, message, ...predicted }, i) =>
    el(
      'tr',
      { 'data-pair': i === 0 ? 'original' : 'variant' },
      el('th', { scope: 'row' }, el('bdi', {}, program)),
      el('td', { 'data-column': 'actual' }, el('span', { ...(message && { title: message }) }, actual)),
      el('td', { 'data-column': 'prediction' }, ...judged(predicted)),
    ),
  );
  const table = scrollingTable('The pair that is compared', head, rows);
  table.classList.add('variants');
  return [table, ...others];
}

type Patch = ((variant: number) => void) | null;

function summaryOf(rows: readonly VariantRow[], { otherwise }: QuestionWords): string {
  const changing = rows.filter(({ labelChanged }) => labelChanged).length;
  const known = rows.some(({ labelChanged }) => labelChanged !== null);
  const repairs = rows.filter(({ repair }) => repair).length;
  const mend = repairs === 0 ? '' : `, and ${repairs} of these ${repairs === 1 ? 'repairs' : 'repair'} it`;
  return `${rows.length} small ${rows.length === 1 ? 'edit' : 'edits'} of the code${known ? `; with ${changing} of them ${otherwise}${mend}` : ''}.`;
}

function list(page: Page, rows: VariantRow[], patch: Patch, judge: string): HTMLElement {
  const head: [name: string, title: string][] = [['number', '#'], ['edit', 'Edit'], ['actual', judge], ['prediction', 'Model'], ['tokens', 'Tokens']];
  if (patch) head.push(['patch', 'Patching']);
  const table = scrollingTable(
    'The program’s variants',
    el('thead', {}, el('tr', {}, ...head.map(([name, title]) => el('th', { scope: 'col', 'data-column': name }, title)))),
    rows.map((row) => tableRow(page, row, patch)),
  );
  table.classList.add('variants');
  return table;
}

const MARKS = { true: '✓', false: '✗' };

function tableRow(page: Page, row: VariantRow, patch: Patch): HTMLTableRowElement {
  const { number, edit, line, actual, message, prediction, probability, right, tokens, current, labelChanged } = row;
  const { control, repair, searched } = row;
  const cell = (name: string, ...children: (Node | string | null | false)[]) => el('td', { 'data-column': name }, ...children);
  const button = () => {
    const attributes = { 'data-key': `patch-${number}`, 'data-patch': String(number), 'aria-label': `Patch with variant ${number}` };
    return page.controls.button('Patch', () => patch!(number), { title: `Compare with variant ${number}`, attributes });
  };
  return el(
    'tr',
    { 'data-variant': String(number), ...(current && { class: 'current', 'aria-current': 'true' }) },
    el('th', { scope: 'row' }, String(number)),
    cell(
      'edit',
      el('bdi', {}, edit),
      control && tag('control', 'A consistent renaming, which changes nothing'),
      searched && tag('found', 'A search found it: it is in no other list of this program', 'repairs'),
      repair && tag('repairs', 'It is meant to mend the program, and changes what Python does', 'repairs'),
      current && tag('compared', 'The program is compared with this one'),
    ),
    cell('actual', el('span', { ...(message && { title: `${message} (variant’s line ${line})` }) }, ...breakable(actual)), labelChanged === false && el('span', { class: 'muted' }, ' as before')),
    cell('prediction', ...judged({ prediction, probability, right })),
    cell('tokens', tokens),
    patch && cell('patch', button()),
  );
}

function judged({ prediction, probability, right }: Pick<VariantRow, 'prediction' | 'probability' | 'right'>): Child[] {
  const words = right ? 'The model is right' : 'The model is wrong';
  const mark = right !== null && el('span', { class: right ? 'right' : 'wrong', title: words, role: 'img', 'aria-label': words }, MARKS[`${right}`]);
  return [...breakable(prediction), ' ', el('span', { class: 'together' }, `${probability} `, mark)];
}

function tag(text: string, title: string, kind = ''): HTMLElement {
  return el('span', { class: `tag ${kind}`.trim(), title }, text);
}
