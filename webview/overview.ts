/** The overview: what the model predicts, what Python did, the findings, the code with its tokens, and the variant. */
import type { ActualOutcome, Explanation } from '../src/protocol/explanation';
import { barChart } from './charts';
import { codeView } from './code';
import { folded, lineDiff, type DiffLine } from './diff';
import { button, download, downloadPng, el, tableBehind } from './dom';
import { agreement, predictionBars } from './model';
import { csv, predictionRows } from './records';
import type { Selection } from './selection';
import { decimal, percent, shownCode } from './text';
import { currentTheme, onThemeChange } from './theme';

export function overview(explanation: Explanation, selection: Selection, name: string): HTMLElement {
  const { findings, counterfactual } = explanation;
  return el(
    'section',
    { id: 'overview', 'aria-label': 'Overview' },
    verdict(explanation),
    findings.length > 0 && card('Findings', el('ul', { class: 'findings' }, ...findings.map((finding) => el('li', {}, ...withCode(finding))))),
    el(
      'div',
      { class: 'columns' },
      el('div', {}, codeView(explanation, selection), counterfactual && variantCard(explanation)),
      predictionCard(explanation, name),
    ),
  );
}

export function card(title: string, ...children: (Node | null | false)[]): HTMLElement {
  return el('div', { class: 'card' }, el('h2', {}, title), ...children);
}

/** What a sentence quotes between backticks is code. */
function withCode(text: string): (Node | string)[] {
  return text.split('`').map((part, i, parts) => (i % 2 === 0 ? part : i < parts.length - 1 ? el('code', {}, shownCode(part)) : `\`${part}`));
}

const BADGES = { agree: '✓ agrees', disagree: '✗ disagrees', unknown: '? unchecked' };

function verdict(explanation: Explanation): HTMLElement {
  const { prediction, actual } = explanation;
  const { kind, sentence } = agreement(explanation);
  const sure = prediction.answers.find(({ label }) => label === prediction.label)!.probability;
  return el(
    'div',
    { class: `verdict ${kind}` },
    el('div', {}, el('div', { class: 'eyebrow' }, 'Model predicts'), el('div', { class: 'label' }, prediction.label), el('div', { class: 'muted' }, percent(sure))),
    el('div', {}, el('div', { class: 'eyebrow' }, 'Python'), ...outcome(actual)),
    el('div', { class: 'agreement' }, el('span', { class: 'badge' }, BADGES[kind]), el('div', { class: 'muted' }, sentence)),
  );
}

function outcome(actual: ActualOutcome | null): HTMLElement[] {
  if (!actual) return [el('div', { class: 'label' }, 'not run')];
  const detail = [actual.message && shownCode(actual.message), actual.line !== null && `line ${actual.line}`].filter(Boolean).join(' · ');
  return [el('div', { class: 'label' }, actual.label), el('div', { class: 'muted wrap' }, detail)];
}

function predictionCard(explanation: Explanation, name: string): HTMLElement {
  const bars = predictionBars(explanation);
  const canvas = el('canvas', { role: 'img', 'aria-label': 'Bars: the probability of each answer. The same numbers are in the table below.' });
  const frame = el('div', { class: 'frame' }, canvas);
  frame.style.height = `${bars.length * (explanation.counterfactual ? 40 : 27) + 84}px`;
  let chart: ReturnType<typeof barChart> | undefined;
  const draw = () => {
    chart?.destroy();
    chart = barChart(canvas, bars, currentTheme());
  };
  requestAnimationFrame(draw);
  onThemeChange(draw);
  const { answers } = explanation.prediction;
  const table = tableBehind('Show as a table', () => ({
    caption: 'Probability and first token’s logit of every answer',
    head: ['answer', 'probability', 'logit', ...(explanation.counterfactual ? ['variant: probability', 'variant: logit'] : [])],
    rows: answers.map(({ label, probability, logit }) => {
      const other = explanation.counterfactual?.prediction.answers.find((answer) => answer.label === label);
      return [label, percent(probability), decimal(logit), ...(other ? [percent(other.probability), decimal(other.logit)] : [])];
    }),
  }));
  const exports = exportBar(`${name}-prediction`, () => predictionRows(explanation), [['PNG', () => downloadPng(`${name}-prediction.png`, canvas)]]);
  return card('Prediction', exports, frame, table);
}

/** Buttons that save a view's rows as CSV and JSON, and its pictures. */
export function exportBar(name: string, rows: () => ReturnType<typeof predictionRows>, pictures: [string, () => void][]): HTMLElement {
  return el(
    'div',
    { class: 'exports', role: 'group', 'aria-label': 'Export' },
    button('CSV', () => download(`${name}.csv`, csv(rows()), 'text/csv;charset=utf-8'), 'Save the numbers as CSV'),
    button('JSON', () => download(`${name}.json`, JSON.stringify(rows(), null, 1), 'application/json'), 'Save the numbers as JSON'),
    ...pictures.map(([label, save]) => button(label, save, 'Save the picture')),
  );
}

function variantCard({ source, counterfactual }: Explanation): HTMLElement {
  const { description, code, actual, prediction, alignment } = counterfactual!;
  const cell = (value: number | null) => el('span', { class: 'number', 'aria-hidden': 'true' }, value === null ? '' : String(value));
  const signs = { same: ' ', removed: '−', added: '+' };
  const row = (line: DiffLine | null) =>
    line === null
      ? el('div', { class: 'line fold' }, '⋯')
      : el(
          'div',
          { class: `line ${line.kind}` },
          cell(line.original && line.original + source.firstLine - 1),
          cell(line.variant && line.variant + source.firstLine - 1),
          el('span', { class: 'sign' }, signs[line.kind]),
          el('bdi', { class: 'text' }, shownCode(line.parts[0]), el('mark', {}, shownCode(line.parts[1])), shownCode(line.parts[2])),
        );
  const sure = prediction.answers.find(({ label }) => label === prediction.label)!.probability;
  const aligned = alignment.sameLength ? 'Same number of tokens.' : 'Token counts differ; tokens without a counterpart are hatched below.';
  return card(
    'Variant',
    el('p', {}, `${sentence(description)} ${aligned}`),
    el('div', { class: 'code diff', tabindex: '0', role: 'region', 'aria-label': 'Variant as a diff' }, ...folded(lineDiff(source.code.trimEnd(), code.trimEnd())).map(row)),
    el('p', { class: 'muted' }, `Model predicts ${prediction.label} (${percent(sure)}); Python: ${actual ? [actual.label, actual.message].filter(Boolean).join(': ') : 'not run'}.`),
  );
}

function sentence(text: string): string {
  const full = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(full) ? full : `${full}.`;
}
