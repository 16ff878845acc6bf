/** At a glance: what the model predicts, what Python did, and whether they agree. */
import type { ActualOutcome, Explanation } from '../../../src/protocol/documents/explanation';
import { isUnchecked, uncheckedSentence } from '../../../src/protocol/words/outcome';
import { pythonName } from '../../../src/protocol/words/python';
import { questionWords } from '../../../src/protocol/words/question';
import { el } from '../../ui/dom';
import { breakable } from '../../figures/breakable';
import { agreement, probabilityOf } from '../display';
import { Slot } from '../../ui/slot';
import type { View } from '../../page/page';
import { withCode } from '../../page/findings';
import { percent, shownCode } from '../../../src/figures/kinds/text';

export function verdictView(): View {
  const slot = new Slot();
  return {
    element: slot.element,
    show: ({ explanation, progress }) =>
      slot.show([explanation.prediction, explanation.actual, progress], () => [verdict(explanation, progress === 'running')]),
  };
}

function verdict(explanation: Explanation, running: boolean): HTMLElement {
  const { prediction, actual, template } = explanation;
  const words = questionWords(template);
  const pending = !actual && running;
  const { kind, sentence } = pending ? { kind: 'unknown' as const, sentence: words.pending } : agreement(explanation);
  const together = `all ${prediction.answers.length} answers together ${percent(prediction.answersProbability)}`;
  return el(
    'div',
    { class: `verdict ${kind}`, 'data-agreement': kind },
    el(
      'div',
      { 'data-part': 'prediction' },
      el('div', { class: 'eyebrow' }, 'Model predicts'),
      el('div', { class: 'label' }, ...breakable(prediction.label)),
      el('div', { class: 'muted' }, `${percent(probabilityOf(prediction))} · ${together}`),
    ),
    el('div', { 'data-part': 'actual' }, el('div', { class: 'eyebrow' }, pythonName(actual, words.judge)), ...(pending ? [el('div', { class: 'label' }, '…')] : outcome(actual, words.unknown))),
    el('div', { class: 'agreement' }, el('span', { class: 'badge' }, pending ? words.pendingBadge : words.badges[kind]), el('div', { class: 'muted' }, ...withCode(sentence.replaceAll('\u00a0', ' ')))),
  );
}

function outcome(actual: ActualOutcome | null, unknown: string): HTMLElement[] {
  if (!actual) return [el('div', { class: 'label' }, unknown)];
  if (isUnchecked(actual)) return [el('div', { class: 'label' }, 'not known'), el('div', { class: 'muted wrap' }, ...withCode(uncheckedSentence(actual)))];
  const { message, line, cell, note } = actual;
  const place = line !== null && `line ${line}${cell === undefined ? '' : ` of cell ${cell}`}`;
  const said = [message && shownCode(message), place].filter(Boolean).join(' · ');
  const noted = note ? [said && ' · ', ...withCode(note)] : [];
  return [el('div', { class: 'label' }, ...breakable(actual.label)), el('div', { class: 'muted wrap' }, said, ...noted)];
}
