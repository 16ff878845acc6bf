/** The panel's head: what is shown, what is being done, what went wrong, and what can be done about it. */
import type { ReadProgram } from '../../src/protocol/documents/explanation';
import { placeInFile } from '../../src/protocol/reading/open-place';
import { questionWords, readWords } from '../../src/protocol/words/question';
import { isOpenQuestion } from '../../src/vocabulary/open-questions';
import { costWords } from '../../src/protocol/words/cost';
import type { PanelAction } from '../../src/protocol/pages/panel';
import type { Controls } from '../ui/controls';
import { el } from '../ui/dom';
import { lineRange } from '../page/page';
import type { PanelState } from './state';
import { fileTitle } from '../page/picture-words';
import { Slot } from '../ui/slot';
import { shownCode, visible } from '../../src/figures/kinds/text';
import { progressRing } from '../ui/toolkit';

export class PanelHeader {
  readonly element: HTMLElement;
  private readonly title = new Slot();
  private readonly outdated = new Slot();
  private readonly restricted = new Slot();
  private readonly error = new Slot(el('div', { role: 'alert' }));
  private readonly running: HTMLElement;
  private readonly stage = el('span', { role: 'status', 'data-part': 'stage' });
  private readonly count = el('span', { class: 'muted', 'data-part': 'count' });
  private readonly cost = el('span', { class: 'muted', 'data-part': 'cost' });
  private readonly bar = el('progress', { 'aria-label': 'Progress' });
  private readonly actions: Record<'showCode' | 'saveResult' | 'copyCliCommand' | 'explainAgain' | 'patchAgain', HTMLElement & { disabled: boolean }>;
  private readonly toolbar: HTMLElement;

  constructor(
    private readonly controls: Controls,
    private readonly act: (action: PanelAction) => void,
  ) {
    this.actions = {
      showCode: this.action('showCode', 'Show Code', 'Go to the code in the editor'),
      saveResult: this.action('saveResult', 'Save Result', 'Save it all as a file that opens here again'),
      copyCliCommand: this.action('copyCliCommand', 'Copy as CLI Command', 'Copy the command that explains these lines in a terminal'),
      explainAgain: this.action('explainAgain', 'Explain Again', 'Explain the code as it is now'),
      patchAgain: this.action('patchAgain', 'Patch Again', 'Find the code of this saved result, and open both where it can be patched'),
    };
    this.toolbar = el('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'Result' }, ...Object.values(this.actions));
    const cancel = this.action('cancel', 'Cancel', 'Stop this');
    this.running = el('div', { class: 'running', 'data-region': 'status', hidden: '' }, progressRing(), this.stage, this.bar, this.count, this.cost, cancel);
    this.element = el(
      'header',
      {},
      el('div', { class: 'head' }, this.title.element, this.toolbar),
      this.running,
      this.error.element,
      this.outdated.element,
      this.restricted.element,
    );
  }

  show({ result, status: { running, cost, error, cancelled, advice = false, complete, outdated, live, restricted } }: PanelState): void {
    const reading = result?.reading ?? null;
    this.toolbar.hidden = !reading;
    this.actions.saveResult.disabled = !complete;
    for (const action of ['showCode', 'explainAgain'] as const) this.actions[action].hidden = !live;
    this.actions.patchAgain.hidden = live;
    this.title.show([reading?.source, reading?.model, live], () => (reading ? this.titleOf(reading, live) : []));
    this.running.hidden = !running;
    if (running) {
      // Only what changes is touched: a screen reader is told of a new stage, not of every number.
      const stage = `${shownCode(running.stage)} …`;
      if (this.stage.textContent !== stage) this.stage.textContent = stage;
      const { done, total } = running;
      const counted = done !== null && total !== null && total > 0;
      this.bar.hidden = !counted;
      this.count.textContent = counted ? `${done} of ${total}` : '';
      this.cost.textContent = cost ? costWords(cost) : '';
      if (counted) Object.assign(this.bar, { max: total, value: done });
    } else {
      this.stage.textContent = '';
    }
    this.error.show([error, cancelled, advice, live], () => [
      error !== null && el('div', { class: cancelled || advice ? 'notice' : 'notice error' }, el('span', { class: 'wrap' }, shownCode(error)), live && this.action('explainAgain', 'Explain Again', 'Try it once more', 'error')),
    ]);
    const predicted = result?.parts.prediction;
    const unrun = restricted && live && predicted !== undefined && predicted.value.actual === null && !isOpenQuestion(reading?.template ?? '');
    this.restricted.show([unrun], () => [
      unrun && el(
        'div',
        { class: 'notice', role: 'status', 'data-region': 'restricted' },
        el('span', {}, 'This workspace is restricted, so no code is run: you see what the model predicts, but not whether it is right.'),
        this.action('manageTrust', 'Manage Trust', 'Decide whether code of this workspace may be run', 'restricted'),
      ),
    ]);
    const stale = outdated && result !== null;
    this.outdated.show([stale, live], () => [
      stale && el(
        'div',
        { class: 'notice outdated', role: 'status', 'data-region': 'outdated' },
        el('span', {}, 'The code has changed since: what is shown is out of date.'),
        live && this.action('explainAgain', 'Explain Again', 'Explain the code as it is now', 'outdated'),
      ),
    ]);
  }

  private titleOf({ source, model, template, place }: ReadProgram, live: boolean): HTMLElement[] {
    const file = el('bdi', {}, fileTitle(source.file));
    const lines = el('span', { class: 'muted' }, ` ${lineRange(source, placeInFile({ source, place }))}`);
    const title = el('h1', {}, file, lines);
    const words = `Model ${visible(model.id)}, ${model.layers} layers${live ? '' : ' · saved result'}`;
    const what = readWords({ template, source, place });
    const read = what && el('p', { class: 'muted wrap', 'data-part': 'read' }, shownCode(`${questionWords(template).read}: ${what}.`));
    return [title, ...(read ? [read] : []), el('p', { class: 'muted', 'data-part': 'model' }, words)];
  }

  private action(action: PanelAction, label: string, title: string, where = 'head') {
    const attributes = { 'data-action': action, 'data-key': `${where}-${action}` };
    return this.controls.button(label, () => this.act(action), { title, primary: where !== 'head', attributes });
  }
}
