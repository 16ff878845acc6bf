/** The overview: what the model predicts, what Python did, the findings, the code with its tokens, and its variants. */
import { cautionView } from './caution';
import { codeView } from './code';
import { el } from '../../ui/dom';
import { findingsView } from '../../page/findings';
import type { Page, View } from '../../page/page';
import { predictionView } from './prediction';
import { variantDiffView } from './variant-diff';
import { variantsView } from './variants-table';
import { verdictView } from './verdict';

export function overview(page: Page, settings: Parameters<typeof variantsView>[1]): View {
  const [verdict, caution, findings] = [verdictView(), cautionView(page), findingsView()];
  const [prediction, variants] = [predictionView(page), variantsView(page, settings)];
  const [diff, code] = [variantDiffView(), codeView(page)];
  const parts = [verdict, caution, findings, prediction, variants, diff, code];
  const beside = el('div', { class: 'beside' }, diff.element, code.element);
  const below = el('div', { class: 'below' }, variants.element);
  const columns = el('div', { class: 'columns' }, el('div', {}, prediction.element), below, beside);
  const element = el('section', { id: 'overview', 'aria-label': 'Overview' }, verdict.element, caution.element, findings.element, columns);
  return {
    element,
    show: (shown) => {
      for (const part of parts) part.show(shown);
    },
  };
}
