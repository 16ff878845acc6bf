/** What is being done for a question and what it takes, with a way to stop it, and what went wrong, with a way to try again. */
import type { Answer } from '../../src/protocol/pages/answer';
import { costWords } from '../../src/protocol/words/cost';
import type { Controls } from '../ui/controls';
import { el } from '../ui/dom';
import { Slot } from '../ui/slot';
import { shownCode } from '../../src/figures/kinds/text';
import { progressRing } from '../ui/toolkit';

/** Whether it was not begun as it takes long, and is offered instead. */
export function isOffered({ running, error, cost }: Pick<Answer<unknown>, 'running' | 'error' | 'cost'>): boolean {
  return running === null && error === null && cost !== null;
}

type Shown = Pick<Answer<unknown>, 'running' | 'error' | 'cancelled' | 'advice' | 'cost'>;

export class AnswerStatus {
  readonly element: HTMLElement;
  private readonly running: HTMLElement;
  private readonly stage = el('span', { role: 'status' });
  private readonly cost = el('span', { class: 'muted', 'data-part': 'cost' });
  private readonly bar = el('progress', { 'aria-label': 'Progress' });
  private readonly error = new Slot(el('div', { role: 'alert' }));
  private readonly long = new Slot(el('div', { role: 'status' }));

  /** @param cancel left out where it cannot be stopped */
  constructor(
    private readonly controls: Controls,
    private readonly again: () => void,
    cancel?: () => void,
  ) {
    const button = cancel && controls.button('Cancel', cancel, { title: 'Stop this', attributes: { 'data-action': 'cancelAnswer' } });
    this.running = el('div', { class: 'running', hidden: '' }, progressRing(), this.stage, this.bar, this.cost, button ?? null);
    this.element = el('div', { 'data-part': 'answer-status' }, this.running, this.error.element, this.long.element);
  }

  show({ running, error, cancelled, advice = false, cost }: Shown): void {
    this.running.hidden = !running;
    const stage = running ? `${shownCode(running.stage)} …` : '';
    if (this.stage.textContent !== stage) this.stage.textContent = stage;
    const counted = running !== null && running.total !== null && running.total > 0;
    this.bar.hidden = !counted;
    if (counted) Object.assign(this.bar, { max: running.total, value: running.done ?? 0 });
    this.cost.textContent = cost ? costWords(cost) : '';
    this.error.show([error, cancelled, advice], () => [error !== null && this.notice(error, cancelled || advice)]);
    const offered = isOffered({ running, error, cost });
    this.long.show([offered, cost], () => [offered && this.offer(costWords(cost!))]);
  }

  /** @param mild whether nothing failed */
  private notice(error: string, mild: boolean): HTMLElement {
    const attributes = { 'data-action': 'askAgain', 'data-key': 'askAgain' };
    const button = this.controls.button('Try Again', this.again, { attributes });
    return el('div', { class: mild ? 'notice' : 'notice error' }, el('span', { class: 'wrap' }, shownCode(error)), button);
  }

  /** What takes long is begun by the reader. */
  private offer(words: string): HTMLElement {
    const attributes = { 'data-action': 'computeLong', 'data-key': 'computeLong' };
    return el('div', { class: 'notice' }, el('span', { class: 'wrap' }, `This takes long: ${words}.`), this.controls.button('Compute', this.again, { primary: true, attributes }));
  }
}
