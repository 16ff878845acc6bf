/** What is being done for a question, with a way to stop it, and what went wrong, with a way to try again. */
import type { Running } from '../../src/protocol/answer';
import type { Controls } from '../ui/controls';
import { el } from '../ui/dom';
import { Slot } from '../ui/slot';
import { shownCode } from '../../src/figures/text';
import { progressRing } from '../ui/toolkit';

export class AnswerStatus {
  readonly element: HTMLElement;
  private readonly running: HTMLElement;
  private readonly stage = el('span', { role: 'status' });
  private readonly bar = el('progress', { 'aria-label': 'Progress' });
  private readonly error = new Slot(el('div', { role: 'alert' }));

  /** @param cancel left out where it cannot be stopped */
  constructor(
    private readonly controls: Controls,
    private readonly again: () => void,
    cancel?: () => void,
  ) {
    const button = cancel && controls.button('Cancel', cancel, { title: 'Stop this', attributes: { 'data-action': 'cancelAnswer' } });
    this.running = el('div', { class: 'running', hidden: '' }, progressRing(), this.stage, this.bar, button ?? null);
    this.element = el('div', { 'data-part': 'answer-status' }, this.running, this.error.element);
  }

  show({ running, error }: { running: Running | null; error: string | null }): void {
    this.running.hidden = !running;
    const stage = running ? `${shownCode(running.stage)} …` : '';
    if (this.stage.textContent !== stage) this.stage.textContent = stage;
    const counted = running !== null && running.total !== null && running.total > 0;
    this.bar.hidden = !counted;
    if (counted) Object.assign(this.bar, { max: running.total, value: running.done ?? 0 });
    this.error.show(error, () => [error !== null && this.notice(error)]);
  }

  private notice(error: string): HTMLElement {
    const attributes = { 'data-action': 'askAgain', 'data-key': 'askAgain' };
    const button = this.controls.button('Try Again', this.again, { attributes });
    return el('div', { class: error.startsWith('Cancelled.') ? 'notice' : 'notice error' }, el('span', { class: 'wrap' }, shownCode(error)), button);
  }
}
