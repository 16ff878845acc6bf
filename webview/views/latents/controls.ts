/** What is asked about latents: which SAEs, tokens and latents, and how. */
import type { PatchingMetric } from '../../../src/protocol/documents/explanation';
import type { ListedSae } from '../../../src/protocol/documents/latents';
import { AnswerPair } from '../answer-pair';
import type { Choice, Controls } from '../../ui/controls';
import { el } from '../../ui/dom';
import { siteChoices } from './display';
import type { LatentsOptions } from './shown';

const TOPS = [10, 25, 50, 100];

const POSITIONS = [
  { value: 'all', label: 'all' },
  { value: 'relevant', label: 'relevant in patching' },
  { value: 'selected', label: 'the selected one' },
];

const METHODS = [
  { value: 'gradient', label: 'gradient' },
  { value: 'integrated-gradients', label: 'integrated gradients' },
];

export class LatentsControls {
  readonly element: HTMLElement;
  private readonly choices: Record<'sites' | 'positions' | 'top' | 'method', Choice>;
  private readonly pair;
  private readonly buttons;
  private saes: readonly ListedSae[] = [];
  private offered = '';
  private errorTerm = true;

  /**
   * @param position the token that is marked; null without one
   * @param ask is given what was chosen
   */
  constructor(
    controls: Controls,
    private readonly position: () => number | null,
    ask: (options: LatentsOptions) => void,
  ) {
    const none = () => undefined;
    this.choices = {
      sites: controls.choice('SAEs', none),
      positions: controls.choice('Tokens', none),
      top: controls.choice('Latents', none),
      method: controls.choice('Method', none),
    };
    const { sites, positions, top, method } = this.choices;
    this.pair = new AnswerPair(controls);
    positions.show(POSITIONS, 'all');
    top.show(TOPS.map((count) => ({ value: String(count), label: `largest ${count}` })), '25');
    method.show(METHODS, 'gradient');
    this.showSites();
    const button = (label: string, title: string, check: boolean, action: string) =>
      controls.button(label, () => ask(this.options(check)), { title, primary: !check, attributes: { 'data-action': action } });
    this.buttons = [
      button('Attribute', 'Attribute the difference to latents with these choices', false, 'attribute'),
      button('Check by Patching', 'Also patch each latent that is listed, one by one, and compare', true, 'checkLatents'),
    ];
    const errorTerm = controls.toggle('With error terms', (on) => (this.errorTerm = on), true);
    errorTerm.setAttribute('title', 'Whether what the SAEs do not reconstruct stays in the runs that are attributed');
    this.element = el(
      'div',
      { class: 'ask', role: 'group', 'aria-label': 'Attribute to latents' },
      el('div', { class: 'controls' }, sites.element, positions.element, top.element, method.element, ...this.pair.elements),
      el('div', { class: 'controls' }, errorTerm, ...this.buttons),
    );
  }

  /** @param compared the answers that may be compared, and those that are */
  show(saes: readonly ListedSae[] | null, compared: { labels: readonly string[]; metric: PatchingMetric | null }, possible: boolean): void {
    this.pair.show(compared.labels, compared.metric);
    this.pair.disabled = !possible;
    if (saes) this.saes = saes;
    this.showSites();
    for (const control of [...Object.values(this.choices), ...this.buttons]) control.disabled = !possible;
  }

  /** What is chosen. */
  options(check: boolean): LatentsOptions {
    const { sites, positions, top, method } = this.choices;
    const position = this.position();
    return {
      sites: siteChoices(this.saes).find(({ value }) => value === sites.value)?.sites ?? null,
      positions: positions.value === 'relevant' ? 'relevant' : positions.value === 'selected' && position !== null ? [position] : null,
      top: Number(top.value) || 25,
      errorTerm: this.errorTerm,
      method: method.value === 'integrated-gradients' ? 'integrated-gradients' : 'gradient',
      check,
      answers: this.pair.value,
    };
  }

  private showSites(): void {
    const offered = siteChoices(this.saes);
    const key = JSON.stringify(offered);
    if (key === this.offered) return;
    this.offered = key;
    const { sites } = this.choices;
    const kept = offered.some(({ value }) => value === sites.value) ? sites.value : '';
    sites.show(offered, kept);
  }
}
