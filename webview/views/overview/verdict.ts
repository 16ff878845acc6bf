/** At a glance: what the model predicts, what Python did, and whether they agree. */
import type { ActualOutcome, Explanation } from '../../../src/protocol/explanation';
import { isUnchecked, uncheckedSentence } from '../../../src/protocol/words/outcome';
import { pythonName } from '../../../src/protocol/words/python';
import { el } from '../../ui/dom';
import { breakable } from '../../figures/breakable';
import { agreement, probabilityOf } from '../display';
import { Slot } from '../../ui/slot';
import type { View } from '../../page/page';
import { withCode } from '../../page/findings';
import { percent, shownCode } from '../../../src/figures/text';

const BADGES = { agree: '✓ agrees', disagree: '✗ disagrees', unknown: '? unchecked' };

export function verdictView(): View {
  const slot = new Slot();
  return {
    element: slot.element,
    show: ({ explanation, progress }) =>
      slot.show([explanation.prediction, explanation.actual, progress], () => [verdict(explanation, progress === 'running')]),
  };
}

function verdict(explanation: Explanation, running: boolean): HTMLElement {
  const { prediction, actual } = explanation;
  const pending = !actual && running;
  const { kind, sentence } = pending ? { kind: 'unknown' as const, sentence: 'The program has not been run yet.' } : agreement(explanation);
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
    el('div', { 'data-part': 'actual' }, el('div', { class: 'eyebrow' }, pythonName(actual)), ...(pending ? [el('div', { class: 'label' }, '…')] : outcome(actual))),
    el('div', { class: 'agreement' }, el('span', { class: 'badge' }, pending ? '… not checked yet' : BADGES[kind]), el('div', { class: 'muted' }, sentence)),
  );
}

function outcome(actual: ActualOutcome | null): HTMLElement[] {
  if (!actual) return [el('div', { class: 'label' }, 'not run')];
  if (isUnchecked(actual)) return [el('div', { class: 'label' }, 'not known'), el('div', { class: 'muted wrap' }, ...withCode(uncheckedSentence(actual)))];
  const { message, line, cell, note } = actual;
  const place = line !== null && `line ${line}${cell === undefined ? '' : ` of cell ${cell}`}`;
  const said = [message && shownCode(message), place].filter(Boolean).join(' · ');
  const noted = note ? [said && ' · ', ...withCode(note)] : [];
  return [el('div', { class: 'label' }, ...breakable(actual.label)), el('div', { class: 'muted wrap' }, said, ...noted)];
}
