/** The search for the smallest edit after which the model answers otherwise: what came of it, and the button that begins one. */
import { percent } from '../../../src/figures/kinds/text';
import { answerName, questionWords } from '../../../src/protocol/words/question';
import { searchWords } from '../../../src/protocol/words/variant-search';
import { findingsList } from '../../page/findings';
import type { Page, View } from '../../page/page';
import { el } from '../../ui/dom';
import { Slot } from '../../ui/slot';

/** Edited programs that are read at most: each is one pass of the model. */
const BUDGETS = ['100', '200', '500', '2000'] as const;

export function searchView(page: Page): View {
  const found = new Slot();
  const run = page.controls.button('Search for the Smallest Edit That Flips It', () => page.searchVariants?.(Number(budget.value)), {
    attributes: { 'data-action': 'searchVariants' },
  });
  const budget = page.controls.choice<(typeof BUDGETS)[number]>('Programs to read', () => undefined);
  budget.show(BUDGETS.map((value) => ({ value, label: value })), '200');
  const asking = el('div', { class: 'controls' }, run, budget.element);
  const element = el('div', { class: 'card', 'data-part': 'search', hidden: '' }, el('h2', {}, 'Smallest Edit'), found.element, asking);
  return {
    element,
    show: ({ explanation: { template, search }, live, progress, busy = false }) => {
      const { search: title } = questionWords(template);
      asking.hidden = !live || page.searchVariants === null;
      element.hidden = title === null || (asking.hidden && !search);
      run.title = title ?? '';
      run.disabled = budget.disabled = busy || progress === 'running';
      const named = (label: string) => answerName(template, label);
      found.show([search], () => [search !== undefined && findingsList(searchWords(search, named, percent))]);
    },
  };
}
