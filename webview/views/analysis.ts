/** Any analysis without a view of its own: a form for what it may be told, what is being done, what it says, and its figures. */
import { sentence } from '../../src/figures/kinds/text';
import { ANALYSES, type AnalysisId } from '../../src/protocol/analyses';
import type { Analysis } from '../../src/protocol/analyses/analysis';
import { needsNothing } from '../../src/protocol/pages/forms';
import { AnswerStatus, isOffered } from '../page/answer-status';
import type { Page } from '../page/page';
import { ParamsForm } from '../page/params-form';
import { el } from '../ui/dom';
import { folding, unfolded } from '../ui/folding';
import { Slot } from '../ui/slot';
import { AnsweredView } from './answered';
import { answerOf, isUnasked, whyNotAsked, type AnalysesShown } from './asked';

export interface AnalysesEvents {
  /** @param byReader whether the reader asks, and not a view that is looked at for the first time: that begins nothing that takes long */
  ask: (id: AnalysisId, params: Record<string, unknown>, byReader: boolean) => void;
  cancel: (id: AnalysisId) => void;
  /** Asks the editor where its cursor is, for a field of the form. */
  cursor: (id: AnalysisId, field: string) => void;
  /** Shows in the code what can be shown there, or hides it. */
  showInCode: () => void;
  /** Lets the reader choose a file or folder for a field of the form. */
  file: (id: AnalysisId, field: string) => void;
}

export interface AnalysisView {
  element: HTMLElement;
  /** Asks with these parameters beside those of the form, once it can. */
  use: (params: Record<string, unknown>) => void;
  /** Puts a place of the code, or a path, into a field of the form; in a layer, where the field wants that. */
  put: (field: string, place: string, layer: number) => void;
  show: (shown: AnalysesShown) => void;
}

/** Asked for when it is looked at. */
export function analysisView(page: Page, id: AnalysisId, events: AnalysesEvents): AnalysisView {
  const { title, about, needs, params, first, inCode }: Analysis = ANALYSES[id];
  const askable = needsNothing(params);
  /** What was asked for that the form does not have, such as the tokens that were selected in the code: it stays. */
  let besides: Record<string, unknown> = {};
  /** The two answers that the reader chose for the explanation, where the analysis compares two. */
  let chosen: { answers?: readonly [string, string] } = {};
  /** What was asked for elsewhere, until it can be asked. */
  let wanted: Record<string, unknown> | null = null;
  /** Whether what is awaited was asked for with the form as it was then; what others asked for is shown in it. */
  let own = false;
  let known: unknown = null;
  const ask = (byReader: boolean) => {
    own = true;
    events.ask(id, { ...chosen, ...besides, ...form.values }, byReader);
  };
  const askWith = (more: Record<string, unknown>) => {
    form.fill(more);
    ask(true);
  };
  const submit = () => {
    if (!run.disabled) ask(true);
  };
  const form = new ParamsForm(page.controls, params, submit, page.places && {
    cursor: (field) => events.cursor(id, field), file: (field) => events.file(id, field),
  });
  const run = page.controls.button('Run', () => ask(true), { primary: true, title: `Run ${title} with these choices`, attributes: { 'data-action': 'runAnalysis' } });
  const code = inCode === undefined ? null : page.controls.toggle('Show in code', () => events.showInCode());
  code?.setAttribute('title', inCode!);
  code?.setAttribute('data-action', 'showInCode');
  const status = new AnswerStatus(page.controls, () => ask(true), () => events.cancel(id));
  const why = new Slot();
  /** Keys walk over many cells, of which the last is meant. */
  let walking: ReturnType<typeof setTimeout> | undefined;
  const answered = new AnsweredView(page, (more) => {
    if (asking.hidden) return;
    clearTimeout(walking);
    walking = setTimeout(() => askWith(more), WALKING_MS);
  });
  const choices = (first === undefined ? folding : unfolded)('Choices', form.element);
  choices.classList.toggle('long', form.size > MOST_SHOWN);
  const asking = el('div', { class: 'asking', role: 'group', 'aria-label': title }, form.size === 0 ? null : choices, el('div', { class: 'toolbar' }, run, code));
  const heading = el('div', {}, el('h2', {}, title), el('p', { class: 'muted' }, sentence(about)));
  const element = el('section', { class: 'card analysis', 'data-analysis': id, 'aria-label': title }, heading, asking, status.element, why.element, answered.element);
  return {
    element,
    use: (more) => (wanted = more),
    put: (field, place, layer) => form.put(field, place, layer),
    show: (shown) => {
      const answer = answerOf(shown, id);
      const pair = shown.explanation?.chosen;
      chosen = pair && 'answers' in params.shape ? { answers: pair } : {};
      const reason = askable ? whyNotAsked(shown, needs) : NEEDS_MORE;
      asking.hidden = reason !== null;
      run.disabled = answer.running !== null;
      run.hidden = isOffered(answer); // the offer has a button that does the same
      status.show(answer);
      code?.show(shown.inCode === true);
      besides = answer.result?.params ?? (isUnasked(answer) ? {} : besides);
      if (answer.result && answer.result !== known && !own) form.fill(answer.result.params);
      known = answer.result;
      if (answer.running === null) own = false;
      const missing = reason ?? first;
      why.show([missing, answer.result === null], () => [missing !== undefined && answer.result === null && el('p', { class: 'muted' }, missing)]);
      const { result } = shown;
      answered.show(id, answer.result ? { ...result, parts: { ...result.parts, [id]: answer.result } } : { ...result, parts: {} });
      const asked = wanted;
      wanted = null;
      if (asked) form.fill(asked);
      if (reason !== null) return;
      if (asked) ask(true);
      else if (shown.looking && first === undefined && isUnasked(answer)) ask(false);
    },
  };
}

const WALKING_MS = 250;

/** A form with more fields is folded on a wide page as well: it would take the first screen, and leave the picture below. */
const MOST_SHOWN = 13;

const NEEDS_MORE = 'This is asked of a latent: choose one under “Who?” and press Ablate, or open it in the Latents view of the side bar. What came of it is shown there.';
