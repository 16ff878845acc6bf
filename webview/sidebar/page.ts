/** All about one latent: what it stands for, where and how it is active, what it promotes, and what can be done with it. */
import type { LatentContext, LatentPage } from '../../src/protocol/documents/latents';
import type { LatentAction, LatentsViewState } from '../../src/protocol/pages/latents-view';
import { AnswerStatus } from '../page/answer-status';
import { ink, sequential } from '../ui/colours';
import type { Controls } from '../ui/controls';
import { card, el, type Child } from '../ui/dom';
import { withCode } from '../page/findings';
import { Histogram } from '../figures/histogram';
import { latentButtons } from '../page/latent-actions';
import type { LatentIntervention } from './intervention';
import { chip, latentList, nameOf } from './list';
import { startButton } from './search';
import { contextLine, histogramBars, logitBars } from './words';
import { Slot } from '../ui/slot';
import { decimal, percent, plain, shownCode } from '../../src/figures/kinds/text';
import { currentTheme, onThemeChange } from '../ui/theme';
import type { LatentRef } from '../../src/vocabulary/latent-name';

export interface LatentPageActions {
  open: (ref: LatentRef | null) => void;
  act: (action: LatentAction, ref: LatentRef) => void;
  start: () => void;
}

export class LatentView {
  readonly element: HTMLElement;
  private readonly head = new Slot(el('div', { class: 'latent-title' }));
  private readonly notes = new Slot();
  private readonly facts = new Slot();
  private readonly rest = new Slot();
  private readonly histogram = new Histogram();
  private readonly histogramCard = card('Activations', this.histogram.element);
  private readonly status: AnswerStatus;
  private readonly stopped = new Slot();
  private ref: LatentRef | null = null;

  constructor(
    private readonly controls: Controls,
    private readonly actions: LatentPageActions,
    private readonly intervention: LatentIntervention,
  ) {
    this.status = new AnswerStatus(controls, () => actions.open(this.ref));
    const buttons = latentButtons(controls, ['highlight', 'find', 'annotate', 'copyName'], (action) => this.ref && actions.act(action, this.ref));
    const back = controls.button('‹ Back', () => actions.open(null), { title: 'Back to the list', attributes: { 'data-action': 'back', 'aria-label': 'Back to the list' } });
    this.element = el(
      'section',
      { 'data-region': 'latent', 'aria-label': 'Latent' },
      back,
      this.head.element,
      this.notes.element,
      el('div', { class: 'toolbar', role: 'toolbar', 'aria-label': 'Latent' }, ...buttons),
      this.status.element,
      this.stopped.element,
      this.facts.element,
      intervention.element,
      this.histogramCard,
      this.rest.element,
    );
    onThemeChange(() => paint(this.element));
  }

  /** Puts the keyboard on the way back, as the list has gone. */
  focus(): void {
    this.element.querySelector<HTMLElement>('[data-action="back"]')?.focus();
  }

  show(state: LatentsViewState): void {
    const { opened, engine, page: answer, names, highlighted } = state;
    this.ref = opened;
    if (!opened) return;
    const page = answer.result;
    const own = nameOf(opened, state);
    this.head.show([opened, highlighted], () => [
      el('h1', {}, chip(opened, state), `Latent ${opened.latent}`),
      el('p', { class: 'muted wrap' }, opened.site),
    ]);
    this.notes.show([own, page === null, page?.description, page?.link], () => notes(page, own));
    this.status.show(answer);
    const asleep = engine === 'stopped' && !page && !answer.running && answer.error === null;
    this.stopped.show(asleep, () => [
      asleep && el('div', { class: 'start' }, el('p', {}, 'The engine is not running.'), startButton(this.controls, this.actions.start)),
    ]);
    this.facts.show(page, () => (page ? facts(page) : []));
    const bars = page ? histogramBars(page) : [];
    this.histogramCard.hidden = bars.length === 0;
    if (bars.length > 0) this.histogram.show(bars);
    this.intervention.element.hidden = asleep;
    this.intervention.show(state, page?.maximum ?? null);
    this.rest.show([page, names, highlighted], () => (page ? [contexts(page), logits(page), this.nearest(page, state)] : []));
    paint(this.element);
  }

  private nearest({ facts: known, site }: LatentPage, state: LatentsViewState): HTMLElement | null {
    if (!known || known.nearest.length === 0) return null;
    const rows = known.nearest.map((near) => ({ ...near, site, fact: { short: decimal(near.cosine), words: `cosine ${decimal(near.cosine)}` }, promotes: [], density: null }));
    return card('Nearest latents', el('p', { class: 'muted' }, 'By the cosine of their decoder directions.'), latentList('Nearest latents', rows, state, this.actions.open));
  }
}

