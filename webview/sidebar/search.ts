/** Finding latents: by what is said about them, by a token that they promote, or those that are active at the cursor. */
import type { Found, LatentsViewState, ViewSearch } from '../../src/protocol/pages/latents-view';
import { AnswerStatus } from '../page/answer-status';
import type { Choice, Controls } from '../ui/controls';
import { el } from '../ui/dom';
import { latentList, type LatentRow } from './list';
import { foundWords, saeProblems, usableSites } from './words';
import { Slot } from '../ui/slot';
import { decimal, percent, plain, shownCode } from '../../src/figures/kinds/text';
import type { LatentRef } from '../../src/vocabulary/latent-name';
import type { SiteName } from '../../src/vocabulary/sites';

export interface SearchActions {
  start: () => void;
  search: (search: ViewSearch) => void;
  open: (ref: LatentRef) => void;
}

const WAYS: { by: ViewSearch['by']; label: string; placeholder: string }[] = [
  { by: 'description', label: 'Description', placeholder: 'A word of the description' },
  { by: 'promotes', label: 'Promoted token', placeholder: 'A token, for example TypeError' },
  { by: 'here', label: 'Active here', placeholder: '' },
];
/** Typing pauses for this long before it is searched. */
const QUIET_MS = 250;

export class LatentSearch {
  readonly element: HTMLElement;
  private readonly input = el('input', { type: 'search', class: 'text', 'aria-label': 'Search latents', spellcheck: 'false', autocomplete: 'off', maxlength: '200', 'data-part': 'query' });
  private readonly radios = WAYS.map(({ by }) => el('input', { type: 'radio', name: 'by', value: by }));
  private readonly sites: Choice<SiteName | ''>;
  private readonly status: AnswerStatus;
  private readonly hint = new Slot();
  private readonly words = el('p', { class: 'muted wrap', role: 'status', 'data-part': 'found' });
  private readonly list = new Slot();
  private readonly problems = new Slot();
  private quiet?: ReturnType<typeof setTimeout>;
  private offered = '';

