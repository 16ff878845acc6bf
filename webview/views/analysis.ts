/** Any analysis without a view of its own: a form for what it may be told, what is being done, what it says, and its figures. */
import { sentence } from '../../src/figures/text';
import { ANALYSES, paramsOf, type AnalysisId } from '../../src/protocol/analyses';
import { UNASKED } from '../../src/protocol/answer';
import type { Explanation } from '../../src/protocol/explanation';
import { needsNothing } from '../../src/protocol/forms';
import { FORMAT, type Parts, type Result } from '../../src/protocol/result';
import { AnswerStatus } from '../page/answer-status';
import type { Page } from '../page/page';
import { ParamsForm } from '../page/params-form';
import { el } from '../ui/dom';
import { folding } from '../ui/folding';
import { Slot } from '../ui/slot';
import { AnsweredView } from './answered';
import { whyNotAsked, type AnalysesShown } from './asked';

export interface AnalysesEvents {
  ask: (id: AnalysisId, params: Record<string, unknown>) => void;
  cancel: (id: AnalysisId) => void;
}

export interface AnalysisView {
  element: HTMLDetailsElement;
  show: (shown: AnalysesShown) => void;
  /** Whether there is anything to show, or to ask for. */
  isThere: (shown: Pick<AnalysesShown, 'parts'>) => boolean;
}

/** Folded until it is looked at, and asked for then. */
export function analysisView(page: Page, id: AnalysisId, events: AnalysesEvents): AnalysisView {
  const { title, about, needs, params } = ANALYSES[id];
  const askable = needsNothing(params);
  let shown: AnalysesShown | null = null;
  const ask = () => events.ask(id, form.values);
  const form = new ParamsForm(page.controls, params, () => {
    if (!run.disabled) ask();
  });
  const run = page.controls.button('Run', ask, { primary: true, title: `Run ${title} with these choices`, attributes: { 'data-action': 'runAnalysis' } });
  const status = new AnswerStatus(page.controls, ask, () => events.cancel(id));
  const why = new Slot();
  const answered = new AnsweredView(page);
  const asking = el('div', { class: 'asking', role: 'group', 'aria-label': title }, form.isEmpty ? null : folding('Choices', form.element), run);
  const summary = el('summary', {}, el('h2', {}, title), el('span', { class: 'muted' }, sentence(about)));
  const element = el('details', { class: 'analysis', 'data-analysis': id }, summary, asking, status.element, why.element, answered.element);
  element.addEventListener('toggle', () => shown && show(shown));

  function show(now: AnalysesShown): void {
    shown = now;
    if (!element.open) return; // nothing is drawn that nobody sees
    const { explanation, parts, looking } = now;
    const answer = parts[id] ?? UNASKED;
    const reason = whyNotAsked(now, needs);
    asking.hidden = !askable || reason !== null;
    run.disabled = answer.running !== null;
    status.show(answer);
    why.show([reason, answer.result === null], () => [reason !== null && answer.result === null && el('p', { class: 'muted' }, reason)]);
    answered.show(id, resultWith(explanation, { [id]: answer.result ?? undefined }));
    const unasked = answer.result === null && answer.running === null && answer.error === null;
    if (looking && askable && reason === null && unasked) ask();
  }
  return { element, show, isThere: ({ parts }) => askable || (parts[id]?.result ?? null) !== null };
}

/** An explanation with further parts as a result, which figures are drawn of. */
function resultWith(explanation: Explanation, parts: Parts): Result {
  const { model, template, source, prompt, tokens, prediction, actual, counterfactual } = explanation;
  const predicted = { params: paramsOf('prediction'), value: { ...prediction, actual }, findings: [], problems: [] };
  const reading = { model, template, source, prompt, tokens };
  return { format: FORMAT, version: 2, reading, pair: counterfactual, parts: { prediction: predicted, ...parts } };
}