function notes(page: LatentPage | null, own: LatentsViewState['names'][number] | undefined): Child[] {
  const said = page?.description;
  const kind = said && { automatic: 'automatic', neuronpedia: 'Neuronpedia' }[said.source];
  const link = page?.link && /^https:\/\//.test(page.link) ? page.link : null;
  return [
    own !== undefined && own.name !== '' && el('p', { class: 'wrap' }, el('strong', {}, plain(own.name)), tag('own name')),
    own !== undefined && own.note !== '' && el('p', { class: 'wrap note' }, shownCode(own.note)),
    said ? el('p', { class: 'wrap', 'data-part': 'description' }, ...withCode(plain(said.text)), tag(kind!)) : page !== null && el('p', { class: 'muted', 'data-part': 'description' }, 'Nobody has described this latent.'),
    link !== null && el('p', {}, el('a', { href: link }, 'Its page on Neuronpedia')),
  ];
}

const tag = (text: string) => el('span', { class: 'tag' }, text);

function facts({ sae, maximum, facts: known, problem }: LatentPage): Child[] {
  const fact = (name: string, value: string) => el('div', {}, el('dt', {}, name), el('dd', {}, value));
  const size = sae.k === null ? '' : `, ${sae.k} active at a token`;
  return [
    el(
      'dl',
      { class: 'facts' },
      fact('SAE', `${sae.architecture}, ${sae.latents.toLocaleString('en-US')} latents${size}`),
      known && fact('active at', `${percent(known.density)} of ${known.tokens.toLocaleString('en-US')} tokens`),
      maximum !== null && fact('largest activation', decimal(maximum)),
    ),
    problem !== null && el('div', { class: 'notice outdated' }, el('span', { class: 'wrap' }, shownCode(problem))),
    known === null && problem === null && el('p', { class: 'muted wrap' }, 'Where it is active is not known: ', el('code', {}, 'latent-lens saes describe'), ' collects that from held-out code.'),
  ];
}

function contexts({ facts: known, maximum }: LatentPage): HTMLElement | null {
  if (!known) return null;
  if (known.contexts.length === 0) return card('Top contexts', el('p', { class: 'muted' }, 'It was not active anywhere in the held-out code.'));
  const largest = maximum ?? known.contexts[0].activation;
  return card('Top contexts', el('ol', { class: 'contexts', 'aria-label': 'Top contexts' }, ...known.contexts.map((context) => contextRow(context, largest))));
}

function contextRow(context: LatentContext, largest: number): HTMLElement {
  const { before, token, after, whole } = contextLine(context);
  const mark = el('mark', { 'data-heat': String(largest > 0 ? context.activation / largest : 0) }, token);
  return el(
    'li',
    { title: shownCode(whole) },
    el('bdi', { class: 'context' }, before, mark, after),
    el('span', { class: 'latent-facts' }, el('span', { class: 'wrap' }, plain(context.role)), el('span', { class: 'fact' }, decimal(context.activation))),
  );
}

/** Marks are coloured by their activation, in the theme that there is now. */
function paint(element: HTMLElement): void {
  const { dark } = currentTheme();
  for (const mark of element.querySelectorAll<HTMLElement>('[data-heat]')) {
    const colour = sequential(Number(mark.dataset.heat), dark);
    Object.assign(mark.style, { backgroundColor: colour, color: ink(colour) });
  }
}

function logits(page: LatentPage): HTMLElement | null {
  if (!page.promotes && !page.suppresses) return null;
  const list = (title: string, of: 'promotes' | 'suppresses') => el(
    'div',
    {},
    el('h3', {}, title),
    el('ul', { class: `logits ${of}`, 'aria-label': title }, ...logitBars(page, of).map(({ token, logit, share }) => {
      const bar = el('span', { class: 'bar' });
      bar.style.width = `${100 * share}%`;
      return el('li', {}, el('code', {}, token), el('span', { class: 'track', 'aria-hidden': 'true' }, bar), el('span', { class: 'fact' }, logit));
    })),
  );
  return card('Effect on the next token', el('p', { class: 'muted' }, 'Logits per unit of activation, on the straight way to the output.'), list('Promotes', 'promotes'), list('Suppresses', 'suppresses'));
}
