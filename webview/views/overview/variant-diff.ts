/** The variant that the program is compared with, as a diff. */
import { fileLine } from '../../../src/protocol/reading/code-parts';
import type { Counterfactual, Explanation } from '../../../src/protocol/documents/explanation';
import { pythonName } from '../../../src/protocol/words/python';
import { isOpenQuestion } from '../../../src/vocabulary/open-questions';
import { folded, lineDiff, type DiffLine } from './diff';
import { card, el } from '../../ui/dom';
import { probabilityOf } from '../display';
import type { View } from '../../page/page';
import { Slot } from '../../ui/slot';
import { percent, shownCode, plain } from '../../../src/figures/kinds/text';

export function variantDiffView(): View {
  const slot = new Slot();
  return {
    element: slot.element,
    show: ({ explanation: { source, template, counterfactual } }) =>
      slot.show([source, counterfactual], () => [counterfactual && variantCard(source, template, counterfactual)]),
  };
}

function variantCard(source: Explanation['source'], question: string, { description, code, actual, prediction, alignment }: Counterfactual): HTMLElement {
  const cell = (value: number | null) => el('span', { class: 'number', 'aria-hidden': 'true' }, value === null ? '' : String(value));
  const signs = { same: ' ', removed: '−', added: '+' };
  const row = (line: DiffLine | null) =>
    line === null
      ? el('div', { class: 'line fold' }, '⋯')
      : el(
          'div',
          { class: `line ${line.kind}` },
          cell(line.original && fileLine(source, line.original)),
          cell(line.variant && fileLine(source, line.variant)),
          el('span', { class: 'sign' }, signs[line.kind]),
          el('bdi', { class: 'text' }, shownCode(line.parts[0]), el('mark', {}, shownCode(line.parts[1])), shownCode(line.parts[2])),
        );
  const aligned = alignment.sameLength ? 'Same number of tokens.' : 'Token counts differ; tokens without a counterpart are hatched in the patching.';
  const truth = actual ? [plain(actual.label), actual.message && shownCode(actual.message)].filter(Boolean).join(': ') : 'not run';
  const judged = actual || !isOpenQuestion(question) ? `; ${actual?.by ? pythonName(actual) : 'Python'}: ${truth}` : '';
  return card(
    'Variant',
    el('p', { class: 'wrap' }, `${sentence(shownCode(description))} ${aligned}`),
    el('div', { class: 'code diff', tabindex: '0', role: 'region', 'aria-label': 'Variant as a diff' }, ...folded(lineDiff(source.code.trimEnd(), code.trimEnd())).map(row)),
    el('p', { class: 'muted wrap' }, `Model predicts ${plain(prediction.label)} (${percent(probabilityOf(prediction))})${judged}.`),
  );
}

function sentence(text: string): string {
  const full = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(full) ? full : `${full}.`;
}
