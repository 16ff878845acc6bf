/** Changing a latent: the form, and what the model answers then. */
import type { ChangedDocument } from '../../src/protocol/documents/latents';
import { MOST_GENERATED, type Attributed, type Intervention, type LatentsViewState } from '../../src/protocol/pages/latents-view';
import { AnswerStatus } from '../page/answer-status';
import type { Controls } from '../ui/controls';
import { el, type Child } from '../ui/dom';
import { answerBars, barSentences, changedTable, changedTitle, changeSentence, outcomeOf, wasSentence, type AnswerBar, type Outcome } from './words';
import { interventionOf, suggested, type Form, type Kind } from './choices';
import type { SaveFile } from '../page/saving';
import { Slot } from '../ui/slot';
import { breakable } from '../figures/breakable';
import { TableBehind } from '../figures/table';
import { percent, plain, shownCode } from '../../src/figures/kinds/text';

export interface InterventionActions {
  run: (intervention: Intervention) => void;
  cancel: () => void;
  save: SaveFile;
  /** The form has been changed by the reader. */
  keep: (form: Form) => void;
}

const KINDS: { kind: Kind; label: string; value: string }[] = [
  { kind: 'ablate', label: 'Ablate (set to 0)', value: '' },
  { kind: 'set', label: 'Set to a value', value: 'Activation' },
  { kind: 'scale', label: 'Scale by a factor', value: 'Factor' },
  { kind: 'steer', label: 'Steer (add a value)', value: 'Added activation' },
];

let lastId = 0;

export class LatentIntervention {
  readonly element: HTMLDetailsElement;
  private readonly kind;
  private readonly where;
  private readonly value = el('input', { type: 'number', class: 'text', step: 'any', id: `field-${++lastId}`, 'data-part': 'value' });
  private readonly valueName = el('label', { for: this.value.id });
  private readonly valueField = el('div', { class: 'field' }, this.valueName, this.value);
  private readonly generate = el('input', { type: 'number', class: 'text', min: '0', max: String(MOST_GENERATED), step: '1', id: `field-${++lastId}`, 'data-part': 'generate' });
  private readonly errorTerm = el('input', { type: 'checkbox' });
  private readonly wrong = el('p', { class: 'wrong-input', role: 'alert' });
  private readonly status: AnswerStatus;
  private readonly result = new Slot(el('div', { 'data-part': 'changed' }));
  private maximum: number | null = null;
  private given: string | null = null;
  private offered?: string;
  private document: ChangedDocument | null = null;
  private readonly table = new TableBehind(() => changedTable(this.document!));

