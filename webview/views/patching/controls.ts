/** Asks for another comparison: a variant, a site and a direction. Only on a page whose extension can patch. */
import { DIRECTIONS, PATCH_SITE_WORDS, PATCHING_DIRECTIONS, type PatchingDirection } from '../../../src/protocol/analyses/patching';
import { questionWords } from '../../../src/protocol/words/question';
import { AnswerPair } from '../answer-pair';
import { el } from '../../ui/dom';
import type { Page, PatchRequest, Shown } from '../../page/page';
import { variantChoices } from './choices';
import { paramsOf } from '../../../src/protocol/analyses';
import { PATCH_SITES, type PatchSite } from '../../../src/vocabulary/sites';

export class PatchingControls {
  readonly element = el('div', { class: 'ask', role: 'group', 'aria-label': 'Compare with a variant' });
  private readonly meaning = el('p', { class: 'muted' });
  private readonly offline = el('p', { class: 'muted', hidden: '' }, 'This is a saved result without its code at hand, so it cannot be patched again here.');
  private site: PatchSite = paramsOf('patching').site;
  private direction: PatchingDirection = paramsOf('patching').direction;
  private window = 1;
  /** Of the model, as far as it is known. */
  private layers = 1;
  private variant = '';
  private offered = '';
  private followed = '';
  private readonly choices;
  private readonly pair;
  private readonly run;
  private readonly other;

  /** @param runPatching lets the reader choose or write a variant elsewhere */
  constructor(page: Page, runPatching: () => void) {
    const { controls } = page;
    this.choices = {
      variant: controls.choice('Variant', (value) => (this.variant = value)),
      site: controls.choice<PatchSite>('Site', (value) => {
        this.site = value;
        this.explain();
      }),
      direction: controls.choice<PatchingDirection>('Direction', (value) => {
        this.direction = value;
        this.explain();
      }),
      window: controls.choice('Layers at once', (value) => {
        this.window = Number(value);
        this.explain();
      }),
    };
    this.pair = new AnswerPair(controls);
    const attributes = { 'data-action': 'patch' };
    this.run = controls.button('Run Patching', () => page.patch?.(this.request()), { primary: true, attributes });
    this.other = controls.button('Other Variant…', runPatching, { title: 'Choose among all variants with a preview, or write your own', attributes: { 'data-action': 'runPatching' } });
    const { variant, site, direction, window } = this.choices;
    this.element.append(el('div', { class: 'controls' }, variant.element, site.element, direction.element, window.element, ...this.pair.elements, this.run, this.other), this.meaning, this.offline);
  }

  /** The site, direction, layers and answers chosen, for comparisons that are asked for elsewhere. */
  get settings(): Pick<PatchRequest, 'site' | 'direction' | 'window' | 'answers'> {
    return { site: this.site, direction: this.direction, window: this.window, answers: this.pair.value };
  }

  show({ explanation, live }: Shown): void {
    const { patching } = explanation;
    // What is shown is also what is chosen, until the reader chooses something else.
    const shownNow = `${patching?.site} ${patching?.direction} ${patching?.window}`;
    if (patching && shownNow !== this.followed) {
      this.followed = shownNow;
      this.site = patching.site;
      this.direction = patching.direction;
      this.window = patching.window ?? 1;
    }
    this.layers = patching?.logitDifference.length ?? Math.max(this.layers, this.window);
    const { options, value } = variantChoices(explanation);
    const offered = JSON.stringify([options, value, this.followed, this.layers]);
    if (offered !== this.offered) {
      this.offered = offered;
      this.variant = value;
      this.choices.variant.show(options.length > 0 ? options : [{ value: '', label: 'none' }], value);
      this.choices.site.show(PATCH_SITES.map((site) => ({ value: site, label: site })), this.site);
      this.choices.direction.show(PATCHING_DIRECTIONS.map((direction) => ({ value: direction, label: direction })), this.direction);
      const counts = Array.from({ length: this.layers }, (_, i) => String(i + 1));
      this.choices.window.show(counts.map((count) => ({ value: count, label: count })), String(this.window));
      this.explain();
    }
    this.pair.show(explanation.prediction.answers.map(({ label }) => label), patching?.metric ?? null);
    const possible = live && options.length > 0;
    for (const choice of Object.values(this.choices)) choice.disabled = !possible;
    this.pair.disabled = !possible;
    this.run.disabled = !possible;
    this.other.disabled = !live;
    this.other.textContent = questionWords(explanation.template).otherVariant;
    this.offline.hidden = live;
  }

  private request(): PatchRequest {
    return { variant: this.variant === '' ? null : Number(this.variant), ...this.settings };
  }

  private explain(): void {
    const layers = this.window === 1 ? '' : ` · ${this.window} layers at once: from that of the row on`;
    this.meaning.textContent = `${this.site}: ${PATCH_SITE_WORDS[this.site]} · ${this.direction}: ${DIRECTIONS[this.direction]}${layers}`;
  }
}