  constructor(
    private readonly controls: Controls,
    private search: ViewSearch,
    private readonly actions: SearchActions,
  ) {
    this.status = new AnswerStatus(controls, () => actions.search(this.search));
    const ways = el('div', { class: 'ways', role: 'radiogroup', 'aria-label': 'Search by' }, ...WAYS.map(({ label }, i) => el('label', {}, this.radios[i], el('span', {}, label))));
    this.sites = controls.choice<SiteName | ''>('In', (site) => this.change({ site: site === '' ? null : site }));
    this.element = el(
      'section',
      { 'data-region': 'search', 'aria-label': 'Search' },
      el('h1', { class: 'unseen' }, 'Latents'),
      ways, this.input, this.sites.element, this.hint.element, this.status.element, this.words, this.list.element, this.problems.element,
    );
    this.radios.forEach((radio, i) => radio.addEventListener('change', () => this.change({ by: WAYS[i].by })));
    this.input.addEventListener('input', () => {
      clearTimeout(this.quiet);
      this.quiet = setTimeout(() => this.change({ query: this.input.value }), QUIET_MS);
    });
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.change({ query: this.input.value });
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      this.element.querySelector<HTMLElement>('.latent')?.focus();
    });
    this.input.value = search.query;
    this.showWay();
  }

  focus(): void {
    if (this.search.by === 'here') this.radios.find(({ checked }) => checked)?.focus();
    else this.input.select();
  }

  /** Puts the keyboard back on a latent of the list, if it is there. */
  focusOn(name: string): void {
    this.element.querySelector<HTMLElement>(`[data-latent="${CSS.escape(name)}"]`)?.focus();
  }

  show(state: LatentsViewState): void {
    const { engine, saes, found, names, highlighted } = state;
    const sites = saes.result && usableSites(saes.result);
    this.showSites(sites);
    const none = sites?.length === 0;
    this.status.show(saes.error !== null || saes.running ? saes : found);
    const { result } = found;
    const stale = result !== null && JSON.stringify(result.search) !== JSON.stringify(this.search);
    this.list.element.classList.toggle('stale', stale || found.running !== null);
    this.hint.show([engine, none, saes.result?.model, this.search.query === '', this.search.by, found.error, result === null], () => this.hints(state, sites));
    this.words.textContent = result && !stale ? foundWords(result) : '';
    this.list.show([result, names, highlighted], () => [
      result !== null && result.hits.length > 0 && latentList('Latents found', rowsOf(result), state, this.actions.open),
    ]);
    const wrong = saes.result ? saeProblems(saes.result) : [];
    this.problems.show(wrong, () => [
      wrong.length > 0 && el('details', { class: 'problems' }, el('summary', {}, `${wrong.length} ${wrong.length === 1 ? 'SAE needs' : 'SAEs need'} attention`), ...wrong.map((text) => el('p', { class: 'wrap' }, shownCode(text)))),
    ]);
  }

  private hints({ engine, saes, found }: LatentsViewState, sites: SiteName[] | null): (HTMLElement | false)[] {
    if (sites?.length === 0) {
      const model = plain(saes.result?.model.id ?? '');
      return [el('p', { class: 'wrap', 'data-part': 'no-saes' }, `There are no SAEs for the model ${model}. Put their folders into its folder “saes”, name them in the setting `, el('code', {}, 'latentLens.saes'), ', or train some with ', el('code', {}, 'latent-lens train sae'), '.')];
    }
    if (engine === 'stopped' && found.result === null && found.error === null) {
      return [el('div', { class: 'start' }, el('p', {}, 'The engine is not running. It starts with your first search.'), startButton(this.controls, this.actions.start))];
    }
    if (found.result !== null || found.running !== null || found.error !== null || !sites || this.search.by === 'here') return [];
    const count = (saes.result?.saes ?? []).reduce((sum, { sae, problem }) => sum + (sae && problem === null ? sae.latents : 0), 0);
    return [el('p', { class: 'muted' }, `${count.toLocaleString('en-US')} latents of ${sites.length} ${sites.length === 1 ? 'SAE' : 'SAEs'} can be searched.`)];
  }

  private change(to: Partial<ViewSearch>): void {
    clearTimeout(this.quiet);
    this.search = { ...this.search, query: this.input.value, ...to };
    this.showWay();
    this.words.textContent = ''; // what is listed answers another search
    this.list.element.classList.add('stale');
    this.actions.search(this.search);
  }

  private showWay(): void {
    const at = WAYS.findIndex(({ by }) => by === this.search.by);
    this.radios[at].checked = true;
    this.input.placeholder = WAYS[at].placeholder;
    this.input.hidden = this.search.by === 'here';
  }

  private showSites(sites: SiteName[] | null): void {
    const { site } = this.search;
    const options = [...new Set([...(sites ?? []), ...(site === null ? [] : [site])])];
    this.sites.element.hidden = options.length === 0;
    const key = JSON.stringify([options, site]);
    if (key === this.offered) return;
    this.offered = key;
    this.sites.show([{ value: '', label: 'All SAEs' }, ...options.map((value) => ({ value, label: value }))], site ?? '');
  }
}

export function startButton(controls: Controls, start: () => void): HTMLElement {
  const attributes = { 'data-action': 'start', 'data-key': 'start' };
  return controls.button('Start', start, { primary: true, title: 'Start the engine and open the model', attributes });
}

/** How well a token is what was searched. */
function fit(token: string, wanted: string): number {
  return token.trim() === wanted ? 2 : token.trim().startsWith(wanted) ? 1 : 0;
}

function rowsOf({ hits, search }: Found): LatentRow[] {
  const fact = ({ activation, density }: Found['hits'][number]): LatentRow['fact'] => {
    if (activation !== null) return { short: decimal(activation), words: `activation ${decimal(activation)}` };
    return density === null ? null : { short: percent(density), words: `active at ${percent(density)} of tokens` };
  };
  const wanted = search.query.trim();
  const first = (tokens: string[]) => (search.by === 'promotes' ? [...tokens].sort((a, b) => fit(b, wanted) - fit(a, wanted)) : tokens);
  return hits.map((hit) => ({ ...hit, promotes: first(hit.promotes), fact: fact(hit) }));
}