  constructor(
    private readonly controls: Controls,
    private form: Form,
    private readonly actions: InterventionActions,
  ) {
    this.kind = controls.choice('Change', (kind) => this.change({ kind: kind as Kind }));
    this.where = controls.choice('Where', (where) => this.change({ where: where as Form['where'] }));
    this.status = new AnswerStatus(controls, () => this.run(), actions.cancel);
    const run = controls.button('Run', () => this.run(), { primary: true, title: 'Ask the model with the latent changed', attributes: { 'data-action': 'run' } });
    const numbers = el('div', { class: 'field' }, el('label', { for: this.generate.id }, 'Tokens to generate'), this.generate);
    const terms = el('label', { class: 'check', title: 'With it nothing but this change changes anything; without it the model runs on the SAE’s reconstruction' }, this.errorTerm, el('span', {}, 'Keep the SAE’s error term'));
    this.element = el(
      'details',
      { class: 'intervene', 'data-region': 'intervene' },
      el('summary', {}, 'Change it and ask again'),
      el('div', { class: 'fields' }, this.kind.element, this.valueField, this.where.element, numbers, terms),
      this.wrong, run, this.status.element, this.result.element,
    );
    this.value.addEventListener('input', () => {
      const { kind, values } = this.form;
      if (kind !== 'ablate') this.change({ values: { ...values, [kind]: this.value.value } });
    });
    this.generate.addEventListener('input', () => this.change({ generate: this.generate.value }));
    this.errorTerm.addEventListener('change', () => this.change({ errorTerm: this.errorTerm.checked }));
    for (const input of [this.value, this.generate]) {
      input.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') this.run();
      });
    }
  }

  /** Shows what the extension runs without being asked by the form. */
  set({ kind, where }: Pick<Form, 'kind' | 'where'>): void {
    this.element.open = true;
    this.offered = undefined;
    this.change({ kind, where, errorTerm: true, generate: '0' });
    this.showForm();
  }

  show({ changed, given, attributed }: LatentsViewState, maximum: number | null): void {
    [this.maximum, this.given] = [maximum, given];
    if (given === null && this.form.where === 'given') this.form = { ...this.form, where: 'everywhere' };
    if (changed.running || changed.result) this.element.open = true;
    this.showForm();
    this.status.show(changed);
    const another = changed.result !== null && JSON.stringify(changed.result) !== JSON.stringify(this.document);
    this.document = changed.result;
    this.result.show([changed.result, attributed], () => (changed.result ? this.content(changed.result, attributed) : []));
    // What came of it is seen at once, wherever the reader has scrolled to.
    if (another) this.result.element.querySelector('[data-part="outcome"]')?.scrollIntoView({ block: 'nearest' });
  }

  private content(document: ChangedDocument, attributed: Attributed | null): Child[] {
    const { changes: [{ site, latent, change }], errorTerm, before, prediction, generated } = document;
    this.table.refresh();
    const save = this.controls.button('Save as JSON', () => this.actions.save({ name: `latent-${site}-${latent}-${change.kind}`, kind: 'json', content: JSON.stringify(document, null, 1) }), { title: 'Save all numbers of this answer', attributes: { 'data-export': 'json', 'data-key': 'save' } });
    const own = prediction.answers.find(({ label }) => label === before.label)?.probability ?? NaN;
    return [
      el(
        'div',
        { 'data-part': 'outcome' },
        el('p', { class: 'sentence', role: 'status' }, changeSentence(document)),
        outcomeTable(outcomeOf(document, attributed)),
        ...barSentences(document, attributed).map((sentence) => el('p', { class: 'muted wrap' }, sentence)),
      ),
      el('p', { class: 'muted wrap' }, `In ${changedTitle(document)}. ${wasSentence(document)}`),
      !errorTerm && el('p', { class: 'muted wrap' }, `Without the SAE’s error term; the model itself gives ${plain(before.label)} ${percent(own)}.`),
      el('p', { class: 'legend', 'aria-hidden': 'true' }, el('span', { class: 'bar before' }), 'before', el('span', { class: 'bar' }), 'after'),
      el('ul', { class: 'answers', 'aria-label': 'Answers before and after' }, ...answerBars(document).map(answerRow)),
      generated && generation(generated),
      this.table.element,
      el('div', { class: 'toolbar' }, save),
    ];
  }

  private run(): void {
    const asked = interventionOf(this.form, this.maximum);
    this.wrong.textContent = typeof asked === 'string' ? asked : '';
    if (typeof asked !== 'string') this.actions.run(asked);
  }

  private change(to: Partial<Form>): void {
    this.form = { ...this.form, ...to };
    this.actions.keep(this.form);
    this.showForm();
  }

  private showForm(): void {
    const { kind, values, where, errorTerm, generate } = this.form;
    this.valueField.hidden = kind === 'ablate';
    if (kind !== 'ablate') {
      this.valueName.textContent = KINDS.find((one) => one.kind === kind)!.value;
      this.value.placeholder = String(suggested(kind, this.maximum));
      if (this.value.value !== values[kind]) this.value.value = values[kind];
    }
    if (this.generate.value !== generate) this.generate.value = generate;
    this.errorTerm.checked = errorTerm;
    const key = JSON.stringify([kind, where, this.given]);
    if (key === this.offered) return;
    this.offered = key;
    this.kind.show(KINDS.map((one) => ({ value: one.kind, label: one.label })), kind);
    const places = [{ value: 'everywhere', label: 'Everywhere' }, { value: 'cursor', label: 'At the cursor' }];
    this.where.show([...places, ...(this.given === null ? [] : [{ value: 'given', label: `At ${this.given}` }])], where);
  }
}

function outcomeTable({ head, rows }: Outcome): HTMLElement {
  return el(
    'table',
    { class: 'outcome' },
    el('thead', {}, el('tr', {}, ...head.map((name) => (name === '' ? el('td') : el('th', { scope: 'col' }, name))))),
    el('tbody', {}, ...rows.map(([name, ...values]) => el('tr', {}, el('th', { scope: 'row' }, ...breakable(name)), ...values.map((value) => el('td', {}, value))))),
  );
}

function answerRow({ label, before, after }: AnswerBar): HTMLElement {
  const bar = (of: 'before' | 'after', probability: number) => {
    const element = el('span', { class: `bar ${of}` });
    element.style.width = `${100 * probability}%`;
    return el('span', { class: 'answer-bar' }, el('span', { class: 'track', 'aria-hidden': 'true' }, element), el('span', { class: 'fact' }, percent(probability)));
  };
  return el('li', { 'data-answer': plain(label) }, el('span', { class: 'wrap' }, plain(label)), bar('before', before), bar('after', after));
}

function generation({ before, after }: NonNullable<ChangedDocument['generated']>): HTMLElement {
  const text = (title: string, written: string) => el('div', {}, el('p', { class: 'written-title' }, title), el('pre', { class: 'written', tabindex: '0', role: 'region', 'aria-label': title }, shownCode(written)));
  return el('div', { 'data-part': 'generated' }, text('Written before', before), text('Written after', after));
}
